//! The commands, a row each. clap's derive would define all of them with all their arguments for each command line,
//! which takes longer than most commands take to run; from rows only the typed one is defined.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, FromArgMatches, Subcommand};

use super::global::{WIDEST, asks_for_json};
use super::{
    Completions, Config, Console, CredentialProcess, Doctor, Exec, ExportEnv, Get, Global, InitShell,
    ListProfiles, Login, Logout, Man, Profile, Resolve, Set, Status, Unset, Use, WhoAmI, configure, keys,
    sso,
};

/// Defines the arguments of a command.
macro_rules! define {
    (args $type:ty) => {
        <$type as Args>::augment_args
    };
    (subcommands $type:ty) => {
        |command: clap::Command| {
            let command = <$type as Subcommand>::augment_subcommands(command);
            command.subcommand_required(true).arg_required_else_help(true)
        }
    };
}

/// Makes the enum of the commands. A row has the command's line in the list of commands, its name, its variant, and
/// whether the variant has arguments or subcommands.
macro_rules! commands {
    ($($about:literal, $name:literal => $variant:ident: $kind:ident $type:ty;)*) => {
        /// The commands.
        #[derive(Debug)]
        pub enum Command {
            $($variant($type),)*
        }

        impl Command {
            /// The names, and the line of each in the list of commands.
            const LIST: &[(&str, &str)] = &[$(($name, $about),)*];

            /// The name that is typed.
            pub(super) fn name(&self) -> &'static str {
                match self {
                    $(Command::$variant(_) => $name,)*
                }
            }

            /// Parses the arguments of the command `name`, if they are valid.
            fn alone(name: &str, arguments: &[OsString]) -> Option<(Global, Command)> {
                match name {
                    $($name => parsed(arguments, define!($kind $type), Command::$variant),)*
                    _ => None,
                }
            }
        }

        impl FromArgMatches for Command {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Command, clap::Error> {
                Command::from_arg_matches_mut(&mut matches.clone())
            }

            fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Command, clap::Error> {
                let Some((name, mut matches)) = matches.remove_subcommand() else {
                    return Err(clap::Error::new(ErrorKind::MissingSubcommand));
                };
                match name.as_str() {
                    $($name => <$type>::from_arg_matches_mut(&mut matches).map(Command::$variant),)*
                    _ => Err(clap::Error::new(ErrorKind::InvalidSubcommand)),
                }
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Command::from_arg_matches(matches)?;
                Ok(())
            }
        }

        impl Subcommand for Command {
            fn augment_subcommands(all: clap::Command) -> clap::Command {
                // `about` comes last: the doc comments of flattened structs would replace it.
                all$(.subcommand(define!($kind $type)(clap::Command::new($name)).about($about)))*
            }

            fn augment_subcommands_for_update(all: clap::Command) -> clap::Command {
                Command::augment_subcommands(all)
            }

            fn has_subcommand(name: &str) -> bool {
                Command::LIST.iter().any(|(known, _)| *known == name)
            }
        }
    };
}

commands! {
    "Set up a profile interactively",
    "configure" => Configure: args configure::Configure;
    "List profiles",
    "list-profiles" => ListProfiles: args ListProfiles;
    "Print the effective value of a setting",
    "get" => Get: args Get;
    "Show which credentials and settings a profile resolves to, and why",
    "resolve" => Resolve: args Resolve;
    "Show the active profile, its identity, and what expires when",
    "status" => Status: args Status;
    "Find what is wrong with the files and the environment, and fix it",
    "doctor" => Doctor: args Doctor;
    "Show the AWS identity of a profile",
    "whoami" => WhoAmI: args WhoAmI;
    "Switch this shell to a profile",
    "use" => Use: args Use;
    "Print shell code that loads a profile's credentials into the current shell",
    "export-env" => ExportEnv: args ExportEnv;
    "Run a command with a profile's credentials",
    "exec" => Exec: args Exec;
    "Print credentials in `credential_process` format",
    "credential-process" => CredentialProcess: args CredentialProcess;
    "Sign a browser in to the AWS console with a profile's credentials",
    "console" => Console: args Console;
    "List, create, rotate and delete the access keys of IAM users",
    "keys" => Keys: subcommands keys::Keys;
    "Sign in to IAM Identity Center, or to the console",
    "login" => Login: args Login;
    "Sign out",
    "logout" => Logout: args Logout;
    "List the accounts and roles of IAM Identity Center, and make profiles of them",
    "sso" => Sso: subcommands sso::Sso;
    "Set one key of a profile",
    "set" => Set: args Set;
    "Remove one key of a profile",
    "unset" => Unset: args Unset;
    "Remove, rename or copy a whole profile",
    "profile" => Profile: subcommands Profile;
    "Show and change xcred's own settings",
    "config" => Config: subcommands Config;
    "Print the shell code that `use` needs",
    "init" => Init: args InitShell;
    "Print the completions for a shell",
    "completions" => Completions: args Completions;
    "Print a manual page, or write all of them to a folder",
    "man" => Man: args Man;
}

/// Parses the arguments of one command together with the global options.
fn parsed<T: FromArgMatches>(
    arguments: &[OsString],
    define: impl Fn(clap::Command) -> clap::Command,
    command: fn(T) -> Command,
) -> Option<(Global, Command)> {
    let alone = define(Global::augment_args(clap::Command::new("xcred")));
    let mut matches = alone.no_binary_name(true).try_get_matches_from(arguments).ok()?;
    let prints_json = asks_for_json(&matches);
    let global = Global { prints_json, ..Global::from_arg_matches_mut(&mut matches).ok()? };
    Some((global, command(T::from_arg_matches_mut(&mut matches).ok()?)))
}

/// The command line, if a command's name comes first and its arguments are valid.
pub(super) fn of_one_command(arguments: &[OsString]) -> Option<(Global, Command)> {
    let (name, arguments) = arguments.get(1..)?.split_first()?;
    Command::alone(name.to_str()?, arguments)
}

/// The output of `--help` and `--version` alone, which doesn't need the commands' arguments.
pub(super) fn of_no_command(arguments: &[OsString]) -> Option<clap::Error> {
    let [_, option] = arguments else { return None };
    if !["-h", "--help", "-V", "--version"].iter().any(|known| option == known) {
        return None;
    }
    let program = Global::augment_args(clap::Command::new("xcred"))
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .max_term_width(WIDEST)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .arg_required_else_help(true);
    let commands = Command::LIST.iter().map(|(name, about)| clap::Command::new(*name).about(*about));
    program.subcommands(commands).try_get_matches_from(arguments).err()
}
