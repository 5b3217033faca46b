//! What fingers know from other programs, where it is spelled differently here.

use std::ffi::OsString;

/// `xcred help COMMAND`, and `xcred COMMAND help` as in AWS CLI, as `xcred COMMAND --help`; and `xcred sso login` and `logout`, as in AWS CLI, without `sso`.
/// `definition` is asked for only if a word is `help`.
pub fn as_typed_here(
    arguments: &[OsString],
    definition: impl FnOnce() -> clap::Command,
) -> Option<Vec<OsString>> {
    match arguments {
        [program, help, rest @ ..] if help == "help" => {
            Some([std::slice::from_ref(program), rest, &["--help".into()]].concat())
        }
        [program, words @ .., help] if help == "help" && takes_no_word(&definition(), words) => {
            Some([std::slice::from_ref(program), words, &["--help".into()]].concat())
        }
        _ => without_sso(arguments),
    }
}

/// Whether the words are a command that takes no word, so that one behind it names nothing.
fn takes_no_word(program: &clap::Command, words: &[OsString]) -> bool {
    let found = words.iter().try_fold(program, |within, word| within.find_subcommand(word));
    found.is_some_and(|command| !words.is_empty() && command.get_positionals().next().is_none())
}

/// The options before a command that have a value.
const WITH_VALUE: [&str; 4] = ["-p", "--profile", "--region", "--color"];

/// Where the name of the command is, or would be: behind the options before it.
pub(super) fn place_of_command(arguments: &[OsString]) -> usize {
    let mut at = 1;
    while let Some(option) = arguments.get(at).filter(|word| word.as_encoded_bytes().starts_with(b"-")) {
        at += if WITH_VALUE.iter().any(|name| option == name) { 2 } else { 1 };
    }
    at
}

fn without_sso(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let at = place_of_command(arguments);
    let is_spelled_so = arguments.get(at).is_some_and(|word| word == "sso")
        && arguments.get(at + 1).is_some_and(|word| word == "login" || word == "logout");
    is_spelled_so.then(|| [&arguments[..at], &arguments[at + 1..]].concat())
}

/// Names of commands in AWS CLI, aws-vault, granted, git and cargo, and in former versions of xcred.
const INSTEAD: &[(&str, &str)] = &[
    ("settings", "config"),
    ("ls", "list-profiles"),
    ("list", "list-profiles"),
    ("profiles", "list-profiles"),
    ("show", "resolve"),
    ("which", "resolve"),
    ("explain", "resolve"),
    ("why", "resolve"),
    ("check", "doctor"),
    ("lint", "doctor"),
    ("validate", "doctor"),
    ("verify", "doctor"),
    ("fix", "doctor --fix"),
    ("sts", "whoami"),
    ("get-caller-identity", "whoami"),
    ("assume-role", "configure role"),
    ("id", "whoami"),
    ("me", "whoami"),
    ("current", "status"),
    ("env", "export-env"),
    ("export", "export-env"),
    ("export-credentials", "export-env"),
    ("run", "exec"),
    ("shell", "exec"),
    ("import", "configure import"),
    ("add", "configure"),
    ("new", "configure"),
    ("create", "configure"),
    ("edit", "configure"),
    ("setup", "configure"),
    ("rotate", "keys rotate"),
    ("rename", "profile rename"),
    ("remove", "profile remove"),
    ("delete", "profile remove"),
    ("delete-profile", "profile remove"),
    ("rm", "profile remove"),
    ("copy", "profile copy"),
    ("cp", "profile copy"),
    ("version", "--version"),
    ("assume", "use"),
    ("switch", "use"),
    ("unassume", "use --none"),
    ("clear", "use --none"),
    ("signin", "login"),
    ("signout", "logout"),
];

/// What to type instead of a command below another one: the other one, the words, and the command with its subcommand.
const BELOW: &[(&str, &[&str], &str)] = &[
    ("keys", &["rm", "remove"], "keys delete"),
    ("keys", &["ls", "show"], "keys list"),
    ("keys", &["new", "add"], "keys create"),
    ("keys", &["disable"], "keys deactivate"),
    ("keys", &["enable"], "keys activate"),
    ("config", &["ls", "show"], "config list"),
    ("config", &["rm", "remove", "delete"], "config unset"),
    ("config", &["add"], "config set"),
    ("profile", &["rm", "delete"], "profile remove"),
    ("profile", &["mv", "move"], "profile rename"),
    ("profile", &["cp"], "profile copy"),
    ("profile", &["ls"], "list-profiles"),
    ("profile", &["add", "new", "create"], "configure"),
    ("sso", &["logn", "loign", "signin"], "login"),
    ("sso", &["logut", "signout"], "logout"),
    ("sso", &["ls", "list"], "sso accounts"),
    ("sso", &["profiles", "populate"], "sso sync"),
    ("sso", &["configure", "setup", "add", "new"], "configure sso"),
];

/// The command to type, with its subcommand, instead of one that xcred doesn't have. What is below `configure` is looked for
/// among all commands, too: people have a profile in mind.
pub(super) fn instead(command: &str, arguments: &[OsString]) -> Option<&'static str> {
    let of_all = || INSTEAD.iter().find(|(name, _)| *name == command).map(|(_, instead)| *instead);
    let parent = arguments.get(place_of_command(arguments))?.to_str()?;
    if command == "sts" {
        // It is a command of AWS CLI with commands below it.
        let below = arguments.get(place_of_command(arguments) + 1).and_then(|word| word.to_str());
        match below {
            Some("assume-role") => return Some("configure role"),
            Some("get-session-token") => return Some("export-env"),
            _ => {}
        }
    }
    if parent == command || parent == "configure" {
        return of_all();
    }
    let below = BELOW.iter().find(|(above, names, _)| *above == parent && names.contains(&command));
    below.map(|(.., instead)| *instead)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn what_is_typed_instead_exists_and_is_not_a_command_itself() {
        let program = Cli::command();
        let below = BELOW.iter().flat_map(|(parent, names, command)| {
            names.iter().map(move |name| (program_below(parent), *name, *command))
        });
        let all = INSTEAD.iter().map(|(name, command)| (Cli::command(), *name, *command));
        for (parent, name, command) in all.chain(below) {
            assert!(parent.find_subcommand(name).is_none(), "{name}");
            if !command.starts_with('-') {
                let mut words = command.split(' ').take_while(|word| !word.starts_with('-'));
                let found = words.try_fold(&program, |within, word| within.find_subcommand(word));
                assert!(found.is_some(), "{command}");
            }
        }
    }

    fn program_below(parent: &str) -> clap::Command {
        Cli::command().find_subcommand(parent).expect("a command").clone()
    }

    #[test]
    fn a_command_below_another_is_looked_for_there() {
        for (typed, meant) in [
            ("xcred keys rm", Some("keys delete")),
            ("xcred -p dev keys ls", Some("keys list")),
            ("xcred keys new", Some("keys create")),
            ("xcred keys disable", Some("keys deactivate")),
            ("xcred config show", Some("config list")),
            ("xcred sso logn", Some("login")),
            ("xcred configure rm", Some("profile remove")),
            ("xcred rm", Some("profile remove")),
            ("xcred keys env", None),
            ("xcred sso configure", Some("configure sso")),
            ("xcred sso populate", Some("sso sync")),
            ("xcred get-caller-identity", Some("whoami")),
            ("xcred configure delete-profile", Some("profile remove")),
            ("xcred me", Some("whoami")),
        ] {
            let arguments: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            let name = typed.rsplit(' ').next().unwrap_or_default();
            assert_eq!(instead(name, &arguments), meant, "{typed}");
        }
        let of_sts = |below: &str| instead("sts", &["xcred", "sts", below].map(OsString::from));
        assert_eq!(of_sts("get-caller-identity"), Some("whoami"));
        assert_eq!(of_sts("assume-role"), Some("configure role"));
        assert_eq!(of_sts("get-session-token"), Some("export-env"));
    }

    #[test]
    fn help_and_the_sign_in_are_understood_as_others_spell_them() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        for (typed, meant) in [
            ("xcred help keys rotate", Some("xcred keys rotate --help")),
            ("xcred help", Some("xcred --help")),
            ("xcred get help", None),
            ("xcred configure help", Some("xcred configure --help")),
            ("xcred configure sso help", Some("xcred configure sso --help")),
            ("xcred keys help", Some("xcred keys --help")),
            ("xcred keys rotate help", Some("xcred keys rotate --help")),
            ("xcred whoami help", None),
            ("xcred exec -- help", None),
            ("xcred config set help", None),
            ("xcred sso login --sso-session corp", Some("xcred login --sso-session corp")),
            ("xcred sso logout", Some("xcred logout")),
            ("xcred -p dev -v --color=never sso login", Some("xcred -p dev -v --color=never login")),
            ("xcred --profile sso login", None),
            ("xcred exec -- aws sso login", None),
            ("xcred sso sync", None),
            ("xcred sso", None),
            ("xcred -p", None),
        ] {
            assert_eq!(as_typed_here(&words(typed), Cli::definition), meant.map(words), "{typed}");
        }
    }
}
