//! Folders: what is in them, and how they are made.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Dir, OFlags};
use rustix::io::Errno;

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The paths of everything in the folder, in no order.
///
/// Not by the standard library's iterator, which panics when a folder can't be closed: some file systems report
/// their errors only then.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let file =
        OpenOptions::new().read(true).custom_flags(OFlags::DIRECTORY.bits().cast_signed()).open(folder)?;
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

/// Makes the folder and what is missing on the way to it, for their owner only, whatever the umask says.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    let missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.is_dir();
    let missing: Vec<&Path> = folder.ancestors().take_while(missing).collect();
    missing.into_iter().rev().try_for_each(make_one)
}

fn make_one(folder: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => {}
        // Another process was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => return Ok(()),
        Err(error) => return Err(error),
    }
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o700 == 0o700 {
        return Ok(());
    }
    fs::set_permissions(folder, Permissions::from_mode(mode & 0o7777 | 0o700))
}

/// Removes a file, which may be gone already. A disk that says so of a file that is there is not believed.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            Ok(())
        }
        removed => removed,
    }
}

/// Makes the names in the folder survive a power cut.
pub(super) fn sync(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        // The answer of file systems whose folders need no syncing.
        Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => Ok(()),
        synced => synced,
    }
}
