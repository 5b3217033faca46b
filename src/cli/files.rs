//! Commands that read and edit the files. Doc comments here are the help texts.

use std::convert::Infallible;

use clap::{Args, Subcommand};

use super::Format;
use crate::sdk::Sdk;
use crate::secret::Secret;

#[derive(Debug, Default, Args)]
pub struct ListProfiles {
    /// Show each profile's credential source, account, role, region, and where it is defined
    #[arg(short, long)]
    pub long: bool,
    /// Tool whose profiles to list, as it reads the files [default: aws-cli, or the setting `sdk`]
    #[arg(long, value_enum, value_name = "NAME")]
    pub sdk: Option<Sdk>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

// Sections other than profiles.
#[derive(Clone, Debug, Default, Args)]
pub struct Elsewhere {
    /// Use this sso-session section instead of a profile
    #[arg(long, value_name = "NAME", conflicts_with = "services")]
    pub sso_session: Option<String>,
    /// Use this services section instead of a profile
    #[arg(long, value_name = "NAME")]
    pub services: Option<String>,
}

#[derive(Debug, Default, Args)]
#[command(after_help = "\
KEY is a key of the profile (`region`), a key in a nested block (`s3.addressing_style`), or either of them with \
the profile before it (`dev.region`, `profile.dev.region`).

`--all` has an access key only if the profile gets its credentials by it; with `--stored` it has all that the files hold.

Exit code 1 and no output mean that the key isn't set.")]
pub struct Get {
    /// Setting to print
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub key: Option<String>,
    /// Print all settings that have a value; secrets are masked
    #[arg(long, conflicts_with = "default")]
    pub all: bool,
    /// Read the files only, not options and environment variables
    #[arg(long)]
    pub stored: bool,
    /// Show where the value comes from
    #[arg(long)]
    pub show_origin: bool,
    /// Print this if the key isn't set
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub default: Option<String>,
    /// Show secrets in listings and JSON
    #[arg(long)]
    pub reveal: bool,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    #[arg(long, value_enum, value_name = "SDK")]
    pub sdk: Option<Sdk>,
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Credentials go to the credentials file, everything else to the config file. The rest of the file is left untouched.

Other users of the machine can see arguments: pass secrets on standard input, as in
`xcred set aws_secret_access_key -`.")]
pub struct Set {
    /// Key to set: `region`, `s3.addressing_style`, `profile.dev.region`
    pub key: String,
    /// Value, or `-` to read it from standard input
    #[arg(allow_hyphen_values = true, value_parser = |text: &str| Ok::<_, Infallible>(Secret::new(text)))]
    pub value: Secret,
    /// Replace a nested block, headers and settings that are part of the old value, and what is below a line that can't be parsed
    #[arg(long)]
    pub replace: bool,
    /// Show what would change, without changing anything
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

impl Set {
    /// Whether it writes to a profile, without a preview and without replacing more.
    pub fn is_plain(&self) -> bool {
        let Elsewhere { sso_session, services } = &self.elsewhere;
        !self.dry_run && !self.replace && sso_session.is_none() && services.is_none()
    }
}

#[derive(Debug, Args)]
pub struct Unset {
    /// Key to remove: `region`, `s3.addressing_style`, `profile.dev.region`
    pub key: String,
    /// Also remove headers and settings that are part of the value, and what is below a line that can't be parsed
    #[arg(long)]
    pub replace: bool,
    /// Show what would change, without changing anything
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

/// The subcommands of `profile`.
#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Remove a profile from both files
    Remove {
        /// Profile to remove
        name: String,
        /// Remove it even if it is the source profile of others, or the rotation of its key is not finished
        #[arg(long)]
        force: bool,
        /// Don't ask for confirmation; without a terminal nothing is asked
        #[arg(short, long)]
        yes: bool,
        /// Show what would change, without changing anything
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Rename a profile in both files, and in every `source_profile` that names it
    Rename {
        /// Profile to rename
        name: String,
        /// New name
        new_name: String,
        /// Show what would change, without changing anything
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Copy a profile in both files
    Copy {
        /// Profile to copy
        name: String,
        /// Name of the copy
        new_name: String,
        /// Show what would change, without changing anything
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// `list-profiles`
    #[command(hide = true)]
    List(ListProfiles),
    /// `get --all --stored`
    #[command(hide = true)]
    Show {
        /// Profile, as with `--profile`
        #[arg(value_name = "PROFILE")]
        named: Option<String>,
    },
}
