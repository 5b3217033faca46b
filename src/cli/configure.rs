//! What `configure` takes. Doc comments here are the help texts.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

/// Where a machine can have credentials, as botocore spells it, and what that means.
pub const MACHINE: [(&str, &str); 3] = [
    ("Environment", "the environment variables of the program"),
    ("EcsContainer", "the container's role"),
    ("Ec2InstanceMetadata", "the EC2 instance's role"),
];

#[derive(Debug, Args)]
#[command(after_help = "\
Without a subcommand it asks the questions of `aws configure`; Enter keeps what is there. Questions that options \
answer are not asked, and none is asked once the key pair is given. `--region` is the region to be written.

Without any of these options the answers can come through a pipe, a line each, as `aws configure` takes them; an empty \
line keeps what is there. An access key ID that begins with ASIA has its session token on the third line.

For scripts: printf '%s\\n' \"$SECRET\" | xcred configure -p ci --access-key-id AKIA... --secrets-from-stdin")]
pub struct Configure {
    /// Another way than an access key.
    #[command(subcommand)]
    pub method: Option<Method>,
    /// The answers.
    #[command(flatten)]
    pub keys: Answers,
    /// How it works.
    #[command(flatten)]
    pub options: ConfigureOptions,
}

/// The other ways to credentials.
#[derive(Debug, Subcommand)]
pub enum Method {
    /// Let the profile assume a role
    Role(Role),
    /// Let the profile assume a role with a web identity token
    WebIdentity(WebIdentity),
    /// Let a program give the profile its credentials
    Process(Process),
    /// Set up an IAM Identity Center session that profiles can share
    SsoSession(SsoSession),
    /// Take access keys from a CSV file of the AWS console
    Import(Import),
}

/// Options of every way.
#[derive(Clone, Copy, Debug, Args)]
pub struct ConfigureOptions {
    /// Ask nothing; what is needed and not given is an error
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Show what would change, and change nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,
}

/// The answers that options give.
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
    /// Where the machine has credentials that may assume the role
    #[arg(long, value_name = "SOURCE", value_parser = PossibleValuesParser::new(MACHINE.map(|(name, _)| name)))]
    pub credential_source: Option<String>,
    /// What the role's owner asks for besides
    #[arg(long, value_name = "ID")]
    pub external_id: Option<String>,
    /// MFA device to ask for a code: its serial number or ARN
    #[arg(long, value_name = "SERIAL")]
    pub mfa_serial: Option<String>,
    /// Name of the session, as it appears in logs
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
    /// File with the token: the whole path
    #[arg(long, value_name = "PATH")]
    pub web_identity_token_file: Option<String>,
    /// Name of the session, as it appears in logs
    #[arg(long, value_name = "NAME")]
    pub role_session_name: Option<String>,
}

#[derive(Debug, Args)]
pub struct Process {
    /// Program that prints the credentials, with its arguments; no shell runs it
    #[arg(long, value_name = "COMMAND")]
    pub credential_process: Option<String>,
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
    /// What the session may do, separated by commas [default: sso:account:access]
    #[arg(long, value_name = "SCOPES")]
    pub sso_registration_scopes: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A file with the columns User Name, Access key ID and Secret access key gives one profile for each user; a file \
with the two key columns alone gives the key of one profile, the one that `--profile` names. In place of a file's name \
the text itself is taken, as by AWS CLI; other users of the machine can see arguments, so a name is better.")]
pub struct Import {
    /// CSV file, as PATH or file://PATH, its text, or `-` for standard input
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    pub file: Option<String>,
    /// The same, spelled as in AWS CLI
    #[arg(long, value_name = "FILE")]
    pub csv: Option<String>,
    /// Text to put before each user name
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub profile_prefix: String,
    /// Leave out rows that can't be used
    #[arg(long)]
    pub skip_invalid: bool,
    /// Replace the access keys that profiles have already
    #[arg(long)]
    pub overwrite: bool,
}
