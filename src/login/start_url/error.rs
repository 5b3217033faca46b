//! Why a start URL can't be used.

use crate::failure::{Code, Exit, Explain, Hint};
use crate::net;
use crate::origin::Origin;

/// Addresses are shown without user names and queries.
#[derive(Debug, thiserror::Error)]
pub enum StartUrlError {
    #[error("{origin}: the start URL `{url}` is invalid: {reason}")]
    Invalid { url: String, reason: String, origin: Origin },
    #[error("{origin}: the start URL `{url}` is not an AWS address, and looking it up failed")]
    LookUp { url: String, source: net::Error, origin: Origin },
    /// It answered with something else.
    #[error(
        "{origin}: the start URL `{url}` doesn't redirect to an AWS access portal: its HTTP status is {status}"
    )]
    NoRedirect { url: String, status: u16, origin: Origin },
    #[error("{origin}: the start URL `{url}` redirects to {target}, which is not an AWS access portal")]
    Foreign { url: String, target: String, origin: Origin },
}

impl Explain for StartUrlError {
    fn code(&self) -> Code {
        Code::InvalidConfig
    }

    fn exit(&self) -> Exit {
        Exit::Configuration
    }

    fn help(&self) -> Option<Hint> {
        match self {
            StartUrlError::LookUp { source, .. } => source.help(),
            _ => Some("the AWS access portal URL is in the settings of IAM Identity Center, such as https://d-1234567890.awsapps.com/start".into()),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            StartUrlError::Invalid { origin, .. }
            | StartUrlError::LookUp { origin, .. }
            | StartUrlError::NoRedirect { origin, .. }
            | StartUrlError::Foreign { origin, .. } => Some(origin.clone()),
        }
    }
}

#[cfg(test)]
mod examples;
