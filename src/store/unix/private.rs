//! A folder that belongs to this user and that nobody else can write to. Its files are named relative to the open
//! folder, so that nobody can put another one in its place.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, renameat, statat, unlinkat};

use super::file::make_private;
use super::stat::Stat;
use crate::store::distrust::Distrust;

const OWNERS: Mode = Mode::RUSR.union(Mode::WUSR);

#[derive(Debug)]
pub struct PrivateFolder(File);

impl PrivateFolder {
    /// Opens the folder, if it is private. A link to it is followed.
    pub fn open(path: &Path) -> Result<PrivateFolder, Distrust> {
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
        Ok(PrivateFolder(folder))
    }

    /// Opens a regular file of this user's for reading.
    pub fn file(&self, name: &str) -> io::Result<File> {
        // Checked before it is opened: opening a FIFO or a device already does something to it.
        let found = statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        if FileType::from_raw_mode(found.st_mode) != FileType::RegularFile {
            return Err(refused());
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.0, name, flags, Mode::empty())?);
        let found = Stat::of(&file)?;
        if found.is_file() && found.is_own() { Ok(file) } else { Err(refused()) }
    }

    /// Creates an empty file for this user only, open for reading; one that exists is an error.
    pub fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(openat(&self.0, name, flags, OWNERS)?);
        // Whatever the umask says.
        let _ = make_private(&file);
        Ok(file)
    }

    /// Replaces the file, or whatever else has the name, with one that holds these bytes. It need not survive a power
    /// cut, but it is complete or absent.
    pub fn save(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let hidden = format!(".{name}.xcred-new");
        self.remove(&hidden);
        let saved = self.stage(&hidden, bytes).and_then(|()| Ok(renameat(&self.0, &hidden, &self.0, name)?));
        if saved.is_err() {
            self.remove(&hidden);
        }
        saved
    }

    /// Writes a file of that name, which is complete when it gets the name where the system can do that.
    fn stage(&self, hidden: &str, bytes: &[u8]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(file) = self.nameless() {
            fill(&file, bytes)?;
            let path = super::file::kernel_path(&file);
            return Ok(rustix::fs::linkat(rustix::fs::CWD, path, &self.0, hidden, AtFlags::SYMLINK_FOLLOW)?);
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        fill(&openat(&self.0, hidden, flags, OWNERS)?.into(), bytes)
    }

    #[cfg(target_os = "linux")]
    fn nameless(&self) -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let file = File::from(openat(&self.0, ".", flags, OWNERS).ok()?);
        super::file::kernel_path(&file).exists().then_some(file)
    }

    /// Removes a file, if it exists and can be removed.
    pub fn remove(&self, name: &str) {
        let _ = unlinkat(&self.0, name, AtFlags::empty());
    }
}

fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    make_private(file)
}
