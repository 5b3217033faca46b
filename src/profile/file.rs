//! One of the two files: its sections, and where each of them is.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::path::Path;
use std::sync::Arc;

use super::{Error, FileKind, Heading, SectionName};
use crate::ini::{Document, Entry, Fault, FaultKind, Names, Section, Value, lowered};
use crate::origin::{Located, Origin, Place};

/// One of the two files.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// Which one.
    pub kind: FileKind,
    /// Where it is, as the user or the default names it.
    pub path: &'f Arc<Path>,
    /// Its content; empty if the file doesn't exist.
    pub document: &'f Document,
    pub(super) lookup: &'f Lookup,
}

/// Where a file's sections are, by what their headers are read as and by what a person may mean by them.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    read: Index,
    /// What was searched for last, and the section that was found: settings are looked up one by one.
    last: RefCell<Option<(Heading<'static>, Option<usize>)>>,
    pub(super) meant: Index,
    is_usual: OnceCell<bool>,
}

/// An index that is made once, and only for more than a few searches: most commands look for two sections, which is
/// faster without.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    searches: Cell<u32>,
    names: OnceCell<Names>,
}

/// After so many searches an index is made, which costs as much as thirty of them.
const FEW: u32 = 16;

impl Index {
    /// The index, if there were more than a few searches.
    pub(super) fn search(&self, make: impl FnOnce() -> Names) -> Option<&Names> {
        let searches = self.searches.get();
        self.searches.set(searches.saturating_add(1));
        (searches >= FEW).then(|| self.names.get_or_init(make))
    }
}

impl<'f> File<'f> {
    /// Refuses a file that botocore can't read, with its first fault.
    pub fn check(&self) -> Result<(), Error> {
        match self.document.faults().first() {
            None => Ok(()),
            Some(fault) => {
                let place = Place::line(self.path.clone(), fault.line);
                let fix = self.fixes_of_twins().remove(&fault.line);
                Err(Error::Unreadable { place, fault: fault.kind.clone(), fix })
            }
        }
    }

    /// The effective section of this name: of several the last one, which replaces the others.
    pub fn section(&self, name: &SectionName) -> Option<Section<'f>> {
        self.find(&name.heading())
    }

    /// The effective section with this heading.
    pub(super) fn find(&self, heading: &Heading<'_>) -> Option<Section<'f>> {
        let Lookup { read, last, .. } = self.lookup;
        if read.names.get().is_none()
            && let Some((_, found)) = last.borrow().as_ref().filter(|(last, _)| last == heading)
        {
            return found.map(|at| self.document.section(at));
        }
        if read.search(|| self.read_names()).is_some() {
            let mut latest = self.names().latest(heading).map(|at| self.document.section(at as usize));
            return latest.find(|section| self.heading(section) == *heading);
        }
        let found = self.scanned(heading).next_back();
        let searched = heading.clone().into_owned();
        last.replace(Some((searched, found.as_ref().map(Section::index))));
        found
    }

    fn scanned(&self, heading: &Heading<'_>) -> impl DoubleEndedIterator<Item = Section<'f>> {
        // Compare the last byte first: it rules out nearly every header without parsing it. A name ends with the last
        // byte of its header, unless that is a quote or escapes whitespace.
        let last = heading.name().as_bytes().trim_ascii_end().last();
        let candidates = self.document.sections().filter(move |section| {
            let its_last = section.name().trim_ascii_end().last();
            its_last == last || matches!(its_last, Some(b'\'' | b'"' | b'\\'))
        });
        candidates.filter(move |section| self.heading(section) == *heading)
    }

    fn indexed(&self, heading: &Heading<'_>) -> impl DoubleEndedIterator<Item = Section<'f>> {
        let found = self.names().candidates(heading).into_iter().map(|at| self.document.section(at as usize));
        found.filter(move |section| self.heading(section) == *heading)
    }

    fn names(&self) -> &'f Names {
        self.lookup.read.names.get_or_init(|| self.read_names())
    }

    fn read_names(&self) -> Names {
        Names::new((0..).zip(self.headings().map(|(_, heading)| heading)))
    }

    pub(super) fn find_all(&self, heading: &Heading<'_>) -> Vec<Section<'f>> {
        match self.lookup.read.search(|| self.read_names()) {
            Some(_) => self.indexed(heading).collect(),
            None => self.scanned(heading).collect(),
        }
    }

    /// The section that has replaced another one of this name, and the last of those. In the credentials file two are a fault.
    pub fn replaced(&self, name: &SectionName) -> Option<(Section<'f>, Section<'f>)> {
        let mut all = self.repeatable(name)?;
        Some((all.pop()?, all.pop()?))
    }

    /// The effective section of this name, and the last one that it replaces whose header is spelled differently.
    pub(super) fn respelled(&self, name: &SectionName) -> Option<(Section<'f>, Section<'f>)> {
        let mut all = self.repeatable(name)?;
        let effective = all.pop()?;
        let other = all.into_iter().rev().find(|other| other.name() != effective.name())?;
        Some((effective, other))
    }

    /// Every section of this name, in a config file that may have several: nearly every one is known to have none.
    fn repeatable(&self, name: &SectionName) -> Option<Vec<Section<'f>>> {
        (self.kind == FileKind::Config && !self.is_usual()).then(|| self.find_all(&name.heading()))
    }

    /// Every section that no later one replaces, with what its header names.
    pub(super) fn effective(&self) -> impl Iterator<Item = (Section<'f>, Heading<'f>)> {
        let mut replaced: Vec<u32> = self.repeated().into_iter().map(|(_, before)| before).collect();
        replaced.sort_unstable();
        let mut replaced = replaced.into_iter().peekable();
        let all = (0..).zip(self.headings());
        all.filter(move |(at, _)| replaced.next_if_eq(at).is_none()).map(|(_, found)| found)
    }

    /// Each section whose heading an earlier one has, with the nearest of those.
    fn repeated(&self) -> Vec<(u32, u32)> {
        if self.are_distinct() {
            return Vec::new();
        }
        let heading = |at: u32| self.heading(&self.document.section(at as usize));
        self.names().repeated(|one, other| heading(one) == heading(other))
    }

    /// Whether all headings differ because all headers do, and are written as usual: as nearly always, and then no index is
    /// needed to know it.
    fn are_distinct(&self) -> bool {
        let is_repeated = |fault: &Fault| matches!(fault.kind, FaultKind::RepeatedSection { .. });
        !self.document.faults().iter().any(is_repeated) && self.is_usual()
    }

    /// Whether all headers are written as usual.
    pub(super) fn is_usual(&self) -> bool {
        let is_usual = |section: Section<'_>| match self.document.text_of(&section) {
            Cow::Borrowed(header) => Heading::is_usual(self.kind, header),
            // Different bytes may be shown by the same text.
            Cow::Owned(_) => false,
        };
        *self.lookup.is_usual.get_or_init(|| self.document.sections().all(is_usual))
    }

    /// Every section with what its header names.
    pub fn headings(&self) -> impl Iterator<Item = (Section<'f>, Heading<'f>)> + use<'f> {
        let file = *self;
        file.document.sections().map(move |section| {
            let heading = file.heading(&section);
            (section, heading)
        })
    }

    /// The effective sections with what their headers name, in the order in which the file first has them.
    pub(super) fn listed(self) -> impl Iterator<Item = (Section<'f>, Heading<'f>)> {
        let file = self;
        let repeated = file.repeated();
        let is_unique = repeated.is_empty();
        let mut repeated = repeated.into_iter().map(|(at, _)| at).peekable();
        let all = (0..).zip(file.headings());
        let first = all.filter(move |(at, _)| repeated.next_if_eq(at).is_none());
        first.map(move |(_, (section, heading))| {
            let effective = if is_unique { None } else { file.find(&heading) };
            (effective.unwrap_or(section), heading)
        })
    }

    /// What botocore makes of a section's header.
    fn heading(&self, section: &Section<'f>) -> Heading<'f> {
        match self.document.text_of(section) {
            Cow::Borrowed(header) => Heading::read(self.kind, header),
            Cow::Owned(header) => Heading::read(self.kind, &header).into_owned(),
        }
    }

    pub(super) fn located(&self, entry: &Entry<'_>, header: &str) -> Located<Value> {
        Located::new(entry.value(), Origin::File(self.place(entry, header)))
    }

    /// The place of an entry below this header.
    pub(super) fn place(&self, entry: &Entry<'_>, header: &str) -> Place {
        Place {
            path: self.path.clone(),
            line: entry.line(),
            section: Some(header.into()),
            key: Some(lowered(entry.key()).into()),
        }
    }

    /// The keys of a section, inherited ones included, in lower case.
    pub(super) fn keys(&self, section: &Section<'f>) -> impl Iterator<Item = String> + use<'f> {
        let entries = section.entries().chain(self.document.inherited_entries());
        entries.map(|entry| lowered(entry.key()).into_owned())
    }

    pub fn entry_place(&self, section: &Section<'_>, entry: &Entry<'_>) -> Place {
        let key = Some(lowered(entry.key()).into());
        Place { line: entry.line(), key, ..self.header_place(section) }
    }

    pub fn header_place(&self, section: &Section<'_>) -> Place {
        let header = self.document.text_of(section).into();
        Place { path: self.path.clone(), line: section.line(), section: Some(header), key: None }
    }

    /// The names of all sections of the same sort as `name`.
    pub(super) fn siblings(&self, name: &SectionName) -> Vec<Cow<'static, str>> {
        let sibling = |heading| match (heading, name) {
            (Heading::SsoSession(found), SectionName::SsoSession(_))
            | (Heading::Services(found), SectionName::Services(_)) => Some(Cow::Owned(found.into_owned())),
            (Heading::Other(found), SectionName::Other(_)) => Some(Cow::Owned(found.to_owned())),
            _ => None,
        };
        self.headings().filter_map(|(_, heading)| sibling(heading)).collect()
    }
}

#[cfg(test)]
mod tests;
