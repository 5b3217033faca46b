use super::*;

fn text(text: &str) -> String {
    text.to_owned()
}

fn joins() -> impl Iterator<Item = Option<Join>> {
    std::iter::once(None).chain(Join::examples().map(Some))
}

examples!(Oddity {
    Oddity::Nameless { .. } => [Oddity::Nameless { header: text("profile a b") }],
    Oddity::Inherited => [Oddity::Inherited],
    Oddity::NoPrefix { .. } => [Oddity::NoPrefix { name: text("dev") }],
    Oddity::Respelled { .. } => [Oddity::Respelled { name: text("dev"), first: 3 }],
    Oddity::PrefixInCredentials { .. } => joins().map(|join| Oddity::PrefixInCredentials {
            name: text("profile dev"), instead: Some(text("[dev]")), join
        })
        .chain([Oddity::PrefixInCredentials { name: text("profile DEFAULT"), instead: None, join: None }]),
    Oddity::Blanks { .. } => joins().map(|join| Oddity::Blanks { instead: text("[dev]"), join }),
    Oddity::Comment { .. } => [Oddity::Comment { key: text("region") }],
    Oddity::Quotes { .. } => [Oddity::Quotes { key: text("region") }],
    Oddity::Indented => [Oddity::Indented],
    Oddity::Colon => [Oddity::Colon],
    Oddity::QuotedName { .. } => [("team one", Some("team-one")), ("dev", Some("dev")), ("'", None)]
        .map(|(name, instead)| Oddity::QuotedName { name: text(name), instead: instead.map(text) }),
    Oddity::OddName { .. } => [
        (SectionName::Profile(text("a=b")), Some(text("a-b"))),
        (SectionName::Profile(text("\u{65e5}")), None),
        (SectionName::Services(text("a b")), Some(text("a-b"))),
    ]
    .map(|(section, instead)| Oddity::OddName { section, instead }),
    Oddity::RefusedName { .. } => [SectionName::Profile(text("a#b")), SectionName::SsoSession(text("a#b"))]
        .map(|section| Oddity::RefusedName { section, mark: '#', instead: Some(text("a-b")) }),
    Oddity::Statement => [Oddity::Statement],
    Oddity::Spelled { .. } => [Oddity::Spelled { instead: text("region") }],
    Oddity::Other => [Oddity::Other],
});
