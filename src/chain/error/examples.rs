use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;
use std::time::Duration;

use super::*;
use crate::catalogue::{CANARY, denied, home, line, place};
use crate::login::SignIn;
use crate::origin::Located;
use crate::profile::{SectionName, together};
use crate::sdk::Accepts;
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY};
use program::Fault;

fn dev() -> String {
    "dev".to_owned()
}

fn chain() -> Vec<String> {
    ["dev", "ops", "dev"].map(str::to_owned).to_vec()
}

fn mfa() -> String {
    "arn:aws:iam::111122223333:mfa/ada".to_owned()
}

fn failed() -> ExitStatus {
    ExitStatus::from_raw(256)
}

fn silent() -> String {
    String::new()
}

fn said() -> String {
    format!("no such vault {CANARY}")
}

fn region() -> service::Error {
    service::Error::NoRegion { service: service::Service::Sts }
}

fn denial() -> service::Error {
    service::Error::Refused {
        service: service::Service::Sts,
        operation: "AssumeRole",
        code: "AccessDenied".to_owned(),
        message: "not authorized to perform: sts:AssumeRole".to_owned(),
        status: 403,
        request_id: None,
    }
}

fn slow() -> Fault {
    Fault::Slow { limit: Duration::from_mins(1), said: said() }
}

const PAIR: [(&str, &str); 2] = [
    (AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name),
    (AWS_SECRET_ACCESS_KEY.name, AWS_ACCESS_KEY_ID.name),
];

const SETTINGS: [&str; 2] = ["credential_process", "mfa.command"];

examples!(Half {
    Half::Environment => [Half::Environment],
    Half::Profile { .. } => PAIR.map(|(has, lacks)| Half::Profile { profile: dev(), has, lacks }),
    Half::Split { .. } => [Half::Split { profile: dev(), other: line(7), fix: together(None, &dev()) }],
    Half::OneLine { .. } => [Half::OneLine { profile: dev() }],
    Half::Joined { .. } => PAIR.map(|(has, lacks)| Half::Joined { profile: dev(), has, lacks }),
    Half::Token { .. } => [Half::Token { profile: dev() }],
    Half::Blank { .. } => PAIR.map(|(key, _)| Half::Blank { profile: dev(), key }),
    Half::Role { .. } => [Half::Role { profile: dev() }],
    Half::Ec2File => [Half::Ec2File],
    Half::Boto => [Half::Boto],
});

examples!(Settings {
    Settings::TwoSources { .. } => [Settings::TwoSources { profile: dev() }],
    Settings::CredentialSource { .. } => ["environment", "vault"]
        .map(|value| Settings::CredentialSource { value: value.to_owned() }),
    Settings::Missing { .. } => [
        (SectionName::Profile("bas".to_owned()), None),
        (SectionName::Profile("bas".to_owned()), Some("base".to_owned())),
        (SectionName::SsoSession("crop".to_owned()), None),
        (SectionName::SsoSession("crop".to_owned()), Some("corp".to_owned())),
    ]
    .map(|(section, nearest)| Settings::Missing { profile: dev(), section, nearest, header: None }),
    Settings::TooManySources { .. } => [Settings::TooManySources { limit: 100 }],
    Settings::EmptySourceProfile { .. } => [Settings::EmptySourceProfile { name: "base".to_owned() }],
    Settings::TokenWithoutRole => [Settings::TokenWithoutRole],
    Settings::IncompleteSso { .. } => [
        vec!["sso_role_name", "sso_account_id"],
        vec!["sso_region"],
    ]
    .map(|missing| Settings::IncompleteSso { profile: dev(), session: Some("corp".to_owned()), missing }),
    Settings::SsoConflict { .. } => [Settings::SsoConflict {
        profile: "dev".into(),
        session: "corp".into(),
        key: "sso_region".into(),
        other: line(9),
    }],
    Settings::TwoWays { .. } => [Settings::TwoWays { profile: dev() }],
    Settings::NoRole { .. } => [Settings::NoRole { profile: dev() }],
    Settings::NotAccepted { .. } => [
        (Accepts::OneOf { words: &["standard", "adaptive"], any_case: true, empty: false }, true),
        (Accepts::Number { least: i64::MIN, empty: true, plain: true }, false),
        (Accepts::Number { least: 1, empty: false, plain: true }, true),
        (Accepts::File, false),
    ]
    .map(|(accepts, panics)| Settings::NotAccepted {
        sdk: "the SDK for Rust",
        name: "max_attempts",
        value: "0".to_owned(),
        accepts,
        panics,
    }),
    Settings::UnbalancedQuote => [Settings::UnbalancedQuote],
    Settings::EmptyProcess => [Settings::EmptyProcess],
    Settings::NotText => [Settings::NotText],
});

examples!(Process {
    Process::Stopped(_) => [Fault::NotStarted(denied()), slow(), Fault::TooMuch, Fault::Lost(denied())]
        .map(Process::Stopped),
    Process::Status { .. } => [silent(), said()].map(|said| Process::Status { status: failed(), said }),
    Process::NotJson(_) => [
        NotJson::Nothing,
        NotJson::TextBefore,
        NotJson::TextAfter,
        NotJson::Mark,
        NotJson::Utf16,
        NotJson::Colors,
        NotJson::Several,
        NotJson::CutOff,
        NotJson::Comma,
        NotJson::SingleQuotes,
        NotJson::Variables,
        NotJson::Section,
        NotJson::Other,
    ]
    .map(Process::NotJson),
    Process::NotAnObject => [Process::NotAnObject],
    Process::VersionAsText => [Process::VersionAsText],
    Process::NoVersion => [Process::NoVersion],
    Process::Spelled { .. } => [Process::Spelled { name: "AccessKeyId", printed: "accessKeyId".to_owned() }],
    Process::Wrapped(_) => ["Credentials", "roleCredentials"].map(Process::Wrapped),
    Process::NotText(_) => [Process::NotText("AccountId")],
    Process::Damaged(_) => [Process::Damaged("SecretAccessKey")],
    Process::Missing(_) => [Process::Missing("SecretAccessKey")],
    Process::Expiration(_) => [Expiration::NotADate, Expiration::NoTimeZone, Expiration::NotText]
        .map(Process::Expiration),
    Process::Expired => [Process::Expired],
});

examples!(Mfa {
    Mfa::UnbalancedQuote => [Mfa::UnbalancedQuote],
    Mfa::Stopped { .. } => [Fault::NotStarted(denied()), slow()].map(|fault| {
        Mfa::Stopped { program: "totp".to_owned(), fault }
    }),
    Mfa::NotTyped => [Mfa::NotTyped],
    Mfa::Ended => [Mfa::Ended],
    Mfa::NotACode { .. } => [Mfa::NotACode { program: "totp".to_owned() }],
    Mfa::NoCode { .. } => [Mfa::NoCode { program: "totp".to_owned(), status: failed() }],
});

examples!(Error {
    Error::NoCredentials { .. } => [
        (None, None, None),
        (Some(dev()), Some("rust"), None),
        (Some(dev()), None, Some(dev())),
    ]
    .map(|(profile, sdk, half_sso)| {
        let looked_for = vec!["env: AWS_ACCESS_KEY_ID is not set".to_owned()];
        Error::NoCredentials { looked_for, profile, half_sso, header: None, sdk }
    }),
    Error::AccountAlone => [Error::AccountAlone],
    Error::Offline { .. } => [Error::Offline { provider: Provider::AssumeRole, what: "STS".to_owned() }],
    Error::Files(_) => [Error::Files(profile::Error::Blank { variable: "AWS_PROFILE".into() })],
    Error::Partial { .. } => Half::examples().into_iter().map(|(name, half)| {
        let origin = if name == "Half::Environment" { Origin::environment("AWS_ACCESS_KEY_ID") } else { line(3) };
        half.at(origin)
    }),
    Error::Settings { .. } => Settings::examples().into_iter().map(|(_, fault)| fault.at(line(3))),
    Error::RoleLoop { .. } => [Error::RoleLoop { chain: chain(), origin: line(3) }],
    Error::Circle { .. } => SETTINGS.map(|setting| Error::Circle { setting, chain: chain() }),
    Error::Nested { .. } => SETTINGS.map(|setting| Error::Nested { setting, depth: 8, chain: chain() }),
    // Reported as the error in it.
    Error::Again(_) => [],
    Error::View(_) => [Error::View(Arc::new(view::Fault::Malformed {
        place: place(3),
        what: crate::ini::dialect::What::NoDelimiter,
    }))],
    Error::MfaNotSetUp { .. } => ["dev", "team one"].map(|profile| {
        Error::MfaNotSetUp { serial: mfa(), origin: line(3), profile: profile.to_owned() }
    }),
    Error::Login(_) => [Error::Login(login::Error::NoDate { sign_in: login::SignIn::SsoSession("corp".to_owned()), origin: line(3) })],
    Error::Io { .. } => [Error::Io {
        what: "the web identity token",
        path: home("token"),
        source: denied(),
        origin: Origin::environment("AWS_WEB_IDENTITY_TOKEN_FILE"),
    }, Error::Io {
        what: "the web identity token",
        path: home("token"),
        source: std::io::Error::other("it is empty"),
        origin: line(3),
    }, Error::Io {
        what: "the web identity token",
        path: "~/token".into(),
        source: std::io::ErrorKind::NotFound.into(),
        origin: line(3),
    }, Error::Io {
        what: "the web identity token",
        path: home("token"),
        source: std::io::ErrorKind::NotFound.into(),
        origin: line(3),
    }],
    Error::NotStarted { .. } => [None, Some(Unstartable::Tilde)].map(|why| {
        Error::NotStarted { program: "vault".to_owned(), why, source: denied(), origin: line(3) }
    }).into_iter().chain([2, 8, 11].map(|code| {
        let source = std::io::Error::from_raw_os_error(code);
        Error::NotStarted { program: "vault".to_owned(), why: None, source, origin: line(3) }
    })),
    Error::Process { .. } => Process::examples()
        .into_iter()
        .map(|(_, fault)| (fault, silent()))
        .chain([(Process::NoVersion, said())])
        .map(|(fault, said)| Error::Process { program: "vault".to_owned(), fault, said, origin: line(3) }),
    Error::Mfa { .. } => Mfa::examples().into_iter().map(|(_, fault)| Error::Mfa { serial: mfa(), fault }),
    Error::EnvironmentExpiration { .. } => [
        (Expiration::NotADate, None),
        (Expiration::NoTimeZone, None),
        (Expiration::NotText, None),
        (Expiration::Passed, None),
        (Expiration::Passed, Some(dev())),
    ]
    .map(|(fault, loaded)| Error::EnvironmentExpiration { fault, loaded }),
    Error::NoDate { .. } => [Error::NoDate { provider: Provider::Sso, text: "soon".to_owned() }],
    Error::StillExpired { .. } => [Error::StillExpired { provider: Provider::Sso }],
    Error::ExpiredOnArrival { .. } => [Error::ExpiredOnArrival { identity: "AssumeRole".to_owned(), origin: line(3) }],
    Error::Gone { .. } => [Error::Gone { provider: Provider::Env, reason: Reason::NotSet(&["AWS_ACCESS_KEY_ID"]) }],
    Error::EmptySource { .. } => [None, Some(Reason::NotSet(&["AWS_ACCESS_KEY_ID"])), Some(Reason::NoInstance("no response".to_owned()))].map(|reason| {
        Error::EmptySource { name: "Environment".to_owned(), reason: reason.map(Box::new), profile: dev(), origin: line(3) }
    }),
    Error::NotAssigned { .. } => [
        SignIn::SsoSession("corp".to_owned()),
        SignIn::Sso { start_url: "https://corp.awsapps.com/start".to_owned(), profile: dev() },
    ]
    .map(|sign_in| Error::NotAssigned {
        wanted: Box::new(Assignment {
            role: Located::new("Admin".to_owned(), line(3)),
            account: Located::new("111122223333".to_owned(), line(2)),
            sign_in,
        }),
        source: service::Error::Refused {
            service: service::Service::Sso,
            operation: "GetRoleCredentials",
            code: "ForbiddenException".to_owned(),
            message: "No access".to_owned(),
            status: 403,
            request_id: None,
        },
    }),
    Error::Service { .. } => [denial(), region()].map(|source| Error::Service {
        provider: Provider::AssumeRole,
        context: "AssumeRole arn:aws:iam::111122223333:role/Admin".to_owned(),
        advice: None,
        source,
    }),
    Error::AtSetting { .. } => [Error::AtSetting {
        provider: Provider::AssumeRole,
        context: "profile `dev` could not assume role/x".to_owned(),
        advice: None,
        source: service::Error::Parameters {
            operation: "AssumeRole",
            problems: vec![service::Invalid::Length { name: "RoleArn", found: 6, least: 20 }],
        },
        origin: Box::new(line(2)),
    }],
    // Reported as the error in it.
    Error::Narrowing(_) => [],
    Error::Guarded(_) => [],
    Error::Client(_) => [Error::Client(client::Error::Client(region()))],
    Error::NeedsTerminal { .. } => [Error::NeedsTerminal { serial: mfa() }],
    Error::Interrupted => [Error::Interrupted],
});
