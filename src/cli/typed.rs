//! A command line as clap reads it, also one that isn't valid: without options and their values, and with the profile.

use std::ffi::OsString;

use clap::Arg;

use super::{Cli, unused};
use crate::failure::Command;
use crate::secret::is_withheld;

/// Looks names up in the files.
#[derive(Clone, Copy)]
pub struct Names<'f> {
    pub is_profile: &'f dyn Fn(&str) -> bool,
    pub is_session: &'f dyn Fn(&str) -> bool,
}

/// The words before `--`.
pub(super) struct Typed<'w> {
    /// The command, its subcommands and arguments: neither options nor their values.
    pub(super) words: Vec<&'w str>,
    /// The profile that an option names, as it may be shown.
    profile: Option<&'w str>,
    /// The names of the other options, without those that change only how something is shown.
    options: Vec<&'w str>,
}

/// Options of AWS CLI that have a value.
const VALUED: [&str; 4] = ["--ca-bundle", "--endpoint-url", "--output", "--query"];

/// What is shown in place of the name of a profile that can't be repeated.
const UNCLEAR: &str = "NAME";

impl<'w> Typed<'w> {
    pub(super) fn of(arguments: &'w [OsString]) -> Typed<'w> {
        let program = Cli::definition();
        let mut known: Vec<&Arg> = program.get_arguments().collect();
        let (mut within, mut typed) =
            (Some(&program), Typed { words: Vec::new(), profile: None, options: Vec::new() });
        let mut rest = arguments.iter().skip(1).map(|word| word.to_str().unwrap_or_default());
        while let Some(word) = rest.next() {
            if word == "--" {
                typed.options.push(word);
                break;
            }
            if word.len() > 1 && word.starts_with('-') {
                let option = Given::of(word, &known);
                if !option.is_in_each_tip(word) {
                    typed.options.push(word.split('=').next().unwrap_or_default());
                }
                let Some(arg) = option.arg else {
                    if VALUED.contains(&word) {
                        rest.next();
                    }
                    continue;
                };
                let value = option.value.or_else(|| rest.next());
                if arg.get_id() == unused::PROFILE {
                    typed.profile = value.map(named);
                }
                continue;
            }
            typed.words.push(word);
            let below = within.and_then(|command| command.find_subcommand(word));
            if below.is_none() && within.is_some_and(|command| command.get_positionals().any(takes_rest)) {
                // `exec dev -- ls`
                if typed.profile.is_none() && rest.next() == Some("--") {
                    typed.profile = Some(named(word));
                }
                break;
            }
            within = below;
            known.extend(within.into_iter().flat_map(clap::Command::get_arguments));
        }
        typed
    }

    /// Whether no option was typed but one of this name and those that a tip needs not repeat. A command that lacks another
    /// one may write to another section, or write where only a preview was asked for.
    pub(super) fn has_only(&self, option: Option<&str>) -> bool {
        self.options.iter().all(|typed| Some(*typed) == option)
    }

    /// Whether no option names another profile.
    pub(super) fn may_name(&self, profile: &str) -> bool {
        self.profile.is_none_or(|typed| typed == profile)
    }

    /// The command if no option is lost with it, nothing otherwise: what is added to it stands alone then.
    pub(super) fn if_whole(&self, command: Command) -> Command {
        if self.has_only(None) { command } else { Command::new([]) }
    }

    /// The command for the same profile.
    pub(super) fn with_profile(&self, command: Command) -> Command {
        match self.profile {
            Some(name) => command.profile(name),
            None => command,
        }
    }

    /// The command for the same profile, which the first argument names if no option does.
    pub(super) fn with_named(&self, command: Command) -> Command {
        match (self.profile, self.words.get(1..).unwrap_or_default()) {
            (None, [name]) => command.profile(named(name)),
            // One of them is the value of an option that isn't known.
            (None, [_, _, ..]) => command.profile(UNCLEAR),
            _ => self.with_profile(command),
        }
    }
}

/// The command that the first words name, as it is typed, and the other words.
pub(super) fn below<'p, 't, 'w>(
    program: &'p clap::Command,
    words: &'t [&'w str],
) -> (&'p clap::Command, Command, &'t [&'w str]) {
    let (mut defined, mut command, mut rest) = (program, Command::xcred([]), words);
    while let [word, others @ ..] = rest
        && let Some(below) = defined.find_subcommand(word)
    {
        (defined, command, rest) = (below, command.argument(below.get_name()), others);
    }
    (defined, command, rest)
}

/// Whether what follows is another command.
fn takes_rest(arg: &Arg) -> bool {
    arg.is_trailing_var_arg_set()
}

fn named(name: &str) -> &str {
    if name.is_empty() || is_withheld(name) { UNCLEAR } else { name }
}

/// An option that has a value, or none.
struct Given<'w, 'a> {
    arg: Option<&'a Arg>,
    /// The value in the same word.
    value: Option<&'w str>,
}

impl<'w, 'a> Given<'w, 'a> {
    /// Whether tips have this option, or lose nothing without it.
    fn is_in_each_tip(&self, word: &str) -> bool {
        let letters = word[1..].trim_start_matches('v');
        match self.arg.map(|arg| arg.get_id().as_str()) {
            Some(unused::PROFILE) => letters.starts_with(['-', 'p']),
            Some("color") => true,
            _ => letters.is_empty() || word == "--verbose",
        }
    }

    fn of(word: &'w str, known: &[&'a Arg]) -> Given<'w, 'a> {
        let takes = |arg: &&&'a Arg| arg.get_action().takes_values() && !arg.is_positional();
        if let Some(long) = word.strip_prefix("--") {
            let (name, value) =
                long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let is_it = |arg: &&&'a Arg| {
                arg.get_long() == Some(name) || arg.get_all_aliases().is_some_and(|all| all.contains(&name))
            };
            return Given { arg: known.iter().filter(takes).find(is_it).copied(), value };
        }
        for (at, letter) in word.char_indices().skip(1) {
            let is_it = |arg: &&&'a Arg| arg.get_short() == Some(letter);
            if let Some(arg) = known.iter().filter(takes).find(is_it) {
                let rest = &word[at + letter.len_utf8()..];
                let value = rest.strip_prefix('=').unwrap_or(rest);
                return Given { arg: Some(arg), value: Some(value).filter(|_| !rest.is_empty()) };
            }
        }
        Given { arg: None, value: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_their_values_are_told_from_arguments_as_clap_does() {
        for (typed, words, profile) in [
            ("get region --profile dev", "get region", Some("dev")),
            ("get --profile=dev region", "get region", Some("dev")),
            ("-pdev get region", "get region", Some("dev")),
            ("-p=dev get region", "get region", Some("dev")),
            ("-vp dev get region", "get region", Some("dev")),
            ("-v --color never get --region eu-west-1 region", "get region", None),
            ("get --region=eu-west-1 region", "get region", None),
            ("keys --region x rotate dev --delete", "keys rotate dev", None),
            ("exec --role-arn x --nope -p dev -- ls -p other", "exec", Some("dev")),
            ("exec --nope ls -p other", "exec ls", None),
            ("exec --nope dev -- ls -p other", "exec dev", Some("dev")),
            ("exec --nope -p x dev -- ls", "exec dev", Some("x")),
            ("exec --nope dev ls -- x", "exec dev", None),
            ("whoami --endpoint-url x dev", "whoami dev", None),
            ("whoami --endpoint-url=x dev", "whoami dev", None),
            ("use -c dev", "use dev", None),
            ("set x - -p", "set x -", None),
            ("get region --profile=", "get region", Some("NAME")),
        ] {
            let arguments: Vec<OsString> =
                ["xcred"].into_iter().chain(typed.split(' ')).map(OsString::from).collect();
            let found = Typed::of(&arguments);
            assert_eq!((found.words.join(" ").as_str(), found.profile), (words, profile), "{typed}");
        }
    }

    #[test]
    fn an_option_that_a_tip_would_lose_is_told_from_one_that_it_has() {
        for (typed, is_whole) in [
            ("set region x", true),
            ("-v --color never --verbose -vp dev set region x --profile dev", true),
            ("set region x -n", false),
            ("set region x -np dev", false),
            ("set region x --sso-session corp", false),
            ("set region x --services=s", false),
            ("set region x --dryrun", false),
            ("set region x --region y", false),
            ("set region x -- y", false),
        ] {
            let arguments: Vec<OsString> =
                ["xcred"].into_iter().chain(typed.split(' ')).map(OsString::from).collect();
            assert_eq!(Typed::of(&arguments).has_only(None), is_whole, "{typed}");
        }
    }
}
