//! Why a start URL can't be used.

use crate::failure::{Code, Explain, Hint};
use crate::net;
use crate::origin::Origin;

/// Addresses are shown without user names and queries. The address may be the answer to a question, so no option is named.
#[derive(Debug, thiserror::Error)]
pub enum StartUrlError {
    #[error("{}the start URL `{url}` is invalid: {reason}", origin.before())]
    Invalid { url: String, reason: String, origin: Origin },
    /// The network failed: nothing is known of the address.
    #[error("the start URL `{url}` is not an AWS address, and looking it up failed")]
    LookUp { url: String, source: net::Error },
    /// It answered with something else.
    #[error(
        "{}the start URL `{url}` doesn't redirect to an AWS access portal: its HTTP status is {status}",
        origin.before()
    )]
    NoRedirect { url: String, status: u16, origin: Origin },
    #[error(
        "{}the start URL `{url}` redirects to {target}, which is not an AWS access portal",
        origin.before()
    )]
    Foreign { url: String, target: String, origin: Origin },
}

impl Explain for StartUrlError {
    fn inner(&self) -> Option<&dyn Explain> {
        match self {
            StartUrlError::LookUp { source, .. } => Some(source),
            _ => None,
        }
    }

    fn code(&self) -> Code {
        self.inner().map_or(Code::InvalidConfig, Explain::code)
    }

    fn help(&self) -> Option<Hint> {
        match self {
            StartUrlError::LookUp { source, .. } => source.help(),
            _ => Some("the AWS access portal URL is in the settings of IAM Identity Center, such as https://d-1234567890.awsapps.com/start".into()),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            StartUrlError::LookUp { source, .. } => source.origin(),
            StartUrlError::Invalid { origin, .. }
            | StartUrlError::NoRedirect { origin, .. }
            | StartUrlError::Foreign { origin, .. } => Some(origin.clone()),
        }
    }
}

#[cfg(test)]
mod examples;
