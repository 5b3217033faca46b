//! What an edit meets that is not what it seems to be: settings below a key that has a plain value, values that come from
//! elsewhere, sections that are in the file and aren't read.

use super::{Error, FileKind, Files, KeyPath, SectionName};
use crate::ini::{Refusal, Value};
use crate::origin::{Origin, Place};

impl Files {
    /// Refuses to remove a key that is never a nested block with the settings that are indented below it.
    pub(super) fn refuse_block(&self, kind: FileKind, section: &SectionName, key: &str) -> Result<(), Error> {
        let sections = self.file(kind).find_all(&section.heading());
        let mut found = sections.iter().filter_map(|section| section.entry(key));
        let in_the_way = found.find_map(|entry| match entry.value() {
            Value::Block(lines) if !lines.is_empty() => Some((entry.line(), lines.len())),
            _ => None,
        });
        match in_the_way {
            Some((line, count)) => {
                Err(self.refused(kind, Refusal::BlockInTheWay { key: key.to_owned(), line, count }))
            }
            None => Ok(()),
        }
    }

    /// A header of one of the files that seems to mean `section`, and isn't read as it.
    pub fn twin(&self, section: &SectionName) -> Option<Place> {
        self.lookalikes(section).into_iter().next().map(|lookalike| lookalike.place)
    }

    /// Where another header of the profile is, if the config file has several that are spelled differently.
    pub fn respelled(&self, name: &str) -> Option<Place> {
        let config = self.file(FileKind::Config);
        let (_, other) = config.respelled(&SectionName::Profile(name.to_owned()))?;
        Some(config.header_place(&other))
    }

    /// Refuses to give one new header to several that are spelled differently.
    pub(super) fn refuse_respelled(&self, kind: FileKind, name: &str) -> Result<(), Error> {
        let file = self.file(kind);
        match file.respelled(&SectionName::Profile(name.to_owned())) {
            Some((last, other)) => {
                let (first, place) = (other.line(), file.header_place(&last));
                Err(Error::Respelled { name: name.to_owned(), first, place })
            }
            None => Ok(()),
        }
    }

    /// Refuses a section that seems to be in the file already.
    pub(super) fn refuse_twin(&self, kind: FileKind, section: &SectionName) -> Result<(), Error> {
        let found = self.file(kind).lookalikes(section).into_iter();
        match found.filter(|found| !found.is_name()).find(|found| !self.is_its_own(found)) {
            Some(lookalike) => Err(Error::Lookalike { what: section.to_string(), lookalike }),
            None => Ok(()),
        }
    }

    /// Where `[DEFAULT]` gives `section` a value for `key`.
    pub fn inherited(&self, section: &SectionName, key: &KeyPath) -> Option<Place> {
        self.find(section).values(&key.name).find_map(|found| match found.origin {
            Origin::File(place) if place.section.as_deref() == Some("DEFAULT") => {
                let has = key.nested.as_ref().is_none_or(|nested| found.value.nested(nested).is_some());
                has.then_some(place)
            }
            _ => None,
        })
    }
}
