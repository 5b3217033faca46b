//! Why a port of this machine can't be served.

use std::io;

use crate::failure::{Code, Explain, Hint};

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error("port {port} is already in use")]
    Taken { port: u16 },
    /// Ports below 1024 need rights on some systems.
    #[error("can't listen on port {port}")]
    Port { port: u16, source: io::Error },
    #[error("can't listen on 127.0.0.1, where the browser has to connect to xcred")]
    Loopback { source: io::Error },
    #[error("can't listen on 127.0.0.1, where the command gets its credentials")]
    Endpoint { source: io::Error },
}

impl ListenError {
    pub(in crate::net) fn loopback(source: io::Error) -> ListenError {
        ListenError::Loopback { source }
    }
}

impl Explain for ListenError {
    fn code(&self) -> Code {
        Code::Io
    }

    fn help(&self) -> Option<Hint> {
        match self {
            ListenError::Taken { .. } | ListenError::Port { .. } => {
                Some("leave out --port and the setting login.port, or choose another port".into())
            }
            ListenError::Loopback { .. } | ListenError::Endpoint { .. } => None,
        }
    }
}

#[cfg(test)]
mod examples;
