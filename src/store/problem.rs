//! Errors of files: [`Problem`].

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::dangling::{self, Missing};
use super::holder::Holder;
use super::small::size;
use super::system::{self, Denial, User};
use super::why::Why;
use crate::origin::shown;

/// Why a file could not be read or saved. Except for [`Torn`](Problem::Torn), [`HalfWritten`](Problem::HalfWritten),
/// [`Overwritten`](Problem::Overwritten) and [`Unsynced`](Problem::Unsynced), nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    #[error("`{path}` is a folder, not a file", path = shown(.path))]
    Folder { path: PathBuf },
    #[error("`{path}` is a device, a pipe or a socket, not a regular file", path = shown(.path))]
    NotAFile { path: PathBuf },
    #[error("`{path}` is a symbolic link to `{to}`, which doesn't exist", path = shown(.path), to = shown(.to))]
    DanglingLink { path: PathBuf, to: PathBuf, missing: Missing },
    #[error("`{path}` is a symbolic link that leads back to itself", path = shown(.path))]
    LinkLoop { path: PathBuf },
    /// A folder of the file is something else.
    #[error("`{path}` is a file, not a folder", path = shown(.path))]
    NotAFolder { path: PathBuf },
    #[error("`{path}` is relative to the working folder, which was removed", path = shown(.path))]
    NoWorkingFolder { path: PathBuf },
    #[error("no permission to read `{path}`", path = shown(.path))]
    Denied { path: PathBuf, denial: Denial },
    #[error("`{path}` is larger than {}", size(*limit), path = shown(.path))]
    TooLarge { path: PathBuf, limit: u64 },
    #[error("`{path}` can't be read", path = shown(.path))]
    Read { path: PathBuf, source: io::Error },
    #[error("`{path}` is not writable", path = shown(.path))]
    ReadOnly { path: PathBuf, denial: Denial, source: io::Error },
    #[error("{} has kept `{path}` locked for {} seconds", who(holder.as_ref()), waited.as_secs(), path = shown(.path))]
    Locked { path: PathBuf, waited: Duration, holder: Option<Holder> },
    #[error("{} holds `{path}`", who(holder.as_ref()), path = shown(.path))]
    Held { path: PathBuf, holder: Option<Holder> },
    #[error("the file system of `{path}` can't lock it", path = shown(.path))]
    NoLocks { path: PathBuf, source: io::Error },
    #[error("another program keeps changing `{path}`", path = shown(.path))]
    Busy { path: PathBuf },
    #[error("`{path}` and `{other}` are the same file, and the two edits of it differ", path = shown(.path), other = shown(.other))]
    SameFile { path: PathBuf, other: PathBuf },
    #[error("the owner and permissions of `{path}` can't be preserved", path = shown(.path))]
    Access { path: PathBuf, source: io::Error },
    #[error("the permissions of `{path}` can't be changed", path = shown(.path))]
    Mode { path: PathBuf, source: io::Error },
    #[error("`{path}` can't be saved", path = shown(.path))]
    Save { path: PathBuf, source: io::Error },
    #[error("`{path}` can't be removed", path = shown(.path))]
    Remove { path: PathBuf, source: io::Error },
    /// A file or a folder that no edit can have left there.
    #[error("`{path}` is in the way: xcred needs this name to save the file beside it", path = shown(.path))]
    Occupied { path: PathBuf },
    /// The mount point was only detected by a failed rename.
    #[error("`{path}` is itself a mount point and can't be replaced", path = shown(.path))]
    Mounted { path: PathBuf, source: io::Error },
    /// It has to be written in place, which needs a copy of the old content.
    #[error("`{path}` can't be saved safely: {why}, and no backup of its old contents can be written", path = shown(.path))]
    NoCopy { path: PathBuf, why: Why, source: io::Error },
    /// The file holds neither the old content of an interrupted edit nor the new one.
    #[error("an edit of `{path}` was interrupted, and another program has changed the file since", path = shown(.path))]
    Interrupted { path: PathBuf, record: PathBuf, offset: u64, length: u64 },
    #[error("another user's edit was interrupted; its record is `{record}`")]
    OthersRecord { record: PathBuf, user: User },
    #[error("the record `{record}` of an interrupted edit is damaged")]
    DamagedRecord { record: PathBuf },
    /// Writing in place failed, and restoring the old content failed, too.
    #[error("`{path}` was written only in part, and its old contents can't be restored", path = shown(.path))]
    HalfWritten { path: PathBuf, record: PathBuf, source: io::Error },
    /// The only incomplete edit: a rename failed after another one succeeded, and restoring the first file failed, too.
    /// The other files keep their hidden names, so that the next edit completes this one.
    #[error("`{path}` was saved without the files that belong to it, and can't be restored", path = shown(.path))]
    Torn { path: PathBuf, source: Box<Problem> },
    /// The program had the old file open, which is gone.
    #[error("`{path}` was saved while another program wrote to it, and what that wrote can't be restored", path = shown(.path))]
    Overwritten { path: PathBuf, source: Box<Problem> },
    #[error("the change was made, but may not survive a power failure: the folder `{folder}` can't be synced", folder = shown(.folder))]
    Unsynced { folder: PathBuf, source: io::Error },
}

impl Problem {
    /// The problem for an error while `path` is read.
    pub(super) fn reading(path: &Path, source: io::Error) -> Problem {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound if path.is_symlink() => Problem::dangling(&path, false),
            io::ErrorKind::IsADirectory => Problem::Folder { path },
            io::ErrorKind::PermissionDenied => Problem::Denied { denial: Denial::of(&path), path },
            io::ErrorKind::NotADirectory => {
                let file = path.ancestors().find(|above| above.exists()).unwrap_or(&path);
                Problem::NotAFolder { path: file.to_owned() }
            }
            _ if system::is_loop(&source) => {
                let link = path.ancestors().filter(|above| above.is_symlink()).last().unwrap_or(&path);
                Problem::LinkLoop { path: link.to_owned() }
            }
            _ => Problem::Read { path, source },
        }
    }

    /// The problem with a link that leads to no file, or to no folder if `is_folder`.
    pub(super) fn dangling(link: &Path, is_folder: bool) -> Problem {
        let (to, missing) = dangling::end(link, is_folder);
        Problem::DanglingLink { path: link.to_owned(), to, missing }
    }

    /// The problem for an error while the folder is looked for.
    pub(super) fn reading_folder(folder: &Path, source: io::Error) -> Problem {
        match Problem::reading(folder, source) {
            Problem::DanglingLink { path, .. } => Problem::dangling(&path, true),
            problem => problem,
        }
    }

    /// Whether something else is where the file should be: to botocore there is no file.
    pub fn is_obstacle(&self) -> bool {
        matches!(
            self,
            Problem::Folder { .. }
                | Problem::NotAFile { .. }
                | Problem::DanglingLink { .. }
                | Problem::LinkLoop { .. }
                | Problem::NotAFolder { .. }
        )
    }

    /// Whether a lock can't be had at all, by no process like this one. `false` if somebody holds it, and if something else
    /// is where it should be.
    pub fn is_without_lock(&self) -> bool {
        match self {
            Problem::Denied { .. } | Problem::ReadOnly { .. } => true,
            Problem::NoLocks { source, .. } | Problem::Save { source, .. } | Problem::Read { source, .. } => {
                system::is_unavailable(source)
            }
            _ => false,
        }
    }

    /// Whether the name that the file needs until it is complete is taken, as by another process that saves it now.
    pub fn is_taken(&self) -> bool {
        match self {
            Problem::Occupied { .. } => true,
            Problem::Save { source, .. } => source.kind() == io::ErrorKind::AlreadyExists,
            _ => false,
        }
    }

    /// The file that it is about, if it is about one.
    fn path(&self) -> Option<&Path> {
        match self {
            Problem::Folder { path }
            | Problem::NotAFile { path }
            | Problem::DanglingLink { path, .. }
            | Problem::LinkLoop { path }
            | Problem::NotAFolder { path }
            | Problem::NoWorkingFolder { path }
            | Problem::Denied { path, .. }
            | Problem::TooLarge { path, .. }
            | Problem::Read { path, .. }
            | Problem::ReadOnly { path, .. }
            | Problem::Locked { path, .. }
            | Problem::Held { path, .. }
            | Problem::NoLocks { path, .. }
            | Problem::Busy { path }
            | Problem::SameFile { path, .. }
            | Problem::Access { path, .. }
            | Problem::Mode { path, .. }
            | Problem::Save { path, .. }
            | Problem::Remove { path, .. }
            | Problem::Occupied { path }
            | Problem::Mounted { path, .. }
            | Problem::NoCopy { path, .. }
            | Problem::Interrupted { path, .. }
            | Problem::HalfWritten { path, .. }
            | Problem::Torn { path, .. }
            | Problem::Overwritten { path, .. } => Some(path),
            Problem::OthersRecord { record, .. } | Problem::DamagedRecord { record } => Some(record),
            Problem::Unsynced { .. } => None,
        }
    }

    /// The problem for an error while `path` is saved.
    pub(super) fn saving(path: &Path, source: impl Into<io::Error>) -> Problem {
        Problem::writing(path, path, source.into())
    }

    /// The problem for an error while `path` is removed.
    pub(super) fn removing(path: &Path, source: io::Error) -> Problem {
        match Problem::saving(path, source) {
            Problem::Save { path, source } => Problem::Remove { path, source },
            problem => problem,
        }
    }

    /// The problem for an error while a folder is made, or while the first file is put into it.
    pub(super) fn making(folder: &Path, source: impl Into<io::Error>) -> Problem {
        Problem::writing(folder, &folder.join("file"), source.into())
    }

    /// `denied` is what can't be written, if the reason is a lack of rights.
    fn writing(path: &Path, denied: &Path, source: io::Error) -> Problem {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                let denial = Denial::by_attribute(denied, &source).unwrap_or_else(|| Denial::of(denied));
                Problem::ReadOnly { denial, path, source }
            }
            io::ErrorKind::ResourceBusy => Problem::Mounted { path, source },
            _ => Problem::Save { path, source },
        }
    }
}

fn who(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "another process".to_owned(), Holder::to_string)
}

#[cfg(test)]
mod examples;
mod explain;
