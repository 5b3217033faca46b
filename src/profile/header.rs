//! The headers of new sections.

use super::naming::NameFault;
use super::{Error, FileKind, SectionName};

/// The header for a section to be added, if it would be read as that section.
pub(super) fn new_header(kind: FileKind, section: &SectionName) -> Result<String, Error> {
    match NameFault::of(section, kind) {
        Some(fault) => Err(Error::Name { section: section.clone(), fault }),
        None => Ok(section.header(kind)),
    }
}
