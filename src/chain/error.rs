//! Why there are no credentials.

mod assignment;
mod explain;
mod guarded;
mod half;
mod process;
mod settings;

pub use assignment::Assignment;
pub use guarded::Guarded;
pub use half::Half;
pub use process::{EXPIRATION_VARIABLE, Expiration, Mfa, NotJson, Process};
pub use settings::Settings;

use std::path::PathBuf;
use std::sync::Arc;

use super::program;
use super::reason::Reason;
use super::unstartable::Unstartable;
use crate::failure::{Explain, Hint};
use crate::origin::{Origin, named};
use crate::profile::Lookalike;
use crate::sdk::Provider;
use crate::settings::CREDENTIAL_PROCESS;
use crate::{client, login, narrowing, profile, service, view};

/// The providers that are asked when the role is assumed for which they are the source.
pub(super) const BEHIND_A_ROLE: [Provider; 4] =
    [Provider::AssumeRole, Provider::AssumeRoleWithWebIdentity, Provider::Login, Provider::Sso];

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no credentials found")]
    NoCredentials {
        /// One line for each provider that is worth a word.
        looked_for: Vec<String>,
        /// The profile, if an option or a variable names it.
        profile: Option<String>,
        /// The profile, if it names an sso-session, but neither an account nor a role.
        half_sso: Option<String>,
        /// A header that looks as if it meant the profile, in a file that doesn't have it.
        header: Option<Box<Lookalike>>,
        /// The SDK whose rules were followed, unless they are the default ones.
        sdk: Option<&'static str>,
    },
    /// `--account-id` without an access key.
    #[error("no credentials found")]
    AccountAlone,
    /// `--offline` prevents the request.
    #[error("offline: {provider} would ask {what}")]
    Offline { provider: Provider, what: String },
    #[error(transparent)]
    Files(#[from] profile::Error),
    #[error("{}{half}", origin.before())]
    Partial { half: Half, origin: Origin },
    #[error("{origin}: {fault}")]
    Settings { fault: Settings, origin: Origin },
    #[error("{origin}: circular role chain: {}", chain.join(" -> "))]
    RoleLoop {
        /// The profiles, the repeated one at both ends.
        chain: Vec<String>,
        /// The `source_profile` that closes the circle.
        origin: Origin,
    },
    /// A program runs xcred, which runs the program.
    #[error("circular {}: {}", programs(setting), chain.join(" -> "))]
    Circle {
        /// The setting that names the programs.
        setting: &'static str,
        /// The profiles, the repeated one at both ends.
        chain: Vec<String>,
    },
    /// Programs that run each other, perhaps without end.
    #[error("more than {depth} {} run each other: {}", programs(setting), chain.join(" -> "))]
    Nested { setting: &'static str, depth: usize, chain: Vec<String> },
    /// The error that the same question had before.
    #[error(transparent)]
    Again(Arc<Error>),
    /// A file that an SDK with its own reader refuses.
    #[error(transparent)]
    View(Arc<view::Fault>),
    #[error("{origin}: the MFA code for `{serial}` is asked for only if the program sets that up")]
    MfaNotSetUp {
        serial: String,
        origin: Origin,
        /// The profile that was asked for.
        profile: String,
    },
    #[error(transparent)]
    Login(#[from] login::Error),
    /// A file that a setting or a variable names.
    #[error("{what} `{path}` can't be read", path = named(.path))]
    Io {
        /// What the file is for.
        what: &'static str,
        path: PathBuf,
        source: std::io::Error,
        /// What names the file.
        origin: Origin,
    },
    #[error("{origin}: `{program}` can't be started{}", because(why.as_ref()))]
    NotStarted {
        /// The program, without its arguments.
        program: String,
        /// What can be seen of the reason.
        why: Option<Unstartable>,
        source: std::io::Error,
        /// The setting that names it.
        origin: Origin,
    },
    #[error("{}custom-process: `{program}` {fault}{}", origin.before(), process::also(.said))]
    Process {
        /// The program, without its arguments.
        program: String,
        fault: Process,
        /// What it wrote on standard error, unless `fault` has it.
        said: String,
        /// The setting that names it.
        origin: Origin,
    },
    #[error("MFA code for {serial}: {fault}")]
    Mfa { serial: String, fault: Mfa },
    #[error("env: AWS_CREDENTIAL_EXPIRATION {fault}")]
    EnvironmentExpiration {
        fault: Expiration,
        /// The profile that the keys were loaded from.
        loaded: Option<String>,
    },
    #[error("{provider}: `{text}` is not a date with a time zone")]
    NoDate { provider: Provider, text: String },
    #[error("{provider}: the credentials have expired, and so have the refreshed ones")]
    StillExpired { provider: Provider },
    #[error("{}{identity}: the new credentials have already expired", origin.before())]
    ExpiredOnArrival { identity: String, origin: Origin },
    /// The credentials existed when the provider was chosen, but not when they were refreshed.
    #[error("{provider}: {reason}")]
    Gone { provider: Provider, reason: Reason },
    #[error("{origin}: credential_source `{name}` has no credentials{}", .reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default())]
    EmptySource {
        /// The value of `credential_source`.
        name: String,
        reason: Option<Box<Reason>>,
        profile: String,
        origin: Origin,
    },
    /// A service refused the request or did not respond.
    #[error("{provider}: {context}")]
    Service {
        provider: Provider,
        /// What was requested, and as whom.
        context: String,
        /// What to do, where the refusal shows the mistake.
        advice: Option<Hint>,
        source: service::Error,
    },
    /// A request that the service refuses, or would, because of the value of a setting.
    #[error("{}{provider}: {context}", origin.before())]
    AtSetting {
        provider: Provider,
        /// What was to be requested, and as whom.
        context: String,
        /// What to do, where the refusal shows the mistake.
        advice: Option<Hint>,
        source: service::Error,
        /// The setting.
        origin: Box<Origin>,
    },
    /// The portal knows the user, but no such role of that user.
    #[error(
        "{}sso: no credentials for the role {} in the account {}",
        .wanted.role.origin.before(), .wanted.role.value, .wanted.account.value
    )]
    NotAssigned { wanted: Box<Assignment>, source: service::Error },
    #[error(transparent)]
    Narrowing(#[from] narrowing::Error),
    /// The credentials of a source profile may not be used.
    #[error(transparent)]
    Guarded(Guarded),
    /// The settings make no client, or a request failed.
    #[error(transparent)]
    Client(#[from] client::Error),
    #[error("the MFA code for `{serial}` has to be typed, and there is no terminal")]
    NeedsTerminal { serial: String },
    /// The user stopped the prompt.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// Whether a request could be sent, and only isn't because nothing is.
    pub(super) fn is_unsent(&self) -> bool {
        match self.peeled() {
            Error::Service { source, .. } | Error::Login(login::Error::Refresh(source)) => source.is_unsent(),
            Error::Client(error) => error.is_unsent(),
            _ => false,
        }
    }

    /// The error with the setting that a parameter comes from, if the parameter is why the request was not sent or refused.
    pub(super) fn at_setting(self, setting: impl Fn(&str) -> Option<Origin>) -> Error {
        match self {
            Error::Service { provider, context, advice, source } => {
                let unsent = source.invalid_parameters().find_map(&setting);
                let origin = unsent.or_else(|| setting(&source.constrained_parameter()?));
                match origin {
                    Some(origin) => {
                        Error::AtSetting { provider, context, advice, source, origin: Box::new(origin) }
                    }
                    None => Error::Service { provider, context, advice, source },
                }
            }
            error => error,
        }
    }

    /// Whether there is a part of an access key, and nothing else is wrong.
    pub fn is_half_pair(&self) -> bool {
        matches!(self, Error::Partial { half, .. } if !matches!(half, Half::Role { .. }))
    }

    /// Whether `--offline` has kept a provider from being asked that is asked when the role is assumed for which it is the
    /// source.
    pub(super) fn is_behind_a_role(&self) -> bool {
        matches!(self.peeled(), Error::Offline { provider, .. } if BEHIND_A_ROLE.contains(provider))
    }

    /// The error itself, if it is that of an earlier question.
    pub(super) fn peeled(&self) -> &Error {
        match self {
            Error::Again(error) => error.peeled(),
            error => error,
        }
    }
}

/// The programs that a setting names.
fn programs(setting: &str) -> &'static str {
    if setting == CREDENTIAL_PROCESS.name { "credential processes" } else { "MFA commands" }
}

impl Guarded {
    pub fn by(error: impl Explain) -> Error {
        Error::Guarded(Guarded(Box::new(error)))
    }
}

impl Half {
    pub fn at(self, origin: Origin) -> Error {
        Error::Partial { half: self, origin }
    }
}

impl Settings {
    pub fn at(self, origin: Origin) -> Error {
        Error::Settings { fault: self, origin }
    }
}

/// The reason, unless the system's error says the same.
fn because(why: Option<&Unstartable>) -> String {
    let why = why.filter(|why| !matches!(why, Unstartable::NotFound(_)));
    why.map_or_else(String::new, |why| format!(": {why}"))
}

#[cfg(test)]
mod examples;
