//! Mounted files, as in containers.

use std::path::Path;

use super::super::folder::folder_of;
use super::stat::Stat;

/// Whether the file is a mount point.
#[cfg(target_os = "linux")]
pub fn is_mount(real: &Path, found: &Stat) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    match statx(CWD, real, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty()) {
        Ok(reported) if reported.stx_attributes_mask.contains(StatxAttributes::MOUNT_ROOT) => {
            reported.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
        }
        // Before Linux 5.8, or in a sandbox that doesn't report it.
        _ => match std::fs::read("/proc/self/mountinfo") {
            Ok(list) => is_listed(&list, real),
            Err(_) => is_on_another_disk(real, found),
        },
    }
}

#[cfg(not(target_os = "linux"))]
pub fn is_mount(real: &Path, found: &Stat) -> bool {
    is_on_another_disk(real, found)
}

fn is_on_another_disk(real: &Path, found: &Stat) -> bool {
    Stat::at(folder_of(real)).is_ok_and(|folder| folder.device() != found.device())
}

/// Whether a path is in the kernel's list of mount points, as the fifth word of a line.
#[cfg(target_os = "linux")]
fn is_listed(list: &[u8], real: &Path) -> bool {
    let mut escaped = Vec::new();
    for &byte in real.as_os_str().as_encoded_bytes() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\\' => escaped.extend(format!("\\{byte:03o}").into_bytes()),
            byte => escaped.push(byte),
        }
    }
    list.split(|byte| *byte == b'\n').any(|line| line.split(|byte| *byte == b' ').nth(4) == Some(&*escaped))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_list_of_mounts_is_read_with_its_escapes() {
        let list =
            b"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n50 22 8:1 /x /h/a\\040b/config rw shared:1 - ext4 x rw\n";
        assert!(is_listed(list, Path::new("/h/a b/config")) && is_listed(list, Path::new("/")));
        assert!(!is_listed(list, Path::new("/h")) && !is_listed(b"", Path::new("/")));
        let mount = Path::new("/proc");
        assert!(is_mount(mount, &Stat::at(mount).unwrap()));
    }
}
