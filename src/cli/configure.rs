//! The command line of `configure`. Doc comments here are the help texts.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};

use super::files::{Elsewhere, Set};

/// The values of `credential_source`, and what they mean.
pub const MACHINE: [(&str, &str); 3] = [
    ("Environment", "the environment variables of the program"),
    ("EcsContainer", "the container's role"),
    ("Ec2InstanceMetadata", "the EC2 instance's role"),
];

#[derive(Debug, Args)]
#[command(after_help = "\
Without a subcommand it asks the questions of `aws configure`; Enter keeps the current value. Questions that options \
answer are not asked, and none is asked once the key pair is given. `--region` is the region to write.

Without any of these options the answers can come through a pipe, one per line, as for `aws configure`; an empty line \
keeps the current value. If the access key ID begins with ASIA, the third line is its session token.

The first question also accepts what the AWS access portal offers for pasting: the section of a credentials file, or \
the variables of a shell.

For scripts: `printf '%s\\n' \"$SECRET\" | xcred configure -p ci --access-key-id AKIA... --secrets-from-stdin`")]
pub struct Configure {
    /// Another method than an access key.
    #[command(subcommand)]
    pub method: Option<Method>,
    #[command(flatten)]
    pub keys: Answers,
    #[command(flatten)]
    pub options: ConfigureOptions,
}

#[derive(Debug, Subcommand)]
pub enum Method {
    /// Make the profile assume a role
    Role(Role),
    /// Make the profile assume a role with a web identity token
    WebIdentity(WebIdentity),
    /// Get credentials from an external program
    Process(Process),
    /// Make a profile that gets another profile's credentials through xcred, for tools that can't use that profile themselves
    Bridge(Bridge),
    /// Sign in to IAM Identity Center, and choose an account and a role for the profile
    Sso(Sso),
    /// Set up an IAM Identity Center session that profiles can share
    SsoSession(SsoSession),
    /// Import access keys from a CSV file downloaded from the AWS console
    Import(Import),
    /// `aws configure get`
    #[command(hide = true)]
    Get {
        /// Key to print, as the files have it
        key: String,
        #[command(flatten)]
        elsewhere: Elsewhere,
    },
    /// `aws configure set`
    #[command(hide = true)]
    Set(Set),
    /// `aws configure list`
    #[command(hide = true)]
    List,
    /// `aws configure list-profiles`
    #[command(hide = true)]
    ListProfiles,
    /// `aws configure export-credentials`
    #[command(hide = true)]
    ExportCredentials {
        /// Format of AWS CLI
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
        format: ExportFormat,
    },
}

/// The formats of `aws configure export-credentials`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    #[default]
    Process,
    Env,
    EnvNoExport,
    Powershell,
    WindowsCmd,
    Fish,
}

/// Options of every method.
#[derive(Clone, Copy, Debug, Args)]
pub struct ConfigureOptions {
    /// Never prompt; fail if a required value is missing
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Show what would change, without changing anything
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Answers {
    /// Access key ID
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    /// Read the secret access key from the first line of standard input, a session token from the second
    #[arg(long)]
    pub secrets_from_stdin: bool,
    /// Output format of AWS CLI: json, yaml, yaml-stream, text, table or off
    #[arg(long, value_name = "FORMAT")]
    pub output: Option<String>,
}

#[derive(Debug, Args)]
pub struct Role {
    /// The role, as arn:aws:iam::ACCOUNT:role/NAME
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// Profile whose credentials may assume the role
    #[arg(long, value_name = "NAME", conflicts_with = "credential_source")]
    pub source_profile: Option<String>,
    /// Source of this machine's credentials that may assume the role
    #[arg(long, value_name = "SOURCE", value_parser = PossibleValuesParser::new(MACHINE.map(|(name, _)| name)))]
    pub credential_source: Option<String>,
    /// External ID that the role's trust policy requires
    #[arg(long, value_name = "ID")]
    pub external_id: Option<String>,
    /// Serial number or ARN of the MFA device
    #[arg(long, value_name = "SERIAL")]
    pub mfa_serial: Option<String>,
    /// Session name, as it appears in logs
    #[arg(long, value_name = "NAME")]
    pub role_session_name: Option<String>,
    /// How long the credentials last, from 900 to 43200 seconds
    #[arg(long, value_name = "SECONDS")]
    pub duration_seconds: Option<String>,
}

#[derive(Debug, Args)]
pub struct WebIdentity {
    /// The role, as arn:aws:iam::ACCOUNT:role/NAME
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// Absolute path of the token file
    #[arg(long, value_name = "PATH")]
    pub web_identity_token_file: Option<String>,
    /// Session name, as it appears in logs
    #[arg(long, value_name = "NAME")]
    pub role_session_name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Process {
    /// Command that prints the credentials; boto3 runs it without a shell
    #[arg(long, value_name = "COMMAND")]
    pub credential_process: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Tools with an older SDK don't know every way to get credentials, such as the sign-in to the console, but all of them know \
`credential_process`. The bridge gets the credentials of the profile that `--profile` names, and its region.

`xcred profile rename` of that profile follows the bridge, and `xcred profile remove` refuses while there is one.")]
pub struct Bridge {
    /// Name of the bridge, a profile of its own
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Replace how NAME gets its credentials now
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
It asks what `aws configure sso` asks, and signs in, unless you are signed in already. Accounts and \
roles are chosen from a list, which typing narrows. Without a session name the profile gets the start URL itself.")]
pub struct Sso {
    /// Session to use, or to set up
    #[arg(long, value_name = "NAME")]
    pub sso_session: Option<String>,
    /// Address of the access portal, for a new session
    #[arg(long, value_name = "URL")]
    pub sso_start_url: Option<String>,
    /// Region of IAM Identity Center, for a new session
    #[arg(long, value_name = "NAME")]
    pub sso_region: Option<String>,
    /// Comma-separated OAuth scopes of a new session [default: sso:account:access]
    #[arg(long, value_name = "SCOPES")]
    pub sso_registration_scopes: Option<String>,
    /// Account of the profile
    #[arg(long, value_name = "ID")]
    pub sso_account_id: Option<String>,
    /// Role of the profile
    #[arg(long, value_name = "NAME")]
    pub sso_role_name: Option<String>,
    /// Output format of AWS CLI: json, yaml, yaml-stream, text, table or off
    #[arg(long, value_name = "FORMAT")]
    pub output: Option<String>,
    /// Sign in with a code, in any browser
    #[arg(long)]
    pub use_device_code: bool,
    /// Open no browser, and only show the address
    #[arg(long)]
    pub no_browser: bool,
    /// The browser is on another machine
    #[arg(long)]
    pub remote: bool,
}

#[derive(Debug, Args)]
pub struct SsoSession {
    /// Name of the session
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Address of the access portal
    #[arg(long, value_name = "URL")]
    pub sso_start_url: Option<String>,
    /// Region of IAM Identity Center
    #[arg(long, value_name = "NAME")]
    pub sso_region: Option<String>,
    /// Comma-separated OAuth scopes [default: sso:account:access]
    #[arg(long, value_name = "SCOPES")]
    pub sso_registration_scopes: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A file with the columns User Name, Access key ID and Secret access key makes one profile for each user. A file with \
only the two key columns sets the access key of one profile, which `--profile` names. Commas, semicolons or tabs \
separate the columns. As in AWS CLI, the argument can also be the text itself, but other users of the machine can see \
arguments.

What the AWS access portal offers for pasting is accepted too: a section of a credentials file, or the variables of a \
shell. So is the JSON that `aws iam create-access-key` and `aws sts assume-role` print.

On a terminal it asks for the region of profiles that have none; `--region` gives it.")]
pub struct Import {
    /// CSV file, the text of the AWS access portal, or JSON with an access key: PATH, file://PATH, the text itself, or `-` for standard input
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    pub file: Option<String>,
    /// Alias of FILE, as in AWS CLI
    #[arg(long, value_name = "FILE")]
    pub csv: Option<String>,
    /// Prefix of the profile names
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub profile_prefix: String,
    /// Skip invalid rows
    #[arg(long)]
    pub skip_invalid: bool,
    /// Replace access keys that profiles already have
    #[arg(long)]
    pub overwrite: bool,
}
