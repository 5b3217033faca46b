//! A file before and after an edit.

use std::rc::Rc;
use std::sync::Arc;

use super::file::Lookup;
use super::{Error, File, FileKind};
use crate::ini::{BYTE_ORDER_MARK, Document, Encoding, Fault};
use crate::origin::Place;

/// A file that an edit concerned.
pub struct Edited {
    pub path: Arc<std::path::Path>,
    pub(super) kind: FileKind,
    /// Its content before.
    pub before: Rc<Document>,
    /// Its content now.
    pub after: Rc<Document>,
}

impl Edited {
    pub(super) fn is_changed(&self) -> bool {
        !Rc::ptr_eq(&self.before, &self.after)
    }

    /// Whether the edit removed a byte order mark.
    pub fn drops_mark(&self) -> bool {
        self.before.bytes().starts_with(BYTE_ORDER_MARK) && !self.after.bytes().starts_with(BYTE_ORDER_MARK)
    }

    /// The first fault that makes it unreadable now, with what to do about it where that depends on other lines.
    pub fn fault(&self) -> Option<(&Fault, Option<String>)> {
        let fault = self.after.faults().first()?;
        let (path, document) = (&self.path, &*self.after);
        let file = File { kind: self.kind, path, document, lookup: &Lookup::default() };
        Some((fault, file.fixes_of_twins().remove(&fault.line)))
    }
}

/// The text behind byte order marks, if there are any: a reader takes them for a part of the first line.
pub(super) fn editable<'b>(path: &Arc<std::path::Path>, bytes: &'b [u8]) -> Result<Option<&'b [u8]>, Error> {
    if let Some(encoding) = Encoding::of(bytes) {
        let place = Place::line(path.clone(), encoding.line());
        return Err(Error::Encoding { place, encoding });
    }
    let mut text = bytes;
    while let Some(rest) = text.strip_prefix(BYTE_ORDER_MARK) {
        text = rest;
    }
    Ok((text.len() < bytes.len()).then_some(text))
}

pub(super) fn only_changed(edited: Vec<Edited>) -> Vec<Edited> {
    edited.into_iter().filter(Edited::is_changed).collect()
}
