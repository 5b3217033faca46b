use super::*;
use crate::catalogue::{denied, home, line};
use crate::login::Console;
use crate::store::Denial;

fn cached() -> PathBuf {
    home(".aws/sso/cache/3f2a.json")
}

fn required(fault: Fault) -> Error {
    let origin = Some(Origin::Cache { path: cached() });
    Error::Required { fault, sign_in: SignIn::SsoSession("corp".to_owned()), origin }
}

fn bob() -> SignIn {
    let session = "arn:aws:iam::111122223333:user/bob".to_owned();
    SignIn::Console(Console { session, profile: "dev".to_owned() })
}

fn unanswered() -> service::Error {
    service::Error::NoRegion { service: service::Service::Oidc }
}

examples!(Error {
    Error::Required { .. } => [
        Fault::Missing,
        Fault::Expired,
        Fault::Refused,
        Fault::NotRefreshed,
        Fault::Clock("10 min ahead of".to_owned()),
        Fault::Unreadable,
        Fault::Incomplete,
        Fault::Lacks("accessToken"),
        Fault::DateForm { member: "expiresAt", sdk: "the SDK for Rust" },
        Fault::NoKey,
        Fault::NoHome(NoHome { path: "~/.aws/sso/cache".into() }),
    ]
    .map(required)
    .into_iter()
    .chain(
        [
            SignIn::Sso { start_url: "https://corp.awsapps.com/start".to_owned(), profile: "dev".to_owned() },
            bob(),
        ]
        .map(|sign_in| Error::Required { fault: Fault::Missing, sign_in, origin: None }),
    ),
    Error::NoFolder { .. } => [Error::NoFolder {
        variable: "AWS_LOGIN_CACHE_DIRECTORY",
        no_home: NoHome { path: "~ann/sign-ins".into() },
    }],
    Error::Io { .. } => [Error::Io { path: cached(), source: denied() }],
    Error::NoDate { .. } => [Error::NoDate { sign_in: SignIn::SsoSession("corp".to_owned()), origin: Origin::Cache { path: cached() } }],
    Error::Refresh(_) => [Error::Refresh(unanswered())],
    Error::RefusedIn { .. } => [
        None,
        Some(bob()),
    ]
    .map(|sign_in| Error::RefusedIn {
        region: "eu-west-1".to_owned(),
        guessed_for: sign_in.map(Box::new),
        source: Box::new(unanswered()),
    }),
    Error::NotRemoved { .. } => [Some(false), Some(true), None].map(|is_revoked| Error::NotRemoved {
        is_revoked,
        source: Problem::Denied { path: cached(), denial: Denial::Other { folder: home(".aws/sso/cache") } },
    }),
    Error::NotASignIn { .. } => [Error::NotASignIn { path: cached() }],
    Error::NothingToRevoke => [Error::NothingToRevoke],
    Error::NotPermitted(_) => [Error::NotPermitted(unanswered())],
    Error::FailedBefore { .. } => [Error::FailedBefore { was_denied: false }],
    Error::NoSession { .. } => [
        (None, None),
        (Some("corp".to_owned()), Some(line(3))),
    ]
    .map(|(similar, origin)| Error::NoSession { session: "crop".to_owned(), similar, header: None, origin }),
    Error::NoKey { .. } => [
        SectionName::SsoSession("corp".to_owned()),
        SectionName::Profile("dev".to_owned()),
    ]
    .map(|section| Error::NoKey { section, key: "sso_region", origin: line(3) }),
    Error::Conflict { .. } => [
        Error::Conflict { profile: "dev".to_owned(), key: "sso_region", other: line(7), origin: line(3) },
    ],
    Error::Declined => [Error::Declined],
    Error::Failed { .. } => [None, Some("Try again later".to_owned())]
        .map(|description| Error::Failed { error: "server_error".to_owned(), description }),
    Error::CodeExpired => [Error::CodeExpired],
    Error::Wait(_) => [Error::Wait(WaitError::Interrupted)],
    Error::Listen(_) => [Error::Listen(ListenError::Taken { port: 8400 })],
    Error::Service(_) => [Error::Service(unanswered())],
    Error::NoPrincipal => [Error::NoPrincipal],
    Error::NoPem => [Error::NoPem],
    Error::Principal { .. } => [Error::Principal { found: "not an arn".to_owned() }],
    Error::StartUrl(_) => [
        Error::StartUrl(StartUrlError::NoRedirect { url: "https://sso.corp.example".to_owned(), status: 404, origin: line(3) }),
    ],
    Error::NeedsTerminal => [Error::NeedsTerminal],
    Error::Client(_) => [Error::Client(client::Error::Client(unanswered()))],
    Error::Store(_) => [Error::Store(Problem::Denied { path: cached(), denial: Denial::Other { folder: home(".aws/sso/cache") } })],
});
