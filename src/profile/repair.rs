//! Repairs that need no decision, made together as one edit.

use super::{Error, FileKind, Files};
use crate::ini::Key;
use crate::secret::Secret;

/// A change after which every reader reads what was meant. It is about files as they were when it was found.
#[derive(Clone, Debug)]
pub enum Repair {
    /// Another header for the section at this index.
    Header { kind: FileKind, section: usize, header: String },
    /// Another value for a key of the section at this index.
    Value { kind: FileKind, section: usize, key: String, value: Secret },
    /// No byte order mark. Every edit removes it; [`remove_marks`](Files::remove_marks) makes one of its own.
    Mark,
}

impl Files {
    /// Byte order marks are removed from the files that are edited now, also if nothing else changes.
    pub fn remove_marks(&mut self) {
        self.removes_marks = true;
    }

    /// Makes all repairs but those that are refused: a line that can't be edited safely must not keep the others from being
    /// repaired. Returns how many were made, and why the others were not.
    pub fn repair(&mut self, repairs: &[Repair]) -> (usize, Vec<Error>) {
        match (self.repair_all(repairs), repairs.len()) {
            (Ok(()), made) => (made, Vec::new()),
            (Err(refused), 0 | 1) => (0, vec![refused]),
            // The halves, until each one that is refused is alone.
            (Err(_), length) => {
                let (first, second) = repairs.split_at(length / 2);
                let (made, mut refused) = self.repair(first);
                let (more, others) = self.repair(second);
                refused.extend(others);
                (made + more, refused)
            }
        }
    }

    /// Makes all repairs, or none if one is refused.
    fn repair_all(&mut self, repairs: &[Repair]) -> Result<(), Error> {
        self.change(|files| {
            repairs.iter().try_for_each(|repair| match repair {
                Repair::Header { kind, section, header } => {
                    files.draft(*kind, |draft| draft.repair_header(*section, header))
                }
                Repair::Value { kind, section, key, value } => {
                    let set = files
                        .draft(*kind, |draft| draft.set(*section, Key::plain(key), value.expose(), false));
                    set.map(drop)
                }
                Repair::Mark => Ok(()),
            })
        })
    }
}
