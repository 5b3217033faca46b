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
    #[error("the new credentials have already expired")]
    Expired,
}

impl Explain for NotRenewed {
    fn code(&self) -> Code {
        match self {
            NotRenewed::OtherIdentity { .. } => Code::InvalidConfig,
            NotRenewed::Expired => Code::ProviderFailed,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            NotRenewed::OtherIdentity { .. } => Some("run the command again, if that is intended".into()),
            NotRenewed::Expired => None,
        }
    }
}

#[cfg(test)]
mod examples;
