//! Why a key can't be rotated, or what became of a rotation that stopped.

use std::path::PathBuf;

use super::command;
use crate::chain;
use crate::failure::{Code, Exit, Explain, Hint};
use crate::origin::{Origin, shown};
use crate::profile;
use crate::store::Problem;

/// An error of this room.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The credentials are not a lasting key of a user in one of the two files.
    #[error("{what}, and only the lasting key of an IAM user in the files can be rotated")]
    NotRotatable {
        /// What they are instead.
        what: String,
        /// What to do.
        help: Hint,
        /// Where they are from.
        origin: Option<Origin>,
    },
    /// A service refused, or could not be asked.
    #[error(transparent)]
    Service(Box<chain::Error>),
    /// The files can't be read or written.
    #[error(transparent)]
    Files(#[from] profile::Error),
    /// The journal can't be read or written.
    #[error(transparent)]
    Store(#[from] Problem),
    /// There is no home to keep a journal in.
    #[error("no home folder: `HOME` is not set, and the password file doesn't know this user")]
    NoHome,
    /// The journal is not what was written.
    #[error("`{path}` is not the journal of a rotation that this xcred can read", path = shown(.path))]
    Journal {
        /// The journal.
        path: PathBuf,
    },
    /// An earlier rotation is not over.
    #[error("the rotation of {old} that began at {begun} is not finished{}", new.as_ref().map(|new| format!(": its new key is {new}")).unwrap_or_default())]
    Unfinished {
        /// The profile that it was begun for.
        profile: String,
        /// The old key.
        old: String,
        /// The new key, where it got that far.
        new: Option<String>,
        /// When it began.
        begun: String,
        /// Its journal.
        path: PathBuf,
    },
    /// There is nothing to resume or to undo.
    #[error("there is no unfinished rotation for profile `{profile}`")]
    NoneUnfinished {
        /// The profile.
        profile: String,
    },
    /// A user can have two keys, and has.
    #[error("user `{user}` has two access keys already, and {id} {reason}")]
    TwoKeys {
        /// The user.
        user: String,
        /// The other key.
        id: String,
        /// Why it is not simply deleted.
        reason: String,
        /// What to do.
        help: Hint,
    },
    /// The rotation stopped. Its journal is there.
    #[error("the rotation stopped: {step}")]
    Stopped {
        /// What it was doing, and what works now.
        step: &'static str,
        /// The profile.
        profile: String,
        /// Why.
        source: Box<Error>,
    },
    /// A key belongs to somebody else than it should.
    #[error("key {id} belongs to {found}, not to {expected}")]
    OtherIdentity {
        /// The key.
        id: String,
        /// Who it belongs to.
        found: String,
        /// Who it should belong to.
        expected: String,
    },
    /// No file holds the new key any more.
    #[error("neither key stands in the files any more, so the old one is left alone")]
    Nowhere,
    /// There is nothing to go back to.
    #[error("the old key {id} is deleted, so the rotation can't be taken back")]
    OldGone {
        /// The old key.
        id: String,
    },
}

impl From<chain::Error> for Error {
    fn from(error: chain::Error) -> Error {
        Error::Service(Box::new(error))
    }
}

impl Error {
    /// An error that stops a rotation with its journal in place.
    pub(super) fn stopped(self, step: &'static str, profile: &str) -> Error {
        Error::Stopped { step, profile: profile.to_owned(), source: Box::new(self) }
    }
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NotRotatable { .. }
            | Error::Unfinished { .. }
            | Error::NoneUnfinished { .. }
            | Error::TwoKeys { .. }
            | Error::Nowhere
            | Error::OldGone { .. } => Code::InvalidConfig,
            Error::Service(error) => error.code(),
            Error::Files(error) => error.code(),
            Error::Store(problem) => problem.code(),
            Error::NoHome | Error::Journal { .. } => Code::Io,
            Error::Stopped { source, .. } => source.code(),
            Error::OtherIdentity { .. } => Code::ProviderFailed,
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Error::Service(error) => error.exit(),
            Error::Files(error) => error.exit(),
            Error::Store(problem) => problem.exit(),
            Error::Stopped { source, .. } => source.exit(),
            Error::NoHome | Error::Journal { .. } => Exit::Configuration,
            _ => self.code().exit(),
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Error::NotRotatable { help, .. } | Error::TwoKeys { help, .. } => Some(help.clone()),
            Error::Service(error) => error.help(),
            Error::Files(error) => error.help(),
            Error::Store(problem) => problem.help(),
            Error::NoHome => Some("set HOME or XDG_STATE_HOME".into()),
            Error::Journal { .. } => Some("see `xcred keys list` for the keys that exist".into()),
            Error::Unfinished { profile, .. } | Error::Stopped { profile, .. } => {
                let [resume, undo] = ["--resume", "--undo"].map(|flag| command("rotate", profile).flag(flag));
                Some(Hint::default().run(resume).say(" finishes it, ").run(undo).say(" takes it back"))
            }
            Error::NoneUnfinished { .. } => Some("`xcred keys list` shows the keys as they are".into()),
            Error::OldGone { .. } => Some("finish it with `--resume`".into()),
            Error::Nowhere => {
                Some("take it back with `--undo`, then write the key where it is needed".into())
            }
            Error::OtherIdentity { .. } => None,
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::NotRotatable { origin, .. } => origin.clone(),
            Error::Unfinished { path, .. } => Some(Origin::Cache { path: path.clone() }),
            Error::Service(error) => error.origin(),
            Error::Files(error) => error.origin(),
            Error::Stopped { source, .. } => source.origin(),
            _ => None,
        }
    }
}
