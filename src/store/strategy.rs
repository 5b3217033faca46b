//! How a file gets its new bytes: by another file in its place, which is atomic, or in place, where that can't be.

use std::fmt;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

use rustix::fs::{Access, access};
use rustix::io::Errno;
use rustix::process::{getegid, geteuid, getgroups};

use super::Problem;
use super::save::nameless_file;
use super::target::Target;

/// How a file is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Another file is renamed over it.
    Replace,
    /// Its own bytes are overwritten.
    InPlace(Why),
}

/// Why a file can't be replaced by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a mount point: a rename over it is refused, and would not reach whoever mounted it.
    Mounted,
    /// It has other names, which would keep the old content.
    Linked,
    /// The folder can't be written, or only by the owner of the file.
    Folder,
    /// It belongs to somebody else, and can't be given to them again.
    Owner,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::Mounted => "it is mounted by itself",
            Why::Linked => "it has several names",
            Why::Folder => "its folder is not writable",
            Why::Owner => "it belongs to another user or group",
        })
    }
}

impl Strategy {
    /// Chooses, and refuses what may not be written. (A rename asks for the permission of the folder only.)
    pub(super) fn of(target: &Target) -> Result<Strategy, Problem> {
        let Some(folder) = &target.folder else { return Ok(Strategy::Replace) };
        let refusal = |path: &Path, error: Errno| Problem::saving(path, error);
        let in_folder = access(folder, Access::WRITE_OK | Access::EXEC_OK);
        match access(&target.real, Access::WRITE_OK) {
            Ok(()) => {}
            Err(Errno::NOENT) => {
                in_folder.map_err(|error| refusal(folder, error))?;
                return Ok(Strategy::Replace);
            }
            Err(error) => return Err(refusal(&target.named, error)),
        }
        let failed = |error| Problem::saving(&target.named, error);
        let found = fs::metadata(&target.real).map_err(failed)?;
        let why = if let Some(why) = shared(&target.real, &found) {
            Some(why)
        } else if in_folder.is_err() || is_kept_by_others(folder, &found).map_err(failed)? {
            Some(Why::Folder)
        } else if !can_give(folder, &found) {
            Some(Why::Owner)
        } else {
            None
        };
        Ok(why.map_or(Strategy::Replace, Strategy::InPlace))
    }
}

/// Why the file may be edited through another folder at the same time, if so.
pub(super) fn shared(real: &Path, found: &Metadata) -> Option<Why> {
    if is_mount(real, found) {
        return Some(Why::Mounted);
    }
    (found.nlink() > 1).then_some(Why::Linked)
}

/// Whether the file is mounted by itself.
#[cfg(target_os = "linux")]
fn is_mount(real: &Path, found: &Metadata) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let asked = statx(CWD, real, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
    match asked {
        Ok(told) if told.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT) => {
            told.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
        }
        // Before Linux 5.8, or in a sandbox that doesn't say.
        _ => match fs::read("/proc/self/mountinfo") {
            Ok(list) => is_listed(&list, real),
            Err(_) => is_on_another_disk(real, found),
        },
    }
}

#[cfg(not(target_os = "linux"))]
fn is_mount(real: &Path, found: &Metadata) -> bool {
    is_on_another_disk(real, found)
}

fn is_on_another_disk(real: &Path, found: &Metadata) -> bool {
    fs::metadata(super::folder::folder_of(real)).is_ok_and(|folder| folder.dev() != found.dev())
}

/// Whether a path is a mount point in the kernel's list, where it is the fifth word of a line.
#[cfg(target_os = "linux")]
fn is_listed(list: &[u8], real: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let mut escaped = Vec::new();
    for &byte in real.as_os_str().as_bytes() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\\' => escaped.extend(format!("\\{byte:03o}").into_bytes()),
            byte => escaped.push(byte),
        }
    }
    list.split(|byte| *byte == b'\n').any(|line| line.split(|byte| *byte == b' ').nth(4) == Some(&*escaped))
}

/// Whether the folder is one like `/tmp`, where only its owner and the owner of a file may replace that file.
fn is_kept_by_others(folder: &Path, found: &Metadata) -> io::Result<bool> {
    let user = geteuid();
    if user.is_root() || user.as_raw() == found.uid() {
        return Ok(false);
    }
    let folder = fs::metadata(folder)?;
    Ok(folder.mode() & 0o1000 != 0 && folder.uid() != user.as_raw())
}

/// Whether a new file in the folder can get the owner and the group of the one that was found. It is tried with a
/// file without a name: what the kernel allows depends on more than can be asked for.
fn can_give(folder: &Path, found: &Metadata) -> bool {
    let (user, group) = (geteuid(), getegid());
    if (user.as_raw(), group.as_raw()) == (found.uid(), found.gid()) {
        return true;
    }
    match nameless_file(folder) {
        Some(file) => {
            let refused = [Errno::PERM, Errno::ACCESS, Errno::INVAL].map(|error| Some(error.raw_os_error()));
            fchown(&file, Some(found.uid()), Some(found.gid()))
                .map_or_else(|error| !refused.contains(&error.raw_os_error()), |()| true)
        }
        None => {
            let groups = getgroups().unwrap_or_default();
            let is_member =
                group.as_raw() == found.gid() || groups.iter().any(|of| of.as_raw() == found.gid());
            user.is_root() || user.as_raw() == found.uid() && is_member
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::put;

    #[test]
    fn a_file_with_another_name_is_written_in_place() {
        let home = tempfile::tempdir().unwrap();
        let [path, other] = ["config", "other"].map(|name| home.path().join(name));
        let strategy = || Strategy::of(&Target::resolve(&path).unwrap()).unwrap();
        assert_eq!(strategy(), Strategy::Replace);
        put(&path, "x");
        assert_eq!(strategy(), Strategy::Replace);
        fs::hard_link(&path, &other).unwrap();
        assert_eq!(strategy(), Strategy::InPlace(Why::Linked));
        fs::remove_file(&other).unwrap();
        assert_eq!(strategy(), Strategy::Replace);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_kernels_list_of_mounts_is_read_with_its_escapes() {
        let list =
            b"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n50 22 8:1 /x /h/a\\040b/config rw shared:1 - ext4 x rw\n";
        assert!(is_listed(list, Path::new("/h/a b/config")) && is_listed(list, Path::new("/")));
        assert!(!is_listed(list, Path::new("/h")) && !is_listed(b"", Path::new("/")));
        let mount = Path::new("/proc");
        assert!(is_mount(mount, &fs::metadata(mount).unwrap()));
    }
}
