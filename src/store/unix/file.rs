//! Opening, creating and overwriting files. Nothing here waits for another process, and nothing that is created can be
//! read by others.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, Permissions};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, OFlags, linkat};
use rustix::io::Errno;
use rustix::process::{Resource, getrlimit};

use super::gift::give_to_owner;

/// The reverse of `as_encoded_bytes`.
pub fn name_from_bytes(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.to_vec())
}

fn flags(flags: OFlags) -> i32 {
    flags.bits().cast_signed()
}

/// Opens a file for reading without waiting, even if it has become a FIFO since it was checked.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(flags(OFlags::NONBLOCK | OFlags::NOCTTY)).open(path)
}

/// Whether a link leads back to itself.
pub fn is_loop(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::LOOP)
}

/// Whether a file can't be had here, or can't be locked: no rights, no space, no such folder, no such operation.
pub fn is_unavailable(error: &io::Error) -> bool {
    let lacks = [
        Errno::ROFS,
        Errno::ACCESS,
        Errno::PERM,
        Errno::NOENT,
        Errno::NOSYS,
        Errno::NOLCK,
        Errno::OPNOTSUPP,
        Errno::NOTSUP,
        Errno::NOSPC,
        Errno::DQUOT,
    ];
    Errno::from_io_error(error).is_some_and(|error| lacks.contains(&error))
}

/// Opens a record of another process. A link is an error.
pub fn open_record(path: &Path) -> io::Result<File> {
    let no_link = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags(no_link)).open(path)
}

/// Opens a file that will be overwritten. Links must be resolved before.
pub fn open_to_overwrite(real: &Path) -> io::Result<File> {
    let no_link = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).write(true).custom_flags(flags(no_link)).open(real)
}

/// Opens an empty file that exists only to be locked, and creates it if it is missing.
pub fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).custom_flags(flags(OFlags::NONBLOCK));
    let file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match create_new(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => options.open(path)?,
            made => made.inspect(|file| give_to_owner(path, file))?,
        },
        found => found?,
    };
    // It may have been created under an umask that leaves its owner no rights.
    if file.metadata()?.permissions().mode() & 0o600 != 0o600 {
        make_private(&file)?;
    }
    Ok(file)
}

/// Creates a file for this user only. It is an error if it exists.
pub fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Gives only the owner access to the file.
pub fn make_private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

/// Takes the access of others to a regular file of this user away, if there is such a file.
pub fn tighten(path: &Path) -> io::Result<()> {
    let Ok(found) = std::fs::metadata(path) else { return Ok(()) };
    if found.is_file() && found.permissions().mode() & 0o077 != 0 {
        return std::fs::set_permissions(path, Permissions::from_mode(0o600));
    }
    Ok(())
}

/// A file without a name, which disappears with the process unless it gets a name. `None` if the system has no such files
/// or could not name them later, or after another error; creating a file with a name then reports that error.
#[cfg(target_os = "linux")]
pub fn nameless(folder: &Path) -> Option<File> {
    let options = flags(OFlags::TMPFILE);
    let file = OpenOptions::new().write(true).custom_flags(options).mode(0o600).open(folder).ok()?;
    kernel_path(&file).exists().then_some(file)
}

#[cfg(not(target_os = "linux"))]
pub fn nameless(_: &Path) -> Option<File> {
    None
}

/// Gives a file without a name its name. It is an error if a file of that name exists.
pub fn give_name(file: &File, path: &Path) -> io::Result<()> {
    Ok(linkat(CWD, kernel_path(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

/// The kernel's path of an open file, which exists even for a file without a name.
pub(super) fn kernel_path(file: &File) -> PathBuf {
    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}

/// An error if this process may not write a file of this length (`ulimit -f`). The kernel doesn't only refuse to write more,
/// it kills the process, which can do nothing about that without unsafe code.
pub fn check_size(length: usize) -> io::Result<()> {
    let limit = getrlimit(Resource::Fsize).current;
    if limit.is_some_and(|limit| length as u64 > limit) {
        return Err(Errno::FBIG.into());
    }
    Ok(())
}

pub fn write_at_start(file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all_at(bytes, 0)
}

pub fn read_from_start(file: &File, buffer: &mut [u8]) -> io::Result<()> {
    file.read_exact_at(buffer, 0)
}

/// Reserves disk space before a file is overwritten, if the file system supports it.
#[cfg(target_os = "linux")]
pub fn reserve(file: &File, length: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    if length == 0 {
        return Ok(());
    }
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length) {
        Err(error @ (Errno::NOSPC | Errno::DQUOT | Errno::FBIG)) => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
pub fn reserve(_: &File, _: u64) -> io::Result<()> {
    Ok(())
}
