//! Options, environment and files, and their precedence.

use super::selection::Selection;
use super::setting::{Setting, Shadowed, Why, text};
use super::stored::{in_files, keys_of, values_in};
use crate::ini::{Key, Value};
use crate::origin::{Located, Origin};
use crate::profile::{Files, KeyPath, Profile};
use crate::sdk::Sdk;
use crate::settings::{Empty, REGION, VARIABLES, Variable, variable};
use crate::world::World;

/// Values that options on the command line give.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `--region`.
    pub region: Option<String>,
}

/// What effective values depend on.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    pub world: &'a World,
    pub options: &'a Options,
    pub files: &'a Files,
    pub profile: &'a Selection,
    pub sdk: Sdk,
}

impl Lookup<'_> {
    /// The effective value: option, then environment, then the credentials file, then the config file. An empty value
    /// is a value, unless the row of the setting says otherwise.
    pub fn setting(&self, row: &'static Variable) -> Option<Setting> {
        self.effective(&self.stored(), Some(row), row.name, row.key)
    }

    /// The effective value of a key that was typed; AWS may have no such setting.
    pub fn key(&self, key: &KeyPath) -> Option<Setting> {
        let name = key.dotted();
        let row = variable(&name);
        self.effective(&self.stored(), row, &name, in_files(row, key))
    }

    /// Every setting of the profile that has a value: those of the table in its order, then other keys of the files,
    /// sorted.
    pub fn all(&self) -> Vec<Setting> {
        let stored = &self.stored();
        let held = stored.keys();
        let known = VARIABLES.iter().filter_map(|row| {
            // Most settings are in no file, and need not be looked up there.
            self.effective(stored, Some(row), row.name, row.key.filter(|key| held.contains(key.name)))
        });
        let others = keys_of(stored, &held).into_iter().map(|key| (key.dotted(), key));
        let others = others.filter(|(name, _)| variable(name).is_none());
        let others = others.filter_map(|(name, key)| self.effective(stored, None, &name, Some(key.as_key())));
        known.chain(others).collect()
    }

    fn stored(&self) -> Profile<'_> {
        self.files.profile(&self.profile.name.value)
    }

    /// The value of the setting `name`, which may have a row, and a key in the files.
    fn effective(
        &self,
        stored: &Profile<'_>,
        row: Option<&'static Variable>,
        name: &str,
        key: Option<Key<'_>>,
    ) -> Option<Setting> {
        let mut values = Vec::new();
        if row == Some(&REGION)
            && let Some(region) = &self.options.region
        {
            values.push(Located::new(text(region), Origin::Option { name: "--region" }));
        }
        let mut skipped = Vec::new();
        if let Some(row) = row {
            let found = self.environment(row, self.sdk.variables(row));
            let is_skipped = row.skipped_for_explicit_profile && self.profile.is_explicit();
            if is_skipped { skipped.extend(found) } else { values.extend(found) }
        }
        values.extend(key.into_iter().flat_map(|key| values_in(stored, key)));
        if let Some(row) = row {
            values.extend(self.environment(row, self.sdk.fallbacks(row)));
        }
        let mut setting = Setting::of(name, row, values)?;
        let skipped = skipped.into_iter().map(|value| Shadowed { value, why: Why::ExplicitProfile });
        setting.shadowed.extend(skipped);
        Some(setting)
    }

    fn environment(
        &self,
        row: &Variable,
        variables: &'static [&'static str],
    ) -> impl Iterator<Item = Located<Value>> {
        let skips_empty = row.empty == Empty::SkippedInEnvironment;
        let world = self.world;
        variables.iter().filter_map(move |variable| {
            let value = world.variable(variable).filter(|value| !(skips_empty && value.is_empty()))?;
            Some(Located::new(text(value), Origin::environment(*variable)))
        })
    }
}
