//! Files that count only because nobody else could have written them: a cache of credentials.

use std::fmt;
use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{AtFlags, Mode, OFlags, openat, renameat, statat, unlinkat};
use rustix::io::Errno;
use rustix::process::geteuid;
use zeroize::Zeroizing;

use super::folder;
use super::lock::had_within;
use super::small::read_limited;

/// How often the file that a lock is waited for may turn out to be another one.
const MOST_REPLACED: u32 = 1000;

/// A folder that belongs to this user and that nobody else can write to, and the files in it that are for this user
/// only. Links to files are not followed, and nothing in it is waited for but locks.
#[derive(Debug)]
pub struct Private {
    path: PathBuf,
    folder: File,
}

/// Why a folder is not private.
#[derive(Debug)]
pub enum Distrust {
    /// It is not there, or can't be opened.
    Closed(io::Error),
    /// It belongs to another user.
    Owner(u32),
    /// Others can write to it, with this mode.
    Writable(u32),
}

/// The lock on a file in a private folder, which lasts until it is dropped.
#[derive(Debug)]
pub struct Entry {
    file: File,
}

impl Entry {
    /// Whether there is nothing in the file.
    pub fn is_empty(&self) -> bool {
        self.file.metadata().is_ok_and(|found| found.len() == 0)
    }
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Distrust::Closed(error) => error.fmt(f),
            Distrust::Owner(user) => write!(f, "it belongs to user {user}"),
            Distrust::Writable(mode) => write!(f, "others can write to it (mode {mode:04o})"),
        }
    }
}

impl Private {
    /// Opens the folder at `path`, if it is private. A link to it is followed: what counts is whose it is.
    pub fn open(path: &Path) -> Result<Private, Distrust> {
        let flags = (OFlags::DIRECTORY | OFlags::NONBLOCK).bits().cast_signed();
        let folder = OpenOptions::new().read(true).custom_flags(flags).open(path);
        let folder = folder.and_then(|folder| Ok((folder.metadata()?, folder)));
        let (found, folder) = folder.map_err(Distrust::Closed)?;
        if found.uid() != geteuid().as_raw() {
            return Err(Distrust::Owner(found.uid()));
        }
        // An access list that lets somebody else write shows as the rights of the group.
        if found.mode() & 0o022 != 0 {
            return Err(Distrust::Writable(found.mode() & 0o7777));
        }
        Ok(Private { path: path.to_owned(), folder })
    }

    /// The same for a folder that is made if it is missing, for this user only.
    pub fn make(path: &Path) -> Result<Private, Distrust> {
        match Private::open(path) {
            Err(Distrust::Closed(error)) if error.kind() == io::ErrorKind::NotFound => {
                folder::make(path).map_err(Distrust::Closed)?;
                Private::open(path)
            }
            opened => opened,
        }
    }

    /// What the file holds; nothing if there is none of at most `limit` bytes that is for this user only.
    pub fn read(&self, name: &str, limit: u64) -> Option<Zeroizing<Vec<u8>>> {
        let file = self.file(name).ok()?;
        let is_for_others = file.metadata().ok()?.mode() & 0o077 != 0;
        if is_for_others { None } else { read_limited(file, limit).ok() }
    }

    /// Locks the file, which is made for that if it is missing, waiting for others no longer than `patience`;
    /// `waiting` is told when there is somebody to wait for. Without a lock, nothing that was made stays.
    pub fn lock<W>(&self, name: &str, patience: Duration, waiting: impl Fn() -> W) -> Option<Entry> {
        let start = Instant::now();
        // Each time round another process replaced the file: that many are not at work at once.
        for _ in 0..MOST_REPLACED {
            let flags = OFlags::RDONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let (file, is_new) = match openat(&self.folder, name, flags, Mode::RUSR | Mode::WUSR) {
                Ok(file) => (File::from(file), true),
                Err(Errno::EXIST) => match self.file(name) {
                    Ok(file) => (file, false),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(_) => return None,
                },
                Err(_) => return None,
            };
            if is_new {
                // Whatever the umask says.
                let _ = file.set_permissions(PermissionsExt::from_mode(0o600));
            }
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let _told = waiting();
                    if !had_within(&file, patience.saturating_sub(start.elapsed())) {
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
            // The file may have been replaced while this process waited for the one that was there.
            let there = self.file(name).and_then(|file| file.metadata()).ok();
            let same = |there: Metadata| {
                file.metadata().is_ok_and(|locked| (there.dev(), there.ino()) == (locked.dev(), locked.ino()))
            };
            if there.is_some_and(same) {
                return Some(Entry { file });
            }
        }
        None
    }

    /// Puts a file with these bytes in the place of whatever has the name. It need not survive a power cut, but it is
    /// whole or not there.
    pub fn save(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let hidden = format!(".{name}.xcred-new");
        let _ = unlinkat(&self.folder, &hidden, AtFlags::empty());
        let saved = self
            .stage(&hidden, bytes)
            .and_then(|()| renameat(&self.folder, &hidden, &self.folder, name).map_err(io::Error::from));
        if saved.is_err() {
            let _ = unlinkat(&self.folder, &hidden, AtFlags::empty());
        }
        saved
    }

    /// Writes a file of that name, which is whole when it gets the name where the system can do that.
    fn stage(&self, hidden: &str, bytes: &[u8]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(file) = self.nameless() {
            fill(&file, bytes)?;
            let path = super::save::kernel_path(&file);
            rustix::fs::linkat(rustix::fs::CWD, path, &self.folder, hidden, AtFlags::SYMLINK_FOLLOW)?;
            return Ok(());
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = openat(&self.folder, hidden, flags, Mode::RUSR | Mode::WUSR)?;
        fill(&file.into(), bytes)
    }

    #[cfg(target_os = "linux")]
    fn nameless(&self) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.folder, ".", flags, Mode::RUSR | Mode::WUSR).ok()?);
        super::save::kernel_path(&file).exists().then_some(file)
    }

    /// Removes a file, if it is there and can be removed.
    pub fn remove(&self, name: &str) {
        let _ = unlinkat(&self.folder, name, AtFlags::empty());
    }

    /// Where a file of that name is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// A regular file of this user's, opened for reading.
    fn file(&self, name: &str) -> io::Result<File> {
        // Looked at before: opening a FIFO or a device already does something to it.
        let found = statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        if rustix::fs::FileType::from_raw_mode(found.st_mode) != rustix::fs::FileType::RegularFile {
            return Err(refused());
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.folder, name, flags, Mode::empty())?);
        let found = file.metadata()?;
        if found.is_file() && found.uid() == geteuid().as_raw() { Ok(file) } else { Err(refused()) }
    }
}

fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.set_permissions(PermissionsExt::from_mode(0o600))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{chown, symlink};

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
