//! Reading files.

use std::fs::{self, File};
use std::io::ErrorKind::{FileTooLarge, IsADirectory, NotADirectory, NotFound};
use std::io::{self, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::problem::Problem;
use super::system::open_at_once;

/// No file of profiles is this large; whatever is, is a mistake.
pub(super) const LARGEST: u64 = 1 << 30;

/// What is at a path.
#[derive(PartialEq, Eq)]
pub enum Found {
    /// No file: nothing, not even a folder to look into, a link that leads nowhere, or a device such as `/dev/null`.
    Absent,
    /// A file with this content.
    Bytes(Vec<u8>),
}

/// Reads the file at `path`; never creates or changes anything. A folder is a problem.
pub(super) fn read(path: &Path) -> Result<Found, Problem> {
    read_within(path, LARGEST)
}

/// The same for a file of at most `limit` bytes.
pub fn read_within(path: &Path, limit: u64) -> Result<Found, Problem> {
    let found = opened(path, limit, |file, size| {
        // Room for all of it at once: a buffer that grows leaves copies behind that are never zeroed.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        file.take(limit).read_to_end(&mut bytes)?;
        Ok(std::mem::take(&mut *bytes))
    })?;
    Ok(found.map_or(Found::Absent, Found::Bytes))
}

/// The same for a reader of its own, which gets the open file and its size in bytes; nothing where no file is.
pub fn open<T>(
    path: &Path,
    read: impl FnOnce(&mut File, usize) -> io::Result<T>,
) -> Result<Option<T>, Problem> {
    opened(path, LARGEST, read)
}

/// What `read` reads from the file; a device, a pipe or a socket is no file, and is not even opened.
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
        // It may have been replaced since.
        if !is_file(&found, limit)? {
            return Ok(None);
        }
        read(&mut file, usize::try_from(found.len()).unwrap_or(0)).map(Some)
    };
    attempt().or_else(|error| match error.kind() {
        // For botocore too a link that leads nowhere is no file.
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
