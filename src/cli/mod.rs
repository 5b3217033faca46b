//! The command line: types, and how they are parsed. Doc comments here are the help texts.

pub mod configure;
mod credentials;
mod files;
pub mod keys;

use std::ffi::OsString;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::ui::ColorChoice;

pub use credentials::{CredentialProcess, Exec, ExportEnv, Keys, Resolve, Resolving, WhoAmI};
pub use files::{Elsewhere, Get, ListProfiles, Profile, Set, Unset};

/// AWS profiles and credentials: write them safely, see which ones win, and why.
#[derive(Debug, Parser)]
#[command(name = "xcred", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Parses what was typed.
    pub fn of(arguments: &[OsString]) -> Result<Cli, clap::Error> {
        Cli::of_one_command(arguments).map_or_else(|| Cli::try_parse_from(arguments), Ok)
    }

    /// The same, if a command's name comes first and its arguments are valid.
    ///
    /// clap takes longer to define all commands, and to pass the global options down to them, than most commands take
    /// to run. So only the typed one is defined, together with the global options.
    fn of_one_command(arguments: &[OsString]) -> Option<Cli> {
        fn parsed<T: Args>(arguments: &[OsString], command: fn(T) -> Command) -> Option<Cli> {
            let alone = T::augment_args(Global::augment_args(clap::Command::new("xcred")));
            let mut matches = alone.no_binary_name(true).try_get_matches_from(arguments).ok()?;
            Some(Cli {
                global: Global::from_arg_matches_mut(&mut matches).ok()?,
                command: command(T::from_arg_matches_mut(&mut matches).ok()?),
            })
        }
        let (name, arguments) = arguments.get(1..)?.split_first()?;
        match name.to_str()? {
            "list-profiles" => parsed(arguments, Command::ListProfiles),
            "get" => parsed(arguments, Command::Get),
            "resolve" => parsed(arguments, Command::Resolve),
            "whoami" => parsed(arguments, Command::WhoAmI),
            "export-env" => parsed(arguments, Command::ExportEnv),
            "exec" => parsed(arguments, Command::Exec),
            "credential-process" => parsed(arguments, Command::CredentialProcess),
            "set" => parsed(arguments, Command::Set),
            "unset" => parsed(arguments, Command::Unset),
            _ => None,
        }
    }
}

/// The options of every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]
    #[arg(short, long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Region to use instead of the configured one
    #[arg(long, global = true, value_name = "NAME")]
    pub region: Option<String>,
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// Print more detail
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set up a profile interactively
    Configure(configure::Configure),
    /// List profiles
    ListProfiles(ListProfiles),
    /// Print the effective value of a setting
    Get(Get),
    /// Show which credentials and settings a profile resolves to, and why
    Resolve(Resolve),
    /// Show the AWS identity of a profile
    #[command(name = "whoami")]
    WhoAmI(WhoAmI),
    /// Print shell code that loads a profile's credentials into the current shell
    ExportEnv(ExportEnv),
    /// Run a command with a profile's credentials
    Exec(Exec),
    /// Print credentials in `credential_process` format
    CredentialProcess(CredentialProcess),
    /// List, create, rotate and delete the access keys of IAM users
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Set one key of a profile
    Set(Set),
    /// Remove one key of a profile
    Unset(Unset),
    /// Remove, rename or copy a whole profile
    #[command(subcommand)]
    Profile(Profile),
    /// Show and change xcred's own settings
    #[command(subcommand)]
    Config(Config),
}

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Human-readable text
    #[default]
    Text,
    /// JSON
    Json,
}

#[derive(Debug, Subcommand)]
#[command(after_help = crate::config::manual())]
pub enum Config {
    /// Print the value of a setting; exit code 1 means that it isn't set
    Get {
        /// Setting to print: `cache.roles`, `mfa.devices.SERIAL`
        key: String,
    },
    /// Set a setting; the rest of the file is left untouched
    Set {
        /// Setting to change: `cache.roles`, `mfa.devices.SERIAL`
        key: String,
        /// New value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Remove a setting from the file
    Unset {
        /// Setting to remove
        key: String,
    },
    /// Print the path of the settings file
    Path,
    /// List all settings, their values and where they come from
    List {
        /// Output format
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
        format: Format,
    },
}
