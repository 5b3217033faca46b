//! What this process settled of interrupted edits, for the command to report.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::origin::shown;

static ALL: Mutex<Vec<Settled>> = Mutex::new(Vec::new());

/// Files with interrupted edits that this process found, and how the edits ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub paths: Vec<PathBuf>,
    pub end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The file has its new contents.
    Completed,
    /// The file has its old contents.
    Undone,
    /// Other files of the edit had their new contents. They or this one were changed by another program.
    Dropped,
}

pub(super) fn note(path: PathBuf, end: End) {
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    match all.iter_mut().find(|settled| settled.end == end) {
        Some(settled) if settled.paths.contains(&path) => {}
        Some(settled) => settled.paths.push(path),
        None => all.push(Settled { paths: vec![path], end }),
    }
}

/// The interrupted edits of the user's files that this process has completed, undone or dropped so far: one element for each
/// end.
pub fn settled() -> Vec<Settled> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

impl fmt::Display for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paths: Vec<String> = self.paths.iter().map(|path| format!("`{}`", shown(path))).collect();
        write!(f, "an edit of {} was interrupted, and ", paths.join(" and "))?;
        f.write_str(match self.end {
            End::Completed => "is completed now",
            End::Undone => "is undone now",
            End::Dropped => "another program has changed its files since: this part of the edit is dropped",
        })
    }
}
