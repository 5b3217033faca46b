//! What the command line has for every command, and formats that many have.

use clap::{Args, ValueEnum};

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
