//! Values in the files, without options and the environment.

use std::collections::BTreeSet;

use super::setting::Setting;
use crate::ini::{Key, Value};
use crate::origin::{Located, Origin};
use crate::profile::{Files, KeyPath, Profile, SectionName};
use crate::secret::Secret;
use crate::settings::{Kind, Variable, is_secret, variable};
use crate::view::Section;

/// The value of one key of a section.
pub fn stored(files: &Files, section: &SectionName, key: &KeyPath) -> Option<Setting> {
    stored_in(&Stored::Read(files.find(section)), key)
}

/// All keys of a section, sorted.
pub fn all_stored(files: &Files, section: &SectionName) -> Vec<Setting> {
    let section = Stored::Read(files.find(section));
    section.keys_of(&section.keys()).iter().filter_map(|key| stored_in(&section, key)).collect()
}

fn stored_in(section: &Stored<'_>, key: &KeyPath) -> Option<Setting> {
    let name = key.dotted();
    let row = variable(&name);
    let mut setting = Setting::of(&name, row, section.values(in_files(row, key)?))?;
    setting.name = name;
    setting.secret = is_secret(&key.name) || key.nested.as_deref().is_some_and(is_secret);
    Some(setting)
}

/// Where the files have a setting: some have another name there, or none.
pub(super) fn in_files<'k>(row: Option<&'static Variable>, key: &'k KeyPath) -> Option<Key<'k>> {
    row.map_or_else(|| Some(key.as_key()), |row| row.key)
}

/// A section, as botocore reads the files or as another SDK does.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
pub(super) enum Stored<'f> {
    Read(Profile<'f>),
    Viewed(Option<&'f Section>),
}

impl Stored<'_> {
    /// Its keys in lower case.
    pub(super) fn keys(&self) -> BTreeSet<String> {
        match self {
            Stored::Read(profile) => profile.keys(),
            Stored::Viewed(section) => {
                section.iter().flat_map(|section| section.keys()).map(str::to_owned).collect()
            }
        }
    }

    /// The keys, `held` by name; the keys of a nested block one by one.
    pub(super) fn keys_of(&self, held: &BTreeSet<String>) -> Vec<KeyPath> {
        let mut keys = Vec::new();
        for name in held {
            match self.of_key(name).into_iter().next().map(|found| found.value) {
                Some(Value::Block(lines)) => {
                    let nested: BTreeSet<String> = lines.into_iter().map(|line| line.key).collect();
                    keys.extend(
                        nested.into_iter().map(|nested| KeyPath { name: name.clone(), nested: Some(nested) }),
                    );
                }
                _ => keys.push(KeyPath::plain(name.as_str())),
            }
        }
        keys
    }

    fn of_key(&self, name: &str) -> Vec<Located<Value>> {
        match self {
            Stored::Read(profile) => profile.values(name).collect(),
            Stored::Viewed(section) => {
                section.map(|section| section.values(name).to_vec()).unwrap_or_default()
            }
        }
    }

    /// The values of a key, where a block in place of a text is the text that it is to the SDK.
    pub(super) fn texts(&self, row: Option<&Variable>, key: Key<'_>) -> Vec<Located<Value>> {
        let values = self.values(key);
        let (Stored::Viewed(Some(section)), None) = (self, key.nested) else { return values };
        if row.is_none_or(|row| row.kind == Kind::Block) {
            return values;
        }
        let text = section.text(key.name).map(|found| found.map(|text| Value::Text(Secret::new(text))));
        text.into_iter().chain(values.into_iter().skip(1)).collect()
    }

    /// The values of a key, in order of precedence.
    pub(super) fn values(&self, key: Key<'_>) -> Vec<Located<Value>> {
        let found = self.of_key(key.name).into_iter();
        match key.nested {
            None => found.collect(),
            // A block overrides the other file's block as a whole, so the other file's keys in it are not read.
            Some(nested) => found.take(1).filter_map(|found| nested_value(found, nested)).collect(),
        }
    }
}

fn nested_value(found: Located<Value>, key: &str) -> Option<Located<Value>> {
    let nested = found.value.nested(key)?;
    let (value, line) = (Value::Text(nested.value.clone()), nested.line);
    let mut origin = found.origin;
    if let Origin::File(place) = &mut origin {
        place.line = line;
        place.key = place.key.as_ref().map(|parent| format!("{parent}.{key}").into());
    }
    Some(Located::new(value, origin))
}
