//! Whose a new file is, if root makes it for somebody else.

use std::fs::File;
use std::os::unix::fs::fchown;
use std::path::Path;

use rustix::process::geteuid;

use super::stat::Stat;

/// Gives what root has just made at `path` in another user's folder to that user, who could not use it otherwise. It is done as
/// far as the system lets root do it.
pub fn give_to_owner(path: &Path, made: &File) {
    if !geteuid().is_root() || !Stat::of(made).is_ok_and(|found| found.is_own()) {
        return;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(found) = Stat::at(folder.unwrap_or(Path::new("."))).ok().filter(|found| !found.is_own()) {
        let (owner, group) = found.owners();
        let _ = fchown(made, Some(owner), Some(group));
    }
}
