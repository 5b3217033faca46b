//! Files in which this program stores its own state.

use std::io::{self, ErrorKind};
use std::path::Path;

use zeroize::Zeroizing;

use super::small::read_limited;
use super::system::{Stat, open_at_once};

/// Reads the file at `path`, of at most `limit` bytes. It must be a regular file of this user, not a link, and nobody else
/// may be able to write to it or to its folder. A missing file is an error of the kind `NotFound`.
pub fn read_own(path: &Path, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    if let Some(folder) = path.parent() {
        check(&Stat::at(folder)?, "its folder")?;
    }
    let found = Stat::of_name(path)?;
    if !found.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let file = open_at_once(path)?;
    let opened = Stat::of(&file)?;
    if opened.inode() != found.inode() {
        return Err(io::Error::other("it was replaced while it was opened"));
    }
    check(&opened, "it")?;
    read_limited(file, limit)
}

/// The file, or its folder, that lets other users write: [`read_own`] refuses it.
pub fn writable_by_others(path: &Path) -> Option<&Path> {
    let is_open =
        |path: &&Path| Stat::at(path).is_ok_and(|found| found.is_own() && found.is_writable_by_others());
    path.parent().into_iter().chain([path]).find(is_open)
}

/// Whether a file of the caller's can't be read because of its mode.
pub fn is_closed(path: &Path) -> bool {
    Stat::of_name(path).is_ok_and(|found| found.is_file() && found.is_own())
        && open_at_once(path).is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

/// Whether a folder can't be searched because another user keeps it, or one above it, closed.
pub fn is_foreign_and_closed(folder: &Path) -> bool {
    let is_closed = |error: io::Error| error.kind() == ErrorKind::PermissionDenied;
    let known = || folder.ancestors().find_map(|folder| Stat::at(folder).ok());
    Stat::at(&folder.join(".")).is_err_and(is_closed) && known().is_some_and(|found| !found.is_own())
}

fn check(found: &Stat, what: &str) -> io::Result<()> {
    let refused = |reason: &str| Err(io::Error::new(ErrorKind::PermissionDenied, format!("{what} {reason}")));
    if !found.is_own() {
        return refused("belongs to another user");
    }
    if found.is_writable_by_others() {
        return refused("can be written by other users");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;
    use crate::store::tests::put;

    #[test]
    fn a_file_that_others_can_write_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let [path, link] = ["own", "link"].map(|name| home.path().join(name));
        put(&path, "12345678");
        symlink("own", &link).unwrap();
        let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        mode(&path, 0o600);
        assert_eq!(**read_own(&path, 8).unwrap(), *b"12345678");
        assert_eq!(read_own(&path, 7).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(read_own(&link, 8).unwrap_err().to_string(), "it is not a regular file");
        assert_eq!(read_own(&home.path().join("no"), 8).unwrap_err().kind(), ErrorKind::NotFound);
        mode(&path, 0o620);
        assert_eq!(read_own(&path, 8).unwrap_err().to_string(), "it can be written by other users");
        assert_eq!(writable_by_others(&path), Some(&*path));
        mode(&path, 0o600);
        mode(home.path(), 0o777);
        assert_eq!(read_own(&path, 8).unwrap_err().to_string(), "its folder can be written by other users");
        assert_eq!(writable_by_others(&path), Some(home.path()));
        mode(home.path(), 0o700);
        assert_eq!(writable_by_others(&path), None);
    }
}
