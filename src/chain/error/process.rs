//! What a program printed or did instead of giving credentials or a code.

use std::process::ExitStatus;

use super::program::Fault;
use crate::failure::{Command, Hint};
use crate::service::issued::Odd;

/// What a `credential_process` did. It follows the program's name.
#[derive(Debug, thiserror::Error)]
pub enum Process {
    #[error(transparent)]
    Stopped(Fault),
    #[error("failed with {status}: {}", if said.is_empty() { "nothing on standard error" } else { said })]
    Status { status: ExitStatus, said: String },
    #[error(transparent)]
    NotJson(NotJson),
    #[error("printed JSON that is not an object")]
    NotAnObject,
    #[error("printed Version as text, not as the number 1")]
    VersionAsText,
    #[error("did not print \"Version\": 1")]
    NoVersion,
    /// A member whose name has other letters in upper case.
    #[error("printed `{printed}`, which has to be `{name}`")]
    Spelled { name: &'static str, printed: String },
    /// The answer of a service, which has the credentials in this member.
    #[error("printed the credentials inside of `{0}`")]
    Wrapped(&'static str),
    #[error("printed {0}, but not as text")]
    NotText(&'static str),
    #[error("printed {0} with a damaged character")]
    Damaged(&'static str),
    #[error("did not print {0}")]
    Missing(&'static str),
    #[error("printed an Expiration that {0}")]
    Expiration(Expiration),
    #[error("printed credentials that have expired")]
    Expired,
}

/// What was printed in place of one JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotJson {
    #[error("printed nothing")]
    Nothing,
    #[error("printed text before the JSON")]
    TextBefore,
    #[error("printed text after the JSON")]
    TextAfter,
    #[error("printed a byte order mark before the JSON")]
    Mark,
    #[error("printed UTF-16, not UTF-8")]
    Utf16,
    #[error("printed escape sequences of a terminal, such as colors, in the JSON")]
    Colors,
    #[error("printed more than one JSON object")]
    Several,
    #[error("printed JSON that is cut off before its end")]
    CutOff,
    #[error("printed JSON with a comma before a closing brace")]
    Comma,
    #[error("printed single quotes where JSON has double quotes")]
    SingleQuotes,
    #[error("printed environment variables, not JSON")]
    Variables,
    #[error("printed lines of a credentials file, not JSON")]
    Section,
    #[error("did not print one JSON object")]
    Other,
}

impl Process {
    /// What to do about it.
    pub fn help(&self) -> Hint {
        match self {
            Process::Wrapped("Credentials") => {
                "print what is in it with the version: `jq '{Version: 1} + .Credentials'` makes that".into()
            }
            Process::NotJson(NotJson::Colors) => "turn its colors off: many programs do so if NO_COLOR is set".into(),
            Process::NotJson(NotJson::Mark | NotJson::Utf16) => {
                "let it print UTF-8 without a byte order mark, which editors don't show".into()
            }
            Process::NotJson(NotJson::Variables | NotJson::Section | NotJson::SingleQuotes)
            | Process::Wrapped(_)
            | Process::NoVersion => {
                "let it print {\"Version\": 1, \"AccessKeyId\": \"...\", \"SecretAccessKey\": \"...\"}, and a SessionToken if there is one"
                    .into()
            }
            Process::Spelled { .. } => "correct the name: upper and lower case matter".into(),
            _ => "run the command by hand to see what it prints".into(),
        }
    }

    /// What is wrong with a printed member.
    pub fn odd(name: &'static str, odd: Odd) -> Process {
        match odd {
            Odd::NotText => Process::NotText(name),
            Odd::Damaged => Process::Damaged(name),
        }
    }
}

/// The variable with the end of the keys in the environment.
pub const EXPIRATION_VARIABLE: &str = "AWS_CREDENTIAL_EXPIRATION";

/// What is wrong with a date. It follows the name of what has the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Expiration {
    #[error("is not a date")]
    NotADate,
    #[error("has no time zone")]
    NoTimeZone,
    #[error("is not text")]
    NotText,
    #[error("has passed: the keys in the environment are expired")]
    Passed,
}

impl Expiration {
    /// What to do about that of the environment, whose keys were `loaded` from a profile.
    pub fn help(self, loaded: Option<&str>) -> Hint {
        match (self, loaded) {
            (Expiration::Passed, Some(profile)) => {
                Hint::from("load new ones: ").run(Command::xcred(["use"]).argument(profile))
            }
            (Expiration::Passed, None) => "get new keys, or unset the variables".into(),
            _ => "write it like 2030-01-01T00:00:00Z, or unset it".into(),
        }
    }
}

/// What the program for MFA codes did.
#[derive(Debug, thiserror::Error)]
pub enum Mfa {
    #[error("the command has an unclosed quote or a trailing backslash")]
    UnbalancedQuote,
    #[error("`{program}` {fault}")]
    Stopped { program: String, fault: Fault },
    #[error("no code was typed")]
    NotTyped,
    #[error("the input ended before a code was typed")]
    Ended,
    #[error("`{program}` printed no code ({status})")]
    NoCode { program: String, status: ExitStatus },
    /// It may be a secret, so it isn't repeated.
    #[error("the first line that `{program}` printed is not a code of 6 digits")]
    NotACode { program: String },
}

/// What the program wrote on standard error.
pub(super) fn also(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!("; it said: {said}") }
}
