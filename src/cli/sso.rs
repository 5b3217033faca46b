//! The command line of `xcred sso`. Doc comments here are the help texts.

use clap::{Args, Subcommand};

use super::Format;

/// The subcommands of `sso`.
#[derive(Debug, Subcommand)]
pub enum Sso {
    /// List the accounts that a sign-in gives access to
    Accounts(Accounts),
    /// List the roles that a sign-in gives access to
    Roles(Roles),
    /// Add a profile for each account and role, and keep these profiles up to date
    Sync(Sync),
}

// The sign-in whose accounts and roles are meant.
#[derive(Debug, Args)]
pub struct PortalOptions {
    /// Session to use instead of the profile's
    #[arg(long, value_name = "NAME")]
    pub sso_session: Option<String>,
    /// Sign in first, if that is needed
    #[arg(long)]
    pub login: bool,
}

#[derive(Debug, Args)]
pub struct Accounts {
    #[command(flatten)]
    pub portal: PortalOptions,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Roles {
    #[command(flatten)]
    pub portal: PortalOptions,
    /// List the roles of this account only
    #[arg(long, value_name = "ID")]
    pub sso_account_id: Option<String>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
TEMPLATE has the values {account_name}, {account_id}, {role_name}, {email} and {session}. Filters follow behind `|`: \
{account_name|lower}, {account_name|trim:corp-}, {role_name|upper}. Characters that some SDKs don't accept in profile \
names become hyphens. An account without a name has its ID instead, and accounts with the same name have both.

PATTERN is ACCOUNT or ACCOUNT/ROLE, where ACCOUNT is a name or an ID: `prod*`, `111122223333`, `*/ReadOnly`.

The comment `# xcred sync` below a profile's header marks it as made by this command. Your own keys and comments in \
it stay. Without the comment the profile is yours: it is never changed, renamed or removed.")]
pub struct Sync {
    #[command(flatten)]
    pub portal: PortalOptions,
    /// Names of new profiles [default: {account_name}/{role_name}]
    #[arg(long = "name", value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// Set this key, such as `region=eu-west-1`, in profiles that don't have it
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub keys: Vec<String>,
    /// Only these accounts or roles
    #[arg(long, value_name = "PATTERN")]
    pub only: Vec<String>,
    /// Remove profiles whose account or role is gone, unless they have comments, keys or values that this sync would not write
    #[arg(long)]
    pub prune: bool,
    /// Rename existing profiles, and every `source_profile` that names them, if the template gives another name
    #[arg(long)]
    pub rename: bool,
    /// Show what would change, without changing anything
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}
