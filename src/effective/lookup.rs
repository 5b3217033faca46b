//! Options, environment and files, and their precedence.

use rustc_hash::FxHashSet;

use super::selection::{Selection, trimmed};
use super::setting::{Setting, Shadowed, Why, text};
use super::stored::{Stored, in_files};
use crate::ini::{Key, Value};
use crate::origin::{Located, Origin};
use crate::profile::{Files, KeyPath};
use crate::sdk::Sdk;
use crate::settings::{self, Empty, REGION, VARIABLES, Variable, variable};
use crate::view::View;
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
    /// The files as the SDK reads them, if not as botocore does.
    pub view: Option<&'a View>,
}

impl Lookup<'_> {
    /// The effective value: option, then environment, then the credentials file, then the config file. An empty value
    /// is a value, unless the row of the setting says otherwise.
    pub fn setting(&self, row: &'static Variable) -> Option<Setting> {
        self.effective(&self.stored(self.profile.profile_of(self.sdk, row)), Some(row), row.name, row.key)
    }

    /// The effective value of a key that was typed; AWS may have no such setting.
    pub fn key(&self, key: &KeyPath) -> Option<Setting> {
        let name = key.dotted();
        let row = variable(&name);
        let profile = row.map_or(&*self.profile.name.value, |row| self.profile.profile_of(self.sdk, row));
        self.effective(&self.stored(profile), row, &name, in_files(row, key))
    }

    /// Every setting of the profile that has a value: those of the table in its order, then other keys of the files,
    /// sorted.
    pub fn all(&self) -> Vec<Setting> {
        let stored = &self.stored(&self.profile.name.value);
        let held = stored.keys();
        let set: FxHashSet<&str> = self.world.variables().map(|(name, _)| name).collect();
        let has_variable = |row: &Variable| {
            let mut variables = self.sdk.variables(row).iter().chain(self.sdk.fallbacks(row));
            variables.any(|variable| set.contains(variable))
        };
        let known = VARIABLES.iter().filter_map(|row| {
            if self.profile.profile_of(self.sdk, row) != self.profile.name.value {
                return self.setting(row);
            }
            let key = row.key.filter(|key| held.contains(key.name));
            // Most settings are set nowhere.
            let has_own = row.own_key.is_some_and(|own| held.contains(own));
            let may_be_set = key.is_some() || has_own || *row == &REGION || has_variable(row);
            if may_be_set { self.effective(stored, Some(row), row.name, key) } else { None }
        });
        let others = stored.with_values(&held).into_iter().map(|(key, values)| (key.dotted(), key, values));
        // A block in place of a plain setting is that setting's value. A key with a dot in place of a block belongs to no setting.
        let is_of_row = |name: &str, key: &KeyPath| {
            variable(name).is_some()
                || key.nested.is_some() && variable(&key.name).is_some()
                || key.nested.is_none() && KeyPath::is_dotted_line(&key.name)
        };
        let others = others.filter(|(name, key, _)| !is_of_row(name, key));
        let others = others.filter_map(|(name, _, values)| Setting::of(&name, None, values));
        known.chain(others).collect()
    }

    fn stored(&self, name: &str) -> Stored<'_> {
        match self.view {
            Some(view) => Stored::Viewed(view.profile(name)),
            None => Stored::Read(self.files.profile(name)),
        }
    }

    /// The value of the setting `name`, which may have a row, and a key in the files.
    fn effective(
        &self,
        stored: &Stored<'_>,
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
        let own = row.and_then(|row| row.own_key).filter(|_| self.sdk.ruled.is_none());
        let keys = own.map(|name| Key { name, nested: None }).into_iter().chain(key);
        let texts: Vec<_> = keys.flat_map(|key| stored.texts(row, key)).collect();
        values.extend(Some(texts).filter(|texts| self.counts(row, texts)).into_iter().flatten());
        if let Some(row) = row {
            values.extend(self.environment(row, self.sdk.fallbacks(row)));
        }
        if let Some(change) =
            self.sdk.ruled.and_then(|rules| rules.region.changed).filter(|_| row == Some(&REGION))
        {
            for found in &mut values {
                let Some(name) = found.value.as_text() else { continue };
                // A secret stays as it is: where it is shown, it has to be recognized.
                if settings::shown(name.expose().into()) == name.expose() {
                    found.value = text(&change(name.expose()));
                }
            }
        }
        let mut setting = Setting::of(name, row, values)?;
        let skipped = skipped.into_iter().map(|value| Shadowed { value, why: Why::ExplicitProfile });
        setting.shadowed.extend(skipped);
        Some(setting)
    }

    /// Whether the values of the files count: to most SDKs an empty region is none, though it overrides others.
    fn counts(&self, row: Option<&Variable>, found: &[Located<Value>]) -> bool {
        let is_empty = |value: &Value| value.as_text().is_some_and(|text| text.expose().is_empty());
        let rules = self.sdk.ruled.filter(|_| row == Some(&REGION));
        rules.is_none_or(|rules| {
            rules.region.empty_is_value || !found.first().is_some_and(|first| is_empty(&first.value))
        })
    }

    fn environment(
        &self,
        row: &Variable,
        variables: &'static [&'static str],
    ) -> impl Iterator<Item = Located<Value>> {
        let skips_empty = row.empty == Empty::SkippedInEnvironment || self.sdk.skips_empty(row);
        let (world, trims) = (self.world, self.sdk.trims_variables);
        let first = || variables.iter().find_map(|variable| world.variable(variable));
        let is_hidden = self.sdk.first_set_counts && skips_empty && first() == Some("");
        let variables = if is_hidden { &[] } else { variables };
        variables.iter().filter_map(move |variable| {
            let value = world.variable(variable)?;
            let value = if trims { trimmed(value) } else { value };
            (!(skips_empty && value.is_empty()))
                .then(|| Located::new(text(value), Origin::environment(*variable)))
        })
    }
}
