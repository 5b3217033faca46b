//! Access lists and extended attributes.

use std::fs::File;
use std::io;
use std::path::Path;

/// The group mode of a file with an access list has all rights of anyone in the list. Without the list, that mode would
/// open the new file to the group.
#[cfg(target_os = "linux")]
pub(super) fn keep_access_list(old: &Path, file: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr};
    use rustix::io::Errno;

    const NAME: &str = "system.posix_acl_access";
    let mut list = [0; 8192];
    match getxattr(old, NAME, &mut list) {
        Ok(length) => Ok(fsetxattr(file, NAME, &list[..length], XattrFlags::empty())?),
        Err(Errno::NODATA) => match fremovexattr(file, NAME) {
            Ok(()) | Err(Errno::NODATA) => Ok(()),
            Err(error) => Err(error.into()),
        },
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn keep_access_list(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Gives `file` the extended attributes of the file at `old`. Attributes of security modules are kept if the modules allow
/// it. Attributes of the content or of the kernel are not.
#[cfg(target_os = "linux")]
pub(super) fn keep_attributes(old: &Path, file: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr};
    use rustix::io::Errno;

    /// Hashes and rights of the old content.
    const OF_CONTENT: [&[u8]; 3] = [b"security.ima", b"security.evm", b"security.capability"];
    let names = match grown(|buffer| rustix::fs::listxattr(old, buffer)) {
        Ok(names) => names,
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for name in names.split(|byte| *byte == 0) {
        let is_users = name.starts_with(b"user.");
        let is_security = name.starts_with(b"security.") && !OF_CONTENT.contains(&name);
        if !is_users && !is_security {
            continue;
        }
        let value = match grown(|buffer| getxattr(old, name, buffer)) {
            Ok(value) => value,
            // It was removed, or this user may not read it.
            Err(Errno::NODATA) => continue,
            Err(_) if is_security => continue,
            Err(error) => return Err(error.into()),
        };
        match fsetxattr(file, name, &value, XattrFlags::empty()) {
            Err(error) if is_users => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
pub(super) fn keep_attributes(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Calls `read` with a buffer that is large enough.
#[cfg(target_os = "linux")]
fn grown(read: impl Fn(&mut [u8]) -> rustix::io::Result<usize>) -> rustix::io::Result<Vec<u8>> {
    // The kernel's own limit for a list, and for a value.
    const LARGEST: usize = 1 << 16;
    let mut buffer = vec![0; 1 << 10];
    loop {
        match read(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return Ok(buffer);
            }
            Err(rustix::io::Errno::RANGE) if buffer.len() < LARGEST => buffer.resize(LARGEST, 0),
            Err(error) => return Err(error),
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::fs::{XattrFlags, getxattr, setxattr};

    use crate::store::tests::put;
    use crate::store::{Problem, edit};

    #[test]
    fn extended_attributes_of_any_length_survive_an_edit() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config");
        put(&path, "old");
        let long = vec![7; 2000];
        for (name, value) in [("user.note", &b"mine"[..]), ("user.long", &long), ("user.empty", b"")] {
            if setxattr(&path, name, value, XattrFlags::empty()).is_err() {
                return; // The file system has none.
            }
        }
        let edited = edit(&[&path], |files| {
            files[0] = b"new".to_vec();
            Ok::<_, Problem>(())
        });
        edited.unwrap();
        let mut buffer = vec![0; 4096];
        for (name, value) in [("user.note", &b"mine"[..]), ("user.long", &long), ("user.empty", b"")] {
            let length = getxattr(&path, name, &mut buffer[..]).unwrap();
            assert_eq!(&buffer[..length], value, "{name}");
        }
    }
}
