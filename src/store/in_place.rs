//! Writes files in place that can't be replaced.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::folder;
use super::problem::Problem;
use super::record::{Content, Leader, Record, name_elsewhere};
use super::save::{KEPT, hidden_path};
use super::system::{self, Stat};
use super::target::Target;
use super::why::Why;

/// A file to be overwritten.
pub(super) struct Overwrite<'a> {
    pub(super) target: &'a Target,
    pub(super) why: Why,
    pub(super) old: &'a [u8],
    pub(super) new: &'a [u8],
}

/// The files of one edit that are overwritten, with the edit's record on the disk. Dropping it removes the record, so the
/// files must hold their old content then.
pub(super) struct InPlace<'a> {
    files: Vec<(Overwrite<'a>, File)>,
    record: Record,
    /// Whether a rename commits the edit, not the removal of the record.
    is_led: bool,
}

impl<'a> InPlace<'a> {
    /// Opens the files and writes the record: beside them if possible, else in the folder `safe`.
    pub(super) fn prepare(
        files: Vec<Overwrite<'a>>,
        leader: Option<&Leader>,
        safe: Option<&Path>,
    ) -> Result<InPlace<'a>, Problem> {
        let mut opened = Vec::with_capacity(files.len());
        let mut contents = Vec::with_capacity(files.len());
        for overwrite in files {
            let failed = |error| Problem::saving(&overwrite.target.named, error);
            let file = system::open_to_overwrite(&overwrite.target.real).map_err(failed)?;
            let inode = Stat::of(&file).map_err(failed)?.inode();
            let Overwrite { target, old, new, .. } = overwrite;
            contents.push(Content { path: &target.real, inode, old, new });
            opened.push((overwrite, file));
        }
        let is_led = leader.is_some();
        let record = record(&opened, &contents, leader, safe)?;
        Ok(InPlace { files: opened, record, is_led })
    }

    /// Overwrites all files, or restores them.
    pub(super) fn write(&mut self) -> Result<(), Problem> {
        for at in 0..self.files.len() {
            let (Overwrite { target, new, .. }, file) = &self.files[at];
            if let Err(error) = overwrite(file, new) {
                let problem = Problem::saving(&target.named, error);
                return self.put_back(at + 1).and(Err(problem));
            }
        }
        Ok(())
    }

    /// Restores all files.
    pub(super) fn take_back(mut self) -> Result<(), Problem> {
        self.put_back(self.files.len())
    }

    /// Keeps the record, so that the next edit decides.
    pub(super) fn leave(mut self) {
        self.record.leave();
    }

    /// Ends the edit after all files were written.
    pub(super) fn finish(mut self) -> Result<(), Problem> {
        match self.record.remove() {
            Ok(()) => {}
            // The record shows that the edit was committed, until another edit is saved. That edit removes the record
            // first.
            Err(_) if self.is_led => {
                self.record.leave();
                return Ok(());
            }
            Err(error) => {
                let problem = Problem::saving(&self.files[0].0.target.named, error);
                return self.put_back(self.files.len()).and(Err(problem));
            }
        }
        self.record.sync_removal().map_err(|source| {
            let folder = folder::folder_of(&self.record.path).to_owned();
            Problem::Unsynced { folder, source }
        })
    }

    fn put_back(&mut self, files: usize) -> Result<(), Problem> {
        for (Overwrite { target, old, .. }, file) in &self.files[..files] {
            if let Err(source) = overwrite(file, old) {
                self.record.leave();
                let (path, record) = (target.named.clone(), self.record.path.clone());
                return Err(Problem::HalfWritten { path, record, source });
            }
        }
        Ok(())
    }
}

/// Whether permissions let the record of an edit of one file be written. Writes nothing.
pub(super) fn check(target: &Target, why: Why, safe: Option<&Path>) -> Result<(), Problem> {
    let beside = system::check_changeable(folder::folder_of(&target.real));
    let can_be_in =
        |folder: &Path| Target::of_name(&folder.join(KEPT)).and_then(|record| record.check_folder());
    let elsewhere = || safe.is_some_and(|folder| can_be_in(folder).is_ok());
    match beside {
        Err(source) if !elsewhere() => Err(Problem::NoCopy { path: target.named.clone(), why, source }),
        _ => Ok(()),
    }
}

/// Writes the record to the first folder where this succeeds.
fn record(
    files: &[(Overwrite<'_>, File)],
    contents: &[Content<'_>],
    leader: Option<&Leader>,
    safe: Option<&Path>,
) -> Result<Record, Problem> {
    let Overwrite { target, why, .. } = files[0].0;
    let beside = hidden_path(&target.real, KEPT);
    let elsewhere: Option<PathBuf> = safe.map(|folder| folder.join(name_elsewhere(&target.real)));
    // Edits of the file under another name, or of only one of the files, should find the record, too.
    let is_local =
        files.iter().all(|(file, _)| file.target.folder == target.folder && file.why != Why::Linked);
    let mut places = vec![(beside, false)];
    places.extend(elsewhere.map(|path| (path, true)));
    if !is_local {
        places.reverse();
    }
    let mut failed = None;
    for (path, is_elsewhere) in places {
        let made = if is_elsewhere { folder::make(folder::folder_of(&path)) } else { Ok(()) };
        match made.and_then(|()| Record::write(&path, contents, leader)) {
            Ok(record) => return Ok(record),
            // The first error is reported: the record should be beside the file.
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    let source = failed.unwrap_or_else(|| io::ErrorKind::NotFound.into());
    Err(Problem::NoCopy { path: target.named.clone(), why, source })
}

/// Overwrites the file with `bytes`, syncs it and reads it back.
///
/// If the file gets shorter, its end is first overwritten with whitespace and then cut off, so that a reader between the
/// two steps gets the same text.
pub(super) fn overwrite(file: &File, bytes: &[u8]) -> io::Result<()> {
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    system::check_size(bytes.len().max(length))?;
    if bytes.len() < length {
        let mut padded = Zeroizing::new(Vec::with_capacity(length));
        padded.extend_from_slice(bytes);
        padded.resize(length, b'\n');
        system::write_at_start(file, &padded)?;
        file.set_len(bytes.len() as u64)?;
    } else {
        system::reserve(file, bytes.len() as u64)?;
        system::write_at_start(file, bytes)?;
    }
    file.sync_all()?;
    let mut found = Zeroizing::new(vec![0; bytes.len()]);
    system::read_from_start(file, &mut found)?;
    if *found != bytes || file.metadata()?.len() != bytes.len() as u64 {
        return Err(io::Error::other("the file doesn't hold what was written"));
    }
    Ok(())
}

/// Whether an interrupted edit from `old` to `new`, or the interrupted restoration of `old`, may have left the content
/// `found`. After a power failure, each block is an old or a new one, and appended blocks may be missing.
pub(super) fn is_between(found: &[u8], old: &[u8], new: &[u8]) -> bool {
    let (shortest, longest) = (old.len().min(new.len()), old.len().max(new.len()));
    let fits = |(at, byte): (usize, &u8)| {
        let one_of_them = old.get(at) == Some(byte) || new.get(at) == Some(byte);
        one_of_them || at >= shortest && matches!(byte, 0 | b'\n')
    };
    (shortest..=longest).contains(&found.len()) && found.iter().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{get, put};

    #[test]
    fn a_file_of_any_length_is_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config");
        put(&path, "old");
        let file = system::open_to_overwrite(&path).unwrap();
        for text in ["", "longer than before", "short", "x", ""] {
            overwrite(&file, text.as_bytes()).unwrap();
            assert_eq!(get(&path), text);
        }
    }

    #[test]
    fn interrupted_edits_are_distinguished_from_changes_of_other_programs() {
        let torn =
            |found: &str, old: &str, new: &str| is_between(found.as_bytes(), old.as_bytes(), new.as_bytes());
        for (found, old, new) in [
            ("abc", "abc", "xyz"),
            ("xyz", "abc", "xyz"),
            ("xbc", "abc", "xyz"),
            ("xy\n\n", "abcd", "xy"),
            ("xycd", "abcd", "xy"),
            ("xy", "abcd", "xy"),
            ("ab\0\0", "ab", "wxyz"),
            ("wxyz", "ab", "wxyz"),
            ("ab\n", "ab", "wxyz"),
            ("", "", "x"),
        ] {
            assert!(torn(found, old, new) && torn(found, new, old), "{found:?}");
        }
        for (found, old, new) in
            [("", "a", "b"), ("aq", "ab", "xy"), ("abx", "ab", "xy"), ("\0b", "ab", "xy"), ("a", "abc", "xy")]
        {
            assert!(!torn(found, old, new), "{found:?}");
        }
    }
}
