//! Why a question got no answer.

use std::io;

use crate::failure::{Code, Explain};

/// A question could not be asked, or got no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C, or Escape in a list.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or the terminal was closed.
    #[error("the input ended before every question was answered, so nothing was written")]
    Ended,
    #[error("the terminal can't be used")]
    Io(#[source] io::Error),
}

impl Explain for PromptError {
    fn code(&self) -> Code {
        match self {
            PromptError::Interrupted => Code::Interrupted,
            PromptError::Ended | PromptError::Io(_) => Code::Io,
        }
    }
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> PromptError {
        match error.kind() {
            io::ErrorKind::Interrupted => PromptError::Interrupted,
            io::ErrorKind::UnexpectedEof => PromptError::Ended,
            _ => PromptError::Io(error),
        }
    }
}

#[cfg(test)]
mod examples;
