//! How a file is saved: it is replaced by another file, which is atomic, or written in place if it can't be replaced.

use std::io;
use std::path::Path;

use super::problem::Problem;
use super::system::{self, Stat};
use super::target::Target;
use super::why::Why;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Another file is renamed over it.
    Replace,
    /// Its own bytes are overwritten.
    InPlace(Why),
}

impl Strategy {
    /// Chooses the strategy. It is an error if the file is not writable, though a rename only needs a writable folder.
    pub(super) fn of(target: &Target) -> Result<Strategy, Problem> {
        let Some(folder) = &target.folder else { return Ok(Strategy::Replace) };
        let in_folder = system::check_changeable(folder);
        if target.is_alias {
            in_folder.map_err(|error| Problem::saving(folder, error))?;
            return Ok(Strategy::Replace);
        }
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
        if let Some(why) = shared(&target.real, &found) {
            return Ok(Strategy::InPlace(why));
        }
        if in_folder.is_err() || system::is_kept_by_others(folder, &found).map_err(failed)? {
            return Ok(Strategy::InPlace(Why::Folder));
        }
        let can_replace = system::can_give(folder, &found);
        Ok(if can_replace { Strategy::Replace } else { Strategy::InPlace(Why::Owner) })
    }
}

/// `Some` if the file can be edited through another folder at the same time.
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
