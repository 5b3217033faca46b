//! The record of an edit in place: a file with the old and the new contents, which exists while the edit may be
//! incomplete.
//!
//! It starts with the bytes themselves, so that people can restore them, too: for each file the old ones, then the new
//! ones. Then it has a JSON object that describes the files, the length of that object (16 hexadecimal digits), the
//! SHA-256 of everything before, and a line feed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::folder::{self, folder_of};
use super::problem::Problem;
use super::read::LARGEST;
use super::save::{KEPT, MARK, NEW};
use super::small::read_limited;
use super::system::{self, Inode, Stat, name_from_bytes};
use crate::text::hex;

/// The length of everything after the JSON object.
const TAIL: usize = 16 + 64 + 1;

/// The contents of a file, before and after the edit.
pub(super) struct Content<'a> {
    pub(super) path: &'a Path,
    pub(super) inode: Inode,
    pub(super) old: &'a [u8],
    pub(super) new: &'a [u8],
}

/// The file whose rename commits an edit that also replaces files.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Leader {
    path: Vec<u8>,
    identity: String,
}

#[derive(Serialize, Deserialize)]
struct Trailer {
    files: Vec<Part>,
    leader: Option<Leader>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    path: Vec<u8>,
    inode: Inode,
    old: usize,
    new: usize,
}

impl Leader {
    pub(super) fn new(path: &Path, identity: String) -> Leader {
        Leader { path: path.as_os_str().as_encoded_bytes().to_vec(), identity }
    }

    /// Whether the file was renamed.
    pub(super) fn is_in_place(&self) -> io::Result<bool> {
        match Stat::of_name(Path::new(&name_from_bytes(&self.path))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            found => Ok(found?.identity() == self.identity),
        }
    }
}

/// A record on the disk. Dropping it removes the file.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) path: PathBuf,
    is_there: bool,
}

impl Record {
    /// Writes a record to `path`, and syncs it.
    pub(super) fn write(
        path: &Path,
        contents: &[Content<'_>],
        leader: Option<&Leader>,
    ) -> io::Result<Record> {
        let files = contents.iter().map(|content| Part {
            path: content.path.as_os_str().as_encoded_bytes().to_vec(),
            inode: content.inode,
            old: content.old.len(),
            new: content.new.len(),
        });
        let trailer = serde_json::to_vec(&Trailer { files: files.collect(), leader: leader.cloned() })?;
        let mut pieces: Vec<&[u8]> = contents.iter().flat_map(|content| [content.old, content.new]).collect();
        pieces.push(&trailer);
        let mut digest = Sha256::new();
        for piece in &pieces {
            digest.update(piece);
        }
        let tail = format!("{:016x}{}\n", trailer.len(), hex(&digest.finalize()));
        pieces.push(tail.as_bytes());

        let folder = folder_of(path);
        if let Some(file) = system::nameless(folder) {
            fill(&file, &pieces)?;
            system::give_name(&file, path)?;
        } else {
            let hidden = unfinished(path);
            let _ = fs::remove_file(&hidden);
            let file = system::create_new(&hidden)?;
            fill(&file, &pieces)
                .and_then(|()| fs::rename(&hidden, path))
                .inspect_err(|_| drop(fs::remove_file(&hidden)))?;
        }
        let record = Record { path: path.to_owned(), is_there: true };
        system::sync(&File::open(folder)?)?;
        Ok(record)
    }

    /// Removes the record, which commits the edit.
    pub(super) fn remove(&mut self) -> io::Result<()> {
        folder::remove(&self.path)?;
        self.is_there = false;
        Ok(())
    }

    /// Makes the removal survive a power failure.
    pub(super) fn sync_removal(&self) -> io::Result<()> {
        system::sync(&File::open(folder_of(&self.path))?)
    }

    /// Keeps the record for the next edit.
    pub(super) fn leave(&mut self) {
        self.is_there = false;
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        if self.is_there {
            // If this fails, the next edit removes the record: the files hold their old content.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn fill(mut file: &File, pieces: &[&[u8]]) -> io::Result<()> {
    system::check_size(pieces.iter().map(|piece| piece.len()).sum())?;
    for piece in pieces {
        file.write_all(piece)?;
    }
    // The umask may have removed rights of the owner.
    system::make_private(file)?;
    file.sync_all()
}

/// The name of an incomplete record.
fn unfinished(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let name = name.strip_suffix(KEPT.as_bytes()).unwrap_or(name);
    path.with_file_name(name_from_bytes(&[name, NEW.as_bytes()].concat()))
}

/// The name of the record of `file` in another folder.
pub(super) fn name_elsewhere(file: &Path) -> String {
    let digest = Sha256::digest(file.as_os_str().as_encoded_bytes());
    format!("{}{MARK}{KEPT}", &hex(&digest)[..32])
}

/// The record of a killed process.
pub(super) struct Kept {
    pub(super) path: PathBuf,
    /// The record's own file, which belongs to the user who made the edit.
    pub(super) owner: Stat,
    pub(super) files: Vec<KeptFile>,
    pub(super) leader: Option<Leader>,
    bytes: Zeroizing<Vec<u8>>,
}

pub(super) struct KeptFile {
    pub(super) path: PathBuf,
    pub(super) inode: Inode,
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

impl Kept {
    /// Reads a record. `None` if it no longer exists, or is not a file.
    pub(super) fn load(path: &Path) -> Result<Option<Kept>, Problem> {
        let file = match system::open_record(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let found = Stat::of_name(path).map_err(|error| Problem::reading(path, error))?;
                let (record, user) = (path.to_owned(), found.owner());
                return match error.kind() {
                    _ if !found.is_file() => Ok(None),
                    io::ErrorKind::PermissionDenied if !found.is_own() => {
                        Err(Problem::OthersRecord { record, user })
                    }
                    _ => Err(Problem::reading(path, error)),
                };
            }
        };
        let reading = |error| Problem::reading(path, error);
        let found = Stat::of(&file).map_err(reading)?;
        if !found.is_file() {
            return Ok(None);
        }
        let bytes = read_limited(file, 4 * LARGEST).map_err(reading)?;
        let damaged = || Problem::DamagedRecord { record: path.to_owned() };
        let (files, leader) = parse(&bytes).ok_or_else(damaged)?;
        Ok(Some(Kept { path: path.to_owned(), owner: found, files, leader, bytes }))
    }

    pub(super) fn bytes(&self, range: &Range<usize>) -> &[u8] {
        &self.bytes[range.clone()]
    }

    /// Whether one of its files has this path or this inode.
    pub(super) fn is_about(&self, path: &Path, inode: Option<Inode>) -> bool {
        self.files.iter().any(|file| file.path == path || inode == Some(file.inode))
    }
}

fn parse(bytes: &[u8]) -> Option<(Vec<KeptFile>, Option<Leader>)> {
    let (rest, tail) = bytes.split_at_checked(bytes.len().checked_sub(TAIL)?)?;
    let tail = std::str::from_utf8(tail).ok()?;
    if *tail.get(16..)? != format!("{}\n", hex(&Sha256::digest(rest))) {
        return None;
    }
    let length = usize::from_str_radix(tail.get(..16)?, 16).ok()?;
    let (body, trailer) = rest.split_at_checked(rest.len().checked_sub(length)?)?;
    let Trailer { files, leader } = serde_json::from_slice(trailer).ok()?;
    let mut at = 0_usize;
    let mut kept = Vec::new();
    for Part { path, inode, old, new } in files {
        let middle = at.checked_add(old).filter(|end| *end <= body.len())?;
        let end = middle.checked_add(new).filter(|end| *end <= body.len())?;
        let path = PathBuf::from(name_from_bytes(&path));
        kept.push(KeptFile { path, inode, old: at..middle, new: middle..end });
        at = end;
    }
    (at == body.len() && !kept.is_empty()).then_some((kept, leader))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::{mode, names, put};

    fn written(folder: &Path) -> Record {
        let path = folder.join(".config.xcred-kept");
        let content = |path, old, new| Content { path: Path::new(path), inode: (1, 2), old, new };
        let contents = [content("/a/config", b"old", b"newer"), content("/b/\u{e9}", b"", b"x")];
        Record::write(&path, &contents, Some(&Leader::new(Path::new("/c"), "7-8".to_owned()))).unwrap()
    }

    #[test]
    fn a_record_is_read_back_unchanged_and_is_private() {
        let home = tempfile::tempdir().unwrap();
        let record = written(home.path());
        assert_eq!((names(home.path()), mode(&record.path)), (vec![".config.xcred-kept".to_owned()], 0o600));
        let kept = Kept::load(&record.path).unwrap().unwrap();
        let [first, second] = &kept.files[..] else { panic!("two files") };
        assert_eq!(
            (first.path.as_path(), second.path.as_path()),
            (Path::new("/a/config"), Path::new("/b/\u{e9}"))
        );
        assert_eq!(
            [&first.old, &first.new, &second.old, &second.new].map(|range| kept.bytes(range)),
            [&b"old"[..], b"newer", b"", b"x"]
        );
        assert!(!kept.leader.as_ref().unwrap().is_in_place().unwrap());
        assert!(kept.is_about(Path::new("/a/config"), None) && !kept.is_about(Path::new("/c"), None));
        drop(record);
        assert!(Kept::load(&kept.path).unwrap().is_none() && names(home.path()).is_empty());
    }

    #[test]
    fn an_incomplete_record_is_detected() {
        let home = tempfile::tempdir().unwrap();
        let record = written(home.path());
        let whole = fs::read(&record.path).unwrap();
        assert!(parse(&whole).is_some());
        for length in 0..whole.len() {
            assert!(parse(&whole[..length]).is_none(), "{length}");
            let mut changed = whole.clone();
            changed[length] ^= 1;
            assert!(parse(&changed).is_none(), "{length}");
        }
        put(&record.path, "x");
        assert!(matches!(Kept::load(&record.path), Err(Problem::DamagedRecord { .. })));
    }
}
