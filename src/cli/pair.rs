//! A key and its value with a sign between them, as in the files.

use super::typed::{Names, Typed};
use crate::config::{Name, Setting};
use crate::failure::{Command, Hint};
use crate::secret::{Care, is_withheld};
use crate::settings::{self, masked};

const WHAT: &str = "separate the key and the value with a space";

/// In one word, `region=eu-west-1`.
pub(super) fn joined(words: &[&str], typed: &Typed<'_>, known: Names<'_>) -> Option<Hint> {
    let (is_own, pair, others) = match words {
        ["set", pair, others @ ..] | ["configure", "set", pair, others @ ..] => (false, pair, others),
        ["config", "set", pair, others @ ..] => (true, pair, others),
        _ => return None,
    };
    let (key, value) = pair.split_once('=')?;
    Some(Pair { is_own, key, value }.hint(others, typed, known))
}

/// In words of their own, `region = eu-west-1`.
pub(super) fn apart(words: &[&str], typed: &Typed<'_>, known: Names<'_>) -> Option<Hint> {
    let (is_own, rest) = match words {
        ["set", rest @ ..] => (false, rest),
        ["config", "set", rest @ ..] => (true, rest),
        _ => return None,
    };
    let at = rest.windows(3).position(|three| matches!(three[1], "=" | ":"))?;
    let others = [&rest[..at], &rest[at + 3..]].concat();
    Some(Pair { is_own, key: rest[at], value: rest[at + 2] }.hint(&others, typed, known))
}

struct Pair<'w> {
    /// Whether it is a setting of xcred.
    is_own: bool,
    key: &'w str,
    value: &'w str,
}

impl Pair<'_> {
    /// The command with both, if it has all that was typed. The value of a secret is never an argument.
    fn hint(&self, others: &[&str], typed: &Typed<'_>, known: Names<'_>) -> Hint {
        let is_secret = !self.is_own && settings::is_secret(self.key);
        let what = if is_secret { "a secret is read from a prompt or a pipe" } else { WHAT };
        match self.command(is_secret, others, typed, known) {
            Some(command) => Hint::from(format!("{what}: ")).run(command),
            None => what.into(),
        }
    }

    fn command(
        &self,
        is_secret: bool,
        others: &[&str],
        typed: &Typed<'_>,
        known: Names<'_>,
    ) -> Option<Command> {
        let Pair { is_own, key, value } = *self;
        let profile = match others {
            [] => None,
            [name] if !is_own && (known.is_profile)(name) && typed.may_name(name) && !is_withheld(name) => {
                Some(name)
            }
            _ => return None,
        };
        let is_known = if is_own {
            key.parse::<Name>().is_ok_and(|name| Setting::require(&name).is_ok())
        } else {
            // Perhaps with the profile before it.
            let is_setting = |key: &str| settings::variable(key).is_some();
            let bare = key.strip_prefix("profile.").unwrap_or(key);
            let mut ends = bare.match_indices('.').map(|(dot, _)| (&bare[..dot], &bare[dot + 1..]));
            is_setting(key) || ends.any(|(name, key)| (known.is_profile)(name) && is_setting(key))
        };
        let is_shown = !is_withheld(value) && masked(value, Care::Great) == value && !value.is_empty();
        if !typed.has_only(None) || !(is_secret || is_known && is_shown) {
            return None;
        }
        Some(match (is_own, profile) {
            (true, _) => Command::xcred(["config", "set"]).argument(key).argument(value),
            (false, Some(profile)) => {
                Command::set(key, if is_secret { "-" } else { value }).profile(*profile)
            }
            (false, None) => typed.with_profile(Command::set(key, if is_secret { "-" } else { value })),
        })
    }
}
