//! Edits of files, all or nothing.

use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::in_place::{InPlace, Overwrite};
use super::lock::{Lock, Patience};
use super::problem::Problem;
use super::read::{Found, read};
use super::save::{NEW, Staged};
use super::strategy::Strategy;
use super::target::Target;
use super::transaction::{Outcome, attempt, lock};

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

pub(super) fn edit_with<T, E: From<Problem>>(
    paths: &[&Path],
    mut edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
    safe: Option<&Path>,
) -> Result<(T, Vec<bool>), E> {
    let patience = Patience::new();
    let mut tries = 1;
    loop {
        match attempt(paths, &mut edit, safe, patience)? {
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

pub(super) fn try_out_with(path: &Path, bytes: &[u8], safe: Option<&Path>) -> Result<(), Problem> {
    let targets = [Target::resolve(path)?];
    let target = &targets[0];
    if target.folder.is_none() {
        return target.check_folder();
    }
    let _lock = lock(&targets, safe, Patience::new())?;
    match Strategy::of(target)? {
        Strategy::Replace => Staged::write(target, NEW, bytes).map(drop),
        Strategy::InPlace(why) => {
            let Found::Bytes(old) = read(&target.real)? else { return Ok(()) };
            let old = Zeroizing::new(old);
            let overwrite = Overwrite { target, why, old: &old, new: bytes };
            InPlace::prepare(vec![overwrite], None, safe).map(drop)
        }
    }
}

/// Removes the file at `path`, for good; one that is not there is removed already.
pub fn remove(path: &Path) -> Result<(), Problem> {
    let target = Target::resolve(path)?;
    let Some(folder) = &target.folder else { return Ok(()) };
    let lock = Lock::take(std::iter::once(folder.as_path()), Patience::new())?;
    match fs::remove_file(&target.real) {
        Err(error) if error.kind() == NotFound => Ok(()),
        Err(error) => Err(Problem::saving(path, error)),
        Ok(()) => lock.sync(|folder, source| Problem::Unsynced { folder, source }),
    }
}

/// Removes the file at `path` if it is empty.
pub fn remove_if_empty(path: &Path) {
    if fs::metadata(path).is_ok_and(|found| found.len() == 0) {
        let _ = fs::remove_file(path);
    }
}
