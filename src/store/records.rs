//! What killed edits in place left, put back as it was before them.

use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::folder::{self, folder_of};
use super::in_place::{is_between, overwrite};
use super::lock::Lock;
use super::problem::Problem;
use super::record::{Kept, KeptFile, Leader};
use super::system::{self, Stat};
use super::target::Target;

/// Restores what the records say. They are in a folder of the targets.
pub(super) fn restore<'a>(
    records: impl Iterator<Item = &'a PathBuf>,
    targets: &[Target],
    lock: &mut Lock,
) -> Result<(), Problem> {
    for path in records {
        if let Some(kept) = Kept::load(path)? {
            restore_one(&kept, targets, lock)?;
        }
    }
    Ok(())
}

/// Restores what those of the records say that are about the targets. They are in a folder of the user's for all
/// edits in place.
pub(super) fn restore_about<'a>(
    records: impl Iterator<Item = &'a PathBuf>,
    targets: &[Target],
    lock: &mut Lock,
) -> Result<(), Problem> {
    for path in records {
        // What can't be read may be about the targets: to edit what is half written would make it final.
        let Some(kept) = Kept::load(path)? else { continue };
        let is_about = |target: &Target| {
            kept.is_about(&target.real, Stat::at(&target.real).ok().map(|found| found.inode()))
        };
        if targets.iter().any(is_about) {
            restore_one(&kept, targets, lock)?;
        }
    }
    Ok(())
}

fn restore_one(kept: &Kept, targets: &[Target], lock: &mut Lock) -> Result<(), Problem> {
    let record = || kept.path.clone();
    let reading = |error| Problem::reading(&kept.path, error);
    // Else anybody who can write to the folder could have any file changed. A file's own owner can do that anyway.
    let is_theirs = |file: &KeptFile| {
        let is_owner = Stat::at(&file.path).is_ok_and(|found| found.owner() == kept.owner.owner());
        is_owner && targets.iter().any(|target| target.real == file.path)
    };
    if !kept.owner.is_own() && !kept.files.iter().all(is_theirs) {
        return Err(Problem::OthersRecord { record: record(), user: kept.owner.owner() });
    }
    let is_committed = kept.leader.as_ref().map_or(Ok(false), Leader::is_in_place).map_err(reading)?;
    if !is_committed {
        let mut torn: Vec<(&KeptFile, File)> = Vec::new();
        for file in &kept.files {
            torn.extend(look_at(kept, file, lock)?.map(|open| (file, open)));
        }
        for (file, open) in torn {
            let put_back = overwrite(&open, kept.bytes(&file.old));
            put_back.map_err(|source| Problem::HalfWritten {
                path: file.path.clone(),
                record: record(),
                source,
            })?;
        }
    }
    let removed = folder::remove(&kept.path).and_then(|()| system::sync(&File::open(folder_of(&kept.path))?));
    removed.map_err(|error| Problem::saving(&kept.path, error))
}

/// The file, if it has to be put back. An error where it was changed since.
fn look_at(kept: &Kept, file: &KeptFile, lock: &mut Lock) -> Result<Option<File>, Problem> {
    let path = &file.path;
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
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
        return Ok(None);
    }
    if !is_between(&found, old, new) {
        let (offset, length) = (file.old.start as u64, file.old.len() as u64);
        let (path, record) = (path.clone(), kept.path.clone());
        return Err(Problem::Interrupted { path, record, offset, length });
    }
    Ok(Some(open))
}
