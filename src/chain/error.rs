//! Why there are no credentials.

use std::path::PathBuf;

use super::Provider;
use crate::failure::{Code, Exit, Explain};
use crate::origin::Origin;
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
    #[error("{provider}: {found} has no {missing}")]
    Partial {
        /// The provider.
        provider: Provider,
        /// What has only one half.
        found: String,
        /// The missing half.
        missing: String,
        /// Where the other half is.
        origin: Option<Origin>,
    },
    /// Settings that contradict each other, or make no sense.
    #[error("{}{message}", origin.as_ref().map(|origin| format!("{origin}: ")).unwrap_or_default())]
    Invalid {
        /// What is wrong.
        message: String,
        /// The place that is to blame.
        origin: Option<Origin>,
        /// What mends it.
        help: Option<String>,
    },
    /// Roles that assume each other in a circle.
    #[error("{}roles assume each other in a circle: {}", origin.as_ref().map(|origin| format!("{origin}: ")).unwrap_or_default(), chain.join(" -> "))]
    RoleLoop {
        /// The profiles, the repeated one at both ends.
        chain: Vec<String>,
        /// The reference that closes the circle.
        origin: Option<Origin>,
    },
    /// A sign-in is missing or over.
    #[error("{message}")]
    LoginRequired {
        /// What is missing or over.
        message: String,
        /// The command that signs in.
        command: String,
        /// The cache file or setting concerned.
        origin: Option<Origin>,
    },
    /// A file that the settings name can't be read.
    #[error("{what} `{path}` can't be read")]
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
    #[error("{provider}: {message}")]
    Provider {
        /// The provider, or the source that a role names.
        provider: String,
        /// What went wrong.
        message: String,
        /// The place that is to blame.
        origin: Option<Origin>,
        /// What mends it.
        help: Option<String>,
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
    /// The settings make no client for a service.
    #[error("no client for the service")]
    Client {
        /// Why.
        source: service::Error,
    },
    /// A service refused what a command asked of it, or could not be reached.
    #[error(transparent)]
    Call(service::Error),
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

impl Error {
    /// An [`Error::Invalid`] without a word of help.
    pub(super) fn invalid(message: impl Into<String>, origin: Option<Origin>) -> Error {
        Error::Invalid { message: message.into(), origin, help: None }
    }

    /// An [`Error::Provider`] without a place.
    pub(super) fn provider(provider: Provider, message: impl Into<String>) -> Error {
        Error::Provider { provider: provider.to_string(), message: message.into(), origin: None, help: None }
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NoCredentials { .. } | Error::Offline { .. } => Code::NoCredentials,
            Error::Files(error) => error.code(),
            Error::Partial { .. } => Code::PartialCredentials,
            Error::Invalid { .. } => Code::InvalidConfig,
            Error::RoleLoop { .. } => Code::RoleLoop,
            Error::LoginRequired { .. } => Code::LoginRequired,
            Error::Io { .. } | Error::NotStarted { .. } => Code::Io,
            Error::Provider { .. } => Code::ProviderFailed,
            Error::Service { source, .. } | Error::Client { source } | Error::Call(source) => source.code(),
            Error::NeedsTerminal { .. } => Code::NeedsTerminal,
            Error::Interrupted => Code::Interrupted,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Files(error) => error.exit(),
            Error::Service { source, .. } | Error::Client { source } | Error::Call(source) => source.exit(),
            Error::Provider { .. } => Exit::Other,
            Error::Io { .. } | Error::NotStarted { .. } => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Error::NoCredentials { .. } => {
                Some("`xcred configure` sets a profile up; `xcred resolve` shows what was looked for".to_owned())
            }
            Error::Offline { .. } => Some("leave `--offline` out".to_owned()),
            Error::Files(error) => error.help(),
            Error::Partial { missing, .. } => Some(format!("set {missing}, or remove its other half")),
            Error::Invalid { help, .. } | Error::Provider { help, .. } => help.clone(),
            Error::RoleLoop { chain, .. } => {
                let last = chain.len().checked_sub(2).map(|at| chain[at].as_str()).unwrap_or_default();
                Some(format!("give `{last}` another source: `xcred set source_profile NAME --profile {last}`"))
            }
            Error::LoginRequired { command, .. } => Some(format!("sign in: `{command}`")),
            Error::Service { source, .. } | Error::Client { source } | Error::Call(source) => source.help(),
            Error::NeedsTerminal { .. } => {
                Some("run it on a terminal, or name a program that prints the code: `xcred settings set mfa.command`".to_owned())
            }
            Error::Io { .. } | Error::NotStarted { .. } | Error::Interrupted => None,
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
            _ => None,
        }
    }
}
