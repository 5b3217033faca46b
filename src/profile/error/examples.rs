use super::*;
use crate::catalogue::{home, line, place};
use crate::ini::Stray;
use crate::profile::FileKind;
use crate::profile::header::new_header;
use crate::store::Denial;

fn not_found(nearest: Option<&str>, origin: Origin, lookalikes: Vec<Lookalike>) -> Error {
    let nearest = nearest.map(str::to_owned);
    Error::NotFound { section: SectionName::Profile("dev".to_owned()), origin, nearest, lookalikes }
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
        fix: None,
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
        Error::NotFound {
            section: SectionName::Profile("arn:aws:iam::123456789012:role/Admin".to_owned()),
            origin: Origin::Option { name: "--profile" },
            nearest: None,
            lookalikes: Vec::new(),
        },
        Error::NotFound {
            section: SectionName::SsoSession("corp".to_owned()),
            origin: Origin::Option { name: "--sso-session" },
            nearest: None,
            lookalikes: Vec::new(),
        },
        Error::NotFound {
            section: SectionName::Services("local".to_owned()),
            origin: Origin::Option { name: "--services" },
            nearest: None,
            lookalikes: Vec::new(),
        },
        not_found(None, line(7), Lookalike::examples().into_iter().take(1).map(|(_, lookalike)| lookalike).collect()),
    ],
    Error::Exists { .. } => [false, true]
        .map(|is_itself| Error::Exists { name: "dev".to_owned(), is_itself, place: place(3) }),
    Error::Respelled { .. } => [Error::Respelled { name: "dev".to_owned(), first: 1, place: place(3) }],
    Error::HasKey { .. } => [Error::HasKey { section: SectionName::Profile("dev".to_owned()), place: place(3) }],
    Error::Refused { .. } => Refusal::examples().into_iter().flat_map(|(_, refusal)| {
        let with = |may_replace: bool| {
            Error::Refused { place: Some(place(3)), refusal: refusal.clone(), fix: None, may_replace }
        };
        let is_offered = ways(&refusal, None).is_some_and(|(_, replacing)| replacing.is_some());
        [false, true].into_iter().filter(move |may| is_offered || !may).map(with).collect::<Vec<_>>()
    }),
    Error::Name { .. } => ["", "a\nb", "a\0b", "a]b", "DEFAULT", "a\u{a0}b"]
        .into_iter()
        .flat_map(|name| {
            [SectionName::Profile, SectionName::SsoSession, SectionName::Services, SectionName::Other]
                .map(|kind| kind(name.to_owned()))
        })
        .filter_map(|section| new_header(FileKind::Config, &section).err()),
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
    Error::Key { .. } => [("a.b.c", KeyFault::Deep), (".b", KeyFault::Empty), ("profile.a", KeyFault::NoKey)]
        .map(|(key, fault)| Error::Key { key: key.to_owned(), fault }),
});
