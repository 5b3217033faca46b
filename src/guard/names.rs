//! The names of guards. One that only looks like the name of a profile would silently not hold for it.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::Error;
use crate::config::Config;
use crate::profile::Files;
use crate::text::is_unseen;

/// What the name of a guard that no profile has was meant for.
pub(crate) enum Meant {
    Profile(String),
    Many,
}

/// The names of profiles by how they look. They are looked at once, and only for a guard of a profile that doesn't exist.
pub(crate) struct Names<'f> {
    files: &'f Files,
    looks: OnceCell<FxHashMap<String, Cow<'f, str>>>,
}

impl<'f> Names<'f> {
    pub(crate) fn of(files: &'f Files) -> Names<'f> {
        Names { files, looks: OnceCell::new() }
    }

    /// What a guard was meant for whose name differs from that of a profile by case, whitespace, quotes, invisible characters
    /// or the prefix of headers, or is a pattern. Nothing for the name of a profile, and for one that no profile nearly has.
    pub(crate) fn meant(&self, guard: &str) -> Option<Meant> {
        if self.files.profile(guard).exists() && !self.files.is_other_reading(guard) {
            return None;
        }
        if guard.contains('*') {
            return Some(Meant::Many);
        }
        let looks = self.looks.get_or_init(|| {
            // Of several the first, as in a list.
            let mut looks = FxHashMap::default();
            for profile in self.files.profiles() {
                looks.entry(look(&profile)).or_insert(profile);
            }
            looks
        });
        looks.get(&look(guard)).map(|profile| Meant::Profile(profile.clone().into_owned()))
    }
}

/// Refuses guards that hold for no profile and look as if they did.
pub(crate) fn check_names(config: &Config, files: &Files) -> Result<(), Error> {
    let names = Names::of(files);
    config.guarded_profiles().try_for_each(|(guard, place)| {
        let Some(meant) = names.meant(guard) else { return Ok(()) };
        let (guard, place) = (guard.to_owned(), place.clone());
        Err(match meant {
            Meant::Profile(profile) => Error::Misnamed { guard, profile, place },
            Meant::Many => Error::Pattern { guard, place },
        })
    })
}

/// What a hurried reader sees of a name.
fn look(name: &str) -> String {
    // A tab is whitespace and can't be seen.
    let is_kept = |c: char| c.is_whitespace() || !is_unseen(c) && !['"', '\''].contains(&c);
    let name: String = name.chars().filter(|c| is_kept(*c)).collect();
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        ["profile", ref rest @ ..] if !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_was_meant_for_the_first_profile_that_looks_like_it_unless_it_is_the_name_of_one() {
        let files = Files::of_texts("[profile Prod]\n[profile prod]\n[profile 'a*']\n", "[PROD]\n");
        let names = Names::of(&files);
        let meant = |guard: &str| match names.meant(guard)? {
            Meant::Profile(name) => Some(name),
            Meant::Many => Some("(many)".to_owned()),
        };
        for (guard, expected) in [
            ("prod", None),
            ("Prod", None),
            ("PROD", None),
            ("a*", None),
            ("gone", None),
            ("", None),
            ("pROD", Some("Prod")),
            ("profile prod", Some("Prod")),
            ("A*", Some("(many)")),
            ("*", Some("(many)")),
        ] {
            assert_eq!(meant(guard).as_deref(), expected, "{guard}");
        }
    }

    #[test]
    fn a_guard_with_a_header_for_its_name_is_none_of_a_file_that_is_both() {
        for (name, meant) in [("profile prod", Some("prod")), ("prod", None)] {
            let files = Files::of_one_text("[profile prod]\n");
            let found = match Names::of(&files).meant(name) {
                Some(Meant::Profile(name)) => Some(name),
                _ => None,
            };
            assert_eq!(found.as_deref(), meant, "{name}");
        }
    }

    #[test]
    fn names_that_look_alike_are_the_same_to_a_reader() {
        for name in [
            "Prod",
            " prod",
            "prod ",
            "\"prod\"",
            "'prod'",
            "prod\u{200b}",
            "profile prod",
            "PROFILE  \"prod\"",
            "profile\tprod",
        ] {
            assert_eq!(look(name), "prod", "{name:?}");
        }
        for name in ["prod2", "pro d", "pro\td", "profile", "profileprod", "prod-x", "prød"] {
            assert_ne!(look(name), "prod", "{name:?}");
        }
    }
}
