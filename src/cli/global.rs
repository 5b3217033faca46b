//! What the command line has for every command, and formats that many have.

use clap::{ArgMatches, Args, ValueEnum};

use crate::ui::ColorChoice;

/// How wide help may get, in columns.
pub(super) const WIDEST: usize = 100;

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
    /// Whether the command prints a document for programs.
    #[arg(skip)]
    pub prints_json: bool,
}

/// Whether the command that was typed is to print JSON.
pub(super) fn asks_for_json(matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some((_, below)) => asks_for_json(below),
        // `export-env` has other formats.
        None => matches.try_get_one("format").is_ok_and(|format| format == Some(&Format::Json)),
    }
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
