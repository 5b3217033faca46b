//! A folder that belongs to this user and that nobody else can write to. Its files are opened relative to the open folder,
//! so that nobody can replace it.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, renameat, statat, unlinkat};

use super::file::{check_size, make_private};
use super::stat::Stat;
use crate::store::distrust::Distrust;

const OWNERS: Mode = Mode::RUSR.union(Mode::WUSR);

/// A private folder, and the files in it that only this user may read. Links to files are not followed, and only locks
/// make it wait.
#[derive(Debug)]
pub struct Private {
    pub(in crate::store) path: PathBuf,
    folder: File,
}

impl Private {
    /// Opens the folder, if it is private. A link to it is followed; its target must be private.
    pub fn open(path: &Path) -> Result<Private, Distrust> {
        let flags = (OFlags::DIRECTORY | OFlags::NONBLOCK).bits().cast_signed();
        let folder = OpenOptions::new().read(true).custom_flags(flags).open(path);
        let folder = folder.and_then(|folder| Ok((Stat::of(&folder)?, folder)));
        let (found, folder) = folder.map_err(Distrust::Closed)?;
        if !found.is_own() {
            return Err(Distrust::Owner(found.owner()));
        }
        if found.is_writable_by_others() {
            return Err(Distrust::Writable(found.mode()));
        }
        Ok(Private { path: path.to_owned(), folder })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Opens a regular file of this user for reading.
    pub(in crate::store) fn file(&self, name: &str) -> io::Result<File> {
        // Opening a FIFO or a device already has an effect.
        let found = statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
            return Err(refused());
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.folder, name, flags, Mode::empty())?);
        let found = Stat::of(&file)?;
        if found.is_file() && found.is_own() { Ok(file) } else { Err(refused()) }
    }

    /// Creates an empty file for this user only, and opens it for reading. It is an error if it exists.
    pub(in crate::store) fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(openat(&self.folder, name, flags, OWNERS)?);
        // The umask may have removed rights of the owner.
        let _ = make_private(&file);
        Ok(file)
    }

    /// Replaces the file, or anything else that has the name, with a file that holds these bytes. It may be lost in a power
    /// failure, but is never incomplete.
    pub fn save(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let hidden = format!(".{name}.xcred-new");
        self.remove(&hidden);
        let saved = self
            .stage(&hidden, bytes)
            .and_then(|()| Ok(renameat(&self.folder, &hidden, &self.folder, name)?));
        if saved.is_err() {
            self.remove(&hidden);
        }
        saved
    }

    /// Writes a file of that name. Where the system has files without a name, it is complete when it gets its name.
    fn stage(&self, hidden: &str, bytes: &[u8]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(file) = self.nameless() {
            fill(&file, bytes)?;
            let path = super::file::kernel_path(&file);
            return Ok(rustix::fs::linkat(
                rustix::fs::CWD,
                path,
                &self.folder,
                hidden,
                AtFlags::SYMLINK_FOLLOW,
            )?);
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        fill(&openat(&self.folder, hidden, flags, OWNERS)?.into(), bytes)
    }

    #[cfg(target_os = "linux")]
    fn nameless(&self) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.folder, ".", flags, OWNERS).ok()?);
        super::file::kernel_path(&file).exists().then_some(file)
    }

    /// Removes a file, if it exists and can be removed.
    pub fn remove(&self, name: &str) {
        let _ = unlinkat(&self.folder, name, AtFlags::empty());
    }
}

fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    check_size(bytes.len())?;
    file.write_all(bytes)?;
    make_private(file)
}
