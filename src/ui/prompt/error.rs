//! Why a question got no answer.

use std::io;

use crate::failure::{Code, Explain};
use crate::ui::before::before;

/// A question could not be asked, or got no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C, or Escape in a list.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-D, or the terminal was closed.
    #[error("the input ended before every question was answered{}", what_is_left(left))]
    Ended {
        /// What that leaves, in the words of the farewell to who interrupts it.
        left: &'static str,
    },
    #[error("the terminal can't be used")]
    Io(#[source] io::Error),
}

impl PromptError {
    /// What the end of the input leaves is what an interruption leaves.
    pub(super) fn ended() -> PromptError {
        PromptError::Ended { left: before().as_ref().map_or("", |before| before.farewell) }
    }
}

fn what_is_left(farewell: &str) -> String {
    farewell.split_once("; ").map(|(_, left)| format!("; {left}")).unwrap_or_default()
}

impl Explain for PromptError {
    fn code(&self) -> Code {
        match self {
            PromptError::Interrupted => Code::Interrupted,
            PromptError::Ended { .. } | PromptError::Io(_) => Code::Io,
        }
    }
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> PromptError {
        match error.kind() {
            io::ErrorKind::Interrupted => PromptError::Interrupted,
            io::ErrorKind::UnexpectedEof => PromptError::ended(),
            _ => PromptError::Io(error),
        }
    }
}

#[cfg(test)]
mod examples;
