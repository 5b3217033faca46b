//! All settings with their values, for `config get` and `config list`.

use rustc_hash::FxHashMap;
use serde_json::Value as Json;

use super::file::File;
use super::{Config, Error, Name, Setting, load, table};
use crate::origin::{Located, Origin, Place};
use crate::settings;
use crate::world::World;

/// One setting, for `config get` and `config list`.
pub(crate) struct Entry {
    is_program: bool,
    pub(crate) name: Name,
    /// `None` if it isn't set and has no default.
    pub(crate) value: Option<Located<Json>>,
}

impl Entry {
    /// The value in a list. Of a program only its name: the arguments may hold a secret.
    pub(crate) fn shown(&self) -> Option<Located<Json>> {
        let found = self.value.clone()?;
        Some(match &found.value {
            Json::String(command) if self.is_program => {
                Located::new(settings::without_arguments(command).into(), found.origin)
            }
            _ => found,
        })
    }
}

/// Every setting, and the names in the file that this xcred doesn't know.
pub(crate) struct Listing {
    pub(crate) settings: Vec<Entry>,
    pub(crate) unknown: Vec<(Name, Place)>,
}

/// Every setting in the order of the table; those of devices, sessions and profiles sorted by their names.
pub(crate) fn list(world: &World) -> Result<Listing, Error> {
    list_file(load(world)?.as_ref())
}

pub(super) fn list_file(file: Option<&File>) -> Result<Listing, Error> {
    let config = file.map_or_else(|| Ok(Config::default()), File::config)?;
    let places: FxHashMap<Name, Place> = config.places.iter().cloned().collect();
    let values = serde_json::to_value(config).unwrap_or_default();
    let entry = |is_program: bool, name: Name, value: &Json| {
        let origin = places.get(&name).cloned().map_or(Origin::Default, Origin::File);
        Entry { is_program, value: (!value.is_null()).then(|| Located::new(value.clone(), origin)), name }
    };
    let mut settings = Vec::new();
    for setting in table::SETTINGS {
        let mut found = vec![(Name::of([]), &values)];
        for part in setting.parts() {
            found = found.into_iter().flat_map(|(name, value)| below(&name, value, part)).collect();
        }
        // One that exists for each of something is only listed where it is set.
        let is_each = setting.parts().any(|part| part == table::EACH);
        found.retain(|(name, value)| !is_each || places.contains_key(name) && !value.is_null());
        settings.extend(found.into_iter().map(|(name, value)| entry(setting.is_program(), name, value)));
    }
    Ok(Listing { settings, unknown: file.map_or_else(Vec::new, File::unknown) })
}

/// The values of one part of a setting's name in a table: of every key if the part is `*`.
fn below<'v>(table: &Name, values: &'v Json, part: &str) -> Vec<(Name, &'v Json)> {
    match values.as_object().filter(|_| part == table::EACH) {
        Some(each) => each.iter().map(|(key, value)| (table.child(key), value)).collect(),
        None => vec![(table.child(part), &values[part])],
    }
}

/// The names of all settings, those that only the file has last, and what they mean.
pub(crate) fn names(world: &World) -> Vec<(String, &'static str)> {
    let mut names: Vec<(String, &str)> = Vec::new();
    for (name, meaning) in table::names() {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, meaning));
        }
    }
    let settings = list(world).map_or_else(|_| Vec::new(), |listing| listing.settings);
    for name in settings.into_iter().map(|entry| entry.name.to_string()) {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, ""));
        }
    }
    names
}

/// `None` if it isn't set and has no default.
pub(crate) fn get(world: &World, name: &Name) -> Result<Option<Located<Json>>, Error> {
    Setting::require(name)?;
    let found = list(world)?.settings.into_iter().find(|entry| entry.name == *name);
    Ok(found.and_then(|entry| entry.value))
}
