//! Refreshes credentials that expire soon.

use jiff::{SignedDuration, Timestamp};

use super::error::Error;
use crate::credentials::Credentials;

/// Credentials that expire within this time are refreshed before they are used (botocore's advisory refresh).
pub(super) const REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// For credentials that expire within this time, a failed refresh is an error (botocore's mandatory refresh).
const MUST_REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// botocore's refresh: if it fails, the old credentials are used while they last long enough. `expired` is the error for
/// new credentials that have already expired.
pub(super) fn refresh(
    first: &Credentials,
    now: Timestamp,
    again: impl FnOnce() -> Result<Credentials, Error>,
    expired: impl FnOnce() -> Error,
) -> Result<Credentials, Error> {
    let left = |credentials: &Credentials| credentials.expiration.as_ref().map(|at| at.value.left(now));
    if left(first).is_none_or(|left| left >= REFRESH_WITHIN) {
        return Ok(first.clone());
    }
    match again() {
        Err(error) if left(first).is_some_and(|left| left < MUST_REFRESH_WITHIN) => Err(error),
        Err(_) => Ok(first.clone()),
        Ok(refreshed) if left(&refreshed).is_some_and(|left| left.is_negative()) => Err(expired()),
        Ok(refreshed) => Ok(refreshed),
    }
}
