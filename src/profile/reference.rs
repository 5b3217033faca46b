//! What refers to a profile by its name.

use std::collections::BTreeMap;

use super::{Error, FileKind, Files, Heading, SectionName, invocation};
use crate::ini::Key;
use crate::origin::{Origin, Place};
use crate::settings::{CREDENTIAL_PROCESS, SOURCE_PROFILE};

/// The keys whose value is the name of a profile: AWS's, and aws-vault's.
const NAMES: [&str; 3] = [SOURCE_PROFILE.name, "include_profile", "parent_profile"];

/// The keys whose value is a command line: AWS's, and aws-vault's.
const COMMANDS: [&str; 3] = [CREDENTIAL_PROCESS.name, "mfa_process", "web_identity_token_process"];

/// A value that names a profile.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The file that it is in.
    kind: FileKind,
    /// The profile that has the value.
    pub user: String,
    key: &'static str,
    value: String,
    /// Where the value is.
    pub place: Place,
    /// The program that is given the name, if the value is a command line.
    pub program: Option<String>,
}

/// What came of the references to a profile that has another name now.
#[derive(Clone, Debug, Default)]
pub struct Renamed {
    /// The values that name it by its new name.
    pub followed: Vec<Place>,
    /// The command lines that still have the old name.
    pub left: Vec<Reference>,
}

impl Files {
    /// Everything that refers to the profile `name`, also where its own section does.
    pub fn references(&self, name: &str) -> Vec<Reference> {
        let mut found = Vec::new();
        for file in self.both() {
            let mut sections = BTreeMap::new();
            let mut order = Vec::new();
            for (section, heading) in file.headings() {
                if let Heading::Profile(user) = heading {
                    let user = user.into_owned();
                    if sections.insert(user.clone(), section).is_none() {
                        order.push(user);
                    }
                }
            }
            for key in NAMES.into_iter().chain(COMMANDS) {
                let inherited = file.document.inherited(key);
                for user in &order {
                    let section = &sections[user];
                    let own = section.entry(key);
                    let header =
                        if own.is_some() { file.document.text_of(section) } else { "DEFAULT".into() };
                    let Some(entry) = own.as_ref().or(inherited.as_ref()) else { continue };
                    let located = file.located(entry, &header);
                    let (Some(text), Origin::File(place)) = (located.value.as_text(), located.origin) else {
                        continue;
                    };
                    let value = text.expose();
                    let program = if NAMES.contains(&key) {
                        if value != name {
                            continue;
                        }
                        None
                    } else {
                        let Some(first) = invocation::mentions(value, name).into_iter().next() else {
                            continue;
                        };
                        Some(first.program)
                    };
                    let (value, user) = (value.to_owned(), user.clone());
                    found.push(Reference { kind: file.kind, user, key, value, place, program });
                }
            }
        }
        found
    }

    /// Makes every reference to `from` one to `to`, as far as that is possible.
    pub(super) fn follow(&mut self, from: &str, to: &str) -> Result<Renamed, Error> {
        let mut renamed = Renamed::default();
        for mut reference in self.references(from) {
            let (new, mut left) = match reference.program {
                None => (to.to_owned(), Vec::new()),
                // A value of several lines can't be written again.
                Some(_) if reference.value.contains('\n') => {
                    (reference.value.clone(), invocation::mentions(&reference.value, from))
                }
                Some(_) => invocation::renamed(&reference.value, from, to),
            };
            if new != reference.value {
                let user = SectionName::Profile(reference.user.clone());
                let placed = self.set_in(reference.kind, &user, Key::plain(reference.key), &new, false)?;
                renamed.followed.push(placed.place);
            }
            if let Some(mention) = left.pop() {
                reference.program = Some(mention.program);
                renamed.left.push(reference);
            }
        }
        Ok(renamed)
    }
}
