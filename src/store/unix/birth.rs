//! When a file was made, in nanoseconds since 1970, or 0 where the system doesn't know. The standard library learns it from
//! glibc, but not from musl; there the kernel is asked.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

#[cfg(target_env = "musl")]
use rustix::fs::{AtFlags, CWD, Statx, StatxFlags, statx};
#[cfg(target_env = "musl")]
use rustix::io::Errno;

#[cfg(not(target_env = "musl"))]
pub fn of(_: &File, found: &Metadata) -> io::Result<u128> {
    Ok(noted(found))
}

#[cfg(not(target_env = "musl"))]
pub fn at(_: &Path, found: &Metadata) -> io::Result<u128> {
    Ok(noted(found))
}

#[cfg(not(target_env = "musl"))]
fn noted(found: &Metadata) -> u128 {
    let birth = found.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    birth.unwrap_or_default().as_nanos()
}

#[cfg(target_env = "musl")]
pub fn of(file: &File, _: &Metadata) -> io::Result<u128> {
    nanoseconds(statx(file, "", AtFlags::EMPTY_PATH, StatxFlags::BTIME))
}

#[cfg(target_env = "musl")]
pub fn at(path: &Path, found: &Metadata) -> io::Result<u128> {
    let flags = if found.is_symlink() { AtFlags::SYMLINK_NOFOLLOW } else { AtFlags::empty() };
    nanoseconds(statx(CWD, path, flags, StatxFlags::BTIME))
}

#[cfg(target_env = "musl")]
fn nanoseconds(found: Result<Statx, Errno>) -> io::Result<u128> {
    match found {
        Ok(Statx { stx_btime, .. }) => {
            let seconds = u128::try_from(stx_btime.tv_sec).unwrap_or_default();
            Ok(seconds * 1_000_000_000 + u128::from(stx_btime.tv_nsec))
        }
        // Old kernels don't have the call, and old containers forbid it.
        Err(Errno::NOSYS | Errno::PERM) => Ok(0),
        Err(error) => Err(error.into()),
    }
}
