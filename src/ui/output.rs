//! Why a result could not be written.

use std::io;

use crate::failure::{Code, Exit, Explain};

#[derive(Debug, thiserror::Error)]
#[error("standard output can't be written")]
pub struct OutputError(#[from] io::Error);

impl OutputError {
    /// The system's words, also where a reader has closed the pipe: then something is lost that can't be printed again.
    pub fn reason(&self) -> String {
        self.0.to_string()
    }
}

impl Explain for OutputError {
    fn code(&self) -> Code {
        Code::Io
    }

    /// It isn't a failure if the reader closes the pipe early.
    fn exit(&self) -> Exit {
        if self.0.kind() == io::ErrorKind::BrokenPipe { Exit::Success } else { Exit::Other }
    }
}

#[cfg(test)]
mod examples;
