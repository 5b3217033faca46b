//! The command line: types, and how they are parsed. Doc comments here are the help texts.

mod aws_configure;
mod command;
mod config;
pub mod configure;
mod console;
mod credentials;
mod doctor;
mod files;
mod global;
mod habits;
mod help;
mod installation;
pub mod keys;
mod login;
mod options;
mod pair;
mod repeatable;
mod shell;
pub mod sso;
mod status;
mod surplus;
mod tip;
mod typed;
mod unused;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser};

use crate::shell::Init;

pub use self::console::Console;
pub use command::Command;
pub use config::Config;
pub use credentials::{
    CredentialProcess, Exec, Expecting, ExportEnv, Keys, Narrow, Resolve, Resolving, WhoAmI,
};
pub use doctor::Doctor;
pub use files::{Elsewhere, Get, ListProfiles, Profile, Set, Unset};
pub use global::{Format, Global};
pub use habits::as_typed_here;
pub use help::laid_out;
pub use installation::{Completions, Man, Script};
pub use login::{Login, Logout};
pub use repeatable::{count_of_own, has_named_secret, is_repeatable};
pub use shell::{Ended, Evaluated, InitShell, Use};
pub use sso::Sso;
pub use status::Status;
pub use tip::{instead, is_near, may_be_value, may_be_value_of_secret, tip};
pub use typed::Names;

use global::{WIDEST, asks_for_json};

#[derive(Debug, Parser)]
#[command(name = "xcred", version, about, max_term_width = WIDEST, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Parses what was typed.
    pub fn of(arguments: &[OsString]) -> Result<Cli, clap::Error> {
        if let Some(printed) = command::of_no_command(arguments) {
            return Err(printed);
        }
        let cli = match command::of_one_command(arguments) {
            Some((global, command)) => Cli { global, command },
            None => Cli::of_all_commands(arguments)?,
        };
        cli.with_named_profile(arguments)
    }

    /// Parses what was typed by the definitions of all commands.
    pub fn of_all_commands(arguments: &[OsString]) -> Result<Cli, clap::Error> {
        let mut matches = Cli::definition().try_get_matches_from(arguments)?;
        let prints_json = asks_for_json(&matches);
        let mut cli = Cli::from_arg_matches_mut(&mut matches)?;
        cli.global.prints_json = prints_json;
        Ok(cli)
    }

    /// The definitions of all commands, in whose help are only the global options that they use.
    pub fn definition() -> clap::Command {
        unused::hide(Cli::command())
    }

    /// A profile as an argument is the same as `--profile`.
    pub fn with_named_profile(mut self, arguments: &[OsString]) -> Result<Cli, clap::Error> {
        unused::refuse(&self.global, &self.command)?;
        if let (Command::Doctor(Doctor { profiles, .. }), Some(option)) =
            (&self.command, &self.global.profile)
            && let Some(named) = profiles.iter().find(|named| *named != option)
        {
            return Err(two_profiles(named, option));
        }
        let named = match &mut self.command {
            Command::Resolve(Resolve { named, .. })
            | Command::WhoAmI(WhoAmI { named, .. })
            | Command::CredentialProcess(CredentialProcess { named, .. })
            | Command::Console(Console { named, .. })
            | Command::Login(Login { named, .. })
            | Command::Logout(Logout { named, .. })
            | Command::Status(Status { named, .. })
            | Command::ExportEnv(ExportEnv { named, .. })
            | Command::Profile(Profile::Show { named }) => named.take(),
            Command::Use(args) if !args.goes_back() => args.named.take(),
            Command::Exec(exec) => exec.take_profile(arguments),
            _ => None,
        };
        match (named, &self.global.profile) {
            (Some(named), Some(option)) if named != *option => Err(two_profiles(&named, option)),
            (Some(named), _) => {
                self.global.profile = Some(named);
                Ok(self)
            }
            (None, _) => Ok(self),
        }
    }
}

fn two_profiles(named: &str, option: &str) -> clap::Error {
    let message = format!("two profiles are named: `{named}`, and `{option}` by --profile\n");
    clap::Error::raw(ErrorKind::ArgumentConflict, message)
}

impl Cli {
    /// Adds the shell that evaluates what `use` prints.
    #[must_use]
    pub fn evaluated_by(mut self, shell: Option<&'static Init>) -> Cli {
        if let Command::Use(args) = &mut self.command {
            args.evaluator = shell;
        }
        self
    }
}

/// The command whose document is asked for by a command line that may not be valid; its names in their order.
pub fn documented(arguments: &[OsString]) -> Option<Vec<String>> {
    // An argument that isn't text is one of the mistakes.
    let words = arguments.iter().skip(1).map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    let words: Vec<_> = words.collect();
    let is_json = words.windows(2).any(|two| two == ["--format", "json"])
        || words.iter().any(|word| word == "--format=json");
    if !is_json {
        return None;
    }
    let (mut command, mut names) = (&Cli::definition(), Vec::new());
    for word in words {
        if let Some(below) = command.find_subcommand(&*word) {
            names.push(below.get_name().to_owned());
            command = below;
        }
    }
    (names != ["export-env"] && prints_json(command)).then_some(names)
}

/// Whether the command can print JSON.
fn prints_json(command: &clap::Command) -> bool {
    let is_json = |arg: &clap::Arg| arg.get_possible_values().iter().any(|value| value.get_name() == "json");
    command.get_arguments().any(|arg| arg.get_id() == "format" && is_json(arg))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_on_the_command_line_is_in_the_document_that_was_asked_for() {
        for (line, names) in [
            ("resolve dev -p x --format json", Some("resolve")),
            ("-p x profile list --nope --format=json", Some("profile list")),
            ("resolve --nope", None),
            ("resolve --nope -- --format json", None),
            ("export-env --nope --format json", None),
            ("exec --nope --format json", None),
            ("nope --format json", None),
        ] {
            let arguments: Vec<OsString> = format!("xcred {line}").split(' ').map(OsString::from).collect();
            let found = documented(&arguments).map(|names| names.join(" "));
            assert_eq!(found.as_deref(), names, "{line}");
        }
    }

    /// The command lines of all commands below `command` that can print JSON.
    fn printing_json(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
        if prints_json(command) {
            let required =
                command.get_positionals().filter(|arg| arg.is_required_set()).map(|_| "x".to_owned());
            let format = ["--format", "json"].map(str::to_owned);
            found.push(words.iter().cloned().chain(required).chain(format).collect());
        }
        for below in command.get_subcommands() {
            printing_json(below, &[words, &[below.get_name().to_owned()]].concat(), found);
        }
    }

    #[test]
    fn whatever_can_print_json_prints_a_document_where_it_fails() {
        let mut found = Vec::new();
        printing_json(&Cli::definition(), &["xcred".to_owned()], &mut found);
        let documented = |words: &Vec<String>| {
            let of = |more: &[&str]| {
                Cli::of_all_commands(
                    &words.iter().map(Into::into).chain(more.iter().map(Into::into)).collect::<Vec<_>>(),
                )
            };
            let cli = [&[][..], &["--all"], &["--show-secret"]].iter().find_map(|more| of(more).ok());
            cli.unwrap_or_else(|| panic!("{words:?} isn't a command line")).global.prints_json
        };
        let without: Vec<String> =
            found.iter().filter(|words| !documented(words)).map(|words| words[1..].join(" ")).collect();
        // Its JSON is a set of variables for one program, which sees the exit code.
        assert_eq!(without, ["export-env --format json"]);
        assert!(found.len() > 15, "{found:?}");
    }
}
