//! The headers of new sections.

use super::error::NameFault;
use super::{Error, FileKind, Heading, SectionName};

/// The header for a section to be added, if it would be read as that section.
pub(super) fn new_header(kind: FileKind, section: &SectionName) -> Result<String, Error> {
    let name = section.name();
    let refused = |fault| Err(Error::Name { section: section.clone(), fault });
    if name.is_empty() {
        return refused(NameFault::Empty);
    }
    if let Some(c) = name.chars().find(|c| ['\n', '\r', '\0', ']'].contains(c)) {
        return refused(NameFault::Character(c));
    }
    if name == "DEFAULT" && matches!(section, SectionName::Profile(_)) {
        return refused(NameFault::Inherited);
    }
    let header = section.header(kind);
    if Heading::read(kind, &header) == section.heading() { Ok(header) } else { refused(NameFault::Misread) }
}

/// Whether the config file can have this section: a help need not tell anybody to make another one.
pub fn is_possible(section: &SectionName) -> bool {
    new_header(FileKind::Config, section).is_ok()
}
