//! Changes to the files: where a key goes, and whole profiles with everything that refers to them.

use std::path::Path;
use std::sync::Arc;

use super::edited::{editable, only_changed};
use super::files::as_shown;
use super::key::is_plain;
use super::{Edited, Error, File, FileKind, Files, KeyPath, Renamed, SectionName};
use crate::ini::{Change, Document, Key, Refusal};
use crate::origin::{Origin, Place};
use crate::settings::VARIABLES;
use crate::store;
use crate::world::{NoHome, World};

/// The keys that AWS CLI writes to the credentials file.
fn credentials() -> impl Iterator<Item = &'static str> {
    VARIABLES.iter().filter(|row| row.in_credentials_file).map(|row| row.name)
}

/// Whether AWS CLI writes a key to the credentials file.
pub fn is_credential(key: &str) -> bool {
    credentials().any(|name| name == key)
}

/// Where a key was written or removed.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The line on which it stands now, or stood.
    pub place: Place,
    /// Lines on which it was repeated, which made the file unreadable; they are gone.
    pub repetitions: Vec<u32>,
}

impl Files {
    /// Reads both files under their locks, lets `change` work on them, and saves what changed: all or nothing.
    /// `change` runs again if another program changed a file meanwhile.
    pub fn edit<T>(
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let located = Files::paths(world);
        let paths = located.clone().map(as_shown);
        let distinct = &located[..if paths[0] == paths[1] { 1 } else { 2 }];
        let known: Vec<&Path> = distinct.iter().flatten().map(AsRef::as_ref).collect();
        let ((outcome, edited), _) = store::edit(&known, |contents| {
            let mut there = contents.iter();
            let all = distinct.iter().map(|path| match path {
                Ok(_) => there.next().cloned().unwrap_or_default(),
                Err(_) => Vec::new(),
            });
            let (outcome, edited) = Files::changed(&paths, all.collect(), &mut change)?;
            refuse_homeless(&located, &edited)?;
            let known = distinct.iter().zip(&edited).filter(|(path, _)| path.is_ok());
            for (content, (_, edited)) in contents.iter_mut().zip(known) {
                *content = edited.after.bytes().to_vec();
            }
            Ok::<_, Error>((outcome, edited))
        })?;
        Ok((outcome, only_changed(edited)))
    }

    /// What [`edit`](Files::edit) would do, without doing it.
    pub fn rehearse<T>(
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let files = Files::load(world)?;
        let contents = files.documents.iter().map(|document| document.bytes().to_vec()).collect();
        let (outcome, edited) = Files::changed(&files.paths, contents, &mut change)?;
        refuse_homeless(&Files::paths(world), &edited)?;
        Ok((outcome, only_changed(edited)))
    }

    /// Does all of [`edit`](Files::edit) that can fail, short of putting the new files in place.
    pub fn try_out<T>(world: &World, change: impl FnMut(&mut Files) -> Result<T, Error>) -> Result<T, Error> {
        let (outcome, edited) = Files::rehearse(world, change)?;
        for Edited { path, after, .. } in &edited {
            store::try_out(path, after.bytes())?;
        }
        Ok(outcome)
    }

    fn changed<T>(
        paths: &[Arc<Path>; 2],
        contents: Vec<Vec<u8>>,
        change: &mut impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let mut documents = Vec::new();
        for (path, content) in paths.iter().zip(&contents) {
            let text = editable(path, content)?.unwrap_or(content);
            documents.push(Document::parse(text.to_vec()));
        }
        let before: Vec<Document> = contents.into_iter().map(Document::parse).collect();
        let mut files = Files::of(paths.clone(), documents);
        let outcome = change(&mut files)?;
        for ((path, before), after) in paths.iter().zip(&before).zip(&mut files.documents) {
            // Where nothing else changes, a mark is no reason to write.
            if editable(path, before.bytes())? == Some(after.bytes()) {
                *after = Document::parse(before.bytes().to_vec());
            }
        }
        let edited = paths.iter().zip(before).zip(files.documents);
        Ok((
            outcome,
            edited.map(|((path, before), after)| Edited { path: path.clone(), before, after }).collect(),
        ))
    }

    /// Makes `key` of `section` read back as `value`, in the file where it belongs.
    pub fn set(
        &mut self,
        section: &SectionName,
        key: &KeyPath,
        value: &str,
        replace: bool,
    ) -> Result<Placed, Error> {
        let kind = self.home_of(section, &key.name);
        self.set_in(kind, section, key.as_key(), value, replace)
    }

    /// Removes `key` from `section`, in whichever files have it, but nothing that is lost in its value.
    pub fn unset(&mut self, section: &SectionName, key: &KeyPath) -> Result<Vec<Placed>, Error> {
        self.unset_replacing(section, key, false)
    }

    /// The same; with `replace` what is lost in its value goes too.
    pub fn unset_replacing(
        &mut self,
        section: &SectionName,
        key: &KeyPath,
        replace: bool,
    ) -> Result<Vec<Placed>, Error> {
        let mut removed = Vec::new();
        for kind in [FileKind::Config, FileKind::Credentials] {
            let Some(index) = self.file(kind).section(section).map(|section| section.index()) else {
                continue;
            };
            let header = self.header(kind, index);
            if !replace && key.nested.is_none() && is_plain(&key.name) {
                self.refuse_block(kind, section, &key.name)?;
            }
            let change = self.document_mut(kind).unset(index, key.as_key(), replace);
            if let Some(change) = change.map_err(|refusal| self.refused(kind, refusal))? {
                removed.push(self.placed(kind, &header, key.as_key(), change));
            }
        }
        Ok(removed)
    }

    /// Removes a profile from both files. Whatever refers to it is in the way, unless `force`.
    pub fn remove_profile(&mut self, name: &str, force: bool) -> Result<Vec<Place>, Error> {
        let profile = SectionName::Profile(name.to_owned());
        self.require(&profile, &Origin::Option { name: "NAME" })?;
        let mut users = self.references(name);
        users.retain(|reference| reference.user != name);
        if !users.is_empty() && !force {
            return Err(Error::InUse { name: name.to_owned(), users });
        }
        let places = self.find(&profile).places();
        for kind in [FileKind::Config, FileKind::Credentials] {
            while let Some(index) = self.file(kind).section(&profile).map(|section| section.index()) {
                let outcome = self.document_mut(kind).remove_section(index);
                outcome.map_err(|refusal| self.refused(kind, refusal))?;
            }
        }
        Ok(places)
    }

    /// Gives a profile another name, in both files and wherever it is referred to.
    pub fn rename_profile(&mut self, from: &str, to: &str) -> Result<Renamed, Error> {
        let (old, new) = self.free_name(from, to)?;
        for kind in [FileKind::Config, FileKind::Credentials] {
            let header = new_header(kind, &new)?;
            while let Some(index) = self.file(kind).section(&old).map(|section| section.index()) {
                let outcome = self.document_mut(kind).rename_section(index, &header);
                outcome.map_err(|refusal| self.refused(kind, refusal))?;
            }
        }
        self.follow(from, to)
    }

    /// Adds a profile with the entries of another, in each file that has it.
    pub fn copy_profile(&mut self, from: &str, to: &str) -> Result<Vec<Place>, Error> {
        let (old, new) = self.free_name(from, to)?;
        for kind in [FileKind::Config, FileKind::Credentials] {
            let Some(index) = self.file(kind).section(&old).map(|section| section.index()) else {
                continue;
            };
            let header = new_header(kind, &new)?;
            let outcome = self.document_mut(kind).copy_section(index, &header);
            outcome.map_err(|refusal| self.refused(kind, refusal))?;
        }
        Ok(self.find(&new).places())
    }

    /// Whether a value that `key` has in the config file is hidden by one in the credentials file.
    pub fn shadow(&self, section: &SectionName, key: &KeyPath) -> Option<Place> {
        let in_config = self.file(FileKind::Config).value(section, &key.name).is_some();
        let winner = self.file(FileKind::Credentials).value(section, &key.name).filter(|_| in_config)?;
        match winner.origin {
            Origin::File(place) => Some(place),
            _ => None,
        }
    }

    /// The file in which a key is set: AWS CLI's rule, except that credentials which a profile keeps in the
    /// config file, and not in the credentials file, stay there. Otherwise half a pair would arise.
    fn home_of(&self, section: &SectionName, key: &str) -> FileKind {
        if !matches!(section, SectionName::Profile(_)) || !is_credential(key) {
            return FileKind::Config;
        }
        let has_any = |file: File<'_>| {
            file.section(section).is_some_and(|section| credentials().any(|key| section.entry(key).is_some()))
        };
        if has_any(self.file(FileKind::Config)) && !has_any(self.file(FileKind::Credentials)) {
            FileKind::Config
        } else {
            FileKind::Credentials
        }
    }

    pub(super) fn set_in(
        &mut self,
        kind: FileKind,
        section: &SectionName,
        key: Key<'_>,
        value: &str,
        replace: bool,
    ) -> Result<Placed, Error> {
        let index = match self.file(kind).section(section) {
            Some(found) => found.index(),
            None => {
                let header = new_header(kind, section)?;
                self.refuse_twin(kind, section)?;
                let added = self.document_mut(kind).add_section(&header);
                added.map_err(|refusal| self.refused(kind, refusal))?
            }
        };
        let header = self.header(kind, index);
        let change = self.document_mut(kind).set(index, key, value, replace);
        let change = change.map_err(|refusal| self.refused(kind, refusal))?;
        Ok(self.placed(kind, &header, key, change))
    }

    /// Both names as sections: the first is there, the second is not.
    fn free_name(&self, from: &str, to: &str) -> Result<(SectionName, SectionName), Error> {
        let [old, new] = [from, to].map(|name| SectionName::Profile(name.to_owned()));
        self.require(&old, &Origin::Option { name: "NAME" })?;
        match self.find(&new).places().into_iter().next() {
            Some(place) => Err(Error::Exists { what: new.to_string(), place }),
            None => {
                self.refuse_twin(FileKind::Config, &new)?;
                self.refuse_twin(FileKind::Credentials, &new)?;
                Ok((old, new))
            }
        }
    }

    pub(super) fn document_mut(&mut self, kind: FileKind) -> &mut Document {
        let at = (kind as usize).min(self.documents.len() - 1);
        self.lookups = Default::default();
        &mut self.documents[at]
    }

    pub(super) fn header(&self, kind: FileKind, index: usize) -> String {
        let document = self.file(kind).document;
        document.text_of(&document.section(index)).into_owned()
    }

    pub(super) fn refused(&self, kind: FileKind, refusal: Refusal) -> Error {
        let path = self.file(kind).path.clone();
        let place = refusal.line().map(|line| Place { path, line, section: None, key: None });
        Error::Refused { refusal, place }
    }

    pub(super) fn placed(&self, kind: FileKind, header: &str, key: Key<'_>, change: Change) -> Placed {
        let key = KeyPath { name: key.name.to_owned(), nested: key.nested.map(str::to_owned) }.dotted();
        let path = self.file(kind).path.clone();
        let place = Place { path, line: change.line, section: Some(header.into()), key: Some(key.into()) };
        Placed { place, repetitions: change.repetitions }
    }
}

/// Refuses to write what has no home.
fn refuse_homeless(located: &[Result<Arc<Path>, NoHome>; 2], edited: &[Edited]) -> Result<(), Error> {
    let homeless = located.iter().zip(edited).find_map(|(path, edited)| {
        path.as_ref().err().filter(|_| edited.before.bytes() != edited.after.bytes())
    });
    homeless.map_or(Ok(()), |no_home| Err(Error::NoHome(no_home.clone())))
}

/// The header for a section to be added, if it would be read as that section.
fn new_header(kind: FileKind, section: &SectionName) -> Result<String, Error> {
    let name = section.name();
    let refused = |reason| Err(Error::Name { name: name.to_owned(), reason });
    if name.is_empty() {
        return refused("it is empty");
    }
    if name.contains(['\n', '\r', '\0', ']']) {
        return refused("no reader would read a newline, a NUL or `]` in it back");
    }
    if name == "DEFAULT" && matches!(section, SectionName::Profile(_)) {
        return refused("every other profile inherits what stands in `[DEFAULT]`");
    }
    let header = section.header(kind);
    if super::Heading::read(kind, &header) == section.heading() {
        Ok(header)
    } else {
        refused("the readers would take the section for something else")
    }
}
