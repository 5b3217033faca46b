//! The command line: types only. Doc comments here are the help texts.

pub mod configure;
pub mod keys;

use std::convert::Infallible;
use std::ffi::OsString;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::shell::Shell;
use crate::ui::ColorChoice;

/// AWS profiles and credentials: write them safely, see which ones win, and why.
#[derive(Debug, Parser)]
#[command(name = "xcred", version, max_term_width = 100, disable_help_subcommand = true)]
pub struct Cli {
    /// The options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Parses what was typed.
    pub fn of(arguments: &[OsString]) -> Result<Cli, clap::Error> {
        Cli::of_one_command(arguments).map_or_else(|| Cli::try_parse_from(arguments), Ok)
    }

    /// The same, if a command's name comes first and all that follows it is in order.
    ///
    /// clap takes longer to learn of all commands, and to hand the global options down to them, than most commands
    /// take to do their work. So it is told of the typed one only, whose options and the global ones are then one set.
    fn of_one_command(arguments: &[OsString]) -> Option<Cli> {
        fn parsed<T: Args>(arguments: &[OsString], command: fn(T) -> Command) -> Option<Cli> {
            let alone = T::augment_args(Global::augment_args(clap::Command::new("xcred")));
            let mut matches = alone.no_binary_name(true).try_get_matches_from(arguments).ok()?;
            Some(Cli {
                global: Global::from_arg_matches_mut(&mut matches).ok()?,
                command: command(T::from_arg_matches_mut(&mut matches).ok()?),
            })
        }
        let (name, arguments) = arguments.get(1..)?.split_first()?;
        match name.to_str()? {
            "list-profiles" => parsed(arguments, Command::ListProfiles),
            "get" => parsed(arguments, Command::Get),
            "resolve" => parsed(arguments, Command::Resolve),
            "whoami" => parsed(arguments, Command::WhoAmI),
            "export-env" => parsed(arguments, Command::ExportEnv),
            "exec" => parsed(arguments, Command::Exec),
            "credential-process" => parsed(arguments, Command::CredentialProcess),
            "set" => parsed(arguments, Command::Set),
            "unset" => parsed(arguments, Command::Unset),
            _ => None,
        }
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
    /// When to use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// Tell more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Set a profile up by answering questions
    Configure(configure::Configure),
    /// List the profiles that the files define
    ListProfiles(ListProfiles),
    /// Print the value of a setting
    Get(Get),
    /// Show which credentials and settings a profile gives, where each comes from, and why not the others
    Resolve(Resolve),
    /// Show the identity behind a profile, as AWS knows it
    #[command(name = "whoami")]
    WhoAmI(WhoAmI),
    /// Print shell code that makes the current shell one identity
    ExportEnv(ExportEnv),
    /// Run a program with one identity in its environment
    Exec(Exec),
    /// Print credentials as SDKs expect them of a `credential_process`
    CredentialProcess(CredentialProcess),
    /// List, create, rotate and delete the access keys of IAM users
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Set one key of a profile
    Set(Set),
    /// Remove one key of a profile
    Unset(Unset),
    /// Remove, rename or copy a whole profile
    #[command(subcommand)]
    Profile(Profile),
    /// Show and change xcred's own settings
    #[command(subcommand)]
    Config(Config),
}

/// Keys given by option instead of a profile's.
#[derive(Clone, Debug, Default, Args)]
pub struct Keys {
    /// Use this access key; its secret is read from standard input, and a session token from the next line
    #[arg(long, value_name = "ID")]
    pub access_key_id: Option<String>,
    /// Read the secret and the token from this file descriptor instead of standard input
    #[arg(long, value_name = "N", requires = "access_key_id")]
    pub secret_fd: Option<u32>,
    /// Account of the access key
    #[arg(long, value_name = "ID")]
    pub account_id: Option<String>,
}

/// The arguments of `resolve`.
#[derive(Debug, Args)]
#[command(after_help = "\
A value that is shadowed is shown below the one that counts, with the reason. Secrets are masked.")]
pub struct Resolve {
    /// Run no program and call no service; say what would be asked
    #[arg(long)]
    pub offline: bool,
    /// Neither use nor keep role credentials on disk
    #[arg(long)]
    pub no_cache: bool,
    /// Show secrets
    #[arg(long)]
    pub reveal: bool,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Whose rules to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Keys given by option.
    #[command(flatten)]
    pub keys: Keys,
}

/// The arguments of `whoami`.
#[derive(Debug, Args)]
pub struct WhoAmI {
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Whose rules to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Keys given by option.
    #[command(flatten)]
    pub keys: Keys,
}

/// The arguments of `export-env`.
#[derive(Debug, Args)]
#[command(after_help = "\
Evaluate it: `eval \"$(xcred export-env --profile dev)\"` in sh, bash and zsh, `xcred export-env --profile dev | source` \
in fish. It sets the keys, the region, the expiry and XCRED_PROFILE, and unsets every other credential variable, \
AWS_PROFILE included; the shell keeps this identity until `--unset` or the next evaluation.

Values are never executed. On failure it prints code that makes the evaluation fail, and the error on standard error. \
The evaluation also fails if xcred is killed, and if the shell keeps a variable from being changed. A script that has to \
stop even where xcred could not be started or printed nothing says: \
`x=$(xcred export-env --profile dev) && eval \"$x\" || exit`.")]
pub struct ExportEnv {
    /// Shell to write for [default: the calling shell]
    #[arg(long, visible_alias = "shell", value_enum, value_name = "FORMAT")]
    pub format: Option<&'static Shell>,
    /// Remove all that makes the shell an identity
    #[arg(long, conflicts_with_all = ["access_key_id", "account_id"])]
    pub unset: bool,
    /// Neither use nor keep role credentials on disk
    #[arg(long)]
    pub no_cache: bool,
    /// Whose rules to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Keys given by option.
    #[command(flatten)]
    pub keys: Keys,
}

/// The arguments of `exec`.
#[derive(Debug, Args)]
#[command(after_help = "\
xcred becomes the program: no process stays between, and signals and exit codes are the program's own. If it can't be \
run the exit code is 127 (there is no such program), 126 (it may not be run) or 255.")]
pub struct Exec {
    /// Neither use nor keep role credentials on disk
    #[arg(long)]
    pub no_cache: bool,
    /// Whose rules to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Keys given by option.
    #[command(flatten)]
    pub keys: Keys,
    /// Program and its arguments
    #[arg(required = true, trailing_var_arg = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// The arguments of `credential-process`.
#[derive(Debug, Args)]
#[command(after_help = "\
For the config file: `credential_process = xcred credential-process --profile NAME`, in another profile than NAME.")]
pub struct CredentialProcess {
    /// Neither use nor keep role credentials on disk
    #[arg(long)]
    pub no_cache: bool,
    /// Whose rules to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Keys given by option.
    #[command(flatten)]
    pub keys: Keys,
}

/// How a listing is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text to read
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// The arguments of `list-profiles`.
#[derive(Debug, Args)]
pub struct ListProfiles {
    /// Show a table: where each profile's credentials come from, its region, and its lines in the files
    #[arg(short, long)]
    pub long: bool,
    /// How to write the list
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
}

/// Sections other than profiles.
#[derive(Clone, Debug, Default, Args)]
pub struct Elsewhere {
    /// Use this sso-session section instead of a profile
    #[arg(long, value_name = "NAME", conflicts_with = "services")]
    pub sso_session: Option<String>,
    /// Use this services section instead of a profile
    #[arg(long, value_name = "NAME")]
    pub services: Option<String>,
}

/// The arguments of `get`.
#[derive(Debug, Args)]
#[command(after_help = "\
KEY is a key of the profile (`region`), a key in a nested block (`s3.addressing_style`), or either of them with \
the profile before it (`dev.region`, `profile.dev.region`).

Exit code 1 and no output mean that there is no such value.")]
pub struct Get {
    /// Setting to print
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub key: Option<String>,
    /// Print all settings that have a value; secrets are masked
    #[arg(long, conflicts_with = "default")]
    pub all: bool,
    /// Look at the files only, not at options and environment
    #[arg(long)]
    pub stored: bool,
    /// Show where the value comes from
    #[arg(long)]
    pub show_origin: bool,
    /// Print this if there is no such value
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub default: Option<String>,
    /// Show secrets in listings and JSON
    #[arg(long)]
    pub reveal: bool,
    /// How to write it
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Whose order of variables to follow
    #[arg(long, value_enum, value_name = "SDK", default_value_t)]
    pub sdk: Sdk,
    /// Sections other than profiles.
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

/// The arguments of `set`.
#[derive(Debug, Args)]
#[command(after_help = "\
Credentials go to the credentials file, all else to the config file. Every byte that was not asked about stays.

Arguments are visible to other users of the machine: give secrets on standard input, as in
`xcred set aws_secret_access_key -`.")]
pub struct Set {
    /// Key to set: `region`, `s3.addressing_style`, `profile.dev.region`
    pub key: String,
    /// Value, or `-` to read it from standard input
    #[arg(allow_hyphen_values = true, value_parser = |text: &str| Ok::<_, Infallible>(Secret::new(text)))]
    pub value: Secret,
    /// Replace a nested block, and indented headers and settings that are part of the old value
    #[arg(long)]
    pub replace: bool,
    /// Show what would change, and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Sections other than profiles.
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

/// The arguments of `unset`.
#[derive(Debug, Args)]
pub struct Unset {
    /// Key to remove: `region`, `s3.addressing_style`, `profile.dev.region`
    pub key: String,
    /// Also remove indented headers and settings that are part of the value
    #[arg(long)]
    pub replace: bool,
    /// Show what would change, and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Sections other than profiles.
    #[command(flatten)]
    pub elsewhere: Elsewhere,
}

/// What `profile` does.
#[derive(Debug, Subcommand)]
pub enum Profile {
    /// Remove a profile from both files
    Remove {
        /// Profile to remove
        name: String,
        /// Remove it even if other profiles name it as their source
        #[arg(long)]
        force: bool,
        /// Show what would change, and change nothing
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Rename a profile in both files, and in every `source_profile` that names it
    Rename {
        /// Profile to rename
        name: String,
        /// Its new name
        new_name: String,
        /// Show what would change, and change nothing
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Copy a profile in both files
    Copy {
        /// Profile to copy
        name: String,
        /// The copy's name
        new_name: String,
        /// Show what would change, and change nothing
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
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
