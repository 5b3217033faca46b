use super::*;
use crate::catalogue::home;

fn place() -> Place {
    let path = home(".config/xcred/config.toml").into();
    Place { path, line: 2, section: None, key: Some("profiles.prod.account".into()) }
}

fn guard() -> Account {
    let id = "123456789012".parse().expect("an account");
    Account { id, profile: Some("prod".to_owned()), origin: Origin::File(place()) }
}

fn option() -> Account {
    let id = "210987654321".parse().expect("an account");
    Account { id, profile: None, origin: Origin::Option { name: "--expect-account" } }
}

fn refused() -> client::Error {
    let origin = Origin::File(place());
    client::Error::EmptyRegion { profile: "prod".to_owned(), origin }
}

examples!(Error {
    Error::NotAllowed { .. } => [vec![], vec!["dev".to_owned(), "ro".to_owned()]]
        .map(|allowed| Error::NotAllowed { profile: "prod".to_owned(), allowed }),
    Error::Served { .. } => [Error::Served { profile: "dev".to_owned(), served: "prod".to_owned() }],
    Error::KeysNotAllowed { .. } => ["in the environment", "given by an option"].map(|from| Error::KeysNotAllowed { from }),
    Error::OtherAccount { .. } => [guard(), option()].map(|required| {
        Error::OtherAccount { required: Box::new(required), found: "999999999999".to_owned() }
    }),
    Error::UnknownAccount { .. } => [guard(), option()].map(|required| {
        Error::UnknownAccount { required: Box::new(required), source: Box::new(refused()) }
    }),
    Error::NotAsked { .. } => [Error::NotAsked { required: Box::new(guard()) }],
    Error::Contradiction { .. } => [option(), Account { profile: Some("dev".to_owned()), ..guard() }]
        .map(|other| Error::Contradiction { one: Box::new(guard()), other: Box::new(other) }),
    Error::NoTerminal { .. } => [Error::NoTerminal { profile: "prod".to_owned(), place: place() }],
    Error::OnlyNarrowed { .. } => [Error::OnlyNarrowed {
        origin: Origin::File(place()),
        what: "IAM accepts no narrowed credentials of a user",
    }],
    Error::Misnamed { .. } => [Error::Misnamed { guard: "Prod".to_owned(), profile: "prod".to_owned(), place: place() }],
    Error::Pattern { .. } => [Error::Pattern { guard: "prod-*".to_owned(), place: place() }],
    Error::Declined { .. } => [Error::Declined { profile: "prod".to_owned() }],
});
