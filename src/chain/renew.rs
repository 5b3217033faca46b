//! When credentials that end soon are asked for again, and what counts if that fails.

use jiff::{SignedDuration, Timestamp};

use super::error::Error;
use crate::credentials::Credentials;

/// Within this time of their end credentials are asked for again before they are used (botocore's advisory
/// refresh).
pub(super) const RENEW_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// Within this time of their end a renewal that fails is an error (botocore's mandatory refresh).
const MUST_RENEW_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// botocore's renewal: credentials that end soon are asked for again; if that fails the old ones do while they
/// last long enough. `Err(None)` are new ones that have ended already.
pub(super) fn renew(
    first: &Credentials,
    now: Timestamp,
    again: impl FnOnce() -> Result<Credentials, Error>,
) -> Result<Credentials, Option<Error>> {
    let left = |credentials: &Credentials| credentials.expiration.as_ref().map(|at| at.value.left(now));
    if left(first).is_none_or(|left| left >= RENEW_WITHIN) {
        return Ok(first.clone());
    }
    match again() {
        Err(error) if left(first).is_some_and(|left| left < MUST_RENEW_WITHIN) => Err(Some(error)),
        Err(_) => Ok(first.clone()),
        Ok(renewed) if left(&renewed).is_some_and(|left| left.is_negative()) => Err(None),
        Ok(renewed) => Ok(renewed),
    }
}
