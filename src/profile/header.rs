//! The headers of new sections.

use super::{Error, FileKind, Heading, SectionName};

/// The header for a section to be added, if it would be read as that section.
pub(super) fn new_header(kind: FileKind, section: &SectionName) -> Result<String, Error> {
    let name = section.name();
    let refused = |reason| Err(Error::Name { name: name.to_owned(), reason });
    if name.is_empty() {
        return refused("it is empty");
    }
    if name.contains(['\n', '\r', '\0', ']']) {
        return refused("no reader would read a newline, a NUL or `]` in it back");
    }
    if name == "DEFAULT" && matches!(section, SectionName::Profile(_)) {
        return refused("every other profile inherits what is in `[DEFAULT]`");
    }
    let header = section.header(kind);
    if Heading::read(kind, &header) == section.heading() {
        Ok(header)
    } else {
        refused("the readers would take the section for something else")
    }
}
