use super::*;
use crate::catalogue::{home, line, place};
use crate::ini::Stray;
use crate::profile::{FileKind, Files, SectionName};

/// The header of a file's first line, which looks like that of `dev`.
fn lookalike(kind: FileKind, header: &str) -> Lookalike {
    let files = match kind {
        FileKind::Config => Files::of_texts(header, ""),
        FileKind::Credentials => Files::of_texts("", header),
    };
    let mut found = files.file(kind).lookalikes(&SectionName::Profile("dev".to_owned()));
    found.pop().unwrap_or_else(|| panic!("{header} looks like `dev`"))
}

fn not_found(nearest: Option<&str>, origin: Origin, lookalikes: Vec<Lookalike>) -> Error {
    let nearest = nearest.map(str::to_owned);
    Error::NotFound { what: "profile `dev`".to_owned(), origin, nearest, lookalikes }
}

fn reference(program: Option<&str>) -> Reference {
    Reference::example(program, place(9))
}

examples!(Error {
    Error::NoHome(_) => [Error::NoHome(NoHome { path: "~/.aws/config".into() })],
    Error::Store(_) => [Error::Store(Problem::Denied { path: home(".aws/config") })],
    Error::Unreadable { .. } => [Error::Unreadable {
        place: place(3),
        fault: FaultKind::Stray(Stray::NoDelimiter),
    }],
    Error::Blank { .. } => [Error::Blank { variable: "AWS_PROFILE".into() }],
    Error::Encoding { .. } => [Error::Encoding { place: place(1), encoding: Encoding::Utf16 }],
    Error::Lookalike { .. } => [
        (FileKind::Config, "[dev]"),
        (FileKind::Credentials, "[profile dev]"),
        (FileKind::Config, "[Profile dev]"),
        (FileKind::Config, "[profile dev"),
        (FileKind::Config, "[profile dev] # see [wiki]"),
        (FileKind::Config, "[ profile dev]"),
    ]
    .map(|(kind, header)| Error::Lookalike { what: "profile `dev`".to_owned(), lookalike: lookalike(kind, header) }),
    Error::NotFound { .. } => [
        not_found(None, Origin::Option { name: "--profile" }, Vec::new()),
        not_found(Some("dev2"), Origin::environment("AWS_PROFILE"), Vec::new()),
        not_found(None, line(7), vec![lookalike(FileKind::Config, "[dev]")]),
    ],
    Error::Exists { .. } => [Error::Exists { what: "profile `dev`".to_owned(), place: place(3) }],
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
