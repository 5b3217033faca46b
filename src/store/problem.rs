//! What can be wrong with a file: [`Problem`].

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::failure::{Code, Exit, Explain, Hint};

/// Why a file could not be read or saved. Except for [`Torn`](Problem::Torn) and [`Unsynced`](Problem::Unsynced),
/// nothing was changed.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what the variants and their fields mean")]
pub enum Problem {
    #[error("`{path}` is a folder, not a file")]
    Folder { path: PathBuf },
    #[error("`{path}` is not a file that can be saved, but a device, a pipe or a socket")]
    NotAFile { path: PathBuf },
    #[error("`{path}` is a symbolic link that leads nowhere")]
    DanglingLink { path: PathBuf },
    #[error("no permission to read `{path}`")]
    Denied { path: PathBuf },
    #[error("`{path}` is larger than 1 GiB")]
    TooLarge { path: PathBuf },
    #[error("`{path}` cannot be read")]
    Read { path: PathBuf, source: io::Error },
    #[error("`{path}` is not writable")]
    ReadOnly { path: PathBuf, source: io::Error },
    #[error("another process has kept the folder `{folder}` locked for {} seconds", waited.as_secs())]
    Locked { folder: PathBuf, waited: Duration },
    #[error("another process holds `{path}`")]
    Held { path: PathBuf },
    #[error("the file system of the folder `{folder}` cannot lock it")]
    NoLocks { folder: PathBuf, source: io::Error },
    #[error("another program keeps changing `{path}`")]
    Busy { path: PathBuf },
    #[error("`{path}` and `{other}` are one file and cannot be changed in two ways")]
    SameFile { path: PathBuf, other: PathBuf },
    #[error("the owner and the access rights of `{path}` cannot be kept")]
    Access { path: PathBuf, source: io::Error },
    #[error("`{path}` cannot be saved")]
    Save { path: PathBuf, source: io::Error },
    /// The only half-done edit: a rename that fails after another one succeeded, and whose undoing fails as well.
    /// What was not saved keeps its hidden name, for the next edit to complete.
    #[error("`{path}` was saved without the files that belong to it, and cannot be put back")]
    Torn { path: PathBuf, source: Box<Problem> },
    #[error("the edit is in place, but may not survive a power cut: the folder `{folder}` cannot be synced")]
    Unsynced { folder: PathBuf, source: io::Error },
}

impl Problem {
    /// The meaning of an error on the way to the bytes at `path`.
    pub(super) fn reading(path: &Path, source: io::Error) -> Problem {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound if path.is_symlink() => Problem::DanglingLink { path },
            io::ErrorKind::IsADirectory => Problem::Folder { path },
            io::ErrorKind::PermissionDenied => Problem::Denied { path },
            io::ErrorKind::FileTooLarge => Problem::TooLarge { path },
            _ => Problem::Read { path, source },
        }
    }

    /// The meaning of an error while `path` is being saved.
    pub(super) fn saving(path: &Path, source: impl Into<io::Error>) -> Problem {
        let (path, source) = (path.to_owned(), source.into());
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Problem::ReadOnly { path, source }
            }
            _ => Problem::Save { path, source },
        }
    }
}

impl Explain for Problem {
    fn code(&self) -> Code {
        Code::Io
    }

    fn help(&self) -> Option<Hint> {
        let help = match self {
            Problem::Folder { .. } | Problem::NotAFile { .. } | Problem::TooLarge { .. } => {
                "name another file"
            }
            Problem::DanglingLink { .. } => "create the file that it should lead to, or remove the link",
            Problem::Denied { .. } => "make it readable for you, or name another file",
            Problem::ReadOnly { .. } => "make it writable for you, or name another file",
            Problem::Locked { .. } => "see with `lslocks` which process holds the lock, and end it",
            Problem::Held { .. } => "wait until it is done",
            Problem::NoLocks { .. } => "keep the file on a file system with locks",
            Problem::Busy { .. } => "try again when the other program is done",
            Problem::SameFile { .. } => "name two different files",
            Problem::Access { .. } => "edit the file as its owner",
            Problem::Torn { .. } => "once the cause is mended, the next edit completes this one first",
            Problem::Read { .. } | Problem::Save { .. } | Problem::Unsynced { .. } => return None,
        };
        Some(help.into())
    }

    /// What can't be read is a matter of configuration; what can't be written, of the machine.
    fn exit(&self) -> Exit {
        match self {
            Problem::Folder { .. }
            | Problem::DanglingLink { .. }
            | Problem::Denied { .. }
            | Problem::TooLarge { .. }
            | Problem::Read { .. }
            | Problem::SameFile { .. } => Exit::Configuration,
            _ => Exit::Other,
        }
    }
}
