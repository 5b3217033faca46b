//! A section as both files have it, found once.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::{File, FileKind, Files, Heading, SectionName};
use crate::ini::{Cause, Contents, Entry, Section, Value, lowered};
use crate::origin::{Located, Place};

/// A profile, or another section, as both files define it. The credentials file takes precedence, key by key.
#[derive(Clone, Debug)]
pub struct Profile<'f> {
    /// By [`FileKind`].
    parts: [Option<Part<'f>>; 2],
}

/// The effective section of one file.
#[derive(Clone, Debug)]
struct Part<'f> {
    file: File<'f>,
    section: Section<'f>,
    /// Its entries, kept because a caller that asks for one key asks for others, too.
    contents: OnceCell<Contents<'f>>,
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

    /// The profiles of [`Files::profiles`] with their names.
    pub fn listed(&self) -> impl Iterator<Item = (Cow<'_, str>, Profile<'_>)> {
        self.available().filter(|(name, _)| !self.is_other_reading(name))
    }

    /// The profiles of [`Files::available_profiles`] with their names.
    pub fn available(&self) -> impl Iterator<Item = (Cow<'_, str>, Profile<'_>)> {
        let [config, credentials] = self.both();
        self.sections().filter_map(move |(kind, section, heading)| {
            let parts = match kind {
                FileKind::Config => [Some(section), credentials.find(&heading)],
                FileKind::Credentials => [None, Some(section)],
            };
            let Heading::Profile(name) = heading else { return None };
            Some((name, Profile::of([config, credentials], parts)))
        })
    }

    fn find_heading(&self, heading: &Heading<'_>) -> Profile<'_> {
        Profile::of(self.both(), self.both().map(|file| file.find(heading)))
    }
}

/// A value of a profile, as it is in its file.
#[derive(Clone, Debug)]
pub struct Found<'f> {
    file: File<'f>,
    entry: Entry<'f>,
    /// The index of the section that has it, unless that is `[DEFAULT]`. The header is looked up where it is shown: of ten
    /// thousand profiles hardly any value is.
    section: Option<usize>,
}

impl<'f> Found<'f> {
    pub fn place(&self) -> Place {
        self.file.place(&self.entry, &self.header())
    }

    /// Whether the profile has it from `[DEFAULT]`.
    pub fn is_inherited(&self) -> bool {
        self.section.is_none()
    }

    /// The text between the brackets of its section's header.
    fn header(&self) -> Cow<'f, str> {
        let document = self.file.document;
        match self.section {
            Some(section) => document.text_of(&document.section(section)),
            None => Cow::Borrowed("DEFAULT"),
        }
    }

    /// The text; nothing for a nested block.
    pub fn text(&self) -> Option<Cow<'f, str>> {
        self.entry.text()
    }

    /// The line of a setting that is a part of the value, and lost with it, and why.
    pub fn line_of_lost(&self, key: &str) -> Option<(u32, Cause)> {
        let mut lost = self.entry.lost_settings();
        let lost = lost.find(|lost| lost.key.is_some_and(|lost| lost.eq_ignore_ascii_case(key)))?;
        Some((lost.line, lost.cause))
    }

    fn located(&self) -> Located<Value> {
        self.file.located(&self.entry, &self.header())
    }
}

impl<'f> Part<'f> {
    /// The entry for `key`, own or inherited from `[DEFAULT]`.
    #[inline]
    fn find(&self, key: &str) -> Option<Found<'f>> {
        // Most of the keys that are asked for are nowhere in a file, nearly all others not in this section.
        if !self.file.document.marks().may_have(key) {
            return None;
        }
        let contents = self.contents.get_or_init(|| Contents::of(&self.section));
        if contents.marks().may_have(key) { self.find_in(contents, key) } else { None }
    }

    fn find_in(&self, contents: &Contents<'f>, key: &str) -> Option<Found<'f>> {
        let Part { file, section, .. } = self;
        let (entry, section) = match contents.entry(key) {
            Some(entry) => (entry, Some(section.index())),
            None => (file.document.inherited(key)?, None),
        };
        Some(Found { file: *file, entry, section })
    }
}

impl<'f> Profile<'f> {
    fn of([config, credentials]: [File<'f>; 2], sections: [Option<Section<'f>>; 2]) -> Profile<'f> {
        let [in_config, in_credentials] = sections;
        let part = |file, section: Option<_>| {
            section.map(|section| Part { file, section, contents: OnceCell::new() })
        };
        Profile { parts: [part(config, in_config), part(credentials, in_credentials)] }
    }

    /// Whether either file has it.
    pub fn exists(&self) -> bool {
        self.parts.iter().any(Option::is_some)
    }

    /// The headers of the effective sections, the config file's first.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.parts.iter().flatten().map(|part| part.file.header_place(&part.section))
    }

    /// The comments that the config file has among its entries and above them.
    pub fn comments(&self) -> impl Iterator<Item = Cow<'f, str>> {
        let config = self.parts[FileKind::Config as usize].iter();
        config.flat_map(|part| part.section.comments().map(String::from_utf8_lossy))
    }

    /// The lines of these headers, by [`FileKind`].
    pub fn lines(&self) -> [Option<u32>; 2] {
        self.parts.each_ref().map(|part| part.as_ref().map(|part| part.section.line()))
    }

    /// The value of `key`, own or inherited from `[DEFAULT]`.
    pub fn value(&self, key: &str) -> Option<Located<Value>> {
        self.values(key).next()
    }

    /// The values of `key` in both files, the one that takes precedence first.
    pub fn values(&self, key: &str) -> impl Iterator<Item = Located<Value>> {
        self.parts.iter().flatten().rev().filter_map(move |part| Some(part.find(key)?.located()))
    }

    /// The value of `key` in one file.
    pub fn value_in(&self, kind: FileKind, key: &str) -> Option<Located<Value>> {
        self.find_in(kind, key).map(|found| found.located())
    }

    /// The value of `key`, own or inherited from `[DEFAULT]`, unread.
    pub fn find(&self, key: &str) -> Option<Found<'f>> {
        self.parts.iter().flatten().rev().find_map(|part| part.find(key))
    }

    /// The text of `key`; nothing for a nested block.
    pub fn text(&self, key: &str) -> Option<Cow<'f, str>> {
        self.find(key)?.text()
    }

    /// The value of `key` in one file, unread.
    pub fn find_in(&self, kind: FileKind, key: &str) -> Option<Found<'f>> {
        self.parts[kind as usize].as_ref()?.find(key)
    }

    /// Whether it has `key`, own or inherited.
    #[inline]
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Its own entries in both files, by their keys in lower case.
    pub fn entries(&self) -> impl Iterator<Item = (String, Found<'f>)> {
        self.parts.iter().flatten().flat_map(|part| {
            part.section.entries().map(move |entry| {
                let found = Found { file: part.file, entry, section: Some(part.section.index()) };
                (lowered(entry.key()).into_owned(), found)
            })
        })
    }

    /// Its keys in lower case and alphabetical order, inherited ones included.
    pub fn keys(&self) -> BTreeSet<String> {
        self.parts.iter().flatten().flat_map(|part| part.file.keys(&part.section)).collect()
    }
}
