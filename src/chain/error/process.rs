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
    #[error("{0}")]
    NotJson(&'static str),
    #[error("printed JSON that is not an object")]
    NotAnObject,
    #[error("printed Version as text, not as the number 1")]
    VersionAsText,
    #[error("did not print \"Version\": 1")]
    NoVersion,
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

impl Process {
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
