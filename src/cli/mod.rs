//! The command line: types, and how they are parsed. Doc comments here are the help texts.

mod command;
pub mod configure;
mod console;
mod credentials;
mod doctor;
mod files;
mod habits;
mod help;
mod installation;
pub mod keys;
mod login;
mod shell;
pub mod sso;
mod status;
mod tip;
mod unused;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::shell::Init;
use crate::ui::ColorChoice;

pub use self::console::Console;
pub use command::Command;
pub use credentials::{
    CredentialProcess, Exec, Expecting, ExportEnv, Keys, Narrow, Resolve, Resolving, WhoAmI,
};
pub use doctor::Doctor;
pub use files::{Elsewhere, Get, ListProfiles, Profile, Set, Unset};
pub use habits::{as_typed_here, instead};
pub use help::laid_out;
pub use installation::{Completions, Man, Script};
pub use login::{Login, Logout};
pub use shell::{Ended, Evaluated, InitShell, Use};
pub use sso::Sso;
pub use status::Status;
pub use tip::tip;

/// How wide help may get, in columns.
const WIDEST: usize = 100;

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
        let cli = command::of_one_command(arguments).map_or_else(|| Cli::of_all_commands(arguments), Ok)?;
        cli.with_named_profile(arguments)
    }

    /// Parses what was typed by the definitions of all commands.
    pub fn of_all_commands(arguments: &[OsString]) -> Result<Cli, clap::Error> {
        Cli::from_arg_matches_mut(&mut Cli::definition().try_get_matches_from(arguments)?)
    }

    /// The definitions of all commands, in whose help are only the global options that they use.
    pub fn definition() -> clap::Command {
        unused::hide(Cli::command())
    }

    /// A profile as an argument is the same as `--profile`.
    pub fn with_named_profile(mut self, arguments: &[OsString]) -> Result<Cli, clap::Error> {
        unused::refuse(&self)?;
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
            (Some(named), Some(option)) if named != *option => {
                let message = format!("two profiles are named: `{named}`, and `{option}` by --profile\n");
                Err(clap::Error::raw(ErrorKind::ArgumentConflict, message))
            }
            (Some(named), _) => {
                self.global.profile = Some(named);
                Ok(self)
            }
            (None, _) => Ok(self),
        }
    }
}

impl Cli {
    /// The same where a shell evaluates what `use` prints.
    #[must_use]
    pub fn evaluated_by(mut self, shell: Option<&'static Init>) -> Cli {
        if let Command::Use(args) = &mut self.command {
            args.evaluator = shell;
        }
        self
    }

    /// Whether the command prints a document for programs.
    pub fn prints_json(&self) -> bool {
        let format = match &self.command {
            Command::Get(Get { format, .. })
            | Command::ListProfiles(ListProfiles { format, .. })
            | Command::Resolve(Resolve { format, .. })
            | Command::Doctor(Doctor { format, .. })
            | Command::WhoAmI(WhoAmI { format, .. })
            | Command::Login(Login { format, .. })
            | Command::Logout(Logout { format, .. })
            | Command::Status(Status { format, .. })
            | Command::Sso(
                Sso::Accounts(sso::Accounts { format, .. })
                | Sso::Roles(sso::Roles { format, .. })
                | Sso::Sync(sso::Sync { format, .. }),
            )
            | Command::Config(Config::List { format }) => *format,
            _ => Format::Text,
        };
        format == Format::Json
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
    /// When to use colors
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// Print more detail
    #[arg(short, long, global = true)]
    pub verbose: bool,
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
