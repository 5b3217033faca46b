//! A section as both files have it, found once.

use std::collections::BTreeSet;

use super::{File, FileKind, Files, Heading, SectionName};
use crate::ini::{Section, Value};
use crate::origin::{Located, Place};

/// A profile, or another section, as both files define it. The credentials file takes precedence, key by key.
#[derive(Clone, Debug)]
pub struct Profile<'f> {
    parts: [(File<'f>, Option<Section<'f>>); 2],
}

impl Files {
    /// The profile of this name, which need not exist.
    pub fn profile(&self, name: &str) -> Profile<'_> {
        self.find_heading(&Heading::Profile(name.into()))
    }

    /// The section of this name, which need not exist.
    pub fn find(&self, name: &SectionName) -> Profile<'_> {
        self.find_heading(&name.heading())
    }

    fn find_heading(&self, heading: &Heading<'_>) -> Profile<'_> {
        Profile { parts: self.both().map(|file| (file, file.find(heading))) }
    }
}

impl<'f> Profile<'f> {
    /// Whether either file has it.
    pub fn exists(&self) -> bool {
        self.sections().next().is_some()
    }

    /// The effective section of each file that has one, the config file first.
    fn sections(&self) -> impl DoubleEndedIterator<Item = (&File<'f>, &Section<'f>)> {
        self.parts.iter().filter_map(|(file, section)| Some((file, section.as_ref()?)))
    }

    /// The headers of the effective sections.
    pub fn places(&self) -> Vec<Place> {
        self.sections().map(|(file, section)| file.header_place(section)).collect()
    }

    /// The value of `key`, own or inherited from `[DEFAULT]`.
    pub fn value(&self, key: &str) -> Option<Located<Value>> {
        self.values(key).next()
    }

    /// The values of `key` in both files, the one that takes precedence first.
    pub fn values(&self, key: &str) -> impl Iterator<Item = Located<Value>> {
        self.sections().rev().filter_map(move |(file, section)| file.value_in(section, key))
    }

    /// The value of `key` in one file.
    pub fn value_in(&self, kind: FileKind, key: &str) -> Option<Located<Value>> {
        let (file, section) = &self.parts[kind as usize];
        file.value_in(section.as_ref()?, key)
    }

    /// Whether it has `key`, own or inherited.
    pub fn has(&self, key: &str) -> bool {
        self.sections().any(|(file, section)| file.entry(section, key).is_some())
    }

    /// Whether it has `key` in one file.
    pub fn has_in(&self, kind: FileKind, key: &str) -> bool {
        let (file, section) = &self.parts[kind as usize];
        section.as_ref().is_some_and(|section| file.entry(section, key).is_some())
    }

    /// Its keys in lower case and alphabetical order, inherited ones included.
    pub fn keys(&self) -> BTreeSet<String> {
        self.sections().flat_map(|(file, section)| file.keys(section)).collect()
    }
}
