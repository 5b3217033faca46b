use super::*;

fn text(text: &str) -> String {
    text.to_owned()
}

examples!(Oddity {
    Oddity::Nameless { .. } => [Oddity::Nameless { header: text("profile a b") }],
    Oddity::Inherited => [Oddity::Inherited],
    Oddity::NoPrefix { .. } => [Oddity::NoPrefix { name: text("dev") }],
    Oddity::Respelled { .. } => [Oddity::Respelled { name: text("dev"), first: 3 }],
    Oddity::PrefixInCredentials { .. } => [None, Some(4)].map(|other| Oddity::PrefixInCredentials { name: text("profile dev"), other }),
    Oddity::Comment { .. } => [Oddity::Comment { key: text("region") }],
    Oddity::Quotes { .. } => [Oddity::Quotes { key: text("region") }],
    Oddity::Indented => [Oddity::Indented],
    Oddity::Colon => [Oddity::Colon],
    Oddity::QuotedName { .. } => [("team one", Some("team-one")), ("dev", Some("dev")), ("'", None)]
        .map(|(name, instead)| Oddity::QuotedName { name: text(name), instead: instead.map(text) }),
    Oddity::Statement => [Oddity::Statement],
    Oddity::Spelled { .. } => [Oddity::Spelled { instead: text("[dev]") }],
    Oddity::Other => [Oddity::Other],
});
