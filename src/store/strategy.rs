//! How a file gets its new bytes: by another file in its place, which is atomic, or in place, where that can't be.

use std::io;
use std::path::Path;

use super::problem::Problem;
use super::system::{self, Stat};
use super::target::Target;
use super::why::Why;

/// How a file is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Another file is renamed over it.
    Replace,
    /// Its own bytes are overwritten.
    InPlace(Why),
}

impl Strategy {
    /// Chooses, and refuses what may not be written. (A rename asks for the permission of the folder only.)
    pub(super) fn of(target: &Target) -> Result<Strategy, Problem> {
        let Some(folder) = &target.folder else { return Ok(Strategy::Replace) };
        let in_folder = system::check_changeable(folder);
        match system::check_writable(&target.real) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                in_folder.map_err(|error| Problem::saving(folder, error))?;
                return Ok(Strategy::Replace);
            }
            Err(error) => return Err(Problem::saving(&target.named, error)),
        }
        let failed = |error| Problem::saving(&target.named, error);
        let found = Stat::at(&target.real).map_err(failed)?;
        let why = if let Some(why) = shared(&target.real, &found) {
            Some(why)
        } else if in_folder.is_err() || system::is_kept_by_others(folder, &found).map_err(failed)? {
            Some(Why::Folder)
        } else if !system::can_give(folder, &found) {
            Some(Why::Owner)
        } else {
            None
        };
        Ok(why.map_or(Strategy::Replace, Strategy::InPlace))
    }
}

/// Why the file may be edited through another folder at the same time, if so.
pub(super) fn shared(real: &Path, found: &Stat) -> Option<Why> {
    if system::is_mount(real, found) {
        return Some(Why::Mounted);
    }
    found.has_other_names().then_some(Why::Linked)
}

#[cfg(test)]
mod tests {
    use std::fs;

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
}
