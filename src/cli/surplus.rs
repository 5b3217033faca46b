//! Words of a command line that are one too many, and what they name.

use std::ffi::OsString;

use clap::Arg;

use super::pair;
use super::typed::{Names, Typed, below};
use super::{options, unused};
use crate::failure::{Command, Hint};
use crate::secret::{Care, is_withheld};
use crate::settings::{self, masked};

/// What was meant by an argument too many: a profile or a session that exists, a value of several words, or an equals sign
/// between a key and its value. About any other word nothing can be said.
pub(super) fn instead(
    typed: &Typed<'_>,
    surplus: &str,
    arguments: &[OsString],
    known: Names<'_>,
) -> Option<Hint> {
    let words = match &typed.words[..] {
        ["configure", words @ ..] if matches!(words, ["get" | "set", ..]) => words,
        words => words,
    };
    let [verb, rest @ ..] = words else { return None };
    if !rest.contains(&surplus) {
        return None;
    }
    if let Some(hint) = pair::apart(words, typed, known) {
        return Some(hint);
    }
    match *verb {
        "get" | "set" | "unset" => of_key(verb, rest, surplus, typed, known),
        _ => of_command(words, surplus, typed, arguments, known),
    }
}

/// Of a command that takes no argument.
fn of_command(
    words: &[&str],
    surplus: &str,
    typed: &Typed<'_>,
    arguments: &[OsString],
    known: Names<'_>,
) -> Option<Hint> {
    if let ["sso", "roles", ..] = words
        && settings::is_account(surplus)
    {
        let command = Command::xcred(["sso", "roles"]).option("--sso-account-id", surplus);
        let session = options::value_of("--sso-session", arguments).filter(|name| !is_withheld(name));
        return Some(Hint::from("to name an account: ").run(command.option_if("--sso-session", session)));
    }
    if options::value_of("--credential-process", arguments).is_some() {
        return Some(in_quotes());
    }
    let program = super::Cli::definition();
    let (defined, command, rest) = below(&program, words);
    let command = typed.if_whole(command);
    if let (["configure", "sso-session", ..], [name]) = (words, rest) {
        return Some(Hint::from("to name the session: ").run(command.option("--name", *name)));
    }
    let has_session = defined.get_arguments().any(|arg| arg.get_long() == Some("sso-session"));
    if has_session && (known.is_session)(surplus) && !(known.is_profile)(surplus) {
        let command = typed.with_profile(command.option("--sso-session", surplus));
        return Some(Hint::from("to name an SSO session: ").run(command));
    }
    // The definitions of commands have this option only where it is hidden.
    let is_other = |arg: &Arg| arg.is_positional() || arg.get_id() == unused::PROFILE;
    if defined.is_subcommand_required_set() || defined.get_arguments().any(is_other) {
        return None;
    }
    let naming = |command, name| typed.may_name(name).then(|| naming(command, name));
    match rest {
        ["profile", name, ..] if !is_withheld(name) => naming(command, name),
        // A profile that `configure` makes.
        [name] if words.first() == Some(&"configure") && *name != "profile" => naming(command, name),
        _ => naming(command, surplus).filter(|_| (known.is_profile)(surplus)),
    }
}

/// Of a command that takes a key.
fn of_key(verb: &str, rest: &[&str], surplus: &str, typed: &Typed<'_>, known: Names<'_>) -> Option<Hint> {
    let is_setting = |word: &str| settings::variable(word).is_some();
    let (command, is_set) = (Command::xcred([]).argument(verb), verb == "set");
    let at = rest.iter().position(|word| *word == "profile" && !(known.is_profile)(word));
    let named = at.and_then(|at| rest.get(at + 1));
    let (profile, others) = match (named, rest) {
        // An option without its hyphens.
        (Some(named), _) => {
            (*named, rest.iter().filter(|word| *word != named && **word != "profile").copied().collect())
        }
        // The profile first, as in `xcred exec PROFILE`.
        (None, [first, others @ ..])
            if (known.is_profile)(first)
                && others.first().is_some_and(|key| is_setting(key))
                && !is_setting(first) =>
        {
            (*first, others.to_vec())
        }
        (None, _) if (known.is_profile)(surplus) => {
            (surplus, rest.iter().filter(|word| **word != surplus).copied().collect::<Vec<_>>())
        }
        (None, [key, _, _, ..]) if is_set && settings::is_command(key) => return Some(in_quotes()),
        _ => return None,
    };
    if is_withheld(profile) || !typed.may_name(profile) {
        return None;
    }
    let command = match others[..] {
        [key, ..] if is_withheld(key) => return None,
        [key, _] if is_set && settings::is_secret(key) => command.argument(key).argument("-"),
        // The value may have a secret, and so may the key if it isn't known.
        [key, value]
            if is_set
                && is_setting(key)
                && !settings::is_command(key)
                && masked(value, Care::Great) == value =>
        {
            command.argument(key).argument(value)
        }
        [key] if !is_set => command.argument(key),
        _ => Command::new([]),
    };
    // `get` changes nothing.
    Some(naming(if verb == "get" { command } else { typed.if_whole(command) }, profile))
}

fn in_quotes() -> Hint {
    "put the command and its arguments in quotes, as one word".into()
}

/// The command for the profile.
pub(super) fn naming(command: Command, profile: &str) -> Hint {
    Hint::from("to name a profile: ").run(command.profile(profile))
}
