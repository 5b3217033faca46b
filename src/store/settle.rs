//! Completes or removes what a killed process left in a folder.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
use std::path::{Path, PathBuf};

use super::lock::Lock;
use super::problem::Problem;
use super::record::Kept;
use super::records;
use super::save::{KEPT, MARK, NEW, WITH};
use super::settled::{End, note};
use super::system::{NO_BIRTH, Stat, entries, is_own, name_from_bytes};
use super::target::Target;

/// Settles the folders of `targets`. Their locks are held, so no other process is working there. Records of edits in place
/// may also be in the folder `safe`.
pub(super) fn settle(targets: &[Target], lock: &mut Lock, safe: Option<&Path>) -> Result<(), Problem> {
    let folders: BTreeSet<&Path> = targets.iter().filter_map(|target| target.folder.as_deref()).collect();
    let mut listed = Vec::new();
    for folder in folders {
        if !lock.has_folder(folder) {
            continue;
        }
        let entries = entries(folder).map_err(|error| Problem::saving(folder, error))?;
        records::restore(entries.iter().filter(|path| is_record(path)), targets, lock, |_| true)?;
        listed.push((folder, entries));
    }
    if let Some(safe) = safe {
        let entries = match entries(safe) {
            Err(error) if matches!(error.kind(), NotFound | NotADirectory) => Vec::new(),
            // It can't contain a record of this user.
            Err(error) if error.kind() == PermissionDenied && !is_own(safe) => Vec::new(),
            Err(error) => return Err(Problem::reading(safe, error)),
            Ok(entries) => entries,
        };
        // This folder also has the records of other edits.
        let is_about = |kept: &Kept| records::is_about(kept, targets);
        records::restore(entries.iter().filter(|path| is_record(path)), targets, lock, is_about)?;
    }
    let leaders = listed.iter().flat_map(|(_, entries)| entries).filter(|path| leads(path));
    // Before the first of them is removed.
    let unsaved: Vec<Stat> = leaders.filter_map(|path| Stat::of_name(path).ok()).collect();
    for (folder, entries) in listed {
        settle_folder(entries, targets, &unsaved).map_err(|error| Problem::saving(folder, error))?;
    }
    Ok(())
}

pub(super) fn is_record(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.as_encoded_bytes();
        name.strip_suffix(KEPT.as_bytes()).is_some_and(|name| name.ends_with(MARK.as_bytes()))
    })
}

/// Whether others may follow this hidden file, which was not renamed.
fn leads(path: &Path) -> bool {
    Hidden::parse(path).is_some_and(|hidden| hidden.follows.is_none())
}

/// Settles what is in a folder. `unsaved` are the files that others follow and that were not renamed.
fn settle_folder(entries: Vec<PathBuf>, targets: &[Target], unsaved: &[Stat]) -> io::Result<()> {
    let (hidden, mut proper): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|path| Hidden::parse(path).is_some());
    // The file that another one follows may be in another folder.
    proper.extend(targets.iter().map(|target| target.real.clone()));
    for path in &hidden {
        let Some(Hidden { target, follows }) = Hidden::parse(path) else {
            continue;
        };
        let first = follows.map(|follows| find(follows, &proper)).transpose()?.flatten();
        let is_unsaved = |first: &[u8]| unsaved.iter().any(|found| found.identity().as_bytes() == first);
        let end = match first {
            Some(first) if is_due(path, &first, &target)? => End::Completed,
            None if follows.is_none_or(is_unsaved) => End::Undone,
            // The first file may have been saved, and replaced by another program.
            _ => End::Dropped,
        };
        if end == End::Completed {
            fs::rename(path, &target)?;
        } else if let Err(error) = fs::remove_file(path) {
            // Where files have no time of birth, the next one to be saved may get the inode of the first file, and would be
            // taken for it.
            if follows.is_some_and(|first| first.ends_with(NO_BIRTH)) {
                return Err(error);
            }
            // The edit that needs the name reports it.
            continue;
        }
        if targets.iter().any(|target| !target.is_private) {
            note(target, end);
        }
    }
    Ok(())
}

/// The file with this identity.
fn find(wanted: &[u8], among: &[PathBuf]) -> io::Result<Option<Stat>> {
    for path in among {
        if let Some(found) = look_at(path)?
            && found.identity().as_bytes() == wanted
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Whether the hidden file may still take the place of `target`: both parts of the edit belong to the same user
/// (in a folder that others can write to, a follower could be planted), and nobody has changed `target` since.
fn is_due(hidden: &Path, first: &Stat, target: &Path) -> io::Result<bool> {
    let Some(hidden) = look_at(hidden)? else {
        return Ok(false);
    };
    let untouched = look_at(target)?.is_none_or(|found| found.changed() <= hidden.changed());
    Ok(hidden.is_file() && hidden.owner() == first.owner() && untouched)
}

/// Looks at a path. A disk error must not be taken for a missing file: the edit would seem uncommitted and be lost.
fn look_at(path: &Path) -> io::Result<Option<Stat>> {
    match Stat::of_name(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

/// A parsed hidden name.
pub(super) struct Hidden<'a> {
    /// The file to replace.
    pub(super) target: PathBuf,
    /// The identity of the file that this one follows.
    follows: Option<&'a [u8]>,
}

impl Hidden<'_> {
    /// `None` if xcred doesn't use such a name.
    pub(super) fn parse(path: &Path) -> Option<Hidden<'_>> {
        let name = path.file_name()?.as_encoded_bytes().strip_prefix(b".")?;
        let mark = name.windows(MARK.len()).rposition(|window| window == MARK.as_bytes())?;
        let role = &name[mark + MARK.len()..];
        let follows = role.strip_prefix(WITH.as_bytes());
        let ours = follows
            .map_or(role == NEW.as_bytes(), |first| first.iter().all(|b| b.is_ascii_digit() || *b == b'-'));
        ours.then(|| Hidden { target: path.with_file_name(name_from_bytes(&name[..mark])), follows })
    }
}
