//! Errors as the user sees them: what is wrong, where, and how to fix it, with a code for programs.

mod hint;

use std::fmt;

use crate::origin::Origin;
use crate::secret::without_withheld;

pub use hint::{Command, Hint, remember_typed};

/// AWS CLI's exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Success,
    /// `get`: the value isn't set.
    NoValue,
    /// `exec`: the program can't be run.
    CommandNotExecutable,
    /// `exec`: the program doesn't exist.
    CommandNotFound,
    /// Ctrl-C, or no as the answer to whether to do it.
    Interrupted,
    /// For tcsh's alias: the command isn't `use`.
    PassedOn,
    /// The command line is invalid.
    Usage,
    /// Files, environment variables or sign-ins have an error.
    Configuration,
    /// An AWS service returned an error.
    Service,
    /// Anything else: an error of a disk, a network or a program.
    Other,
    /// The status of another program: the command of `exec --serve`, or what tcsh's alias has run.
    Command(u8),
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::NoValue => 1,
            Exit::CommandNotExecutable => 126,
            Exit::CommandNotFound => 127,
            Exit::Interrupted => 130,
            Exit::PassedOn => 200,
            Exit::Usage => 252,
            Exit::Configuration => 253,
            Exit::Service => 254,
            Exit::Other => 255,
            Exit::Command(status) => status,
        }
    }
}

/// Makes the enum of the codes: a row each, whose doc comment is its meaning in the manual.
macro_rules! codes {
    ($(#[doc = $meaning:literal] $variant:ident = $name:literal, $exit:ident;)*) => {
        /// The codes of errors in JSON, for programs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The code in JSON.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)*
                }
            }

            /// What an error with this code means.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Code::$variant => $meaning.trim_ascii(),)*
                }
            }

            /// The exit code, unless the error has its own, as those of services do.
            pub fn exit(self) -> Exit {
                match self {
                    $(Code::$variant => Exit::$exit,)*
                }
            }
        }
    };
}

codes! {
    /// The command line is invalid.
    Usage = "usage", Usage;
    /// No file has the profile, session or section.
    ProfileNotFound = "profile-not-found", Configuration;
    /// A file can't be parsed.
    ConfigParse = "config-parse", Configuration;
    /// Settings are invalid or contradict each other, or a value can't be written.
    InvalidConfig = "invalid-config", Configuration;
    /// No provider has credentials.
    NoCredentials = "no-credentials", Configuration;
    /// There is an access key ID without its secret access key, or the other way round.
    PartialCredentials = "partial-credentials", Configuration;
    /// The source profiles of a role form a circle.
    RoleLoop = "role-loop", Configuration;
    /// A service has to be called, and no region is set.
    NoRegion = "no-region", Configuration;
    /// The identity can't be narrowed as the options ask for.
    NotNarrowed = "not-narrowed", Configuration;
    /// The profile needs a sign-in, and there is none, or it has expired.
    LoginRequired = "login-required", Configuration;
    /// A provider was asked for credentials and failed.
    ProviderFailed = "provider-failed", Other;
    /// A question has to be asked, and there is no terminal.
    NeedsTerminal = "needs-terminal", Configuration;
    /// A guard of the profile, an expected account or the list of allowed profiles forbids it.
    Guarded = "guarded", Configuration;
    /// It was interrupted, or the answer was no.
    Interrupted = "interrupted", Interrupted;
    /// A file, a device or another part of the operating system failed.
    Io = "io", Other;
}

/// The properties of an error besides its text.
pub trait Explain: std::error::Error + Send + Sync + 'static {
    /// The error that it wraps, for the defaults of the other methods.
    fn inner(&self) -> Option<&dyn Explain> {
        None
    }

    fn code(&self) -> Code;

    /// Details, one line each.
    fn notes(&self) -> Vec<String> {
        self.inner().map(Explain::notes).unwrap_or_default()
    }

    /// How to fix it, in the imperative.
    fn help(&self) -> Option<Hint> {
        self.inner()?.help()
    }

    /// Where the error is.
    fn origin(&self) -> Option<Origin> {
        self.inner()?.origin()
    }

    /// The exit code. By default it depends on the code.
    fn exit(&self) -> Exit {
        self.inner().map_or_else(|| self.code().exit(), Explain::exit)
    }
}

/// The error, then its causes, the root cause last.
pub fn chain(error: &dyn std::error::Error) -> Vec<String> {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect()
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
    /// An invalid command line.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure::plain(Code::Usage, message)
    }

    /// An error that has no type of its own.
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

    #[must_use]
    pub fn with_help(mut self, help: impl Into<Hint>) -> Failure {
        self.help = Some(help.into());
        self
    }

    /// With this help, if there is one: otherwise with its own.
    #[must_use]
    pub fn helped(self, help: Option<impl Into<Hint>>) -> Failure {
        match help {
            Some(help) => self.with_help(help),
            None => self,
        }
    }

    /// For an error whose details were printed before.
    #[must_use]
    pub fn without_notes(mut self) -> Failure {
        self.notes.clear();
        self
    }

    /// Details, one line each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    pub fn exit(&self) -> Exit {
        self.exit
    }

    pub fn code(&self) -> Code {
        self.code
    }

    pub fn help(&self) -> Option<&Hint> {
        self.help.as_ref().filter(|help| help.is_whole())
    }

    /// Where the error is.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// What is wrong, then its causes, the root cause last.
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
