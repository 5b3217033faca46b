//! The two files, loaded together.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::hash::BuildHasher as _;
use std::path::Path;
use std::sync::Arc;

use hashbrown::hash_table::{self, HashTable};
use rustc_hash::FxBuildHasher;

use super::{Error, FileKind, Heading, SectionName};
use crate::ini::{Bytes, Document, Entry, Section, Value, lowered};
use crate::origin::{Located, Origin, Place};
use crate::store;
use crate::world::{NoHome, World};

/// The config and the credentials file. One path may serve as both: then there is one document.
#[derive(Debug)]
pub struct Files {
    pub(super) paths: [Arc<Path>; 2],
    pub(super) documents: Vec<Document>,
}

/// The two files as far as they can be read. Whoever wants them has to say what is to become of what can't be: it counts
/// as empty, and an empty file leads to another identity than the one that was set up.
#[must_use]
pub struct Reading {
    files: Files,
    problems: Vec<Error>,
}

impl Reading {
    /// Both files, or why one of them can't be read. A file that is not there is empty.
    pub fn whole(mut self) -> Result<Files, Error> {
        if self.problems.is_empty() { Ok(self.files) } else { Err(self.problems.swap_remove(0)) }
    }

    /// What can be read, and what can't: for those who say so.
    pub fn in_part(self) -> (Files, Vec<Error>) {
        (self.files, self.problems)
    }
}

/// One of the two files.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// Which one.
    pub kind: FileKind,
    /// Where it is, as the user or the default names it.
    pub path: &'f Arc<Path>,
    /// What is in it; a file that is not there is empty.
    pub document: &'f Document,
}

impl Files {
    /// Where the files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or the defaults in `~/.aws`.
    pub(super) fn paths(world: &World) -> [Result<Arc<Path>, NoHome>; 2] {
        let path = |variable: &str, default: &str| {
            world.expand(world.path(variable).unwrap_or(OsStr::new(default))).map(Arc::from)
        };
        [path("AWS_CONFIG_FILE", "~/.aws/config"), path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")]
    }

    /// Reads both files. A file that is not there is empty; nothing is created.
    pub fn load(world: &World) -> Result<Files, Error> {
        Files::read(world).whole()
    }

    /// Reads both files as an edit sees them: without byte order marks, which the edit removes.
    ///
    /// # Errors
    /// Also [`Error::Encoding`], for a file that no edit can be made in.
    pub fn load_for_edit(world: &World) -> Result<Files, Error> {
        let mut files = Files::load(world)?;
        for (path, document) in files.paths.iter().zip(&mut files.documents) {
            if let Some(editable) = super::edited::editable(path, document.bytes())? {
                *document = Document::parse(editable.to_vec());
            }
        }
        Ok(files)
    }

    /// Reads both files, as far as they can be read. One in a home that there isn't is not there, as in botocore.
    pub fn read(world: &World) -> Reading {
        let paths = Files::paths(world);
        let mut problems = Vec::new();
        let mut read = |path: &Result<Arc<Path>, NoHome>| {
            let Ok(path) = path else { return Document::default() };
            let found = store::open(path, |file, size| Bytes::read(file, size).map(Document::parse));
            let found = found.unwrap_or_else(|problem| {
                problems.push(Error::from(problem));
                None
            });
            found.unwrap_or_default()
        };
        let mut documents = vec![read(&paths[0])];
        if paths[0] != paths[1] {
            documents.push(read(&paths[1]));
        }
        Reading { files: Files { paths: paths.map(as_shown), documents }, problems }
    }

    /// One of the files.
    pub fn file(&self, kind: FileKind) -> File<'_> {
        let at = kind as usize;
        File { kind, path: &self.paths[at], document: &self.documents[at.min(self.documents.len() - 1)] }
    }

    /// Both files, the config file first.
    pub fn both(&self) -> [File<'_>; 2] {
        [self.file(FileKind::Config), self.file(FileKind::Credentials)]
    }

    /// Refuses files that botocore can't read, as botocore would.
    pub fn check(&self) -> Result<(), Error> {
        self.both().iter().try_for_each(File::check)
    }

    /// The names of all profiles: the config file's in file order, then those that only the credentials file has.
    ///
    /// # Panics
    /// If there are 2³² of them, for which no file is large enough.
    pub fn profiles(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let [config, credentials] = self.both();
        let [in_config, in_credentials] = [config, credentials].map(|file| file.document.sections().len());
        let name = move |at: usize| {
            let heading =
                if at < in_config { config.heading(at) } else { credentials.heading(at - in_config) };
            if let Heading::Profile(name) = heading { Some(name) } else { None }
        };
        let hash = |name: &str| FxBuildHasher.hash_one(name);
        // A table of indices: a set of names would take five times the memory, and all of it would be touched.
        let mut seen: HashTable<u32> = HashTable::with_capacity(in_config + in_credentials);
        (0..in_config + in_credentials).filter_map(move |at| {
            let new = name(at)?;
            let same = |other: &u32| name(*other as usize).as_ref() == Some(&new);
            let hash_of = |other: &u32| name(*other as usize).map_or(0, |name| hash(&name));
            match seen.entry(hash(&new), same, hash_of) {
                hash_table::Entry::Occupied(_) => None,
                hash_table::Entry::Vacant(place) => {
                    place.insert(u32::try_from(at).expect("fewer profiles than bytes"));
                    Some(new)
                }
            }
        })
    }

    /// Where sections for `name` stand: the effective one of each file.
    pub fn places(&self, name: &SectionName) -> Vec<Place> {
        self.both().iter().filter_map(|file| Some(file.header_place(&file.section(name)?))).collect()
    }

    /// Refuses a section that neither file has; `origin` tells who asked for it.
    pub fn require(&self, name: &SectionName, origin: &Origin) -> Result<(), Error> {
        if self.both().iter().any(|file| file.section(name).is_some()) {
            return Ok(());
        }
        if let (SectionName::Profile(profile), Origin::Environment { variable }) = (name, origin)
            && profile.is_empty()
        {
            return Err(Error::Blank { variable: variable.clone() });
        }
        let candidates: Vec<Cow<'_, str>> = match name {
            SectionName::Profile(_) => self.profiles().collect(),
            other => self.file(FileKind::Config).siblings(other),
        };
        let nearest = crate::failure::nearest(name.name(), candidates).map(Cow::into_owned);
        let lookalikes = self.lookalikes(name);
        Err(Error::NotFound { what: name.to_string(), origin: origin.clone(), nearest, lookalikes })
    }

    /// The value of `key` in the section that `name` stands for; the credentials file wins.
    pub fn value(&self, name: &SectionName, key: &str) -> Option<Located<Value>> {
        self.values_of(name, key).into_iter().next()
    }

    /// The values of `key` in both files, the winner first.
    pub fn values_of(&self, name: &SectionName, key: &str) -> Vec<Located<Value>> {
        self.both().iter().rev().filter_map(|file| file.value(name, key)).collect()
    }

    /// The keys of the section that `name` stands for, in both files, in lower case and in order of the alphabet.
    pub fn keys(&self, name: &SectionName) -> BTreeSet<String> {
        self.both().iter().flat_map(|file| file.keys(name)).collect()
    }
}

/// A path as it is shown, whether it leads anywhere or not.
pub(super) fn as_shown(path: Result<Arc<Path>, NoHome>) -> Arc<Path> {
    path.unwrap_or_else(|no_home| Arc::from(no_home.path))
}

impl<'f> File<'f> {
    /// Refuses a file that botocore can't read, with its first fault.
    pub fn check(&self) -> Result<(), Error> {
        match self.document.faults().first() {
            None => Ok(()),
            Some(fault) => {
                let place = Place { path: self.path.clone(), line: fault.line, section: None, key: None };
                Err(Error::Unreadable { place, fault: fault.kind.clone() })
            }
        }
    }

    /// The section that `name` stands for: of several the last, which replaces the others.
    pub fn section(&self, name: &SectionName) -> Option<Section<'f>> {
        self.sections(name).next_back()
    }

    /// All sections whose header names `name`.
    pub fn sections(&self, name: &SectionName) -> impl DoubleEndedIterator<Item = Section<'f>> {
        // Of the headers of large files nearly all are known by one byte not to be it: a name ends with the last byte of
        // its header, unless that is a quote, or escapes white space.
        let last = name.name().as_bytes().trim_ascii_end().last();
        let candidates = self.document.sections().filter(move |section| {
            let its_last = section.name().trim_ascii_end().last();
            its_last == last || matches!(its_last, Some(b'\'' | b'"' | b'\\'))
        });
        let File { kind, document, .. } = *self;
        candidates.filter(move |section| Heading::read(kind, &document.text_of(section)).names(name))
    }

    /// Every section with what its header stands for.
    pub fn headings(&self) -> impl Iterator<Item = (Section<'f>, Heading<'f>)> {
        let file = *self;
        file.document.sections().map(move |section| (section.clone(), file.heading(section.index())))
    }

    /// What botocore makes of the header of the section at `index`.
    fn heading(&self, index: usize) -> Heading<'f> {
        let document = self.document;
        match document.text_of(&document.section(index)) {
            Cow::Borrowed(header) => Heading::read(self.kind, header),
            Cow::Owned(header) => Heading::read(self.kind, &header).into_owned(),
        }
    }

    /// The value of `key`, own or inherited from `[DEFAULT]`.
    pub fn value(&self, name: &SectionName, key: &str) -> Option<Located<Value>> {
        let section = self.section(name)?;
        let (entry, header) = match section.entry(key) {
            Some(entry) => (entry, self.document.text_of(&section).into_owned()),
            None => (self.document.inherited(key)?, "DEFAULT".to_owned()),
        };
        Some(self.located(&entry, &header))
    }

    pub(super) fn located(&self, entry: &Entry<'_>, header: &str) -> Located<Value> {
        let place = Place {
            path: self.path.clone(),
            line: entry.line(),
            section: Some(header.into()),
            key: Some(lowered(entry.key()).into()),
        };
        Located::new(entry.value(), Origin::File(place))
    }

    /// The keys of the section that `name` stands for, inherited ones included, in lower case.
    pub fn keys(&self, name: &SectionName) -> Vec<String> {
        let Some(section) = self.section(name) else {
            return Vec::new();
        };
        let entries = section.entries().chain(self.document.inherited_entries());
        entries.map(|entry| lowered(entry.key()).into_owned()).collect()
    }

    /// The place of a section's header.
    pub fn header_place(&self, section: &Section<'_>) -> Place {
        let header = self.document.text_of(section).into();
        Place { path: self.path.clone(), line: section.line(), section: Some(header), key: None }
    }

    /// The names of all sections of the same sort as `name`.
    fn siblings(&self, name: &SectionName) -> Vec<Cow<'static, str>> {
        let sibling = |section: Section<'_>| {
            let header = self.document.text_of(&section);
            match (Heading::read(self.kind, &header), name) {
                (Heading::SsoSession(found), SectionName::SsoSession(_))
                | (Heading::Services(found), SectionName::Services(_)) => {
                    Some(Cow::Owned(found.into_owned()))
                }
                (Heading::Other(found), SectionName::Other(_)) => Some(Cow::Owned(found.to_owned())),
                _ => None,
            }
        };
        self.document.sections().filter_map(sibling).collect()
    }
}
