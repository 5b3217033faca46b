//! Why the system denies access to a file.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::process::geteuid;

use super::{Stat, User, immutable};
use crate::origin::is_below_home;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// `at` belongs to another user, as after `sudo aws configure`.
    Foreign { at: PathBuf, owner: User, caller: User },
    /// `at` is the caller's, and its mode forbids this.
    Mode { at: PathBuf, is_folder: bool },
    /// The folder is missing, and the one above it belongs to another user.
    NoFolder { folder: PathBuf, caller: User },
    /// `at` has an attribute that forbids changes to everybody.
    Attribute { at: PathBuf, letter: &'static str, caller: User },
    /// Anything else. `folder` is there.
    Other { folder: PathBuf },
}

impl Denial {
    /// Why a file can't be read, written or created. The file may be missing, and so may folders above it.
    pub fn of(path: &Path) -> Denial {
        if let Some(denial) = Stat::at(path).ok().and_then(|stat| Denial::by(path, &stat)) {
            return denial;
        }
        let mut missing = None;
        for folder in path.ancestors().skip(1) {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let stat = match Stat::at(folder) {
                Ok(stat) => stat,
                Err(error) => {
                    // It may be there where the folder above it can't be searched.
                    missing = Some(folder).filter(|_| error.kind() == ErrorKind::NotFound);
                    continue;
                }
            };
            let caller = geteuid().as_raw();
            return match missing.filter(|folder| is_below_home(folder)) {
                Some(missing) if !stat.is_own() => Denial::NoFolder { folder: missing.to_owned(), caller },
                _ => Denial::by(folder, &stat).unwrap_or(Denial::Other { folder: folder.to_owned() }),
            };
        }
        Denial::Other { folder: PathBuf::from(".") }
    }

    /// Why a file can't be replaced or created, if that is neither its owner nor its mode: such an error is not one of access.
    pub fn by_attribute(path: &Path, error: &io::Error) -> Option<Denial> {
        if Errno::from_io_error(error) != Some(Errno::PERM) {
            return None;
        }
        // The file, and the first folder above it that exists.
        let folder = path.ancestors().skip(1).find(|above| above.exists());
        let caller = geteuid().as_raw();
        [Some(path), folder].into_iter().flatten().find_map(|at| {
            Some(Denial::Attribute { at: at.to_owned(), letter: immutable::letter(at)?, caller })
        })
    }

    /// What the owner and the mode of a file or folder forbid.
    fn by(path: &Path, stat: &Stat) -> Option<Denial> {
        let at = || path.to_owned();
        // A folder that belongs to the system stays its own.
        if !stat.is_own() && stat.is_folder() && !is_below_home(path) {
            return Some(Denial::Other { folder: at() });
        }
        if !stat.is_own() {
            return Some(Denial::Foreign { at: at(), owner: stat.owner(), caller: geteuid().as_raw() });
        }
        stat.is_closed_to_owner().then(|| Denial::Mode { at: at(), is_folder: stat.is_folder() })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn an_owner_needs_to_search_a_folder_and_not_to_run_a_file() {
        let home = tempfile::tempdir().unwrap();
        let [file, folder] = ["file", "folder"].map(|name| home.path().join(name));
        fs::write(&file, "").unwrap();
        fs::create_dir(&folder).unwrap();
        let closed = |at: &Path, is_folder| Denial::Mode { at: at.to_owned(), is_folder };
        let other = Denial::Other { folder: home.path().to_owned() };
        for (mode, of_file, of_folder) in [
            (0o400, closed(&file, false), closed(&folder, true)),
            (0o600, other.clone(), closed(&folder, true)),
            (0o700, other.clone(), other.clone()),
        ] {
            for path in [&file, &folder] {
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            }
            assert_eq!([&file, &folder].map(|path| Denial::of(path)), [of_file, of_folder], "{mode:o}");
        }
    }

    #[test]
    fn an_attribute_that_forbids_changes_is_found_on_the_file_or_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let [folder, file] = ["", "file"].map(|name| home.path().join(name));
        fs::write(&file, "").unwrap();
        let [perm, access] = [Errno::PERM, Errno::ACCESS].map(io::Error::from);
        for (at, letter) in [(&file, "i"), (&file, "a"), (&folder, "i"), (&folder, "a")] {
            let chattr = |sign: &str| {
                let change = Command::new("chattr").arg(format!("{sign}{letter}")).arg(at).status();
                change.is_ok_and(|status| status.success())
            };
            if !chattr("+") {
                // It needs root, and a file system that has them.
                return;
            }
            let denials = [&file, &home.path().join("new")]
                .map(|path| [&perm, &access].map(|error| Denial::by_attribute(path, error)));
            assert!(chattr("-"));
            let [[of_file, none], [of_new, none_of_new]] = denials;
            let found = Denial::Attribute { at: at.clone(), letter, caller: geteuid().as_raw() };
            assert_eq!((of_file, none), (Some(found.clone()), None));
            assert_eq!((of_new, none_of_new), (Some(found).filter(|_| at == &folder), None));
        }
    }

    #[test]
    fn the_folder_that_forbids_it_is_named_however_much_is_missing_below() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        for mode in [0o500, 0o600] {
            fs::set_permissions(home.path(), fs::Permissions::from_mode(mode)).unwrap();
            let closed = Denial::Mode { at: home.path().to_owned(), is_folder: true };
            for path in ["file", "new", ".aws/config", ".config/xcred/config.toml"] {
                assert_eq!(Denial::of(&home.path().join(path)), closed, "{path}");
            }
        }
        assert_eq!(Denial::of(Path::new("")), Denial::Other { folder: PathBuf::from(".") });
    }
}
