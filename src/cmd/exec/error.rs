//! Why a command isn't run, or gets no new credentials.

use std::io;

use crate::failure::{Code, Exit, Explain, Hint};

/// The command can't be started.
#[derive(Debug, thiserror::Error)]
#[error("`{program}` can't be run")]
pub(crate) struct NotRun {
    pub(super) program: String,
    pub(super) source: io::Error,
}

impl NotRun {
    pub(super) fn is_missing(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

impl Explain for NotRun {
    fn code(&self) -> Code {
        Code::Io
    }

    /// As in shells, `env` and `sudo`.
    fn exit(&self) -> Exit {
        match self.source.kind() {
            io::ErrorKind::NotFound => Exit::CommandNotFound,
            io::ErrorKind::PermissionDenied => Exit::CommandNotExecutable,
            _ => Exit::Other,
        }
    }
}

/// New credentials that the command must not get.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRenewed {
    /// Somebody has changed the profile since the command was started.
    #[error("the profile is another identity now: its {what} changed from {old} to {new}")]
    OtherIdentity { what: &'static str, old: String, new: String },
    /// The profile was changed since the command was started, and the values say nothing to people.
    #[error("the profile is another identity now: its {what} has changed")]
    OtherSource { what: &'static str },
    /// Other temporary keys are in the file, and STS did not say whose they or the old ones are.
    #[error("the profile has other temporary keys now, and it is not known whose they are")]
    Unknown,
    #[error("the new credentials have already expired")]
    Expired,
    #[error("the old credentials have expired, and the renewal has not ended yet")]
    Slow,
}

impl Explain for NotRenewed {
    fn code(&self) -> Code {
        match self {
            NotRenewed::OtherIdentity { .. } | NotRenewed::OtherSource { .. } => Code::InvalidConfig,
            NotRenewed::Unknown | NotRenewed::Expired | NotRenewed::Slow => Code::ProviderFailed,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            NotRenewed::OtherIdentity { .. } | NotRenewed::OtherSource { .. } | NotRenewed::Unknown => {
                Some("run the command again, if that is intended".into())
            }
            NotRenewed::Expired | NotRenewed::Slow => None,
        }
    }
}

#[cfg(test)]
mod examples;
