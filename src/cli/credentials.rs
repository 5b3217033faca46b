//! Commands that resolve credentials. Doc comments here are the help texts.

use std::ffi::OsString;

use clap::{Args, FromArgMatches as _};

use super::{Format, Global};
use crate::config::AccountId;
use crate::sdk::{Choice, Sdk};
use crate::shell::Shell;

// Credentials from options instead of a profile.
#[derive(Clone, Debug, Default, Args)]
pub struct Keys {
    /// Use this access key ID; the secret access key is read from standard input, and a session token from the next line
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    /// Read the secret access key and the session token from this file descriptor instead, and close it
    #[arg(long, value_name = "N", requires = "access_key_id")]
    pub secret_fd: Option<u32>,
    /// Account ID of the access key
    #[arg(long, value_name = "ID")]
    pub account_id: Option<String>,
}

// How credentials are resolved.
#[derive(Clone, Debug, Default, Args)]
pub struct Resolving {
    /// Bypass the cache of role credentials
    #[arg(long)]
    pub no_cache: bool,
    /// Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]
    #[arg(long, value_enum, value_name = "SDK")]
    pub sdk: Option<Sdk>,
    #[command(flatten)]
    pub expecting: Expecting,
    #[command(flatten)]
    pub keys: Keys,
}

// The account that the credentials must belong to.
#[derive(Clone, Debug, Default, Args)]
pub struct Expecting {
    /// Refuse credentials of another account, as the setting profiles.NAME.account does
    #[arg(long, visible_alias = "expect", value_name = "ID")]
    pub expect_account: Option<AccountId>,
}

// What the credentials may do, for how long, and what they are called.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Narrowing options")]
pub struct Narrow {
    /// Assume this role with the credentials; the other options apply to it [default: the profile's own role]
    #[arg(long, value_name = "ARN")]
    pub role_arn: Option<String>,
    /// Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it
    #[arg(long, value_name = "ARN")]
    pub policy_arn: Vec<String>,
    /// Allow only what this policy document allows too: JSON, or a file with it
    #[arg(long, value_name = "JSON|@FILE")]
    pub policy: Option<String>,
    /// Allow only what AWS's policy ReadOnlyAccess allows too
    #[arg(long)]
    pub read_only: bool,
    /// How long the credentials last: 15m, 1h or seconds
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub duration: Option<String>,
    /// Name of the session in CloudTrail
    #[arg(long, value_name = "NAME")]
    pub session_name: Option<String>,
    /// Source identity, which stays in CloudTrail through further roles
    #[arg(long, value_name = "NAME")]
    pub source_identity: Option<String>,
    /// Session tag; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub tag: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Providers without credentials are counted; `-v` lists all. Overridden values are shown below the value that overrides \
them, with the reason. Secrets are masked.")]
pub struct Resolve {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// Run no program and send no request; show what would be asked
    #[arg(long)]
    pub offline: bool,
    /// Show secrets
    #[arg(long)]
    pub reveal: bool,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Bypass the cache of role credentials
    #[arg(long)]
    pub no_cache: bool,
    /// Tool whose precedence rules to follow, or all to see where they differ [default: aws-cli, or the setting `sdk`]
    #[arg(long, value_enum, value_name = "SDK")]
    pub sdk: Option<Choice>,
    #[command(flatten)]
    pub keys: Keys,
    #[command(flatten)]
    pub narrow: Narrow,
}

#[derive(Debug, Args)]
pub struct WhoAmI {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// Output format
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    #[command(flatten)]
    pub resolving: Resolving,
    #[command(flatten)]
    pub narrow: Narrow,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Evaluate it: `eval \"$(xcred export-env --profile dev)\"` in sh, bash and zsh, `xcred export-env --profile dev | source` \
in fish. It sets the keys, the region, the expiry and XCRED_PROFILE, and unsets every other credential variable, \
AWS_PROFILE included; the shell keeps this identity until `--unset` or the next evaluation.

Values are never executed. On failure it prints code that makes the evaluation fail, and the error on standard error. \
The evaluation also fails if xcred is killed, and if the shell keeps a variable from being changed. A script that has to \
stop even where xcred could not be started or printed nothing says: \
`x=$(xcred export-env --profile dev) && eval \"$x\" || exit`.

A profile with the setting `profiles.NAME.confirm` is used only after a confirmation on the terminal, which no option and no \
variable can give.")]
pub struct ExportEnv {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    /// Shell to write for [default: the calling shell]
    #[arg(long, visible_alias = "shell", value_enum, value_name = "FORMAT")]
    pub format: Option<&'static Shell>,
    /// Unset all AWS credential variables
    #[arg(long, conflicts_with_all = [
        "access_key_id", "account_id", "expect_account", "role_arn", "policy_arn", "policy", "read_only", "duration", "session_name",
        "source_identity", "tag", "named",
    ])]
    pub unset: bool,
    #[command(flatten)]
    pub resolving: Resolving,
    #[command(flatten)]
    pub narrow: Narrow,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "xcred exec [OPTIONS] [PROFILE --] [CMD]...",
    after_help = "\
`xcred exec PROFILE -- CMD` is the same as `xcred exec --profile PROFILE -- CMD`. Without a command, the shell in SHELL is \
run. xcred replaces itself with the command (exec), so signals and exit codes are the command's own. If the command can't be \
run, the exit code is 127 (not found), 126 (not executable) or 255. Before, one line on standard error says which profile, \
account, role and region the command gets, and until when.

With `--serve`, xcred stays while the command runs. The command finds an address on 127.0.0.1 and a token in \
AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN, where AWS SDKs ask for their credentials; \
xcred renews them before they expire. Both are gone when the command has ended. Signals are passed on, and the exit code is \
the command's own. SDKs prefer credentials of the profile `default` to those of an address, so a file where `default` may have \
credentials is hidden from the command: AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE is /dev/null there, for the SDK for \
Java 1 AWS_CREDENTIAL_PROFILES_FILE. The SDK for PHP reads ~/.aws/config in any case: if `default` has credentials there, give \
a PHP program its credentials without `--serve`. Role credentials are taken from the cache, but not added to it.

With `--access-key-id`, the command doesn't get the secret: the descriptor and all others of the same file are closed, and \
standard input is empty if the secret was read from there.

A profile with the setting `profiles.NAME.confirm` is used only after a confirmation on the terminal, which no option and no \
variable can give."
)]
pub struct Exec {
    /// Keep the credentials out of the environment: the command gets them from a local address, renewed before they expire
    #[arg(long)]
    pub serve: bool,
    /// Don't say which identity the command gets
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub resolving: Resolving,
    /// Command and its arguments [default: the shell in SHELL]
    #[arg(trailing_var_arg = true, value_name = "CMD")]
    pub command: Vec<OsString>,
    #[command(flatten)]
    pub narrow: Narrow,
}

#[derive(Debug, Args)]
#[command(after_help = "\
In the config file: `credential_process = xcred credential-process --profile NAME`, in a profile other than NAME.

A profile with the setting `profiles.NAME.confirm` is used only after a confirmation on the terminal, which no option and no \
variable can give.")]
pub struct CredentialProcess {
    /// Profile, as with `--profile`
    #[arg(value_name = "PROFILE")]
    pub named: Option<String>,
    #[command(flatten)]
    pub resolving: Resolving,
    #[command(flatten)]
    pub narrow: Narrow,
}

impl Exec {
    /// An option of xcred's among the arguments of the command, before a `--`: most likely it was meant for xcred.
    pub(crate) fn misplaced(&self) -> Option<&str> {
        self.misplaced_from(1)
    }

    /// An option of xcred's among the words of the command, from this place to a `--`.
    pub(crate) fn misplaced_from(&self, start: usize) -> Option<&str> {
        let end = self.command.iter().position(|word| word == "--")?;
        let known = Exec::definition();
        let is_known = |word: &str| {
            known.get_arguments().any(|option| match word.strip_prefix("--") {
                Some(long) => option.get_long() == Some(long),
                None => option
                    .get_short()
                    .is_some_and(|short| word.strip_prefix('-') == Some(short.encode_utf8(&mut [0; 4]))),
            })
        };
        let words = self.command.get(start..end)?.iter().filter_map(|word| word.to_str());
        words.map(|word| word.split('=').next().unwrap_or(word)).find(|word| is_known(word))
    }

    /// The words behind `exec`, if they are a valid line.
    pub(crate) fn parsed(words: &[OsString]) -> Option<(Global, Exec)> {
        let matches = Exec::definition().try_get_matches_from(words).ok()?;
        Some((Global::from_arg_matches(&matches).ok()?, Exec::from_arg_matches(&matches).ok()?))
    }

    fn definition() -> clap::Command {
        Exec::augment_args(Global::augment_args(clap::Command::new("exec").no_binary_name(true)))
    }

    /// The profile of `exec PROFILE -- CMD`: the word before the first `--`.
    pub(super) fn take_profile(&mut self, arguments: &[OsString]) -> Option<String> {
        let [profile, separator, ..] = self.command.as_slice() else { return None };
        let first = arguments.iter().position(|argument| argument == "--")?;
        if separator != "--" || arguments.get(first.checked_sub(1)?) != Some(profile) {
            return None;
        }
        let profile = profile.to_str()?.to_owned();
        self.command.drain(..2);
        Some(profile)
    }
}
