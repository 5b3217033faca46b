//! Operations of the query protocol.

use super::Service;

/// An operation of a service that uses this protocol.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub service: Service,
    pub version: &'static str,
    pub name: &'static str,
}
