//! What fingers know from other programs, where it is spelled differently here.

use std::ffi::OsString;

/// `xcred help COMMAND` as `xcred COMMAND --help`, and `xcred sso login` and `logout`, as in AWS CLI, without `sso`.
pub fn as_typed_here(arguments: &[OsString]) -> Option<Vec<OsString>> {
    match arguments {
        [program, help, rest @ ..] if help == "help" => {
            Some([std::slice::from_ref(program), rest, &["--help".into()]].concat())
        }
        _ => without_sso(arguments),
    }
}

/// The options before a command that have a value.
const WITH_VALUE: [&str; 4] = ["-p", "--profile", "--region", "--color"];

fn without_sso(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let mut at = 1;
    while let Some(option) = arguments.get(at).filter(|word| word.as_encoded_bytes().starts_with(b"-")) {
        at += if WITH_VALUE.iter().any(|name| option == name) { 2 } else { 1 };
    }
    let is_spelled_so = arguments.get(at).is_some_and(|word| word == "sso")
        && arguments.get(at + 1).is_some_and(|word| word == "login" || word == "logout");
    is_spelled_so.then(|| [&arguments[..at], &arguments[at + 1..]].concat())
}

/// What to type instead of a command that xcred doesn't have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A command of xcred, with its subcommand.
    Command(&'static str),
    /// Something that another program does.
    Help(&'static str),
}

const SWITCH: Instead =
    Instead::Help("`eval \"$(xcred export-env --profile NAME)\"` switches this shell to a profile");

/// Names of commands in AWS CLI, aws-vault, granted, git and cargo, and in former versions of xcred.
const INSTEAD: &[(&str, Instead)] = &[
    ("settings", Instead::Command("config")),
    ("ls", Instead::Command("list-profiles")),
    ("list", Instead::Command("list-profiles")),
    ("profiles", Instead::Command("list-profiles")),
    ("show", Instead::Command("resolve")),
    ("which", Instead::Command("resolve")),
    ("explain", Instead::Command("resolve")),
    ("why", Instead::Command("resolve")),
    ("check", Instead::Command("doctor")),
    ("lint", Instead::Command("doctor")),
    ("validate", Instead::Command("doctor")),
    ("verify", Instead::Command("doctor")),
    ("fix", Instead::Command("doctor --fix")),
    ("sts", Instead::Command("whoami")),
    ("current", Instead::Command("status")),
    ("env", Instead::Command("export-env")),
    ("export", Instead::Command("export-env")),
    ("export-credentials", Instead::Command("export-env")),
    ("run", Instead::Command("exec")),
    ("import", Instead::Command("configure import")),
    ("add", Instead::Command("configure")),
    ("init", Instead::Command("configure")),
    ("rotate", Instead::Command("keys rotate")),
    ("rename", Instead::Command("profile rename")),
    ("remove", Instead::Command("profile remove")),
    ("delete", Instead::Command("profile remove")),
    ("rm", Instead::Command("profile remove")),
    ("copy", Instead::Command("profile copy")),
    ("cp", Instead::Command("profile copy")),
    ("version", Instead::Command("--version")),
    ("use", SWITCH),
    ("assume", SWITCH),
    ("switch", SWITCH),
    ("signin", Instead::Command("login")),
    ("signout", Instead::Command("logout")),
];

/// What to type instead of `command`.
pub fn instead(command: &str) -> Option<Instead> {
    INSTEAD.iter().find(|(name, _)| *name == command).map(|(_, instead)| *instead)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn what_is_typed_instead_exists_and_is_not_a_command_itself() {
        let program = Cli::command();
        for (name, instead) in INSTEAD {
            assert!(program.find_subcommand(name).is_none(), "{name}");
            if let Instead::Command(command) = instead
                && !command.starts_with('-')
            {
                let mut words = command.split(' ').take_while(|word| !word.starts_with('-'));
                let found = words.try_fold(&program, |within, word| within.find_subcommand(word));
                assert!(found.is_some(), "{command}");
            }
        }
    }

    #[test]
    fn help_and_the_sign_in_are_understood_as_others_spell_them() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        for (typed, meant) in [
            ("xcred help keys rotate", Some("xcred keys rotate --help")),
            ("xcred help", Some("xcred --help")),
            ("xcred get help", None),
            ("xcred sso login --sso-session corp", Some("xcred login --sso-session corp")),
            ("xcred sso logout", Some("xcred logout")),
            ("xcred -p dev -v --color=never sso login", Some("xcred -p dev -v --color=never login")),
            ("xcred --profile sso login", None),
            ("xcred exec -- aws sso login", None),
            ("xcred sso sync", None),
            ("xcred sso", None),
            ("xcred -p", None),
        ] {
            assert_eq!(as_typed_here(&words(typed)), meant.map(words), "{typed}");
        }
    }
}
