//! One file's way onto the disk.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustix::fs::{AtFlags, CWD, linkat};

use super::Problem;
use super::attributes::{keep_access_list, keep_attributes};
use super::target::Target;

/// What stands between the name of a file and the role of the hidden one that will replace it.
pub(super) const MARK: &str = ".xcred-";
/// The role of a file saved alone, and of the first of several.
pub(super) const NEW: &str = "new";
/// The role of a file that follows another one, before the identity of that one.
pub(super) const WITH: &str = "with-";

/// The role of the record of an edit in place.
pub(super) const KEPT: &str = "kept";

/// New bytes on the disk, synced, that wait to take the place of a file. Dropping them removes them.
pub(super) struct Staged<'a> {
    pub(super) target: &'a Target,
    file: File,
    hidden: PathBuf,
    /// Whether the file stands at `hidden`.
    linked: bool,
}

impl<'a> Staged<'a> {
    /// Writes `bytes` beside the target.
    pub(super) fn write(target: &'a Target, role: &str, bytes: &[u8]) -> Result<Staged<'a>, Problem> {
        Staged::fill(target, role, bytes, target.folder.as_deref().and_then(nameless_file))
    }

    /// Writes `bytes` into the file without a name, or, where there are no such files, under the hidden name at once.
    fn fill(
        target: &'a Target,
        role: &str,
        bytes: &[u8],
        nameless: Option<File>,
    ) -> Result<Staged<'a>, Problem> {
        let failed = |error: io::Error| Problem::saving(&target.named, error);
        let hidden = hidden_path(&target.real, role);
        let linked = nameless.is_none();
        let create = || OpenOptions::new().write(true).create_new(true).mode(0o600).open(&hidden);
        let file = nameless.map_or_else(create, Ok).map_err(failed)?;
        let mut staged = Staged { target, file, hidden, linked };
        staged.file.write_all(bytes).map_err(failed)?;
        keep_access(&target.real, &staged.file)
            .map_err(|source| Problem::Access { path: target.named.clone(), source })?;
        staged.file.sync_all().map_err(failed)?;
        Ok(staged)
    }

    /// Gives the bytes their hidden name.
    pub(super) fn link(&mut self) -> Result<(), Problem> {
        if !self.linked {
            linkat(CWD, kernel_path(&self.file), CWD, &self.hidden, AtFlags::SYMLINK_FOLLOW)
                .map_err(|error| Problem::saving(&self.target.named, error))?;
            self.linked = true;
        }
        Ok(())
    }

    /// Puts the bytes in place.
    pub(super) fn rename(&mut self) -> Result<(), Problem> {
        fs::rename(&self.hidden, &self.target.real)
            .map_err(|error| Problem::saving(&self.target.named, error))?;
        self.linked = false;
        Ok(())
    }

    /// Leaves the bytes under their hidden name, for whoever settles the folder.
    pub(super) fn leave(&mut self) {
        self.linked = false;
    }

    /// What the files that follow this one carry in their names.
    pub(super) fn identity(&self) -> Result<String, Problem> {
        let found = self.file.metadata().map_err(|error| Problem::saving(&self.target.named, error))?;
        Ok(identity(&found))
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if self.linked {
            // What cannot be removed now, the next edit removes.
            let _ = fs::remove_file(&self.hidden);
        }
    }
}

/// The inode and the time of birth: an inode alone may soon be another file's.
pub(super) fn identity(found: &Metadata) -> String {
    let birth =
        found.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{}-{}", found.ino(), birth.as_nanos())
}

pub(super) fn hidden_path(real: &Path, role: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(MARK);
    name.push(role);
    real.with_file_name(name)
}

/// The name by which the kernel knows an open file, even one without a name of its own.
pub(super) fn kernel_path(file: &File) -> PathBuf {
    format!("/proc/self/fd/{}", file.as_raw_fd()).into()
}

/// `None` where the system has no such files or could not name them later; if there is another reason, the attempt
/// to create a file with a name will meet it again and tell.
#[cfg(target_os = "linux")]
pub(super) fn nameless_file(folder: &Path) -> Option<File> {
    let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    let file = OpenOptions::new().write(true).custom_flags(flags).mode(0o600).open(folder).ok()?;
    kernel_path(&file).exists().then_some(file)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn nameless_file(_: &Path) -> Option<File> {
    None
}

/// Gives `file` the owner, the access list, the extended attributes and the mode of the file at `old`, in this order: a change of owner
/// may change the mode. Without an old file, it is for its owner only, whatever the umask says.
fn keep_access(old: &Path, file: &File) -> io::Result<()> {
    let old_found = match fs::metadata(old) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return file.set_permissions(Permissions::from_mode(0o600));
        }
        found => found?,
    };
    let new_found = file.metadata()?;
    if (old_found.uid(), old_found.gid()) != (new_found.uid(), new_found.gid()) {
        std::os::unix::fs::fchown(file, Some(old_found.uid()), Some(old_found.gid()))?;
    }
    keep_access_list(old, file)?;
    keep_attributes(old, file)?;
    file.set_permissions(Permissions::from_mode(old_found.mode() & 0o7777))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{mode, names};

    #[test]
    fn without_nameless_files_the_bytes_are_private_under_the_hidden_name() {
        let home = tempfile::tempdir().unwrap();
        let target = Target::resolve(&home.path().join("config")).unwrap();
        let staged = Staged::fill(&target, NEW, b"new", None).unwrap();
        assert_eq!((names(home.path()), mode(&staged.hidden)), (vec![".config.xcred-new".to_owned()], 0o600));
        assert!(matches!(Staged::fill(&target, NEW, b"new", None), Err(Problem::Save { .. })));
        drop(staged);
        assert_eq!(names(home.path()), [""; 0]);
    }
}
