//! `doctor`. Doc comments here are the help texts.

use clap::Args;

use super::Format;
use crate::sdk::Sdk;

#[derive(Debug, Args)]
#[command(after_help = "\
Each finding has its place, and most say how to fix it; in JSON each has a code, too. Nothing is run, and without `--online` no request is \
sent. `--fix` makes the repairs that need no decision, as one edit: headers that lack `profile`, quotes around values, and \
byte order marks. It also takes the access of other users from your files that contain credentials.

Exit code 1 means that there is an error or a warning.")]
pub struct Doctor {
    /// Profiles to look at, with those that they get credentials from [default: all]
    #[arg(value_name = "PROFILE")]
    pub profiles: Vec<String>,
    /// Make the repairs that need no decision
    #[arg(long)]
    pub fix: bool,
    /// Also ask AWS: whether the services respond, the clock is right and the keys are accepted
    #[arg(long)]
    pub online: bool,
    /// With `--fix`: show what would change, without changing anything
    #[arg(short = 'n', long, requires = "fix")]
    pub dry_run: bool,
    /// Judge values by the rules of these tools; of the lines that tools read differently, show only those on which these differ, or that are wrong for one of them
    #[arg(long, value_enum, value_name = "TOOLS", value_delimiter = ',')]
    pub sdk: Vec<Sdk>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}
