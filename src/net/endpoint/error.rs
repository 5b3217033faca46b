//! Why no credentials can be served.

use std::io;

use crate::failure::{Code, Explain};

/// No port of 127.0.0.1 can be served.
#[derive(Debug, thiserror::Error)]
#[error("can't listen on 127.0.0.1, where the command gets its credentials")]
pub struct EndpointError {
    pub(super) source: io::Error,
}

impl Explain for EndpointError {
    fn code(&self) -> Code {
        Code::Io
    }
}

#[cfg(test)]
mod examples;
