//! Files that are trusted only because nobody else could have written them: the entries of a cache of credentials.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::distrust::Distrust;
use super::folder;
use super::lock::acquired_within;
use super::small::read_limited;
use super::system::{PrivateFolder, Stat};

/// How often the file that a lock is waited for may turn out to be another one.
const MOST_REPLACED: u32 = 1000;

/// A private folder and the files in it that are for this user only. Links to files are not followed, and nothing in it
/// is waited for but locks.
#[derive(Debug)]
pub struct Private {
    path: PathBuf,
    folder: PrivateFolder,
}

/// The lock on a file in a private folder, which lasts until it is dropped.
#[derive(Debug)]
pub struct Entry {
    file: File,
}

impl Entry {
    /// Whether the file is empty.
    pub fn is_empty(&self) -> bool {
        Stat::of(&self.file).is_ok_and(|found| found.length() == 0)
    }
}

impl Private {
    /// Opens the folder at `path`, if it is private. A link to it is followed: its target has to be private.
    pub fn open(path: &Path) -> Result<Private, Distrust> {
        Ok(Private { path: path.to_owned(), folder: PrivateFolder::open(path)? })
    }

    /// The same for a folder that is created if it is missing, for this user only.
    pub fn make(path: &Path) -> Result<Private, Distrust> {
        match Private::open(path) {
            Err(Distrust::Closed(error)) if error.kind() == io::ErrorKind::NotFound => {
                folder::make(path).map_err(Distrust::Closed)?;
                Private::open(path)
            }
            opened => opened,
        }
    }

    /// The content of the file; `None` if there is none of at most `limit` bytes that is for this user only.
    pub fn read(&self, name: &str, limit: u64) -> Option<Zeroizing<Vec<u8>>> {
        let file = self.folder.file(name).ok()?;
        if Stat::of(&file).ok()?.is_open_to_others() { None } else { read_limited(file, limit).ok() }
    }

    /// Locks the file, which is created for that if it is missing, waiting for others no longer than `patience`;
    /// `waiting` is called once if another process has the lock. Without a lock, nothing that was created remains.
    pub fn lock<W>(&self, name: &str, patience: Duration, waiting: impl Fn() -> W) -> Option<Entry> {
        let start = Instant::now();
        // Each time round another process replaced the file: that many are not at work at once.
        for _ in 0..MOST_REPLACED {
            let (file, is_new) = match self.folder.create(name) {
                Ok(file) => (file, true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match self.folder.file(name) {
                    Ok(file) => (file, false),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(_) => return None,
                },
                Err(_) => return None,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let _shown = waiting();
                    if !acquired_within(&file, patience.saturating_sub(start.elapsed())) {
                        return None;
                    }
                }
                Err(TryLockError::Error(_)) => {
                    if is_new {
                        self.remove(name);
                    }
                    return None;
                }
            }
            // The file may have been replaced while this process waited for it.
            let now = self.folder.file(name).and_then(|file| Stat::of(&file)).ok();
            let is_same = |now: Stat| Stat::of(&file).is_ok_and(|locked| now.inode() == locked.inode());
            if now.is_some_and(is_same) {
                return Some(Entry { file });
            }
        }
        None
    }

    /// Replaces the file, or whatever else has the name, with one that holds these bytes. It need not survive a power
    /// cut, but it is complete or absent.
    pub fn save(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.folder.save(name, bytes)
    }

    /// Removes a file, if it exists and can be removed.
    pub fn remove(&self, name: &str) {
        self.folder.remove(name);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{chown, symlink};

    use rustix::fs::Mode;
    use rustix::process::geteuid;

    use super::*;
    use crate::store::tests::{get, mode, names, put, set_mode};

    const SHORT: Duration = Duration::from_millis(30);

    fn home() -> (tempfile::TempDir, Private) {
        let home = tempfile::tempdir().unwrap();
        let private = Private::make(&home.path().join("cli/cache")).unwrap();
        (home, private)
    }

    #[test]
    fn what_was_saved_is_read_and_private() {
        let (_home, private) = home();
        for text in ["longer than the next", "short"] {
            private.save("entry", text.as_bytes()).unwrap();
            assert_eq!(**private.read("entry", 20).unwrap(), *text.as_bytes());
        }
        assert_eq!((mode(&private.path), mode(&private.path("entry"))), (0o700, 0o600));
        assert_eq!(names(&private.path), ["entry"]);
        assert!(private.read("entry", 4).is_none() && private.read("other", 4).is_none());
        for mode in [0o644, 0o620, 0o601] {
            set_mode(&private.path("entry"), mode);
            assert!(private.read("entry", 20).is_none(), "{mode:o}");
        }
        private.save("entry", b"x").unwrap();
        assert_eq!(mode(&private.path("entry")), 0o600);
    }

    #[test]
    fn a_folder_that_others_can_write_to_or_own_is_not_private() {
        let (_home, private) = home();
        for mode in [0o770, 0o702, 0o1777] {
            set_mode(&private.path, mode);
            assert!(matches!(Private::make(&private.path), Err(Distrust::Writable(found)) if found == mode));
        }
        set_mode(&private.path, 0o755);
        Private::open(&private.path).unwrap();
        if geteuid().is_root() {
            chown(&private.path, Some(7), None).unwrap();
            assert!(matches!(Private::open(&private.path), Err(Distrust::Owner(7))));
        }
        assert!(matches!(Private::open(Path::new("/dev/null")), Err(Distrust::Closed(_))));
    }

    #[test]
    fn links_and_what_is_no_file_are_neither_read_nor_written_through() {
        let (home, private) = home();
        let victim = home.path().join("victim");
        put(&victim, "theirs");
        let dangling = home.path().join("dangling");
        for target in [&victim, &dangling] {
            let entry = private.path("entry");
            let _ = fs::remove_file(&entry);
            symlink(target, &entry).unwrap();
            assert!(private.read("entry", 20).is_none());
            assert!(private.lock("entry", SHORT, || ()).is_none());
            private.save("entry", b"mine").unwrap();
            assert_eq!((get(&entry).as_str(), get(&victim).as_str()), ("mine", "theirs"));
            assert!(!entry.is_symlink() && !dangling.exists());
        }
        let fifo = private.path("fifo");
        rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, Mode::RUSR, 0).unwrap();
        assert!(private.read("fifo", 20).is_none() && private.lock("fifo", SHORT, || ()).is_none());
        private.save("fifo", b"x").unwrap();
        assert_eq!(**private.read("fifo", 20).unwrap(), *b"x");
        fs::create_dir(private.path("folder")).unwrap();
        assert!(private.lock("folder", SHORT, || ()).is_none() && private.save("folder", b"x").is_err());
        if geteuid().is_root() {
            chown(private.path("entry"), Some(7), None).unwrap();
            assert!(private.read("entry", 20).is_none() && private.lock("entry", SHORT, || ()).is_none());
        }
        assert_eq!(names(&private.path), ["entry", "fifo", "folder"]);
    }

    #[test]
    fn a_lock_is_waited_for_only_so_long() {
        let (_home, private) = home();
        let lock = private.lock("entry", SHORT, || ()).unwrap();
        assert!(lock.is_empty());
        let told = std::cell::Cell::new(0);
        let refused = private.lock("entry", SHORT, || told.set(told.get() + 1));
        assert!(refused.is_none() && told.get() == 1);
        private.save("entry", b"x").unwrap();
        // It is another file now.
        assert!(!private.lock("entry", SHORT, || ()).unwrap().is_empty());
        drop(lock);
        private.remove("entry");
        assert!(private.lock("entry", SHORT, || ()).unwrap().is_empty());
    }
}
