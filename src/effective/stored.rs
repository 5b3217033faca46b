//! Values in the files, without options and the environment.

use std::collections::{BTreeMap, BTreeSet};

use super::setting::Setting;
use crate::ini::{Key, Nested, Value};
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
    let found = section.with_values(&section.keys()).into_iter();
    let settings = found.map(|(key, values)| match variable(&key.dotted()) {
        None => setting_of(&key, None, values),
        Some(_) => stored_in(&section, &key),
    });
    settings.flatten().collect()
}

/// Where a nested key is that has no effect, and what of the other file takes precedence over its whole block.
pub fn hidden_by_block(files: &Files, section: &SectionName, key: &KeyPath) -> Option<(Origin, Origin)> {
    let nested = key.nested.as_deref()?;
    let section = files.find(section);
    let mut values = section.values(&key.name);
    let first = values.next().filter(|first| first.value.nested(nested).is_none())?;
    let hidden = values.find_map(|value| nested_value(value, nested))?;
    Some((hidden.origin, first.origin))
}

fn stored_in(section: &Stored<'_>, key: &KeyPath) -> Option<Setting> {
    let row = variable(&key.dotted());
    setting_of(key, row, section.values(in_files(row, key)?))
}

fn setting_of(key: &KeyPath, row: Option<&'static Variable>, values: Vec<Located<Value>>) -> Option<Setting> {
    let name = key.dotted();
    let mut setting = Setting::of(&name, row, values)?;
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

    /// The keys, `held` by name, with their values; the keys of a nested block one by one, of which there may be thousands.
    pub(super) fn with_values(&self, held: &BTreeSet<String>) -> Vec<(KeyPath, Vec<Located<Value>>)> {
        let mut keys = Vec::new();
        for name in held {
            let values = self.of_key(name);
            let Some(Located { value: Value::Block(lines), origin }) = values.first() else {
                keys.push((KeyPath::plain(name.as_str()), values));
                continue;
            };
            // Of several lines with one key the last one is used.
            let last: BTreeMap<&str, &Nested> = lines.iter().map(|line| (&*line.key, line)).collect();
            keys.extend(last.into_iter().map(|(key, line)| {
                let path = KeyPath { name: name.clone(), nested: Some(key.to_owned()) };
                (path, vec![of_line(line, origin.clone())])
            }));
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
    Some(of_line(found.value.nested(key)?, found.origin))
}

/// The value of a line of a block, whose origin is given.
fn of_line(line: &Nested, mut origin: Origin) -> Located<Value> {
    if let Origin::File(place) = &mut origin {
        place.line = line.line;
        place.key = place.key.as_ref().map(|parent| format!("{parent}.{}", line.key).into());
    }
    Located::new(Value::Text(line.value.clone()), origin)
}
