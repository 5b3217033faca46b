//! What the errors of a refresh mean for the sign-in.

use super::Error;
use crate::service::{self, signin};

impl Error {
    /// Whether the service has refused to refresh the sign-in.
    pub(in crate::login) fn is_refusal(&self) -> bool {
        match self {
            // Without a name for what is wrong it is the response of a proxy or a gateway.
            Error::Refresh(service::Error::Refused { status, code, .. }) => {
                *status < 500 && *status != 429 && *code != status.to_string()
            }
            Error::RefusedIn { .. } => true,
            _ => false,
        }
    }

    /// Whether the service has denied to refresh a console sign-in, which signing in again may change.
    pub(in crate::login) fn is_denial(&self) -> bool {
        match self {
            Error::Refresh(error) => signin::is_denial(error),
            Error::FailedBefore { was_denied } => *was_denied,
            _ => false,
        }
    }

    /// Whether it would be the same if it was tried again.
    pub(in crate::login) fn is_final(&self) -> bool {
        match self {
            Error::Required { .. } => true,
            error => error.is_refusal(),
        }
    }
}
