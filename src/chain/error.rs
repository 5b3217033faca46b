//! Why there are no credentials.

use std::path::PathBuf;

use super::Provider;
use crate::client;
use crate::failure::{Code, Command, Exit, Explain, Hint};
use crate::origin::{Origin, shown};
use crate::profile;
use crate::service;

/// An error of the chain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Every provider was asked, and none had any.
    #[error("no credentials found")]
    NoCredentials {
        /// What was looked for, one line for each provider.
        looked_for: Vec<String>,
        /// The profile, if somebody named it.
        profile: Option<String>,
    },
    /// `--offline` keeps the provider from being asked.
    #[error("offline: {provider} would ask {what}")]
    Offline {
        /// The provider.
        provider: Provider,
        /// What it would ask.
        what: String,
    },
    /// The files can't be read, or lack the profile.
    #[error(transparent)]
    Files(#[from] profile::Error),
    /// One half of what belongs together.
    #[error("{}{found} without {missing}", place(origin.as_ref()))]
    Partial {
        /// The half that is there.
        found: String,
        /// The missing half.
        missing: String,
        /// Where the other half is.
        origin: Option<Origin>,
        /// What mends it.
        help: Box<Hint>,
    },
    /// Settings that contradict each other, or make no sense.
    #[error("{}{message}", origin.as_ref().map(|origin| format!("{origin}: ")).unwrap_or_default())]
    Invalid {
        /// What is wrong.
        message: String,
        /// The place that is to blame.
        origin: Option<Origin>,
        /// What mends it.
        help: Option<Hint>,
    },
    /// Roles that assume each other in a circle.
    #[error("{}roles assume each other in a circle: {}", origin.as_ref().map(|origin| format!("{origin}: ")).unwrap_or_default(), chain.join(" -> "))]
    RoleLoop {
        /// The profiles, the repeated one at both ends.
        chain: Vec<String>,
        /// The reference that closes the circle.
        origin: Option<Origin>,
    },
    /// Programs that run xcred, which runs them.
    #[error("{} run each other in a circle: {}", programs(setting), chain.join(" -> "))]
    Circle {
        /// The setting that names the programs.
        setting: &'static str,
        /// The profiles, the repeated one at both ends.
        chain: Vec<String>,
    },
    /// The same, so far without an end.
    #[error("more than {depth} {} run each other: {}", programs(setting), chain.join(" -> "))]
    Nested {
        /// The setting that names the programs.
        setting: &'static str,
        /// How many may.
        depth: usize,
        /// The profiles, as far as they are known.
        chain: Vec<String>,
    },
    /// A sign-in is missing or over.
    #[error("{message}")]
    LoginRequired {
        /// What is missing or over.
        message: String,
        /// The command that signs in.
        command: Command,
        /// The cache file or setting concerned.
        origin: Option<Origin>,
    },
    /// A file that the settings name can't be read.
    #[error("{what} `{path}` can't be read", path = shown(.path))]
    Io {
        /// What the file is for.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
        /// What names the file.
        origin: Option<Origin>,
    },
    /// A program could not be started.
    #[error("{origin}: `{program}` can't be started")]
    NotStarted {
        /// The program, without its arguments.
        program: String,
        /// Why not.
        source: std::io::Error,
        /// The setting that names it.
        origin: Origin,
    },
    /// A provider was asked and did not give what it should.
    #[error("{}{provider}: {message}", place(origin.as_ref()))]
    Provider {
        /// The provider, or the source that a role names.
        provider: Box<str>,
        /// What went wrong.
        message: String,
        /// The place that is to blame.
        origin: Option<Origin>,
        /// What mends it.
        help: Option<Hint>,
    },
    /// A service refused, or could not be reached.
    #[error("{provider}: {context}")]
    Service {
        /// The provider.
        provider: Provider,
        /// What was asked, and as whom.
        context: String,
        /// What came back.
        source: service::Error,
    },
    /// The settings make no client, or a request failed.
    #[error(transparent)]
    Client(#[from] client::Error),
    /// A code has to be typed, and there is nobody to type it.
    #[error("the MFA code for `{serial}` has to be typed, and there is no terminal")]
    NeedsTerminal {
        /// The device.
        serial: String,
    },
    /// The user stopped the prompt.
    #[error("interrupted")]
    Interrupted,
}

/// The programs that a setting names.
fn programs(setting: &str) -> &'static str {
    if setting == "credential_process" { "credential processes" } else { "programs that print MFA codes" }
}

/// How a message begins whose fault has a line in a file.
fn place(origin: Option<&Origin>) -> String {
    match origin {
        Some(Origin::File(place)) => format!("{place}: "),
        _ => String::new(),
    }
}

impl Error {
    /// The error as the reason why `provider` ended: its name stands there already, and causes have no line of
    /// their own.
    pub(super) fn reason(&self, provider: Provider) -> String {
        let causes = std::iter::successors(std::error::Error::source(self), |cause| cause.source());
        let whole = std::iter::once(self.to_string()).chain(causes.map(ToString::to_string));
        let whole = whole.collect::<Vec<_>>().join(": ");
        whole.strip_prefix(&format!("{provider}: ")).map(str::to_owned).unwrap_or(whole)
    }

    /// An [`Error::Invalid`] without a word of help.
    pub(super) fn invalid(message: impl Into<String>, origin: Option<Origin>) -> Error {
        Error::Invalid { message: message.into(), origin, help: None }
    }

    /// An [`Error::Provider`] without a place.
    pub(super) fn provider(provider: Provider, message: impl Into<String>) -> Error {
        Error::Provider {
            provider: provider.name().into(),
            message: message.into(),
            origin: None,
            help: None,
        }
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NoCredentials { .. } | Error::Offline { .. } => Code::NoCredentials,
            Error::Files(error) => error.code(),
            Error::Partial { .. } => Code::PartialCredentials,
            Error::Invalid { .. } | Error::Nested { .. } => Code::InvalidConfig,
            Error::RoleLoop { .. } | Error::Circle { .. } => Code::RoleLoop,
            Error::LoginRequired { .. } => Code::LoginRequired,
            Error::Io { .. } | Error::NotStarted { .. } => Code::Io,
            Error::Provider { .. } => Code::ProviderFailed,
            Error::Service { source, .. } => source.code(),
            Error::Client(error) => error.code(),
            Error::NeedsTerminal { .. } => Code::NeedsTerminal,
            Error::Interrupted => Code::Interrupted,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Files(error) => error.exit(),
            Error::Service { source, .. } => source.exit(),
            Error::Client(error) => error.exit(),
            Error::Provider { .. } => Exit::Other,
            Error::Io { .. } | Error::NotStarted { .. } => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NoCredentials { profile, .. } => {
                let command = Command::xcred(["configure"]);
                let command = match profile {
                    Some(name) => command.profile(name),
                    None => command,
                };
                Some(Hint::from("set them up: ").run(command))
            }
            Error::Offline { .. } => Some("leave `--offline` out".into()),
            Error::Files(error) => error.help(),
            Error::Partial { help, .. } => Some((**help).clone()),
            Error::Invalid { help: None, origin: Some(origin), .. } => Some(format!("correct the value in {origin}").into()),
            Error::Invalid { help, .. } | Error::Provider { help, .. } => help.clone(),
            Error::RoleLoop { chain, .. } => {
                let last = chain.len().checked_sub(2).map(|at| chain[at].as_str()).unwrap_or_default();
                let command = Command::xcred(["set"]).argument("source_profile").argument("NAME").profile(last);
                Some(Hint::from(format!("give `{last}` another source: ")).run(command))
            }
            Error::Circle { setting: "credential_process", chain }
            | Error::Nested { setting: "credential_process", chain, .. } => {
                let name = chain.last().map(String::as_str).unwrap_or_default();
                let command = Command::xcred(["unset"]).argument("credential_process").profile(name);
                Some(Hint::from("give one of them another source of credentials: ").run(command))
            }
            Error::Circle { .. } | Error::Nested { .. } => Some(
                "name a program that needs no MFA code itself: `xcred settings set mfa.command PROGRAM`".into(),
            ),
            Error::LoginRequired { command, .. } => Some(Hint::from("sign in: ").run(command.clone())),
            Error::Service { provider: Provider::AssumeRole, source, .. } if source.is_refusal("AccessDenied") => {
                let both = "the role's trust policy has to name who asks, and who asks needs `sts:AssumeRole` on the role";
                Some(both.into())
            }
            Error::Service { source, .. } => source.help(),
            Error::Client(error) => error.help(),
            Error::NeedsTerminal { .. } => Some(
                "run it on a terminal, or name a program that prints the code: `xcred settings set mfa.command PROGRAM`"
                    .into(),
            ),
            Error::Io { origin, .. } => {
                let otherwise = match origin {
                    Some(Origin::Cache { .. }) => ", or remove it and sign in again".to_owned(),
                    Some(origin) => format!(", or name another one in {origin}"),
                    None => String::new(),
                };
                Some(format!("make it readable for you{otherwise}").into())
            }
            Error::NotStarted { .. } => {
                Some("install it, or name it with its whole path in credential_process".into())
            }
            Error::Interrupted => None,
        }
    }

    fn notes(&self) -> Vec<String> {
        match self {
            Error::NoCredentials { looked_for, .. } => looked_for.clone(),
            _ => Vec::new(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::Files(error) => error.origin(),
            Error::Partial { origin, .. }
            | Error::Invalid { origin, .. }
            | Error::RoleLoop { origin, .. }
            | Error::LoginRequired { origin, .. }
            | Error::Io { origin, .. }
            | Error::Provider { origin, .. } => origin.clone(),
            Error::NotStarted { origin, .. } => Some(origin.clone()),
            Error::Client(error) => error.origin(),
            _ => None,
        }
    }
}
