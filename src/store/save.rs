//! Stages and renames one file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::problem::Problem;
use super::system::{self, Stat};
use super::target::Target;

/// Separates the name of a file from the role of the hidden file that replaces it.
pub(super) const MARK: &str = ".xcred-";
/// The role of a file that is saved alone, and of the first of several.
pub(super) const NEW: &str = "new";
/// The start of the role of a file that follows another one. The identity of that one comes after it.
pub(super) const WITH: &str = "with-";

/// The role of the record of an edit in place.
pub(super) const KEPT: &str = "kept";

/// A staged file, synced, that will replace another one. Dropping it removes it.
pub(super) struct Staged<'a> {
    pub(super) target: &'a Target,
    file: File,
    hidden: PathBuf,
    /// Whether the file has the name `hidden`.
    linked: bool,
}

impl<'a> Staged<'a> {
    /// Writes `bytes` beside the target.
    pub(super) fn write(target: &'a Target, role: &str, bytes: &[u8]) -> Result<Staged<'a>, Problem> {
        Staged::fill(target, role, bytes, target.folder.as_deref().and_then(system::nameless))
    }

    /// Writes `bytes` into the file without a name, or under the hidden name if there is no such file.
    fn fill(
        target: &'a Target,
        role: &str,
        bytes: &[u8],
        nameless: Option<File>,
    ) -> Result<Staged<'a>, Problem> {
        let failed = |error: io::Error| Problem::saving(&target.named, error);
        system::check_size(bytes.len()).map_err(failed)?;
        let hidden = hidden_path(&target.real, role);
        let linked = nameless.is_none();
        let file = nameless.map_or_else(|| system::create_new(&hidden), Ok).map_err(failed)?;
        let mut staged = Staged { target, file, hidden, linked };
        staged.file.write_all(bytes).map_err(failed)?;
        let access = if target.is_alias {
            system::make_new(&target.real, &staged.file)
        } else {
            system::keep_access(&target.real, &staged.file)
        };
        access.map_err(|source| Problem::Access { path: target.named.clone(), source })?;
        staged.file.sync_all().map_err(failed)?;
        Ok(staged)
    }

    /// Gives the file its hidden name.
    pub(super) fn link(&mut self) -> Result<(), Problem> {
        if !self.linked {
            system::give_name(&self.file, &self.hidden).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => Problem::Occupied { path: self.hidden.clone() },
                _ => Problem::saving(&self.target.named, error),
            })?;
            self.linked = true;
        }
        Ok(())
    }

    /// Checks that [`link`](Self::link) would find the hidden name free.
    pub(super) fn require_name(&self) -> Result<(), Problem> {
        if !self.linked && Stat::of_name(&self.hidden).is_ok() {
            return Err(Problem::Occupied { path: self.hidden.clone() });
        }
        Ok(())
    }

    /// Replaces the target.
    pub(super) fn rename(&mut self) -> Result<(), Problem> {
        fs::rename(&self.hidden, &self.target.real)
            .map_err(|error| Problem::saving(&self.target.named, error))?;
        self.linked = false;
        Ok(())
    }

    /// Keeps the hidden name, so that the next edit settles it.
    pub(super) fn leave(&mut self) {
        self.linked = false;
    }

    /// The identity that the files that follow this one have in their names.
    pub(super) fn identity(&self) -> Result<String, Problem> {
        let found = Stat::of(&self.file).map_err(|error| Problem::saving(&self.target.named, error))?;
        Ok(found.identity())
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if self.linked {
            // If this fails, the next edit removes the file.
            let _ = fs::remove_file(&self.hidden);
        }
    }
}

pub(super) fn hidden_path(real: &Path, role: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(MARK);
    name.push(role);
    real.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{mode, names};

    #[test]
    fn without_nameless_files_the_hidden_file_is_private() {
        let home = tempfile::tempdir().unwrap();
        let target = Target::resolve(&home.path().join("config")).unwrap();
        let staged = Staged::fill(&target, NEW, b"new", None).unwrap();
        assert_eq!((names(home.path()), mode(&staged.hidden)), (vec![".config.xcred-new".to_owned()], 0o600));
        assert!(matches!(Staged::fill(&target, NEW, b"new", None), Err(Problem::Save { .. })));
        drop(staged);
        assert_eq!(names(home.path()), [""; 0]);
    }

    #[test]
    fn a_name_that_is_taken_is_noticed_before_it_is_needed() {
        let home = tempfile::tempdir().unwrap();
        let [config, hidden] = ["config", ".config.xcred-new"].map(|name| home.path().join(name));
        fs::create_dir(&hidden).unwrap();
        let edited = crate::store::edit(&[&config], |contents| {
            contents[0] = b"x".to_vec();
            Ok::<_, Problem>(())
        });
        for problem in [crate::store::try_out(&config, b"x").unwrap_err(), edited.unwrap_err()] {
            assert!(matches!(&problem, Problem::Occupied { path } if *path == hidden), "{problem:?}");
        }
        assert!(!config.exists());
    }
}
