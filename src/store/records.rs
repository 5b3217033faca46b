//! Completes or undoes edits in place that were killed.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::folder::{self, folder_of};
use super::in_place::{is_between, overwrite};
use super::lock::Lock;
use super::problem::Problem;
use super::record::{Kept, KeptFile, Leader};
use super::settled::{End, note};
use super::system::{self, Stat};
use super::target::Target;

/// Settles the edits of the records that `applies` accepts.
pub(super) fn restore<'a>(
    records: impl Iterator<Item = &'a PathBuf>,
    targets: &[Target],
    lock: &mut Lock,
    applies: impl Fn(&Kept) -> bool,
) -> Result<(), Problem> {
    for path in records {
        // A record that can't be read may be about the targets. An edit would then keep a mixture of old and new content.
        if let Some(kept) = Kept::load(path)?.filter(&applies) {
            restore_one(&kept, targets, lock)?;
        }
    }
    Ok(())
}

/// Whether the record is about one of the targets.
pub(super) fn is_about(kept: &Kept, targets: &[Target]) -> bool {
    let inode = |target: &Target| Stat::at(&target.real).ok().map(|found| found.inode());
    targets.iter().any(|target| kept.is_about(&target.real, inode(target)))
}

fn restore_one(kept: &Kept, targets: &[Target], lock: &mut Lock) -> Result<(), Problem> {
    let record = || kept.path.clone();
    let reading = |error| Problem::reading(&kept.path, error);
    // Otherwise anybody who can write to the folder could change any file. The owner of a file can change it anyway.
    let is_theirs = |file: &KeptFile| {
        let is_owner = Stat::at(&file.path).is_ok_and(|found| found.owner() == kept.owner.owner());
        is_owner && targets.iter().any(|target| target.real == file.path)
    };
    if !kept.owner.is_own() && !kept.files.iter().all(is_theirs) {
        return Err(Problem::OthersRecord { record: record(), user: kept.owner.owner() });
    }
    let mut is_committed = kept.leader.as_ref().map_or(Ok(false), Leader::is_in_place).map_err(reading)?;
    if !is_committed {
        let mut changed: Vec<Changed<'_>> = Vec::new();
        let mut is_whole = kept.leader.is_none();
        for file in &kept.files {
            match look_at(kept, file, lock)? {
                Found::Missing => {}
                Found::Old => is_whole = false,
                Found::Changed(found) => {
                    is_whole &= found.is_new;
                    changed.push(found);
                }
            }
        }
        // The new content may be nowhere else, and readers have seen it.
        is_committed = is_whole && !changed.is_empty();
        for Changed { file, open, .. } in changed {
            if is_committed {
                open.sync_all().map_err(|error| Problem::saving(&file.path, error))?;
                continue;
            }
            let put_back = overwrite(&open, kept.bytes(&file.old));
            put_back.map_err(|source| Problem::HalfWritten {
                path: file.path.clone(),
                record: record(),
                source,
            })?;
        }
    }
    let removed = folder::remove(&kept.path).and_then(|()| system::sync(&File::open(folder_of(&kept.path))?));
    removed.map_err(|error| Problem::saving(&kept.path, error))?;
    let end = if is_committed { End::Completed } else { End::Undone };
    if targets.iter().any(|target| !target.is_private) {
        kept.files.iter().for_each(|file| note(file.path.clone(), end));
    }
    Ok(())
}

/// A file that the edit has changed.
struct Changed<'k> {
    file: &'k KeptFile,
    open: File,
    /// Whether it has its new content, and not a mixture.
    is_new: bool,
}

/// What is left of a file.
enum Found<'k> {
    Missing,
    Old,
    Changed(Changed<'k>),
}

/// Opens a file, and compares it. It is an error if another program has changed it since.
fn look_at<'k>(kept: &Kept, file: &'k KeptFile, lock: &mut Lock) -> Result<Found<'k>, Problem> {
    let path = &file.path;
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) => return Err(Problem::reading(path, error)),
        Ok(_) => lock.add_files(std::iter::once(path.as_path()))?,
    }
    let saving = |error| Problem::saving(path, error);
    let mut open = system::open_to_overwrite(path).map_err(saving)?;
    let mut found = Zeroizing::new(Vec::new());
    open.read_to_end(&mut found)
        .and_then(|_| open.rewind())
        .map_err(|error| Problem::reading(path, error))?;
    let (old, new) = (kept.bytes(&file.old), kept.bytes(&file.new));
    if *found == old {
        return Ok(Found::Old);
    }
    if !is_between(&found, old, new) {
        let (offset, length) = (file.old.start as u64, file.old.len() as u64);
        let (path, record) = (path.clone(), kept.path.clone());
        return Err(Problem::Interrupted { path, record, offset, length });
    }
    Ok(Found::Changed(Changed { file, open, is_new: *found == new }))
}
