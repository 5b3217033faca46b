//! The names of new sections that not all SDKs accept.

use super::Found;
use crate::finding::Finding;
use crate::ini::dialect::is_identifier;
use crate::origin::Origin;
use crate::profile::{Files, SectionName};
use crate::sdk::refused_mark;
use crate::sync::reduced;

/// That a new section has a name which some SDKs ignore, or because of which they refuse the file.
pub(in crate::cmd) fn odd_name(section: SectionName, files: &Files) -> Option<Finding> {
    if is_identifier(section.name().as_bytes()) {
        return None;
    }
    let other = Some(reduced(section.name())).filter(|other| is_free(other, &section, files));
    // A profile's is renamed by a command, the others' where it is.
    let place = files.find(&section).places().next().filter(|_| section.profile().is_none());
    let found = match refused_mark(section.name()) {
        Some(mark) => Found::RefusedName { section, mark, other },
        None => Found::OddName { section, other },
    };
    Some(Finding::maybe_at(place.map(Origin::File), found))
}

/// Whether nothing has this name. Keys that get the name `default` would be those of every program.
fn is_free(other: &str, section: &SectionName, files: &Files) -> bool {
    let (name, is_default) = (other.to_owned(), other.eq_ignore_ascii_case("default"));
    match section {
        _ if other.is_empty() => false,
        SectionName::Profile(_) => !is_default && !files.profile(other).exists(),
        SectionName::SsoSession(_) => !files.find(&SectionName::SsoSession(name)).exists(),
        _ => !files.find(&SectionName::Services(name)).exists(),
    }
}
