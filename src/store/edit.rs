//! Edits of files, all or nothing.

use std::fs;
use std::io::{self, ErrorKind::NotFound};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::in_place::{self, InPlace, Overwrite};
use super::leftover;
use super::lock::{Lock, Patience, WithoutLocks};
use super::problem::Problem;
use super::quiet;
use super::read::read;
use super::save::{NEW, Staged};
use super::strategy::Strategy;
use super::system::{self, Stat};
use super::target::{Resolve, Target};
use super::transaction::{Outcome, Overtaken, attempt, lock};

/// How often an edit is repeated because another program keeps writing.
const TRIES: u32 = 10;

/// The folder for records of edits in place that can't be beside the files.
static SAFE: OnceLock<PathBuf> = OnceLock::new();

/// Sets the user's folder for state, before the first edit. It need not exist.
pub fn keep_records_in(folder: PathBuf) {
    // The first call takes effect.
    let _ = SAFE.set(folder);
}

fn safe() -> Option<&'static Path> {
    SAFE.get().map(PathBuf::as_path)
}

/// Lets `edit` change the bytes of the files at `paths`, and saves those that it changed: all of them or none.
///
/// `edit` gets the contents of the files in the order of `paths`. A missing file is empty, and is not created if it stays
/// empty. `edit` runs under the lock with the current contents, and runs again if another program changes them in the
/// meantime, so it must start from its argument each time. If it returns an error, nothing is saved.
///
/// Returns the result of `edit`, and for each path whether its file changed. Pass files that belong together in one call,
/// even if only one changes: then an edit that was killed between two of them is found and completed.
pub fn edit<T, E: From<Problem>>(
    paths: &[&Path],
    edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
) -> Result<(T, Vec<bool>), E> {
    edit_resolved(paths, Target::resolve, edit, safe())
}

pub(super) fn edit_resolved<T, E: From<Problem>>(
    paths: &[&Path],
    resolve: Resolve,
    mut edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
    safe: Option<&Path>,
) -> Result<(T, Vec<bool>), E> {
    let patience = Patience::new();
    let mut tries = 1;
    loop {
        match attempt(paths, resolve, &mut edit, safe, patience)? {
            Outcome::Done(value, changed) => return Ok((value, changed)),
            Outcome::Overtaken(Overtaken { path, .. }) if tries == TRIES => {
                return Err(Problem::Busy { path }.into());
            }
            Outcome::Overtaken(Overtaken { path, length }) => {
                quiet::wait(|| Stat::at(&path), length);
                tries += 1;
            }
        }
    }
}

/// Like [`edit`], for one file of a cache, which only its owner may read: a looser mode is tightened when it is written. A
/// link, or one of several names of a file, is replaced itself; the file that it leads to stays as it is.
pub fn edit_private<T>(path: &Path, mut change: impl FnMut(&mut Vec<u8>) -> T) -> Result<T, Problem> {
    let change = |contents: &mut [Vec<u8>]| {
        let old = contents[0].clone();
        let value = change(&mut contents[0]);
        if contents[0] != old {
            // The new file gets the mode of the old one.
            if !Target::of_name(path)?.is_alias {
                system::tighten(path).map_err(|error| Problem::saving(path, error))?;
            }
        }
        Ok::<_, Problem>(value)
    };
    let edited = edit_resolved(&[path], Target::of_name, change, safe());
    edited.map(|(value, _)| value)
}

/// Like [`edit_private`], whatever the file at `path` holds.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let write = || edit_private(path, |contents| *contents = bytes.to_vec());
    match write() {
        // It can't be read, and nobody keeps anything in such a file.
        Err(Problem::TooLarge { .. }) => {
            clear(path)?;
            write()
        }
        written => written,
    }
}

/// Makes the file at `path` empty, or removes the link.
fn clear(path: &Path) -> Result<(), Problem> {
    let targets = [Target::of_name(path)?];
    if targets[0].is_alias {
        return remove(path);
    }
    let _lock = lock(&targets, safe(), Patience::new())?;
    let file = system::open_to_overwrite(&targets[0].real);
    file.and_then(|file| file.set_len(0)).map_err(|error| Problem::saving(path, error))
}

/// Like [`try_out_private`], after making the folder of the file, for its owner only: only then can it be seen whether the
/// disk is full.
pub fn make_ready(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let target = Target::of_name(path)?;
    if target.folder.is_none() {
        target.create_folder()?;
    }
    try_out_private(path, bytes)
}

/// Whether permissions, and what is at `path`, let the file be saved. Writes nothing, not even for a moment.
pub fn check(path: &Path) -> Result<(), Problem> {
    check_resolved(&Target::resolve(path)?)
}

/// Like [`check`], for [`edit_private`].
pub fn check_private(path: &Path) -> Result<(), Problem> {
    check_resolved(&Target::of_name(path)?)
}

fn check_resolved(target: &Target) -> Result<(), Problem> {
    if target.folder.is_none() {
        return target.check_folder();
    }
    match Strategy::of(target)? {
        Strategy::Replace => Ok(()),
        Strategy::InPlace(why) => in_place::check(target, why, safe()),
    }
}

/// Like [`try_out`], for [`edit_private`].
pub fn try_out_private(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    try_out_resolved(Target::of_name(path)?, bytes, safe())
}

/// Does all parts of an [`edit`] of one file that can fail, except putting the bytes in place: it checks permissions, disk
/// space, and that the access rights can be kept. It leaves nothing behind.
pub fn try_out(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    try_out_resolved(Target::resolve(path)?, bytes, safe())
}

pub(super) fn try_out_resolved(target: Target, bytes: &[u8], safe: Option<&Path>) -> Result<(), Problem> {
    let targets = [target];
    let target = &targets[0];
    if target.folder.is_none() {
        return target.check_folder();
    }
    let _lock = lock(&targets, safe, Patience::new())?;
    match Strategy::of(target)? {
        Strategy::Replace => Staged::write(target, NEW, bytes)?.require_name(),
        Strategy::InPlace(why) => {
            let Some(old) = read(&target.real)? else { return Ok(()) };
            let old = Zeroizing::new(old);
            let overwrite = Overwrite { target, why, old: &old, new: bytes };
            InPlace::prepare(vec![overwrite], None, safe).map(drop)
        }
    }
}

/// The files at `paths` that have an interrupted edit, which the next edit completes or undoes.
pub fn interrupted(paths: &[&Path]) -> Vec<PathBuf> {
    leftover::interrupted(paths, safe())
}

/// Whether the file at `path` stays somewhere else if this name is removed: it is a link, or has another name.
pub fn has_other_name(path: &Path) -> bool {
    Target::of_name(path).is_ok_and(|target| target.is_alias && path.exists())
}

/// Removes the file at `path`, if it exists. Of a link only the link is removed.
pub fn remove(path: &Path) -> Result<(), Problem> {
    let target = Target::of_name(path)?;
    let Some(folder) = &target.folder else { return Ok(()) };
    let lock = Lock::take(std::iter::once(folder.as_path()), Patience::new(), WithoutLocks::GoOn)?;
    match fs::remove_file(&target.real) {
        Err(error) if error.kind() == NotFound => Ok(()),
        Err(error) => Err(Problem::removing(path, error)),
        Ok(()) => lock.sync(|folder, source| Problem::Unsynced { folder, source }),
    }
}

/// Whether permissions let the file at `path` be removed. Removes nothing.
pub fn check_removal(path: &Path) -> Result<(), Problem> {
    let target = Target::of_name(path)?;
    let Some(folder) = &target.folder else { return Ok(()) };
    let failed = |error| Problem::removing(path, error);
    system::check_changeable(folder).map_err(failed)?;
    let Ok(found) = Stat::of_name(&target.real) else { return Ok(()) };
    if system::is_mount(&target.real, &found) {
        return Err(failed(io::ErrorKind::ResourceBusy.into()));
    }
    if system::is_kept_by_others(folder, &found).map_err(failed)? {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    Ok(())
}

/// Removes the file at `path` if it is empty.
pub fn remove_if_empty(path: &Path) {
    if fs::metadata(path).is_ok_and(|found| found.len() == 0) {
        let _ = fs::remove_file(path);
    }
}
