//! The query protocol of STS and IAM: a form is sent, XML comes back.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use zeroize::Zeroizing;

use super::xml::Element;
use super::{Caller, Error, Service, encode, refusal, sign};
use crate::credentials::Credentials;
use crate::net::{Method, Request, Response, Route};

/// An operation of a service that speaks this protocol.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub service: Service,
    pub version: &'static str,
    pub name: &'static str,
}

/// The parameters of a call, in the order in which they are sent.
pub struct Form(Zeroizing<String>);

impl Form {
    pub fn new(operation: Operation) -> Form {
        Form(Zeroizing::new(format!("Action={}&Version={}", operation.name, operation.version)))
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Form {
        // Room for all of it at once: text that grows leaves copies behind that are never zeroed.
        self.0.reserve(name.len() + 3 * value.len() + 2);
        self.0.push('&');
        encode::form(name, &mut self.0);
        self.0.push('=');
        encode::form(value, &mut self.0);
        self
    }

    #[must_use]
    pub fn with_some(self, name: &str, value: Option<&str>) -> Form {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// Calls `operation`, signed with `keys` if there are any. Returns the element of its result.
pub fn call(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<Element, Error> {
    dated(caller, operation, form, keys).map(|(result, _)| result)
}

/// The same with the time of the answer by the service's clock, if it has one.
pub fn dated(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<(Element, Option<Timestamp>), Error> {
    send(caller, operation, form, keys, |document, response| {
        let result = format!("{}Result", operation.name);
        let date = response.header("date").and_then(|text| rfc2822::parse(text).ok());
        let found = document.into_child(&result).ok_or_else(|| format!("it has no `{result}`"))?;
        Ok((found, date.map(|date| date.timestamp())))
    })
}

/// Calls an `operation` without a result.
pub fn command(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<(), Error> {
    // A web page is a document too; only the service's own proves success.
    let wanted = format!("{}Response", operation.name);
    send(caller, operation, form, keys, |document, _| {
        if document.name() == wanted { Ok(()) } else { Err(format!("it is not a `{wanted}`")) }
    })
}

fn send<T>(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
    read: impl Fn(Element, &Response) -> Result<T, String>,
) -> Result<T, Error> {
    let Operation { service, name, .. } = operation;
    caller.retry.run(caller.clock, || {
        // Every attempt has its own time and signature.
        let mut request = Request::new(Method::Post, caller.endpoint.at("/"))
            .with("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .carrying(form.0.as_bytes().to_vec());
        if let Some(keys) = keys {
            let region = caller.endpoint.region.as_deref().ok_or(Error::NoRegion { service })?;
            let scope = sign::Scope { service: service.name(), region, time: caller.clock.now() };
            request = sign::request(request, keys, scope, name)?;
        }
        let response = caller.net.send(Route::Service, &request, caller.limits)?;
        answer(operation, &response, &read)
    })
}

fn answer<T>(
    operation: Operation,
    response: &Response,
    read: &impl Fn(Element, &Response) -> Result<T, String>,
) -> Result<T, Error> {
    let Operation { service, name, .. } = operation;
    let unreadable = |reason| Error::Unreadable { service, operation: name, status: response.status, reason };
    if response.status >= 301 {
        return Err(refusal::read(operation, response).unwrap_or_else(unreadable));
    }
    Element::parse(&response.body).and_then(|document| read(document, response)).map_err(unreadable)
}

/// The text of a required element.
pub(super) fn required<'e>(operation: Operation, within: &'e Element, name: &str) -> Result<&'e str, Error> {
    within.text(name).ok_or_else(|| unusable(operation, format!("it has no `{name}`")))
}

pub(super) fn unusable(operation: Operation, reason: impl Into<String>) -> Error {
    let Operation { service, name, .. } = operation;
    Error::Unreadable { service, operation: name, status: 200, reason: reason.into() }
}

/// A time of the query protocol; botocore accepts seconds since 1970 too.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| Timestamp::from_second(text.parse().ok()?).ok())
}
