//! Changes to keys: which file each goes to, and what it overrides.

use super::changes::Changes;
use super::key::is_plain;
use super::pair::{ID, SECRET};
use super::{Error, FileKind, Files, Found, KeyPath, SectionName};
use crate::origin::Place;
use crate::settings::VARIABLES;

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
    /// The line that it is on, or was.
    pub place: Place,
    /// Lines on which it was repeated, which made the file unreadable; they are gone.
    pub repetitions: Vec<u32>,
}

/// Changes to the keys of one section.
pub struct KeyChanges<'c> {
    pub section: &'c SectionName,
    /// Each key with its new value; without one it is removed.
    pub keys: Vec<(&'c KeyPath, Option<&'c str>)>,
    /// Whether nested blocks and what is lost in a value may go.
    pub replace: bool,
    /// Whether a key that is set in the config file is removed from the credentials file, which takes precedence.
    pub overrides: bool,
}

/// What [`Files::apply`] did to the keys of one section.
#[derive(Default)]
pub struct KeysChanged {
    /// The keys that were set, in order.
    pub set: Vec<Placed>,
    /// The keys that were removed, in every file that had them.
    pub removed: Vec<Placed>,
}

/// A key that is set: its line is known when all changes are made.
struct Set<'c> {
    kind: FileKind,
    section: &'c SectionName,
    key: &'c KeyPath,
    repetitions: Vec<u32>,
}

impl Files {
    /// Changes keys of any number of sections in one edit of each file. Sections that don't exist are added.
    pub fn apply(&mut self, changes: &[KeyChanges<'_>]) -> Result<Vec<KeysChanged>, Error> {
        let made =
            self.change(|files| changes.iter().map(|keys| keys.make(files)).collect::<Result<Vec<_>, _>>())?;
        let placed = made.into_iter().map(|(set, removed)| {
            let set = set.into_iter().map(|set| Placed {
                place: self.place_of(set.kind, set.section, set.key),
                repetitions: set.repetitions,
            });
            KeysChanged { set: set.collect(), removed }
        });
        Ok(placed.collect())
    }

    /// Makes `key` of `section` read back as `value`, in the file where it belongs.
    pub fn set(
        &mut self,
        section: &SectionName,
        key: &KeyPath,
        value: &str,
        replace: bool,
    ) -> Result<Placed, Error> {
        let keys = vec![(key, Some(value))];
        let mut changed = self.apply(&[KeyChanges { section, keys, replace, overrides: false }])?;
        Ok(changed.swap_remove(0).set.swap_remove(0))
    }

    /// Removes `key` from `section`, in whichever files have it. `replace` also removes what is lost in its value.
    pub fn unset(
        &mut self,
        section: &SectionName,
        key: &KeyPath,
        replace: bool,
    ) -> Result<Vec<Placed>, Error> {
        let mut changed =
            self.apply(&[KeyChanges { section, keys: vec![(key, None)], replace, overrides: false }])?;
        Ok(changed.swap_remove(0).removed)
    }

    /// Where the file that `placed` is not in has a key of a section, too. What the config file has for all sections is meant to be
    /// overridden.
    pub fn elsewhere(
        &self,
        section: &SectionName,
        key: &KeyPath,
        placed: &Place,
    ) -> Option<(FileKind, Found<'_>)> {
        let profile = self.find(section);
        let found = FileKind::ALL.into_iter().find_map(|kind| {
            let found = profile.find_in(kind, &key.name).filter(|found| {
                let place = found.place();
                // One file may serve as both, with a section for each.
                place.path != placed.path || place.section != placed.section
            })?;
            Some((kind, found))
        })?;
        (found.0 == FileKind::Credentials || !found.1.is_inherited()).then_some(found)
    }

    /// Where a key is.
    fn place_of(&self, kind: FileKind, section: &SectionName, key: &KeyPath) -> Place {
        let file = self.file(kind);
        let found = file.section(section);
        Place {
            path: file.path.clone(),
            line: found.as_ref().and_then(|section| section.line_of(key.as_key())).unwrap_or_default(),
            section: found.map(|section| file.document.text_of(&section).into()),
            key: Some(key.dotted().into()),
        }
    }
}

impl<'c> KeyChanges<'c> {
    fn make(&self, files: &mut Changes<'_>) -> Result<(Vec<Set<'c>>, Vec<Placed>), Error> {
        let (mut set, mut removed) = (Vec::new(), Vec::new());
        for (key, value) in &self.keys {
            let Some(value) = value else {
                for kind in FileKind::ALL {
                    removed.extend(self.unset(files, kind, key)?);
                }
                continue;
            };
            let kind = self.home_of(files.files, &key.name);
            let repetitions = files.set(kind, self.section, key.as_key(), value, self.replace)?;
            set.push(Set { kind, section: self.section, key, repetitions });
            if self.overrides && kind == FileKind::Config && !files.files.is_one_section(self.section) {
                removed.extend(self.unset(files, FileKind::Credentials, key)?);
            }
        }
        Ok((set, removed))
    }

    fn unset(&self, files: &mut Changes<'_>, kind: FileKind, key: &KeyPath) -> Result<Option<Placed>, Error> {
        if !self.replace && key.nested.is_none() && is_plain(&key.name) {
            files.files.refuse_block(kind, self.section, &key.name)?;
        }
        let removed = files.unset(kind, self.section, key.as_key(), self.replace)?;
        let place = |line: u32| Place { line, ..files.files.place_of(kind, self.section, key) };
        Ok(removed.map(|(line, repetitions)| Placed { place: place(line), repetitions }))
    }

    /// The file in which a key is set: AWS CLI's rule, except that credentials which a profile keeps in the
    /// config file, and not in the credentials file, stay there. Otherwise half a pair would arise. For the same reason a secret
    /// and a token go where the ID is, and an ID goes where a secret is.
    fn home_of(&self, files: &Files, key: &str) -> FileKind {
        if !matches!(self.section, SectionName::Profile(_)) || !is_credential(key) {
            return FileKind::Config;
        }
        let change = |key: &str| self.keys.iter().find(|(path, _)| path.name == key).map(|(_, value)| value);
        let goes = |key: &str| change(key).is_some_and(Option::is_none);
        let has = |kind: FileKind, key: &str| {
            let section = files.file(kind).section(self.section);
            section.is_some_and(|section| section.entry(key).is_some()) && !goes(key)
        };
        let [sets_id, sets_secret] = [ID, SECRET].map(|key| change(key).is_some_and(Option::is_some));
        if !(sets_id && sets_secret) {
            if sets_id && key != ID {
                return self.home_of(files, ID);
            }
            let partners = if key == ID { &[ID, SECRET][..] } else { &[ID] };
            let is_there = |kind: &FileKind| partners.iter().any(|key| has(*kind, key));
            if let Some(kind) = FileKind::BY_PRECEDENCE.into_iter().find(is_there) {
                return kind;
            }
        }
        let has_any = |kind: FileKind| credentials().any(|key| has(kind, key));
        if has_any(FileKind::Config) && !has_any(FileKind::Credentials) {
            FileKind::Config
        } else {
            FileKind::Credentials
        }
    }
}
