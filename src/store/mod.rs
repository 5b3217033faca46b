//! The user's files. This is the only room that reads or writes them; it knows bytes and paths, nothing of AWS.
//!
//! An [`edit`] is all or nothing, whoever else is at work and whenever the process dies:
//!
//! 1. *Lock.* `flock` on the folder of each file. The kernel lifts the lock of a dead process, and there is no
//!    lock file to be left behind.
//! 2. *Stage.* The new bytes go into a file without a name in the same folder, which gets the owner and the mode
//!    of the file it will replace, and are synced. A process killed here leaves nothing.
//! 3. *Link.* The staged file gets a hidden name, such as `.config.xcred-new`.
//! 4. *Compare.* Programs that don't take the lock may have written meanwhile: if a file no longer holds the bytes
//!    that the edit was made on, everything staged is dropped and the edit is made again.
//! 5. *Commit.* The hidden name is renamed over the file.
//!
//! When several files change, renaming the first one is the commit. The hidden names of the others say which file
//! they follow, by inode and time of birth: `.credentials.xcred-with-1234-5678`. Whoever next holds the lock of
//! the folder settles what a killed process left there: if the file they follow has its proper name, the edit was
//! committed and they are renamed as well (unless their target has changed since); if not, it was not, and they
//! are removed. What is called `-new` is never a follower, so a single file is never saved late. (Unix cannot
//! rename two files at once: until an edit is settled, readers see the part of it that is in place.)

mod lock;
mod problem;
mod save;
mod settle;
mod small;
mod target;
mod transaction;

use std::fs::{self, File};
use std::io::ErrorKind::{FileTooLarge, IsADirectory, NotADirectory, NotFound};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

pub use lock::{Held, hold};
pub use problem::Problem;
pub use small::{SMALL, read_small};

/// No file of profiles is this large; whatever is, is a mistake.
const LARGEST: u64 = 1 << 30;

/// How often an edit is made again because another program keeps writing.
const TRIES: u32 = 10;

/// What stands at a path.
#[derive(PartialEq, Eq)]
pub enum Found {
    /// No file: nothing, not even a folder to look into, or a device such as `/dev/null`.
    Absent,
    /// A file with this content.
    Bytes(Vec<u8>),
}

/// Reads the file at `path`; never creates or changes anything. A folder, or a link that leads nowhere, is a
/// problem.
pub fn read(path: &Path) -> Result<Found, Problem> {
    let found = open(path, |file, size| {
        // Room for all of it at once: a buffer that grows leaves copies behind that are never zeroed.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        file.read_to_end(&mut bytes)?;
        Ok(std::mem::take(&mut *bytes))
    })?;
    Ok(found.map_or(Found::Absent, Found::Bytes))
}

/// The same for a reader of its own, which gets the open file and its size in bytes; nothing where no file is.
pub fn open<T>(
    path: &Path,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    opened(path, read).or_else(|error| match error.kind() {
        NotFound | NotADirectory if !path.is_symlink() => Ok(None),
        _ => Err(Problem::reading(path, error)),
    })
}

/// Lets `edit` change the bytes of the files at `paths`, and saves those that it changed: all of them or none.
///
/// `edit` gets the files in the order of `paths`, a missing one as no bytes; one that stays so is not created. It
/// runs under the lock and sees what the files hold now, and it runs again when that turns out to have changed,
/// so it must start from the bytes it is given each time. Its error is passed on, with nothing saved.
///
/// The answer is what `edit` returned, and for each path whether its file changed. Name files that belong together
/// together, even if only one is to change: so an edit that was killed between two of them is found and completed.
pub fn edit<T, E: From<Problem>>(
    paths: &[&Path],
    mut edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
) -> Result<(T, Vec<bool>), E> {
    let mut tries = 1;
    loop {
        match transaction::attempt(paths, &mut edit)? {
            Outcome::Done(value, changed) => return Ok((value, changed)),
            Outcome::Overtaken(path) if tries == TRIES => return Err(Problem::Busy { path }.into()),
            Outcome::Overtaken(_) => tries += 1,
        }
    }
}

/// Does for one file all of an [`edit`] that can fail, short of putting the bytes in place: there is permission and
/// room, and the access rights can be kept. Nothing is left of it.
pub fn try_out(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let targets = [target::Target::resolve(path)?];
    targets[0].check_writable()?;
    let Some(folder) = &targets[0].folder else { return Ok(()) };
    let _lock = lock::Lock::take(std::iter::once(folder.as_path()))?;
    settle::settle(&targets)?;
    save::Staged::write(&targets[0], save::NEW, bytes).map(drop)
}

/// Removes the file at `path`, for good; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<(), Problem> {
    let target = target::Target::resolve(path)?;
    let Some(folder) = &target.folder else { return Ok(()) };
    let lock = lock::Lock::take(std::iter::once(folder.as_path()))?;
    match fs::remove_file(&target.real) {
        Err(error) if error.kind() == NotFound => Ok(()),
        Err(error) => Err(Problem::saving(path, error)),
        Ok(()) => lock.sync(|folder, source| Problem::Unsynced { folder, source }),
    }
}

/// The files in a folder, in order of their names; a folder that is not there has none.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let reading = |error| Problem::reading(folder, error);
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == NotFound => return Ok(Vec::new()),
        entries => entries.map_err(reading)?,
    };
    let mut paths =
        entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>().map_err(reading)?;
    paths.sort();
    Ok(paths)
}

/// How one attempt at an edit ended.
enum Outcome<T> {
    /// What `edit` returned, and which files changed.
    Done(T, Vec<bool>),
    /// This path no longer is what the edit was made on; nothing was saved.
    Overtaken(PathBuf),
}

/// What `read` reads from the file; a device, a pipe or a socket is no file, and is not even opened.
fn opened<T>(path: &Path, read: impl FnOnce(&mut File, usize) -> io::Result<T>) -> io::Result<Option<T>> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(IsADirectory.into());
    }
    if !found.is_file() {
        return Ok(None);
    }
    if found.len() > LARGEST {
        return Err(FileTooLarge.into());
    }
    let mut file = small::open_at_once(path)?;
    let found = file.metadata()?;
    if !found.is_file() {
        return Ok(None); // It was replaced since.
    }
    read(&mut file, usize::try_from(found.len()).unwrap_or(0)).map(Some)
}

#[cfg(test)]
mod tests;
