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
        if let Some(follows) = follows
            && let Some(first) = find(follows, &proper)?
            && is_due(path, &first, &target)?
        {
            fs::rename(path, target)?;
        } else {
            // If it cannot be removed, whoever needs its name will tell.
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// The one of the files that has this identity.
fn find(wanted: &[u8], among: &[PathBuf]) -> io::Result<Option<Metadata>> {
    for path in among {
        if let Some(found) = look_at(path)?
            && identity(&found).as_bytes() == wanted
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether the hidden file may still take the place of `target`: both parts of the edit belong to the same user
/// (in a folder that others can write to, a follower could be planted), and nobody has changed `target` since.
fn is_due(hidden: &Path, first: &Metadata, target: &Path) -> io::Result<bool> {
    let Some(hidden) = look_at(hidden)? else {
        return Ok(false);
    };
    // The time of the last change of the inode: unlike the time of modification, `cp -p` and `touch` can't set it.
    let changed = |found: &Metadata| (found.ctime(), found.ctime_nsec());
    let untouched = look_at(target)?.is_none_or(|found| changed(&found) <= changed(&hidden));
    Ok(hidden.is_file() && hidden.uid() == first.uid() && untouched)
}

/// What stands at the path. A disk that does not say is not one that has nothing there: what is taken for an edit
/// that was not committed is lost.
fn look_at(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
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
