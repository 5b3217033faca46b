//! How errors reach the user: what is wrong, where, and what to do about it, with a code for programs.

mod hint;

use std::fmt;

use crate::origin::Origin;
use crate::secret::without_withheld;

pub use hint::{Command, Hint};

/// The exit codes, which are AWS CLI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Success,
    /// There is no such value.
    NoValue,
    /// `exec`: the program is there and can't be run.
    CommandNotExecutable,
    /// `exec`: there is no such program.
    CommandNotFound,
    /// Stopped by Ctrl-C.
    Interrupted,
    /// The command line is wrong.
    Usage,
    /// Files, variables or sign-ins are not what they should be.
    Configuration,
    /// An AWS service refused.
    Service,
    /// Anything else: a disk, a network, a program that failed.
    Other,
}

impl Exit {
    /// The number that the process exits with.
    pub fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::NoValue => 1,
            Exit::CommandNotExecutable => 126,
            Exit::CommandNotFound => 127,
            Exit::Interrupted => 130,
            Exit::Usage => 252,
            Exit::Configuration => 253,
            Exit::Service => 254,
            Exit::Other => 255,
        }
    }
}

/// What a program can tell an error by: the codes of the JSON documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The command line is wrong.
    Usage,
    /// A named profile, session or section is in no file.
    ProfileNotFound,
    /// A file is not what botocore can read.
    ConfigParse,
    /// Settings contradict each other or can't be written.
    InvalidConfig,
    /// Nothing that was looked at has credentials.
    NoCredentials,
    /// One half of a pair of keys is there without the other.
    PartialCredentials,
    /// A role leads back to itself.
    RoleLoop,
    /// A service needs a region, and none is set.
    NoRegion,
    /// A sign-in has expired or never happened.
    LoginRequired,
    /// What should give credentials was asked, and did not.
    ProviderFailed,
    /// Something must be asked, and there is no terminal.
    NeedsTerminal,
    /// The user stopped the command.
    Interrupted,
    /// The operating system refused.
    Io,
}

impl Code {
    /// The code as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Code::Usage => "usage",
            Code::ProfileNotFound => "profile-not-found",
            Code::ConfigParse => "config-parse",
            Code::InvalidConfig => "invalid-config",
            Code::NoCredentials => "no-credentials",
            Code::PartialCredentials => "partial-credentials",
            Code::RoleLoop => "role-loop",
            Code::NoRegion => "no-region",
            Code::LoginRequired => "login-required",
            Code::ProviderFailed => "provider-failed",
            Code::NeedsTerminal => "needs-terminal",
            Code::Interrupted => "interrupted",
            Code::Io => "io",
        }
    }

    /// The exit code that belongs to it.
    pub fn exit(self) -> Exit {
        match self {
            Code::Usage => Exit::Usage,
            Code::ProfileNotFound
            | Code::ConfigParse
            | Code::InvalidConfig
            | Code::NoCredentials
            | Code::PartialCredentials
            | Code::RoleLoop
            | Code::NoRegion
            | Code::LoginRequired
            | Code::NeedsTerminal => Exit::Configuration,
            Code::Interrupted => Exit::Interrupted,
            // Where a service refused, the error itself says so.
            Code::ProviderFailed | Code::Io => Exit::Other,
        }
    }
}

/// What every room's error knows about itself besides its text.
pub trait Explain: std::error::Error + Send + Sync + 'static {
    /// The error that it wraps, which answers what this one doesn't.
    fn inner(&self) -> Option<&dyn Explain> {
        None
    }

    /// Its code.
    fn code(&self) -> Code;

    /// Facts that belong to it, a line each.
    fn notes(&self) -> Vec<String> {
        self.inner().map(Explain::notes).unwrap_or_default()
    }

    /// What mends it, as a clause in the imperative.
    fn help(&self) -> Option<Hint> {
        self.inner()?.help()
    }

    /// The place that is to blame.
    fn origin(&self) -> Option<Origin> {
        self.inner()?.origin()
    }

    /// The exit code, where it is not the one that belongs to the code.
    fn exit(&self) -> Exit {
        self.inner().map_or_else(|| self.code().exit(), Explain::exit)
    }
}

/// An error on its way to the user.
pub struct Failure {
    error: anyhow::Error,
    code: Code,
    exit: Exit,
    notes: Vec<String>,
    help: Option<Hint>,
    origin: Option<Origin>,
}

impl Failure {
    /// A command line that asks for something impossible.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::plain(Code::Usage, message)
    }

    /// An error without a type of its own.
    pub fn plain(code: Code, message: impl Into<String>) -> Failure {
        Failure {
            error: anyhow::Error::msg(message.into()),
            code,
            exit: code.exit(),
            notes: Vec::new(),
            help: None,
            origin: None,
        }
    }

    /// The same with what mends it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Hint>) -> Failure {
        self.help = Some(help.into());
        self
    }

    /// The same without the facts that belong to it: where they have been told already.
    #[must_use]
    pub fn without_notes(mut self) -> Failure {
        self.notes.clear();
        self
    }

    /// Facts that belong to it, a line each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The exit code that it leads to.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Its code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// What mends it.
    pub fn help(&self) -> Option<&Hint> {
        self.help.as_ref()
    }

    /// The place that is to blame.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// What is wrong, and the causes from the nearest to the first.
    pub fn chain(&self) -> impl Iterator<Item = String> {
        self.error.chain().map(|error| without_withheld(&error.to_string()).into_owned())
    }
}

impl<E: Explain> From<E> for Failure {
    fn from(error: E) -> Failure {
        let (code, exit, help, origin) = (error.code(), error.exit(), error.help(), error.origin());
        let notes = error.notes();
        Failure { error: error.into(), code, exit, notes, help, origin }
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.code, self.error)
    }
}
