//! `status`. Doc comments here are the help texts.

use clap::Args;

use super::Format;
use crate::sdk::Sdk;

#[derive(Debug, Args)]
#[command(after_help = "\
No program is run and no request is sent: a role whose credentials aren't cached is shown with whom it would ask.

`--prompt` prints one line for a shell's prompt, such as `dev eu-west-1 42min`; nothing if no profile is chosen and the \
default one has no credentials. It adds `(read-only)`, `(other account)` and `(not allowed)` where guards narrow or refuse. Its \
exit code is always 0.")]
pub struct Status {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// List all sign-ins
    #[arg(long)]
    pub all: bool,
    /// Print one short line, for a prompt
    #[arg(long, conflicts_with_all = ["all", "format"])]
    pub prompt: bool,
    /// Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    #[arg(long, value_enum, value_name = "SDK")]
    pub sdk: Option<Sdk>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}
