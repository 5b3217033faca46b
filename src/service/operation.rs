//! Operations of services.

use super::{Error, Service};

/// An operation of a service.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub service: Service,
    pub name: &'static str,
}

impl Operation {
    /// A response that is not a refusal, and can't be used.
    pub(super) fn unusable(self, reason: impl Into<String>) -> Error {
        self.unreadable(200, reason)
    }

    /// A response with any status that can't be used.
    pub(super) fn unreadable(self, status: u16, reason: impl Into<String>) -> Error {
        let Operation { service, name: operation } = self;
        Error::Unreadable { service, operation, status, reason: reason.into() }
    }
}
