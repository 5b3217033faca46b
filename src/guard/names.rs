//! The names of guards: one that nearly is the name of a profile was meant for it, and would silently not hold.

use super::Error;
use crate::config::Config;
use crate::profile::{Files, SectionName};
use crate::text::is_unseen;

/// Refuses guards that hold for no profile and look as if they did.
///
/// # Errors
/// A name differs from that of a profile by case, white space, quotes, invisible characters or the prefix of headers, or
/// is a pattern.
pub(crate) fn check_names(config: &Config, files: &Files) -> Result<(), Error> {
    let exists = |name: &str| files.find(&SectionName::Profile(name.to_owned())).exists();
    for (guard, place) in config.guarded_profiles().filter(|(name, _)| !exists(name)) {
        let (guard, place) = (guard.to_owned(), place.clone());
        if guard.contains('*') {
            return Err(Error::Pattern { guard, place });
        }
        let look = look(&guard);
        let meant = files.profiles().find(|profile| self::look(profile) == look);
        if let Some(profile) = meant {
            return Err(Error::Misnamed { guard, profile: profile.into_owned(), place });
        }
    }
    Ok(())
}

/// What is left of a name for somebody who looks at it cursorily.
fn look(name: &str) -> String {
    let name: String = name.chars().filter(|c| !is_unseen(*c) && !['"', '\''].contains(c)).collect();
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
        ] {
            assert_eq!(look(name), "prod", "{name:?}");
        }
        for name in ["prod2", "pro d", "profile", "profileprod", "prod-x", "prød"] {
            assert_ne!(look(name), "prod", "{name:?}");
        }
    }
}
