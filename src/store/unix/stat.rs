//! What the system reports about a file.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::process::geteuid;

use super::birth;

pub type User = u32;

/// The device and the inode, which identify a file under any of its names.
pub type Inode = (u64, u64);

/// The end of an [`identity`](Stat::identity) on a file system that keeps no time of birth: 0 ns.
pub const NO_BIRTH: &[u8] = b"-0";

pub struct Stat {
    found: Metadata,
    /// In nanoseconds, or 0.
    birth: u128,
}

impl Stat {
    pub fn of(file: &File) -> io::Result<Stat> {
        let found = file.metadata()?;
        Ok(Stat { birth: birth::of(file, &found)?, found })
    }

    /// Links are followed.
    pub fn at(path: &Path) -> io::Result<Stat> {
        let found = fs::metadata(path)?;
        Ok(Stat { birth: birth::at(path, &found)?, found })
    }

    /// Links are not followed.
    pub fn of_name(path: &Path) -> io::Result<Stat> {
        let found = fs::symlink_metadata(path)?;
        Ok(Stat { birth: birth::at(path, &found)?, found })
    }

    pub fn is_file(&self) -> bool {
        self.found.is_file()
    }

    /// Never, unless the links were not followed.
    pub fn is_link(&self) -> bool {
        self.found.is_symlink()
    }

    pub fn is_folder(&self) -> bool {
        self.found.is_dir()
    }

    /// Whether the mode lacks something that an owner needs for reading and writing.
    pub fn is_closed_to_owner(&self) -> bool {
        let needed = if self.is_folder() { 0o700 } else { 0o600 };
        self.found.mode() & needed != needed
    }

    pub fn inode(&self) -> Inode {
        (self.found.dev(), self.found.ino())
    }

    /// The inode and the time of birth. The inode alone is reused for other files.
    pub fn identity(&self) -> String {
        format!("{}-{}", self.found.ino(), self.birth)
    }

    /// The time of the last change of the inode. Unlike the time of modification, `cp -p` and `touch` can't set it.
    pub fn changed(&self) -> (i64, i64) {
        (self.found.ctime(), self.found.ctime_nsec())
    }

    /// In bytes.
    pub fn length(&self) -> u64 {
        self.found.len()
    }

    /// When the content was changed last. `None` for a content that is as old as the file.
    pub fn rewritten(&self) -> Option<SystemTime> {
        let at = self.found.modified().ok()?;
        let birth = UNIX_EPOCH + Duration::from_nanos(u64::try_from(self.birth).ok()?);
        (at != birth).then_some(at)
    }

    pub fn has_other_names(&self) -> bool {
        self.found.nlink() > 1
    }

    pub fn owner(&self) -> User {
        self.found.uid()
    }

    pub fn is_own(&self) -> bool {
        self.owner() == geteuid().as_raw()
    }

    /// An access list that lets others write shows in the mode of the group.
    pub fn is_writable_by_others(&self) -> bool {
        self.found.mode() & 0o022 != 0
    }

    pub fn is_open_to_others(&self) -> bool {
        self.found.mode() & 0o077 != 0
    }

    pub fn mode(&self) -> u32 {
        self.found.mode() & 0o7777
    }

    pub(super) fn device(&self) -> u64 {
        self.found.dev()
    }

    pub(super) fn owners(&self) -> (u32, u32) {
        (self.found.uid(), self.found.gid())
    }
}
