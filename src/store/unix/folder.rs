//! Lists, creates and syncs folders.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, Dir, OFlags, access};
use rustix::io::Errno;

use super::gift::give_to_owner;

/// The paths of all entries of the folder, unsorted.
///
/// The standard library's iterator panics when closing a folder fails, and some file systems report their errors only
/// then.
pub fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let file = opened(folder, OFlags::DIRECTORY)?;
    let mut paths = Vec::new();
    for entry in Dir::new(file)? {
        let entry = entry?;
        match entry.file_name().to_bytes() {
            b"." | b".." => {}
            name => paths.push(folder.join(OsStr::from_bytes(name))),
        }
    }
    Ok(paths)
}

fn opened(folder: &Path, flags: OFlags) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(folder)
}

/// Creates a folder for its owner only, independently of the umask. Its parent must exist.
///
/// Returns whether it did: another process may have been faster.
pub fn make_one(folder: &Path) -> io::Result<bool> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(false),
        Err(error) => return Err(error),
    }
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o700 != 0o700 {
        fs::set_permissions(folder, Permissions::from_mode(mode & 0o7777 | 0o700))?;
    }
    Ok(true)
}

/// Gives a folder that this user has just made to the owner of its parent, if this is root.
pub fn give_one(folder: &Path) {
    // A link may be in its place by now.
    if let Ok(made) = opened(folder, OFlags::DIRECTORY | OFlags::NOFOLLOW) {
        give_to_owner(folder, &made);
    }
}

/// Makes the names in the folder survive a power failure.
pub fn sync(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        // The error of file systems whose folders need no syncing.
        Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => Ok(()),
        synced => synced,
    }
}

/// Whether this user may neither list the folder, which failed with `error`, nor change it.
pub fn is_closed(folder: &Path, error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
        && access(folder, Access::WRITE_OK).is_err()
        && access(folder, Access::EXEC_OK).is_ok()
}
