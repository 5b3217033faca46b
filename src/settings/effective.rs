//! The value that counts for a setting, and the ones that don't.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{
    AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, Empty, REGION, Sdk, Selection, VARIABLES, Variable, variable,
};
use crate::address::redacted;
use crate::ini::{Key, Nested, Value};
use crate::origin::{Located, Origin};
use crate::profile::words;
use crate::profile::{Files, KeyPath, Profile, SectionName};
use crate::secret::{Secret, is_no_key_id};
use crate::world::World;

/// Values that options on the command line give.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `--region`.
    pub region: Option<String>,
}

/// A setting that has a value.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name; nested keys dotted.
    pub name: String,
    /// Its row, if AWS has such a setting.
    pub row: Option<&'static Variable>,
    /// Whether the value is masked when it was not asked for by name.
    pub secret: bool,
    /// The value that counts.
    pub winner: Located<Value>,
    /// The values that don't.
    pub shadowed: Vec<Shadowed>,
}

/// A value that does not count.
#[derive(Clone, Debug)]
pub struct Shadowed {
    /// The value and its place.
    pub value: Located<Value>,
    /// Why it does not count.
    pub why: String,
}

/// The value of one setting: option, then environment, then the credentials file, then the config file. A value
/// that is present counts even if it is empty.
pub fn effective(
    world: &World,
    options: &Options,
    files: &Files,
    profile: &Selection,
    row: &'static Variable,
    sdk: Sdk,
) -> Option<Setting> {
    let stored = &files.profile(&profile.name.value);
    Asked { world, options, profile, stored, sdk }.about(Some(row), row.name, row.key)
}

/// The same for a key that was typed, which may be one that AWS doesn't have.
pub fn effective_of(
    world: &World,
    options: &Options,
    files: &Files,
    profile: &Selection,
    key: &KeyPath,
    sdk: Sdk,
) -> Option<Setting> {
    let name = key.dotted();
    let row = variable(&name);
    let stored = &files.profile(&profile.name.value);
    let asked = Asked { world, options, profile, stored, sdk };
    asked.about(row, &name, in_files(row, key))
}

/// Where the files have a setting: some have another name there, or none.
fn in_files<'k>(row: Option<&'static Variable>, key: &'k KeyPath) -> Option<Key<'k>> {
    row.map_or_else(|| Some(key.as_key()), |row| row.key)
}

/// What the value of a setting depends on besides its key.
struct Asked<'a> {
    world: &'a World,
    options: &'a Options,
    profile: &'a Selection,
    /// The profile as the files have it.
    stored: &'a Profile<'a>,
    sdk: Sdk,
}

impl Asked<'_> {
    /// The value of the setting of this name, which may have a row, and a key in the files.
    fn about(&self, row: Option<&'static Variable>, name: &str, key: Option<Key<'_>>) -> Option<Setting> {
        let mut values = Vec::new();
        if row == Some(&REGION)
            && let Some(region) = &self.options.region
        {
            values.push(Located::new(text(region), Origin::Option { name: "--region" }));
        }
        let mut unused = Vec::new();
        if let Some(row) = row {
            let counts = !row.skipped_for_explicit_profile || !self.profile.is_explicit();
            let variables = row.environment(self.sdk).iter();
            let found = variables.filter_map(|variable| from_environment(self.world, row, variable));
            if counts { values.extend(found) } else { unused.extend(found) }
        }
        values.extend(key.into_iter().flat_map(|key| from_files(self.stored, key)));
        if let Some(row) = row {
            let variables = row.fallbacks(self.sdk).iter();
            values.extend(variables.filter_map(|variable| from_environment(self.world, row, variable)));
        }
        let mut values = values.into_iter();
        let winner = values.next()?;
        let mut shadowed: Vec<Shadowed> =
            values.map(|value| Shadowed { why: format!("{} comes first", winner.origin), value }).collect();
        let by_option = |value| Shadowed { value, why: "the profile is named by an option".to_owned() };
        shadowed.extend(unused.into_iter().map(by_option));
        Some(Setting {
            name: row.map_or(name, |row| row.name).to_owned(),
            row,
            secret: row.map_or_else(|| is_secret(name), |row| row.secret),
            winner,
            shadowed,
        })
    }
}

/// Every setting of the profile that has a value: the table's in its order, then what else the files hold, in the
/// order of the alphabet.
pub fn all(world: &World, options: &Options, files: &Files, profile: &Selection, sdk: Sdk) -> Vec<Setting> {
    let stored = &files.profile(&profile.name.value);
    let asked = Asked { world, options, profile, stored, sdk };
    let held = stored.keys();
    let known = VARIABLES.iter().filter_map(|row| {
        // Most settings are in no file, and need not be looked for there.
        asked.about(Some(row), row.name, row.key.filter(|key| held.contains(key.name)))
    });
    let others = stored_keys(stored, &held).into_iter().map(|key| (key.dotted(), key));
    let others = others.filter(|(name, _)| variable(name).is_none());
    known.chain(others.filter_map(|(name, key)| asked.about(None, &name, Some(key.as_key())))).collect()
}

/// The value of one key that the files hold for a section, whatever options and environment say.
pub fn stored(files: &Files, section: &SectionName, key: &KeyPath) -> Option<Setting> {
    stored_in(&files.find(section), key)
}

fn stored_in(section: &Profile<'_>, key: &KeyPath) -> Option<Setting> {
    let row = variable(&key.dotted());
    let mut values = from_files(section, in_files(row, key)?).into_iter();
    let winner = values.next()?;
    let why = |value: Located<Value>| Shadowed { why: format!("{} comes first", winner.origin), value };
    Some(Setting {
        name: key.dotted(),
        row,
        secret: is_secret(&key.name) || key.nested.as_deref().is_some_and(is_secret),
        shadowed: values.map(why).collect(),
        winner: winner.clone(),
    })
}

/// Everything that the files hold for a section, in the order of the alphabet.
pub fn all_stored(files: &Files, section: &SectionName) -> Vec<Setting> {
    let section = files.find(section);
    stored_keys(&section, &section.keys()).iter().filter_map(|key| stored_in(&section, key)).collect()
}

/// The keys that the files hold for a section; a block's nested keys one by one.
fn stored_keys(section: &Profile<'_>, held: &BTreeSet<String>) -> Vec<KeyPath> {
    let mut keys = Vec::new();
    for name in held {
        match section.value(name).map(|found| found.value) {
            Some(Value::Block(lines)) => {
                let nested: BTreeSet<String> = lines.into_iter().map(|line| line.key).collect();
                keys.extend(
                    nested.into_iter().map(|nested| KeyPath { name: name.clone(), nested: Some(nested) }),
                );
            }
            _ => keys.push(KeyPath { name: name.clone(), nested: None }),
        }
    }
    keys
}

/// Whether a key's value is masked when it was not asked for by name: the table's secrets, and keys of other
/// programs whose name says so.
pub fn is_secret(key: &str) -> bool {
    variable(key).map_or_else(|| sounds_secret(&key.to_lowercase()), |row| row.secret)
}

/// Whether a key that AWS does not know is called as secrets are, or nearly so: a misspelt key has a secret all the same.
fn sounds_secret(key: &str) -> bool {
    const WORDS: [&str; 5] = ["secret", "token", "password", "passphrase", "passwd"];
    // A date is no secret, whatever it is the date of.
    if ["expires", "expires_at", "expiration", "expiry"].iter().any(|end| key.ends_with(end)) {
        return false;
    }
    let near = |part: &str| WORDS.iter().any(|word| strsim::damerau_levenshtein(part, word) == 1);
    let known = || VARIABLES.iter().filter(|row| row.secret);
    WORDS.iter().any(|word| key.contains(word))
        || key.split(|c: char| !c.is_alphanumeric()).any(|part| part.len() >= 4 && near(part))
        || known().any(|row| strsim::damerau_levenshtein(key, row.name) <= 3)
}

/// Whether a value holds the line of a secret that was indented by mistake, and so became a part of it.
fn continues_into_a_secret(value: &str) -> bool {
    let mut lines = value.lines().skip(1);
    lines
        .any(|line| line.split_once(['=', ':']).is_some_and(|(key, _)| is_secret(&key.trim().to_lowercase())))
}

impl Setting {
    /// The same with the program alone of a `credential_process`: its arguments may hold a secret.
    #[must_use]
    pub fn without_arguments(mut self) -> Setting {
        if self.row == Some(&CREDENTIAL_PROCESS) {
            let shadowed = self.shadowed.iter_mut().map(|shadowed| &mut shadowed.value);
            for located in std::iter::once(&mut self.winner).chain(shadowed) {
                let Some(command) = located.value.as_text() else { continue };
                let program = match words::split(command.expose()).as_deref() {
                    Some([program, _, ..]) => words::quote(program),
                    Some(_) => continue,
                    // A quote is left open. Nothing can be run, and nothing behind the first word need be seen.
                    None => command.expose().split_whitespace().next().unwrap_or_default().to_owned(),
                };
                located.value = text(&format!("{program} …"));
            }
        }
        self
    }

    /// The value as it may be shown; a block has none of its own.
    fn shown(&self, value: &Value, reveal: bool) -> Option<String> {
        let text = value.as_text()?;
        let is_swapped = self.row == Some(&AWS_ACCESS_KEY_ID) && is_no_key_id(text.expose());
        let is_masked = !reveal && (self.secret || is_swapped || continues_into_a_secret(text.expose()));
        Some(if is_masked { text.masked() } else { listed(&self.name, text.expose(), reveal) })
    }

    /// A line of a block as it may be shown.
    fn shown_line<'l>(&self, line: &'l Nested, reveal: bool) -> std::borrow::Cow<'l, str> {
        let is_masked = !reveal && (self.secret || is_secret(&line.key));
        if is_masked {
            line.value.masked().into()
        } else {
            listed(&line.key, line.value.expose(), reveal).into()
        }
    }

    /// Names and values to be listed: one, or those of a block.
    pub fn lines(&self, reveal: bool) -> Vec<(String, String)> {
        match &self.winner.value {
            Value::Text(_) => {
                vec![(self.name.clone(), self.shown(&self.winner.value, reveal).unwrap_or_default())]
            }
            Value::Block(lines) => {
                let nested = lines.iter().map(|line| {
                    (format!("{}.{}", self.name, line.key), self.shown_line(line, reveal).into_owned())
                });
                nested.collect()
            }
        }
    }

    /// The members `value`, `origin` and, if there are any, `shadowed`.
    pub fn to_json(&self, reveal: bool) -> Map<String, Json> {
        let member = |value: &Located<Value>| {
            let shown = match &value.value {
                Value::Text(_) => json!(self.shown(&value.value, reveal)),
                Value::Block(lines) => lines
                    .iter()
                    .map(|line| (line.key.clone(), json!(self.shown_line(line, reveal))))
                    .collect::<Map<_, _>>()
                    .into(),
            };
            Map::from_iter([("value".to_owned(), shown), ("origin".to_owned(), json!(value.origin))])
        };
        let mut members = member(&self.winner);
        if !self.shadowed.is_empty() {
            let shadowed = self.shadowed.iter().map(|shadowed| {
                let mut members = member(&shadowed.value);
                members.insert("why".to_owned(), json!(shadowed.why));
                Json::Object(members)
            });
            members.insert("shadowed".to_owned(), shadowed.collect());
        }
        members
    }
}

/// A value in a list. An address may hold a password that its key says nothing of.
fn listed(key: &str, value: &str, reveal: bool) -> String {
    let is_address = || key.ends_with("_url") || key.ends_with("_endpoint");
    let looks_like_one = || value.contains("://") && value.contains(['@', '?']);
    if !reveal && (is_address() || looks_like_one()) { redacted(value) } else { value.to_owned() }
}

fn from_environment(world: &World, row: &Variable, variable: &'static str) -> Option<Located<Value>> {
    let skips_empty = row.empty == Empty::SkippedInEnvironment;
    let value = world.variable(variable).filter(|value| !(skips_empty && value.is_empty()))?;
    Some(Located::new(text(value), Origin::environment(variable)))
}

/// The values in the files, the one that counts first.
fn from_files(section: &Profile<'_>, key: Key<'_>) -> Vec<Located<Value>> {
    let found = section.values(key.name);
    match key.nested {
        None => found.collect(),
        // The whole block of the stronger file replaces the other's, so a key that only the weaker has is not seen.
        Some(nested) => found.take(1).filter_map(|found| nested_value(found, nested)).collect(),
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

fn text(value: &str) -> Value {
    Value::Text(Secret::new(value))
}
