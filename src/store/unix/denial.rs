//! Why the system denies access to a file.

use std::path::Path;

use rustix::process::geteuid;

use super::{Stat, User};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// It belongs to another user, as after `sudo aws configure`.
    Foreign { owner: User, caller: User },
    /// It is the caller's, and its mode forbids this.
    Mode { is_folder: bool },
    /// Anything else: a folder above it, for example.
    Other,
}

impl Denial {
    pub fn of(path: &Path) -> Denial {
        let Ok(stat) = Stat::at(path) else { return Denial::Other };
        let caller = geteuid().as_raw();
        if !stat.is_own() {
            Denial::Foreign { owner: stat.owner(), caller }
        } else if stat.is_closed_to_owner() {
            Denial::Mode { is_folder: stat.is_folder() }
        } else {
            Denial::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn an_owner_needs_to_search_a_folder_and_not_to_run_a_file() {
        let home = tempfile::tempdir().unwrap();
        let [file, folder] = ["file", "folder"].map(|name| home.path().join(name));
        fs::write(&file, "").unwrap();
        fs::create_dir(&folder).unwrap();
        for (mode, of_file, of_folder) in [
            (0o400, Denial::Mode { is_folder: false }, Denial::Mode { is_folder: true }),
            (0o600, Denial::Other, Denial::Mode { is_folder: true }),
            (0o700, Denial::Other, Denial::Other),
        ] {
            for path in [&file, &folder] {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
            assert_eq!([&file, &folder].map(|path| Denial::of(path)), [of_file, of_folder], "{mode:o}");
        }
    }
}
