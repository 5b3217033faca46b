//! What a killed process left in a folder, completed or removed.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::Problem;
use super::save::{MARK, NEW, WITH, identity};
use super::target::Target;

/// Settles the folders of `targets`, whose locks are held: nobody is at work on what is found there.
pub(super) fn settle(targets: &[Target]) -> Result<(), Problem> {
    let folders: BTreeSet<&Path> = targets.iter().filter_map(|target| target.folder.as_deref()).collect();
    for folder in folders {
        settle_folder(folder, targets).map_err(|error| Problem::saving(folder, error))?;
    }
    Ok(())
}

fn settle_folder(folder: &Path, targets: &[Target]) -> io::Result<()> {
    let entries: io::Result<Vec<PathBuf>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let (hidden, mut proper): (Vec<_>, Vec<_>) =
        entries?.into_iter().partition(|path| Hidden::parse(path).is_some());
    // The file that another one follows may be in another folder.
    proper.extend(targets.iter().map(|target| target.real.clone()));
    for path in &hidden {
        let Some(Hidden { target, follows }) = Hidden::parse(path) else {
            continue;
        };
        let is_followed = |found: &Metadata| follows.is_some_and(|first| identity(found).as_bytes() == first);
        let first = proper.iter().filter_map(|path| fs::symlink_metadata(path).ok()).find(is_followed);
        if first.is_some_and(|first| is_due(path, &first, &target)) {
            fs::rename(path, target)?;
        } else {
            // If it cannot be removed, whoever needs its name will tell.
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// Whether the hidden file may still take the place of `target`: both parts of the edit belong to the same user
/// (in a folder that others can write to, a follower could be planted), and nobody has changed `target` since.
fn is_due(hidden: &Path, first: &Metadata, target: &Path) -> bool {
    let Ok(hidden) = fs::symlink_metadata(hidden) else {
        return false;
    };
    // The time of the last change of the inode: unlike the time of modification, `cp -p` and `touch` can't set it.
    let changed = |found: &Metadata| (found.ctime(), found.ctime_nsec());
    let untouched = fs::symlink_metadata(target).map_or(true, |found| changed(&found) <= changed(&hidden));
    hidden.is_file() && hidden.uid() == first.uid() && untouched
}

/// The parts of a hidden name.
struct Hidden<'a> {
    /// The file to replace.
    target: PathBuf,
    /// The identity of the file that this one follows, if it does.
    follows: Option<&'a [u8]>,
}

impl Hidden<'_> {
    /// `None` for every name that is not ours.
    fn parse(path: &Path) -> Option<Hidden<'_>> {
        let name = path.file_name()?.as_bytes().strip_prefix(b".")?;
        let mark = name.windows(MARK.len()).rposition(|window| window == MARK.as_bytes())?;
        let role = &name[mark + MARK.len()..];
        let follows = role.strip_prefix(WITH.as_bytes());
        let ours = follows
            .map_or(role == NEW.as_bytes(), |first| first.iter().all(|b| b.is_ascii_digit() || *b == b'-'));
        ours.then(|| Hidden { target: path.with_file_name(OsStr::from_bytes(&name[..mark])), follows })
    }
}
