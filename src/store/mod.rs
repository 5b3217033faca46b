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
//!
//! # In place
//!
//! Some files can't be replaced: a mount point, one with several names, one in a folder that can't be written, one
//! that can't be given to its owner again. [`strategy`] finds out before anything is written. Such a file is locked
//! itself too, because it may be edited through another folder, and overwritten under a record:
//!
//! 1. *Record.* The old and the new bytes go into a private file, `.config.xcred-kept` beside the file or a like one
//!    in the user's folder for state, synced. Other files of the same edit are staged before.
//! 2. *Overwrite.* In one call if the kernel takes it so, then synced and read back. If it fails, the old bytes are
//!    put back.
//! 3. *Commit.* If the edit replaces other files too, these are renamed, which is the commit; the record is removed
//!    after. If not, removing the record is the commit.
//!
//! Whoever next edits the file and finds a record that was not committed puts the old bytes back, of all files in it.
//! What holds, then: after the death of a process, whenever it comes, every file holds its old bytes, its new bytes,
//! or a mixture that the next edit by the same user turns into the old ones; and all files of one edit end up on the
//! same side. What doesn't: a reader may see the mixture until then (with less than a page of text the kernel does
//! not write one); if another program changes the mixture, the next edit is refused and names the record; and where
//! a container dies together with both places for a record, the mixture stays.

mod attributes;
mod folder;
mod holder;
mod inplace;
mod lock;
mod own;
mod private;
mod problem;
mod record;
mod records;
mod save;
mod settle;
mod small;
mod strategy;
mod target;
mod transaction;

use std::fs::{self, File};
use std::io::ErrorKind::{FileTooLarge, IsADirectory, NotADirectory, NotFound};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use zeroize::Zeroizing;

pub use lock::{Held, hold};
pub use own::read_own;
pub use private::{Distrust, Entry, Private};
pub use problem::Problem;
pub use small::{SMALL, read_small};

use lock::{Lock, Patience};

/// No file of profiles is this large; whatever is, is a mistake.
const LARGEST: u64 = 1 << 30;

/// How often an edit is made again because another program keeps writing.
const TRIES: u32 = 10;

/// Where the records of edits in place go that can't be beside the files.
static SAFE: OnceLock<PathBuf> = OnceLock::new();

/// Names the user's folder for state, once, before the first edit. It need not exist.
pub fn keep_records_in(folder: PathBuf) {
    // What was said first holds.
    let _ = SAFE.set(folder);
}

fn safe() -> Option<&'static Path> {
    SAFE.get().map(PathBuf::as_path)
}

/// What stands at a path.
#[derive(PartialEq, Eq)]
pub enum Found {
    /// No file: nothing, not even a folder to look into, a link that leads nowhere, or a device such as `/dev/null`.
    Absent,
    /// A file with this content.
    Bytes(Vec<u8>),
}

/// Reads the file at `path`; never creates or changes anything. A folder is a problem.
pub fn read(path: &Path) -> Result<Found, Problem> {
    read_within(path, LARGEST)
}

/// The same for a file of at most `limit` bytes.
pub fn read_within(path: &Path, limit: u64) -> Result<Found, Problem> {
    let found = opened(path, limit, |file, size| {
        // Room for all of it at once: a buffer that grows leaves copies behind that are never zeroed.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(std::mem::take(&mut *bytes))
    })?;
    Ok(found.map_or(Found::Absent, Found::Bytes))
}

/// The same for a reader of its own, which gets the open file and its size in bytes; nothing where no file is.
pub fn open<T>(
    path: &Path,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    opened(path, LARGEST, read)
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
    edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
) -> Result<(T, Vec<bool>), E> {
    edit_with(paths, edit, safe())
}

fn edit_with<T, E: From<Problem>>(
    paths: &[&Path],
    mut edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
    safe: Option<&Path>,
) -> Result<(T, Vec<bool>), E> {
    let patience = Patience::new();
    let mut tries = 1;
    loop {
        match transaction::attempt(paths, &mut edit, safe, patience)? {
            Outcome::Done(value, changed) => return Ok((value, changed)),
            Outcome::Overtaken(path) if tries == TRIES => return Err(Problem::Busy { path }.into()),
            Outcome::Overtaken(_) => tries += 1,
        }
    }
}

/// Does for one file all of an [`edit`] that can fail, short of putting the bytes in place: there is permission and
/// room for the way in which it will be saved, and the access rights can be kept. Nothing is left of it.
pub fn try_out(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    try_out_with(path, bytes, safe())
}

fn try_out_with(path: &Path, bytes: &[u8], safe: Option<&Path>) -> Result<(), Problem> {
    let targets = [target::Target::resolve(path)?];
    let target = &targets[0];
    if target.folder.is_none() {
        return target.check_folder();
    }
    let _lock = transaction::lock(&targets, safe, Patience::new())?;
    match strategy::Strategy::of(target)? {
        strategy::Strategy::Replace => save::Staged::write(target, save::NEW, bytes).map(drop),
        strategy::Strategy::InPlace(why) => {
            let Found::Bytes(old) = read(&target.real)? else { return Ok(()) };
            let old = Zeroizing::new(old);
            let overwrite = inplace::Overwrite { target, why, old: &old, new: bytes };
            inplace::InPlace::prepare(vec![overwrite], None, safe).map(drop)
        }
    }
}

/// Removes the file at `path`, for good; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<(), Problem> {
    let target = target::Target::resolve(path)?;
    let Some(folder) = &target.folder else { return Ok(()) };
    let lock = Lock::take(std::iter::once(folder.as_path()), Patience::new())?;
    match fs::remove_file(&target.real) {
        Err(error) if error.kind() == NotFound => Ok(()),
        Err(error) => Err(Problem::saving(path, error)),
        Ok(()) => lock.sync(|folder, source| Problem::Unsynced { folder, source }),
    }
}

/// The files in a folder, in order of their names; a folder that is not there has none.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut paths = match folder::entries(folder) {
        Err(error) if error.kind() == NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|error| Problem::reading(folder, error))?,
    };
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
fn opened<T>(
    path: &Path,
    limit: u64,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    let attempt = || {
        if !is_file(&fs::metadata(path)?, limit)? {
            return Ok(None);
        }
        let mut file = small::open_at_once(path)?;
        let found = file.metadata()?;
        // It may have been replaced since.
        if !is_file(&found, limit)? {
            return Ok(None);
        }
        read(&mut file, usize::try_from(found.len()).unwrap_or(0)).map(Some)
    };
    attempt().or_else(|error| match error.kind() {
        // For botocore too a link that leads nowhere is no file.
        NotFound | NotADirectory => Ok(None),
        FileTooLarge => Err(Problem::TooLarge { path: path.to_owned(), limit }),
        _ => Err(Problem::reading(path, error)),
    })
}

fn is_file(found: &fs::Metadata, limit: u64) -> io::Result<bool> {
    if found.is_dir() {
        return Err(IsADirectory.into());
    }
    if found.is_file() && found.len() > limit {
        return Err(FileTooLarge.into());
    }
    Ok(found.is_file())
}

#[cfg(test)]
mod tests;
