//! Locks: on the folders of an edit, and on work that only one process may do.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::Problem;
use super::target::Target;

/// How long to wait for another process. Edits take milliseconds: whoever holds the lock longer has stopped.
const PATIENCE: Duration = Duration::from_mins(1);

/// Folders that no other edit touches until this is dropped.
pub(super) struct Lock {
    /// By device and inode: an order that every process agrees on, so that none waits for another in a circle, and
    /// that knows a folder again under another name.
    folders: BTreeMap<(u64, u64), (PathBuf, File)>,
}

impl Lock {
    /// Locks every folder, waiting for as long as another process works in it.
    pub(super) fn take<'a>(folders: impl Iterator<Item = &'a Path>) -> Result<Lock, Problem> {
        let mut lock = Lock { folders: BTreeMap::new() };
        for folder in folders {
            let opened = File::open(folder).and_then(|file| Ok((file.metadata()?, file)));
            let (found, file) = opened.map_err(|error| Problem::reading(folder, error))?;
            lock.folders.insert((found.dev(), found.ino()), (folder.to_owned(), file));
        }
        for (folder, file) in lock.folders.values() {
            wait(folder, file, PATIENCE)?;
        }
        Ok(lock)
    }

    /// Makes the names in the locked folders survive a power cut, or tells the `problem` with that.
    pub(super) fn sync(&self, problem: impl Fn(PathBuf, io::Error) -> Problem) -> Result<(), Problem> {
        for (folder, file) in self.folders.values() {
            match file.sync_all() {
                // The answer of file systems whose folders need no syncing.
                Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => {}
                Err(error) => return Err(problem(folder.clone(), error)),
                Ok(()) => {}
            }
        }
        Ok(())
    }
}

/// Tries again and again: a wait inside `flock` could not be given up.
fn wait(folder: &Path, file: &File, patience: Duration) -> Result<(), Problem> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(source)) => {
                return Err(Problem::NoLocks { folder: folder.to_owned(), source });
            }
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => {
                return Err(Problem::Locked { folder: folder.to_owned(), waited: patience });
            }
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// A lock that lasts until it is dropped, or the process dies.
pub struct Held(#[expect(dead_code, reason = "the lock is in being open")] File);

/// Takes the lock at `path`, an empty file that is made for it and stays. An error where another process has it.
pub fn hold(path: &Path) -> Result<Held, Problem> {
    let target = Target::resolve(path)?;
    if target.folder.is_none() {
        target.create_folder()?;
    }
    let mut options = File::options();
    options.create(true).truncate(false).write(true).mode(0o600);
    let file = options.open(&target.real).map_err(|error| Problem::saving(path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(TryLockError::WouldBlock) => Err(Problem::Held { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(Problem::NoLocks { folder: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::mode;

    #[test]
    fn a_lock_excludes_others_and_ends_with_its_owner() {
        let home = tempfile::tempdir().unwrap();
        // The same folder under two names is locked once, and does not wait for itself.
        let twice = [home.path(), &home.path().join(".")];
        let lock = Lock::take(twice.into_iter()).unwrap();
        let other = File::open(home.path()).unwrap();
        let refused = wait(home.path(), &other, Duration::from_millis(30));
        assert!(matches!(refused, Err(Problem::Locked { .. })), "{refused:?}");
        drop(lock);
        wait(home.path(), &other, Duration::from_millis(30)).unwrap();
    }

    #[test]
    fn what_is_held_cannot_be_held_again_until_it_is_let_go() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state/lock");
        let held = hold(&path).unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert!(matches!(hold(&path), Err(Problem::Held { .. })));
        drop(held);
        hold(&path).unwrap();
    }
}
