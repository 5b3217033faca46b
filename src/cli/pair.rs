//! A key and its value with a sign between them, as in the files.

use super::typed::Typed;
use crate::config::{Name, Setting};
use crate::failure::{Command, Hint};
use crate::secret::{Care, is_withheld};
use crate::settings::{self, masked};

const WHAT: &str = "separate the key and the value with a space";

/// In one word, `region=eu-west-1`.
pub(super) fn joined(words: &[&str], typed: &Typed<'_>) -> Option<Hint> {
    let (is_own, pair) = match words[..] {
        ["set", pair, ..] | ["configure", "set", pair, ..] => (false, pair),
        ["config", "set", pair, ..] => (true, pair),
        _ => return None,
    };
    let (key, value) = pair.split_once('=')?;
    Some(set(is_own, key, value, typed))
}

/// In words of their own, `region = eu-west-1`.
pub(super) fn apart(words: &[&str], typed: &Typed<'_>) -> Option<Hint> {
    let (is_own, rest) = match words {
        ["set", rest @ ..] => (false, rest),
        ["config", "set", rest @ ..] => (true, rest),
        _ => return None,
    };
    let (key, value) = rest.windows(3).find_map(|three| match three {
        [key, "=" | ":", value] => Some((*key, *value)),
        _ => None,
    })?;
    Some(set(is_own, key, value, typed))
}

/// The command with both. The value of a secret is never an argument.
fn set(is_own: bool, key: &str, value: &str, typed: &Typed<'_>) -> Hint {
    if !is_own && settings::is_secret(key) {
        let set = typed.with_profile(Command::set(key, "-"));
        return Hint::from("a secret is read from a prompt or a pipe: ").run(set);
    }
    let is_known = if is_own {
        key.parse::<Name>().is_ok_and(|name| Setting::require(&name).is_ok())
    } else {
        settings::variable(key).is_some()
    };
    if !is_known || is_withheld(value) || masked(value, Care::Great) != value {
        return WHAT.into();
    }
    let set = if is_own {
        Command::xcred(["config", "set"]).argument(key).argument(value)
    } else {
        typed.with_profile(Command::set(key, value))
    };
    Hint::from(format!("{WHAT}: ")).run(set)
}
