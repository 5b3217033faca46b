//! The query protocol, in which STS and IAM are spoken to: a form goes out, XML comes back.

use zeroize::Zeroizing;

use super::xml::Element;
use super::{Caller, Error, Service, encode, sign};
use crate::credentials::Credentials;
use crate::net::{Method, Request, Response, Route};

/// An operation of a service that speaks this protocol.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The service.
    pub service: Service,
    /// The version of its interface.
    pub version: &'static str,
    /// The operation.
    pub name: &'static str,
}

/// The parameters of a call, in the order in which they are sent.
pub struct Form(Zeroizing<String>);

impl Form {
    /// The form for `operation`, without parameters.
    pub fn new(operation: Operation) -> Form {
        Form(Zeroizing::new(format!("Action={}&Version={}", operation.name, operation.version)))
    }

    /// Adds a parameter.
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

    /// Adds a parameter if it has a value.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<&str>) -> Form {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// Calls `operation`, signed with `keys` if there are any, and gives the element of its result.
pub fn call(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<Element, Error> {
    send(caller, operation, form, keys, |document| {
        let result = format!("{}Result", operation.name);
        document.into_child(&result).ok_or_else(|| format!("it has no `{result}`"))
    })
}

/// Calls an `operation` that has no result: it is done, or it is refused.
pub fn command(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<(), Error> {
    send(caller, operation, form, keys, |_| Ok(()))
}

fn send<T>(
    caller: &Caller<'_>,
    operation: Operation,
    form: &Form,
    keys: Option<&Credentials>,
    read: impl Fn(Element) -> Result<T, String>,
) -> Result<T, Error> {
    let Operation { service, name, .. } = operation;
    caller.retry.run(caller.clock, || {
        // Every attempt has its own time, and so its own signature.
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
    read: &impl Fn(Element) -> Result<T, String>,
) -> Result<T, Error> {
    let Operation { service, name, .. } = operation;
    let unreadable = |reason| Error::Unreadable { service, operation: name, status: response.status, reason };
    if response.status >= 301 {
        return Err(refusal(operation, response).unwrap_or_else(unreadable));
    }
    Element::parse(&response.body).and_then(read).map_err(unreadable)
}

/// The service's error, unless its document is none: botocore then raises a parser's error and does not retry. A
/// web page or nothing at all, as a balancer may send with a status from 500 on, is taken for an error, though.
fn refusal(operation: Operation, response: &Response) -> Result<Error, String> {
    let Operation { service, name, .. } = operation;
    let refused = |code: &str, message: &str, request_id: Option<&str>| Error::Refused {
        service,
        operation: name,
        code: code.to_owned(),
        message: message.to_owned(),
        status: response.status,
        request_id: request_id.or(response.header("x-amzn-requestid")).map(str::to_owned),
    };
    if is_generic(response) {
        return Ok(refused(&response.status.to_string(), "", None));
    }
    let document = Element::parse(&response.body)?;
    let error = document.child("Error").or_else(|| document.child("Errors")?.child("Error"));
    let text = |name| error.and_then(|error| error.text(name));
    Ok(refused(
        text("Code").unwrap_or("Unknown"),
        text("Message").unwrap_or_default(),
        document.text("RequestId"),
    ))
}

/// botocore's `_is_generic_error_response`.
pub(super) fn is_generic(response: &Response) -> bool {
    let body = response.body.trim_ascii();
    response.status >= 500 && (body.is_empty() || body.starts_with(b"<html>"))
}
