//! What a section can be called.

use std::fmt;

use super::{FileKind, Heading, SectionName};

/// Why a section can't have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    Empty,
    /// A character that no reader would read back.
    Character(char),
    /// The name of the section from which all others inherit.
    Inherited,
    /// The readers would take the section for another one.
    Misread,
}

impl NameFault {
    /// What is wrong with the name of a section in a file.
    pub(super) fn of(section: &SectionName, kind: FileKind) -> Option<NameFault> {
        let name = section.name();
        if name.is_empty() {
            return Some(NameFault::Empty);
        }
        if let Some(c) = name.chars().find(|c| ['\n', '\r', '\0', ']'].contains(c)) {
            return Some(NameFault::Character(c));
        }
        if name == "DEFAULT" && matches!(section, SectionName::Profile(_)) {
            return Some(NameFault::Inherited);
        }
        let is_read = Heading::read(kind, &section.header(kind)) == section.heading();
        (!is_read).then_some(NameFault::Misread)
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameFault::Empty => f.write_str("it is empty"),
            NameFault::Character('\n' | '\r') => f.write_str("a name can't contain a newline"),
            NameFault::Character('\0') => f.write_str("a name can't contain a NUL"),
            NameFault::Character(c) => write!(f, "a name can't contain `{c}`"),
            NameFault::Inherited => f.write_str("every other profile inherits what is in `[DEFAULT]`"),
            NameFault::Misread => f.write_str("the readers would take the section for something else"),
        }
    }
}
