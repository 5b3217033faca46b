use super::*;
use crate::catalogue::{home, line, place};
use crate::ini::Stray;
use crate::store::Denial;

fn not_found(nearest: Option<&str>, origin: Origin, lookalikes: Vec<Lookalike>) -> Error {
    let nearest = nearest.map(str::to_owned);
    Error::NotFound { what: "profile `dev`".to_owned(), name: "dev".to_owned(), origin, nearest, lookalikes }
}

fn reference(program: Option<&str>) -> Reference {
    Reference::example(program, place(9))
}

examples!(Error {
    Error::NoHome(_) => [Error::NoHome(NoHome { path: "~/.aws/config".into() })],
    Error::NoFile { .. } => [Error::NoFile { variable: "AWS_CONFIG_FILE" }],
    Error::Store(_) => [Error::Store(Problem::Denied { path: home(".aws/config"), denial: Denial::Other { folder: home(".aws") } })],
    Error::Unreadable { .. } => [Error::Unreadable {
        place: place(3),
        fault: FaultKind::Stray(Stray::NoDelimiter),
    }],
    Error::Blank { .. } => [Error::Blank { variable: "AWS_PROFILE".into() }],
    Error::Encoding { .. } => [Error::Encoding { place: place(1), encoding: Encoding::Utf16 }],
    Error::Lookalike { .. } => Lookalike::examples().into_iter().map(|(name, lookalike)| {
        Error::Lookalike { what: format!("profile `{name}`"), lookalike }
    }),
    Error::NotFound { .. } => [
        not_found(None, Origin::Option { name: "--profile" }, Vec::new()),
        not_found(Some("dev2"), Origin::Option { name: "--profile" }, Vec::new()),
        not_found(Some("dev2"), Origin::environment("AWS_PROFILE"), Vec::new()),
        not_found(None, line(7), Lookalike::examples().into_iter().take(1).map(|(_, lookalike)| lookalike).collect()),
    ],
    Error::Exists { .. } => [
        Error::Exists { what: "profile `dev`".to_owned(), profile: Some("dev".to_owned()), place: place(3) },
        Error::Exists { what: "a key of profile `dev`".to_owned(), profile: None, place: place(3) },
    ],
    Error::Refused { .. } => Refusal::examples().into_iter().map(|(_, refusal)| {
        Error::Refused { place: Some(place(3)), refusal }
    }),
    Error::Name { .. } => [Error::Name { name: "a]b".to_owned(), reason: "a name can't contain `]`" }],
    Error::InUse { .. } => [
        vec![reference(None)],
        vec![reference(Some("aws-vault"))],
        vec![reference(None), reference(Some("aws-vault"))],
    ]
    .map(|users| Error::InUse { name: "dev".to_owned(), users }),
    Error::Contradiction { .. } => [Error::Contradiction {
        key: "dev.region".to_owned(),
        named: "dev".to_owned(),
        option: "prod".to_owned(),
    }],
    Error::Key { .. } => [Error::Key { key: "a..b".to_owned(), reason: "has an empty part" }],
});
