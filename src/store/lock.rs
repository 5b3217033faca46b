//! Locks: on the folders of an edit, on files that have several names, and on work that only one process may do.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::{self, folder_of};
use super::holder::Holder;
use super::problem::Problem;
use super::system::{self, Inode, Stat};
use super::target::Target;

/// How long an edit waits for other processes in total. Edits take milliseconds, so a process that holds a lock longer has
/// stopped.
const PATIENCE: Duration = Duration::from_mins(1);

/// A time limit for all locks together, from the creation of this value.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    start: Instant,
    lasts: Duration,
}

impl Patience {
    pub(super) fn new() -> Patience {
        Patience::of(PATIENCE)
    }

    pub(super) fn of(lasts: Duration) -> Patience {
        Patience { start: Instant::now(), lasts }
    }
}

/// What to do where the file system has no locks.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum WithoutLocks {
    Refuse,
    /// For the files of a cache: they are replaced whole, and their other users don't lock them either.
    GoOn,
}

/// Locked folders and files. Dropping it unlocks them.
pub(super) struct Lock {
    /// By device and inode: all processes lock in the same order, which prevents deadlocks, and a folder with two names is
    /// locked once.
    folders: BTreeMap<Inode, Folder>,
    files: BTreeMap<Inode, File>,
    patience: Patience,
    without_locks: WithoutLocks,
}

struct Folder {
    path: PathBuf,
    file: File,
    is_locked: bool,
}

impl Lock {
    /// Locks all folders. Waits for other processes.
    pub(super) fn take<'a>(
        folders: impl Iterator<Item = &'a Path>,
        patience: Patience,
        without_locks: WithoutLocks,
    ) -> Result<Lock, Problem> {
        let mut lock = Lock { folders: BTreeMap::new(), files: BTreeMap::new(), patience, without_locks };
        for folder in folders {
            let opened = File::open(folder).and_then(|file| Ok((Stat::of(&file)?, file)));
            match opened {
                Ok((found, file)) => {
                    let folder = Folder { path: folder.to_owned(), file, is_locked: false };
                    lock.folders.insert(found.inode(), folder);
                }
                // No file can be replaced in such a folder, and files that are written in place are locked themselves.
                Err(error) if system::is_closed(folder, &error) => {}
                Err(error) => return Err(Problem::reading_folder(folder, error)),
            }
        }
        for folder in lock.folders.values_mut() {
            folder.is_locked = without_locks.wait(&folder.path, &folder.file, patience)?;
        }
        Ok(lock)
    }

    /// Whether a folder is locked. A folder that can be neither listed nor written is not.
    pub(super) fn has_folder(&self, folder: &Path) -> bool {
        self.folders.values().any(|found| found.is_locked && found.path == folder)
    }

    /// Locks files, too, because they can be edited through other folders.
    pub(super) fn add_files<'a>(&mut self, paths: impl Iterator<Item = &'a Path>) -> Result<(), Problem> {
        let mut files = BTreeMap::new();
        for path in paths {
            let file = system::open_at_once(path).and_then(|file| Ok((Stat::of(&file)?, file)));
            let (found, file) = file.map_err(|error| Problem::reading(path, error))?;
            if !self.files.contains_key(&found.inode()) {
                files.insert(found.inode(), (path, file));
            }
        }
        for (inode, (path, file)) in files {
            self.without_locks.wait(path, &file, self.patience)?;
            self.files.insert(inode, file);
        }
        Ok(())
    }

    /// Makes the names in the locked folders survive a power failure.
    pub(super) fn sync(&self, problem: impl Fn(PathBuf, io::Error) -> Problem) -> Result<(), Problem> {
        for Folder { path, file, .. } in self.folders.values() {
            system::sync(file).map_err(|error| problem(path.clone(), error))?;
        }
        Ok(())
    }
}

impl WithoutLocks {
    /// Whether the file is locked now.
    fn wait(self, path: &Path, file: &File, patience: Patience) -> Result<bool, Problem> {
        match wait(path, file, patience) {
            Err(problem) if self == WithoutLocks::GoOn && problem.is_without_lock() => Ok(false),
            waited => waited.map(|()| true),
        }
    }
}

fn holder(file: &File) -> Option<Holder> {
    system::holder(&Stat::of(file).ok()?)
}

/// Polls, because waiting inside `flock` has no time limit.
fn wait(path: &Path, file: &File, patience: Patience) -> Result<(), Problem> {
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(source)) => {
                return Err(Problem::NoLocks { path: path.to_owned(), source });
            }
            Err(TryLockError::WouldBlock) if patience.start.elapsed() >= patience.lasts => {
                let holder = holder(file);
                return Err(Problem::Locked { path: path.to_owned(), waited: patience.lasts, holder });
            }
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Whether an open file could be locked within `patience`.
pub(super) fn acquired_within(file: &File, patience: Duration) -> bool {
    wait(Path::new(""), file, Patience::of(patience)).is_ok()
}

/// A lock that lasts until it is dropped or the process dies.
pub struct Held(#[expect(dead_code, reason = "the file is locked while it is open")] File);

/// Takes the lock at `path`, an empty file that is created if it is missing and never removed. It is an error if another
/// process has the lock.
pub fn hold(path: &Path) -> Result<Held, Problem> {
    // The folder is not given away: what is kept beside this lock is used only by who made it.
    let make =
        |folder: &Path| folder::make(folder_of(folder)).and_then(|()| system::make_one(folder).map(drop));
    let file = open(path, make)?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(TryLockError::WouldBlock) => Err(Problem::Held { path: path.to_owned(), holder: holder(&file) }),
        Err(TryLockError::Error(source)) => Err(Problem::NoLocks { path: path.to_owned(), source }),
    }
}

/// Whether a process has the lock at `path`, as far as the system says. Takes no lock, which would be in its way.
pub fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| holder(&file).is_some())
}

/// Like [`hold`], but waits for other processes. What `waiting` returns is dropped at the end of the wait.
pub fn hold_within<G>(path: &Path, patience: Duration, waiting: impl FnOnce() -> G) -> Result<Held, Problem> {
    let file = open(path, folder::make)?;
    let _shown = matches!(file.try_lock(), Err(TryLockError::WouldBlock)).then(waiting);
    wait(path, &file, Patience::of(patience))?;
    Ok(Held(file))
}

/// Opens the file, in a folder that `make` makes if it is missing.
fn open(path: &Path, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<File, Problem> {
    let target = Target::resolve(path)?;
    if target.folder.is_none() {
        let folder = folder_of(&target.real);
        make(folder).map_err(|error| Problem::making(folder, error))?;
    }
    system::open_lock(&target.real).map_err(|error| Problem::saving(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{mode, put};

    const SHORT: Duration = Duration::from_millis(30);

    #[test]
    fn a_lock_excludes_others_and_ends_with_its_owner() {
        let home = tempfile::tempdir().unwrap();
        // A folder with two names is locked once, which avoids a deadlock.
        let twice = [home.path(), &home.path().join(".")];
        let lock = Lock::take(twice.into_iter(), Patience::new(), WithoutLocks::Refuse).unwrap();
        let other = File::open(home.path()).unwrap();
        let refused = wait(home.path(), &other, Patience::of(SHORT));
        let Err(Problem::Locked { holder, .. }) = refused else { panic!("{refused:?}") };
        if let Some(holder) = holder {
            assert_eq!(holder.process, std::process::id());
        }
        drop(lock);
        wait(home.path(), &other, Patience::of(SHORT)).unwrap();
    }

    #[test]
    fn all_locks_of_an_edit_share_one_deadline() {
        let [one, other] = [0; 2].map(|_| tempfile::tempdir().unwrap());
        let first = Lock::take(std::iter::once(one.path()), Patience::new(), WithoutLocks::Refuse).unwrap();
        let second =
            Lock::take(std::iter::once(other.path()), Patience::new(), WithoutLocks::Refuse).unwrap();
        let start = Instant::now();
        let releasing = thread::spawn(move || {
            thread::sleep(Duration::from_millis(250));
            drop((first, second.patience));
            thread::sleep(Duration::from_millis(600));
            drop(second);
        });
        let both = [one.path(), other.path()];
        let refused =
            Lock::take(both.into_iter(), Patience::of(Duration::from_millis(400)), WithoutLocks::Refuse)
                .err();
        assert!(matches!(refused, Some(Problem::Locked { .. })), "{refused:?}");
        assert!(start.elapsed() < Duration::from_millis(750), "{:?}", start.elapsed());
        releasing.join().unwrap();
    }

    #[test]
    fn a_file_with_two_names_is_locked_once() {
        let home = tempfile::tempdir().unwrap();
        let [one, other] = ["one", "other"].map(|name| home.path().join(name));
        put(&one, "x");
        std::fs::hard_link(&one, &other).unwrap();
        let mut lock = Lock::take(std::iter::empty(), Patience::of(SHORT), WithoutLocks::Refuse).unwrap();
        lock.add_files([&*one, &*other].into_iter()).unwrap();
        lock.add_files(std::iter::once(&*other)).unwrap();
        let mut refused = Lock::take(std::iter::empty(), Patience::of(SHORT), WithoutLocks::Refuse).unwrap();
        assert!(matches!(refused.add_files(std::iter::once(&*other)), Err(Problem::Locked { .. })));
    }

    #[test]
    fn a_lock_can_be_taken_again_only_after_it_is_released() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("state/lock");
        let held = hold(&path).unwrap();
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert!(matches!(hold(&path), Err(Problem::Held { .. })));
        drop(held);
        hold(&path).unwrap();
    }
}
