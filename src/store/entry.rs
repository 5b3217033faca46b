//! Files that are trusted because no other user can have written them: the entries of a cache of credentials.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::distrust::Distrust;
use super::folder;
use super::lock::acquired_within;
use super::small::read_limited;
use super::system::{Private, Stat};

/// How often other processes may replace a file while this process waits for its lock.
const MOST_REPLACED: u32 = 1000;

/// The lock on a file in a private folder, which lasts until it is dropped.
#[derive(Debug)]
pub struct Entry {
    file: File,
}

impl Entry {
    pub fn is_empty(&self) -> bool {
        self.file.metadata().is_ok_and(|found| found.len() == 0)
    }
}

impl Private {
    /// Opens the folder at `path` like [`Private::open`]. A missing folder is created, for this user only.
    pub fn make(path: &Path) -> Result<Private, Distrust> {
        match Private::open(path) {
            Err(Distrust::Closed(error)) if error.kind() == io::ErrorKind::NotFound => {
                folder::make(path).map_err(Distrust::Closed)?;
                Private::open(path)
            }
            opened => opened,
        }
    }

    /// The content of the file. `None` if it is missing, open to others or larger than `limit` bytes.
    pub fn read(&self, name: &str, limit: u64) -> Option<Zeroizing<Vec<u8>>> {
        let file = self.file(name).ok()?;
        if Stat::of(&file).ok()?.is_open_to_others() { None } else { read_limited(file, limit).ok() }
    }

    /// Locks the file, and creates it if it is missing. Waits for other processes no longer than `patience`, and calls
    /// `waiting` when it has to wait. If the file can't be locked, a file that was created is removed.
    pub fn lock<W>(&self, name: &str, patience: Duration, waiting: impl Fn() -> W) -> Option<Entry> {
        let start = Instant::now();
        // Another process replaced the file before each repetition. There are never so many processes.
        for _ in 0..MOST_REPLACED {
            let (file, is_new) = match self.create(name) {
                Ok(file) => (file, true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match self.file(name) {
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
            // Another process may have replaced the file while this process waited.
            let now = self.file(name).and_then(|file| Stat::of(&file)).ok();
            let is_same = |now: Stat| Stat::of(&file).is_ok_and(|locked| now.inode() == locked.inode());
            if now.is_some_and(is_same) {
                return Some(Entry { file });
            }
        }
        None
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
    fn a_saved_file_is_private_and_can_be_read() {
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
    fn a_folder_of_others_or_writable_by_others_is_not_private() {
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
    fn only_regular_files_are_read_and_links_are_replaced() {
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
    fn waiting_for_a_lock_ends() {
        let (_home, private) = home();
        let lock = private.lock("entry", SHORT, || ()).unwrap();
        assert!(lock.is_empty());
        let waits = std::cell::Cell::new(0);
        let refused = private.lock("entry", SHORT, || waits.set(waits.get() + 1));
        assert!(refused.is_none() && waits.get() == 1);
        private.save("entry", b"x").unwrap();
        // It is another file now.
        assert!(!private.lock("entry", SHORT, || ()).unwrap().is_empty());
        drop(lock);
        private.remove("entry");
        assert!(private.lock("entry", SHORT, || ()).unwrap().is_empty());
    }
}
