//! The search for what refers to a profile, and how it follows the profile to its new name.

use rustc_hash::FxHashSet;

use super::changes::Changes;
use super::{Error, Files, Heading, Reference, Renamed, invocation};
use crate::ini::{Entry, Key, same_key};
use crate::settings::{CREDENTIAL_PROCESS, SOURCE_PROFILE};
use crate::text::without_decoration;

/// The keys that have the name of a profile as their value: AWS's, and aws-vault's.
const NAMES: [&str; 3] = [SOURCE_PROFILE.name, "include_profile", "parent_profile"];

/// The keys that have a command line as their value: AWS's, and aws-vault's.
const COMMANDS: [&str; 3] = [CREDENTIAL_PROCESS.name, "mfa_process", "web_identity_token_process"];

/// References that get a new value.
#[derive(Default)]
pub(super) struct Following {
    pub(super) changes: Vec<(Reference, String)>,
    pub(super) left: Vec<Reference>,
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

    /// How every reference to `from` becomes one to `to`, as far as that is possible.
    pub(super) fn following(&self, from: &str, to: &str) -> Following {
        let mut following = Following { changes: Vec::new(), left: Vec::new() };
        let is_named = |value: &str| value.contains(from) && without_decoration(value) == from;
        let found = self.references_where(|value, is_command| {
            if is_command { command(value, from).map(Some) } else { is_named(value).then_some(None) }
        });
        for reference in found {
            let (new, mut left) = match reference.program {
                None if reference.value != from => {
                    let program = Some(reference.key.to_owned());
                    following.left.push(Reference { program, ..reference });
                    continue;
                }
                // A new value would take the place of all lines.
                _ if reference.is_repeated => {
                    let program = reference.program.clone().or(Some(reference.key.to_owned()));
                    following.left.push(Reference { program, ..reference });
                    continue;
                }
                None => (to.to_owned(), Vec::new()),
                // A value of several lines can't be written again.
                Some(_) if reference.value.contains('\n') => {
                    (reference.value.clone(), invocation::mentions(&reference.value, from))
                }
                Some(_) => invocation::renamed(&reference.value, from, to),
            };
            if let Some(mention) = left.pop() {
                following.left.push(Reference { program: Some(mention.program), ..reference.clone() });
            }
            if new != reference.value {
                following.changes.push((reference, new));
            }
        }
        following
    }
}

/// The first program in a command line that is given the name.
fn command(line: &str, name: &str) -> Option<String> {
    Some(invocation::mentions(line, name).into_iter().next()?.program)
}

impl Following {
    pub(super) fn make(&self, files: &mut Changes<'_>) -> Result<(), Error> {
        self.changes.iter().try_for_each(|(reference, new)| {
            let key = Key::plain(reference.key);
            files.draft(reference.kind, |draft| draft.set(reference.section, key, new, false)).map(drop)
        })
    }

    /// Where the new values are in `files`, which have as many sections as before.
    pub(super) fn made(self, files: &Files) -> Renamed {
        let places = self.changes.into_iter().filter_map(|(reference, _)| {
            let file = files.file(reference.kind);
            let section = file.document.section(reference.section);
            let entry = section.entry(reference.key)?;
            Some(file.entry_place(&section, &entry))
        });
        Renamed { followed: places.collect(), left: self.left }
    }
}
