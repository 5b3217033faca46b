//! Changes to both files that are made together: each file is parsed once before and once after, however many there are.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::header::new_header;
use super::{Error, FileKind, Files, SectionName};
use crate::ini::{Document, Draft, Key, Refusal};
use crate::origin::Place;

/// Drafts of the files. What they refuse is made of none of them.
pub(super) struct Changes<'f> {
    pub(super) files: &'f Files,
    drafts: Vec<Draft<'f>>,
    /// The sections that were added, with their index.
    added: FxHashMap<(FileKind, SectionName), usize>,
}

impl Files {
    /// Makes all changes, or none if one is refused.
    pub(super) fn change<T>(
        &mut self,
        make: impl FnOnce(&mut Changes<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let drafts = self.documents.iter().map(|document| Draft::of(document)).collect();
        let mut changes = Changes { files: self, drafts, added: FxHashMap::default() };
        let outcome = make(&mut changes)?;
        let kinds = FileKind::ALL.into_iter();
        let finished = kinds.zip(changes.drafts).map(|(kind, draft)| {
            if draft.is_empty() {
                return Ok(None);
            }
            draft.finish().map(Some).map_err(|refusal| self.refused(kind, refusal))
        });
        let finished = finished.collect::<Result<Vec<Option<Document>>, Error>>()?;
        for (document, finished) in self.documents.iter_mut().zip(finished) {
            if let Some(finished) = finished {
                *document = Rc::new(finished);
            }
        }
        self.lookups = Default::default();
        Ok(outcome)
    }

    pub(super) fn refused(&self, kind: FileKind, refusal: Refusal) -> Error {
        let path = self.file(kind).path.clone();
        let place = refusal.line().map(|line| Place::line(path, line));
        Error::Refused { refusal, place }
    }

    /// The files that are distinct: one that serves as both is the config file.
    pub(super) fn kinds(&self) -> impl Iterator<Item = FileKind> + use<> {
        FileKind::ALL.into_iter().take(self.documents.len())
    }
}

impl<'f> Changes<'f> {
    /// Makes a change in one file.
    pub(super) fn draft<T>(
        &mut self,
        kind: FileKind,
        change: impl FnOnce(&mut Draft<'f>) -> Result<T, Refusal>,
    ) -> Result<T, Error> {
        let at = (kind as usize).min(self.drafts.len() - 1);
        change(&mut self.drafts[at]).map_err(|refusal| self.files.refused(kind, refusal))
    }

    /// Sets `key` of the section, which is added if the file doesn't have it. Returns the lines of repetitions.
    pub(super) fn set(
        &mut self,
        kind: FileKind,
        section: &SectionName,
        key: Key<'_>,
        value: &str,
        replace: bool,
    ) -> Result<Vec<u32>, Error> {
        let index = match self.index(kind, section) {
            Some(index) => index,
            None => {
                let header = new_header(kind, section)?;
                self.files.refuse_twin(kind, section)?;
                let index = self.draft(kind, |draft| draft.add(&header))?;
                self.added.insert((kind, section.clone()), index);
                index
            }
        };
        self.draft(kind, |draft| draft.set(index, key, value, replace))
    }

    /// Removes `key` from the section if it has it. Returns the lines of repetitions.
    pub(super) fn unset(
        &mut self,
        kind: FileKind,
        section: &SectionName,
        key: Key<'_>,
        replace: bool,
    ) -> Result<Option<Vec<u32>>, Error> {
        let Some(found) = self.files.file(kind).section(section) else { return Ok(None) };
        self.draft(kind, |draft| draft.unset(found.index(), key, replace))
    }

    fn index(&self, kind: FileKind, section: &SectionName) -> Option<usize> {
        let found = self.files.file(kind).section(section).map(|section| section.index());
        found.or_else(|| self.added.get(&(kind, section.clone())).copied())
    }
}
