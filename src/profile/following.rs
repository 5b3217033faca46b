//! The search for what refers to a profile, and how it follows the profile to its new name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::changes::Changes;
use super::{Error, FileKind, Files, Followed, Heading, Left, Reference, invocation};
use crate::ini::{Entry, Key, same_key};
use crate::settings::{COMMANDS, SOURCE_PROFILE};
use crate::text::without_decoration;

/// The keys that have the name of a profile as their value: AWS's, and aws-vault's.
const NAMES: [&str; 3] = [SOURCE_PROFILE.name, "include_profile", "parent_profile"];

/// References that get a new value, and those that can't.
#[derive(Default)]
pub(super) struct Following {
    changes: Vec<Change>,
    left: Vec<Left>,
}

/// The new value of a reference: no more than that is kept, because there may be ten thousand.
struct Change {
    kind: FileKind,
    /// The index of the section.
    section: usize,
    key: &'static str,
    value: String,
}

impl Change {
    fn of(reference: &Reference, value: String) -> Change {
        Change { kind: reference.kind, section: reference.section, key: reference.key, value }
    }
}

impl Files {
    /// Everything that refers to the profile `name`, also where its own section does.
    pub fn references(&self, name: &str) -> Vec<Reference> {
        self.references_where(|value, is_command| {
            if is_command { command(value, name).map(Some) } else { (value == name).then_some(None) }
        })
    }

    /// What only SDKs that remove comments and quotes take for the name of a profile, outside of its own section.
    pub fn decorated_references(&self, name: &str) -> Vec<Reference> {
        let mut found = self.references_where(|value, is_command| {
            let is_other = is_command || value == name || !value.contains(name);
            (!is_other && without_decoration(value) == name).then_some(None)
        });
        found.retain(|reference| reference.user != name);
        found
    }

    /// Every value of the keys that name profiles, of which `wanted` wants some and names the program that is given the
    /// name. It also gets whether the value is a command line.
    pub(super) fn references_where(
        &self,
        mut wanted: impl FnMut(&str, bool) -> Option<Option<String>>,
    ) -> Vec<Reference> {
        let mut found = Vec::new();
        for file in self.both() {
            let keys = || NAMES.into_iter().chain(COMMANDS);
            let key_of = |entry: &Entry<'_>| keys().position(|key| same_key(entry.key(), key));
            let inherited: Vec<_> = keys().map(|key| file.document.inherited(key)).collect();
            // Only what is effective needs a value of its own in place of an inherited one.
            let heirs: FxHashSet<usize> = if inherited.iter().any(Option::is_some) {
                file.effective().map(|(section, _)| section.index()).collect()
            } else {
                FxHashSet::default()
            };
            // Some SDKs read sections that botocore doesn't.
            for (section, heading) in file.headings() {
                let Heading::Profile(user) = heading else { continue };
                if self.is_of_config(file.kind, &user) {
                    continue;
                }
                let is_heir = heirs.contains(&section.index());
                let mut own = [None; NAMES.len() + COMMANDS.len()];
                for entry in section.entries() {
                    if let Some(at) = key_of(&entry) {
                        own[at] = Some((entry, own[at].is_some()));
                    }
                }
                for (at, key) in keys().enumerate() {
                    let inherited = inherited[at].filter(|_| is_heir).map(|entry| (entry, false));
                    let Some((entry, is_repeated)) = own[at].or(inherited) else { continue };
                    let Some(value) = entry.text() else { continue };
                    let Some(program) = wanted(&value, at >= NAMES.len()) else { continue };
                    let header =
                        if own[at].is_some() { file.document.text_of(&section) } else { "DEFAULT".into() };
                    let place = file.place(&entry, &header);
                    found.push(Reference {
                        kind: file.kind,
                        section: section.index(),
                        user: user.to_string(),
                        key,
                        value: value.into_owned(),
                        place,
                        is_repeated,
                        program,
                    });
                }
            }
        }
        found
    }

    /// How every reference to an old name becomes one to the new one, as far as that is possible.
    pub(super) fn following(&self, renamed: &[(String, String)]) -> Following {
        let mut following = Following::default();
        if renamed.is_empty() {
            return following;
        }
        let new: FxHashMap<&str, &str> =
            renamed.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        let wanted = |value: &str, is_command: bool| {
            let is_named = || new.contains_key(value) || new.contains_key(without_decoration(value));
            if is_command { Some(Some(String::new())) } else { is_named().then_some(None) }
        };
        for reference in self.references_where(wanted) {
            if reference.program.is_none() {
                let value = reference.value.as_str();
                let is_exact = new.contains_key(value);
                let name = if is_exact { value } else { without_decoration(value) };
                let new_name = new[name].to_owned();
                // In place of a key's several lines there would be only one.
                if is_exact && !reference.is_repeated {
                    following.changes.push(Change::of(&reference, new_name));
                } else {
                    let (place, program) = (reference.place.clone(), reference.key.to_owned());
                    following.left.push(Left { place, program, name: name.to_owned(), new_name });
                }
                continue;
            }
            let bare = bare(&reference.value);
            let mut line = reference.value.clone();
            for (from, to) in renamed.iter().filter(|(from, _)| bare.contains(&*self::bare(from))) {
                // A value of several lines can't be written again, nor one of several values.
                let (renamed, kept) = if reference.is_repeated || line.contains('\n') {
                    (line.clone(), invocation::mentions(&line, from))
                } else {
                    invocation::renamed(&line, from, to)
                };
                line = renamed;
                following.left.extend(kept.into_iter().next_back().map(|mention| Left {
                    place: reference.place.clone(),
                    program: mention.program,
                    name: from.clone(),
                    new_name: to.clone(),
                }));
            }
            if line != reference.value {
                following.changes.push(Change::of(&reference, line));
            }
        }
        following
    }
}

/// The first program in a command line that is given the name.
fn command(line: &str, name: &str) -> Option<String> {
    Some(invocation::mentions(line, name).into_iter().next()?.program)
}

/// A command line without what quotes, so that a name in it is found in one piece.
pub(super) fn bare(line: &str) -> String {
    line.replace(['\'', '"', '\\'], "")
}

impl Following {
    pub(super) fn make(&self, files: &mut Changes<'_>) -> Result<(), Error> {
        self.changes.iter().try_for_each(|Change { kind, section, key, value }| {
            files.draft(*kind, |draft| draft.set(*section, Key::plain(key), value, false)).map(drop)
        })
    }

    /// Where the new values are in `files`, which have as many sections as before.
    pub(super) fn made(self, files: &Files) -> Followed {
        let places = self.changes.into_iter().filter_map(|Change { kind, section, key, .. }| {
            let file = files.file(kind);
            let section = file.document.section(section);
            let entry = section.entry(key)?;
            Some(file.entry_place(&section, &entry))
        });
        Followed { places: places.collect(), left: self.left }
    }
}
