//! What an edit did, in one form for every command that edits.

use std::fmt;
use std::path::Path;

use crate::origin::{Place, shown};

/// One line of what was done.
pub(super) enum Outcome<'o> {
    /// Keys of one section of one file.
    Keys {
        change: KeyChange,
        keys: Vec<&'o str>,
        path: &'o Path,
        section: &'o str,
    },
    /// Profiles.
    Renamed {
        name: &'o str,
        new_name: &'o str,
    },
    Copied {
        name: &'o str,
        new_name: &'o str,
    },
    Removed {
        name: &'o str,
    },
    /// A value that named the profile by its old name.
    Updated(&'o Place),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyChange {
    Wrote,
    Removed,
}

impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Keys { change, keys, path, section } => {
                let (verb, preposition) = match change {
                    KeyChange::Wrote => ("wrote", "in"),
                    KeyChange::Removed => ("removed", "from"),
                };
                write!(f, "{verb} {} {preposition} {} [{section}]", keys.join(", "), shown(path))
            }
            Outcome::Renamed { name, new_name } => write!(f, "renamed `{name}` to `{new_name}`"),
            Outcome::Copied { name, new_name } => write!(f, "copied `{name}` to `{new_name}`"),
            Outcome::Removed { name } => write!(f, "removed `{name}`"),
            Outcome::Updated(place) => match &place.key {
                Some(key) => write!(f, "updated {key} in {place}"),
                None => write!(f, "updated {place}"),
            },
        }
    }
}

/// One outcome for each section of each file, in the order of the places.
pub(super) fn of_keys<'o>(
    change: KeyChange,
    places: impl IntoIterator<Item = &'o Place>,
) -> Vec<Outcome<'o>> {
    let mut outcomes: Vec<Outcome<'o>> = Vec::new();
    for place in places {
        let key = place.key.as_deref().unwrap_or_default();
        let own_section = place.section.as_deref().unwrap_or_default();
        let same = outcomes.iter_mut().find_map(|outcome| match outcome {
            Outcome::Keys { keys, path, section, .. } if *path == &*place.path && *section == own_section => {
                Some(keys)
            }
            _ => None,
        });
        match same {
            Some(keys) => keys.push(key),
            None => {
                outcomes.push(Outcome::Keys {
                    change,
                    keys: vec![key],
                    path: &place.path,
                    section: own_section,
                });
            }
        }
    }
    outcomes
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
        assert_eq!(Outcome::Updated(&place).to_string(), "updated source_profile in /h/config:3");
    }
}
