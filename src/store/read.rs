//! Reading files.

use std::fs::{self, File};
use std::io::ErrorKind::{FileTooLarge, IsADirectory, NotADirectory, NotFound};
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::problem::Problem;
use super::system::open_at_once;

/// The largest file, in bytes. No file of profiles is as large.
pub(super) const LARGEST: u64 = 1 << 30;

/// Reads the file at `path`. `None` if there is no file: nothing, a missing folder, a dangling link, or a device such as
/// `/dev/null`. A folder is an error.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Problem> {
    opened(path, LARGEST, whole(LARGEST))
}

/// Reads the file at `path`, of at most `limit` bytes, which may only be missing if nobody made one: a dangling link, also in
/// place of a folder, a file in place of a folder, a pipe and a device are errors. Never waits.
pub fn read_unless_absent(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
    if let Some(bytes) = opened(path, limit, whole(limit))? {
        return Ok(Some(bytes));
    }
    let not_a_folder = |found: &Path| Problem::NotAFolder { path: found.to_owned() };
    // The first part of the path that is anything.
    for found in path.ancestors() {
        let is_below = found != path;
        let mut metadata = match fs::symlink_metadata(found) {
            Ok(metadata) => metadata,
            Err(error) if matches!(error.kind(), NotFound | NotADirectory) => continue,
            Err(error) => return Err(Problem::reading(path, error)),
        };
        if metadata.is_symlink() {
            metadata = fs::metadata(found).map_err(|error| {
                if is_below { Problem::reading_folder(found, error) } else { Problem::reading(found, error) }
            })?;
        }
        return match is_below {
            true if metadata.is_dir() => Ok(None),
            // It is the home folder of users without one.
            true if found == Path::new("/dev/null") => Ok(None),
            true => Err(not_a_folder(found)),
            // It has appeared since.
            false if metadata.is_file() => opened(path, limit, whole(limit)),
            false => Err(Problem::NotAFile { path: path.to_owned() }),
        };
    }
    Ok(None)
}

/// Reads an open file.
fn whole(limit: u64) -> impl FnOnce(&mut File, usize) -> io::Result<Vec<u8>> {
    move |file, size| {
        // A buffer that grows leaves copies in memory that are never zeroed.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(std::mem::take(&mut *bytes))
    }
}

/// Like [`read`], with a function that gets the open file and its size in bytes.
pub fn open<T>(
    path: &Path,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    opened(path, LARGEST, read)
}

/// A device, a pipe or a socket is not a file, and is not even opened.
fn opened<T>(
    path: &Path,
    limit: u64,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    let attempt = || {
        if !is_file(&fs::metadata(path)?, limit)? {
            return Ok(None);
        }
        let mut file = open_at_once(path)?;
        let found = file.metadata()?;
        // It may have been replaced before it was opened.
        if !is_file(&found, limit)? {
            return Ok(None);
        }
        read(&mut file, usize::try_from(found.len()).unwrap_or(0)).map(Some)
    };
    attempt().or_else(|error| match error.kind() {
        // For botocore, too, a dangling link is not a file.
        NotFound | NotADirectory => Ok(None),
        FileTooLarge => Err(Problem::TooLarge { path: path.to_owned(), limit }),
        _ => Err(Problem::reading(path, error)),
    })
}

fn is_file(found: &fs::Metadata, limit: u64) -> io::Result<bool> {
    if found.is_dir() {
        return Err(IsADirectory.into());
    }
    if found.is_file() && found.len() > limit {
        return Err(FileTooLarge.into());
    }
    Ok(found.is_file())
}
