//! What an edit did, in one form for every command that edits.

use std::fmt;
use std::path::Path;

use crate::origin::{Place, shown};

/// The keys of one section of one file that were written or removed, for one line.
pub(super) struct EditedKeys<'o> {
    change: KeyChange,
    keys: Vec<&'o str>,
    path: &'o Path,
    section: &'o str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyChange {
    Wrote,
    Removed,
}

impl fmt::Display for EditedKeys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, preposition) = match self.change {
            KeyChange::Wrote => ("wrote", "in"),
            KeyChange::Removed => ("removed", "from"),
        };
        let EditedKeys { keys, path, section, .. } = self;
        write!(f, "{verb} {} {preposition} {} [{section}]", keys.join(", "), shown(path))
    }
}

/// One outcome for each section of each file, in the order of the places.
pub(super) fn of_keys<'o>(
    change: KeyChange,
    places: impl IntoIterator<Item = &'o Place>,
) -> Vec<EditedKeys<'o>> {
    let mut outcomes: Vec<EditedKeys<'o>> = Vec::new();
    for Place { path, section, key, .. } in places {
        let (section, key) = (section.as_deref().unwrap_or_default(), key.as_deref().unwrap_or_default());
        match outcomes.iter_mut().find(|outcome| outcome.path == &**path && outcome.section == section) {
            Some(outcome) => outcome.keys.push(key),
            None => outcomes.push(EditedKeys { change, keys: vec![key], path, section }),
        }
    }
    outcomes
}

/// That a value names a profile by its new name now.
pub(super) fn updated(place: &Place) -> String {
    match &place.key {
        Some(key) => format!("updated {key} in {place}"),
        None => format!("updated {place}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn place(section: &str, key: &str) -> Place {
        let path: Arc<Path> = Path::new("/h/config").into();
        Place { path, line: 3, section: Some(section.into()), key: Some(key.into()) }
    }

    #[test]
    fn the_keys_of_a_section_are_on_one_line() {
        let places = [place("a", "region"), place("b", "region"), place("a", "output")];
        let messages: Vec<String> =
            of_keys(KeyChange::Wrote, &places).iter().map(ToString::to_string).collect();
        assert_eq!(messages, ["wrote region, output in /h/config [a]", "wrote region in /h/config [b]"]);
        let messages = of_keys(KeyChange::Removed, &places[..1])[0].to_string();
        assert_eq!(messages, "removed region from /h/config [a]");
    }

    #[test]
    fn a_reference_is_named_with_its_key_and_line() {
        let place = place("ops", "source_profile");
        assert_eq!(updated(&place), "updated source_profile in /h/config:3");
    }
}
