//! Which setting was meant.

use super::name::{TABLE, TABLES};
use super::table::{EACH, SETTINGS};
use super::{Name, Setting};

/// The setting with the most similar name, if there is a similar one; of `prod.account`, that guard of the profile.
pub(crate) fn nearest(name: &Name) -> Option<Name> {
    let is_near = |table: &str| TABLES.iter().any(|known| strsim::osa_distance(table, known) <= 2);
    if name.tables().first().is_some_and(|table| !is_near(table)) {
        let guard = Name::of([TABLE, &name.tables().join("."), name.last()]);
        if Setting::of(name).is_none() && Setting::of(&guard).is_some() {
            return Some(guard);
        }
    }
    let names = SETTINGS.iter().map(|setting| {
        let at = setting.parts().position(|part| part == EACH);
        setting.name_for(at.and_then(|at| name.parts().get(at)).map_or("", String::as_str))
    });
    let names: Vec<(String, Name)> = names.map(|name| (name.to_string(), name)).collect();
    let nearest = crate::text::nearest(&name.to_string(), names.iter().map(|(text, _)| text.as_str()))?;
    names.iter().find(|(text, _)| text == nearest).map(|(_, name)| name.clone())
}
