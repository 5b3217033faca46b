//! Whether a service responds, and what its clock shows.

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use super::{Caller, Error};
use crate::net::{Method, Request, Response, Route};

/// Requests the endpoint's front page, unsigned. Any response is a success, whatever its status; returns the time of its `Date`.
pub fn probe(caller: &Caller<'_>) -> Result<Option<Timestamp>, Error> {
    let request = Request::new(Method::GET, caller.endpoint.at("/"));
    Ok(date(&caller.net.send(Route::Service, &request, caller.limits)?))
}

/// The time of a response by the service's clock.
pub(super) fn date(response: &Response) -> Option<Timestamp> {
    let date = rfc2822::parse(response.header("date")?).ok()?;
    Some(date.timestamp())
}
