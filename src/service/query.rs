//! The query protocol of STS and IAM. Requests are forms, and responses are XML.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::operation::Operation;
use super::probe::date;
use super::xml::Element;
use super::{Caller, Error, Service, encode, refusal, sign, whole};
use crate::credentials::{Credentials, Expiration};
use crate::net::{Method, Request, Response, Route};

/// A call of an operation, with the parameters in the order in which they are sent.
pub struct Form {
    operation: Operation,
    text: Zeroizing<String>,
}

impl Form {
    pub fn new(operation: Operation) -> Form {
        let version = if operation.service == Service::Iam { "2010-05-08" } else { "2011-06-15" };
        let text = format!("Action={}&Version={version}", operation.name);
        Form { operation, text: Zeroizing::new(text) }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Form {
        // Text that grows while it is written would leave copies of secrets in memory.
        self.text.reserve(name.len() + 3 * value.len() + 2);
        self.text.push('&');
        encode::form(name, &mut self.text);
        self.text.push('=');
        encode::form(value, &mut self.text);
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

/// Sends a call, signed with `keys` if there are any. Returns the element of its result.
pub fn call(caller: &Caller<'_>, form: &Form, keys: Option<&Credentials>) -> Result<Element, Error> {
    dated(caller, form, keys).map(|(result, _)| result)
}

/// Like [`call`], with the time of the response by the service's clock, if it has one.
pub fn dated(
    caller: &Caller<'_>,
    form: &Form,
    keys: Option<&Credentials>,
) -> Result<(Element, Option<Timestamp>), Error> {
    send(caller, form, keys, |document, response| {
        let result = format!("{}Result", form.operation.name);
        if is_ambiguous(form.operation, &document, &result) {
            return Err(several(&result));
        }
        let found = document.into_child(&result).ok_or_else(|| format!("it has no `{result}`"))?;
        Ok((found, date(response)))
    })
}

/// Sends a call of an operation without a result.
pub fn command(caller: &Caller<'_>, form: &Form, keys: Option<&Credentials>) -> Result<(), Error> {
    // A web page of a proxy may be a valid document, too. Only the service's own document proves success.
    let wanted = format!("{}Response", form.operation.name);
    send(caller, form, keys, |document, _| {
        if document.name == wanted { Ok(()) } else { Err(format!("it is not a `{wanted}`")) }
    })
}

fn send<T>(
    caller: &Caller<'_>,
    form: &Form,
    keys: Option<&Credentials>,
    read: impl Fn(Element, &Response) -> Result<T, String>,
) -> Result<T, Error> {
    let Operation { service, name } = form.operation;
    caller.retry.run(caller.clock, || {
        // Every attempt has its own time and signature.
        let mut request = Request::new(Method::POST, caller.endpoint.at("/"))
            .with("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            .carrying(form.text.as_bytes().to_vec());
        if let Some(keys) = keys {
            let region = caller.endpoint.region.as_deref().ok_or(Error::NoRegion { service })?;
            let scope = sign::Scope { service: service.name(), region, time: caller.clock.now() };
            request = sign::request(request, keys, scope, name)?;
        }
        let response = caller.net.send(Route::Service, &request, caller.limits)?;
        answer(form.operation, &response, &read)
    })
}

fn answer<T>(
    operation: Operation,
    response: &Response,
    read: &impl Fn(Element, &Response) -> Result<T, String>,
) -> Result<T, Error> {
    let unreadable = |reason: String| operation.unreadable(response.status, reason);
    if response.is_error() {
        return Err(refusal::read(operation, response).unwrap_or_else(unreadable));
    }
    Element::parse(&response.body).and_then(|document| read(document, response)).map_err(unreadable)
}

/// Whether there are several elements where one with others in it should be. Of those of STS the first counts, as in botocore.
fn is_ambiguous(operation: Operation, within: &Element, name: &str) -> bool {
    operation.service != Service::Sts && within.has_several(name)
}

fn several(name: &str) -> String {
    format!("it has several `{name}`")
}

/// A required element with others in it.
pub(super) fn part<'e>(operation: Operation, within: &'e Element, name: &str) -> Result<&'e Element, Error> {
    if is_ambiguous(operation, within, name) {
        return Err(operation.unusable(several(name)));
    }
    within.child(name).ok_or_else(|| operation.unusable(format!("it has no `{name}`")))
}

/// The text of an element; `None` if it is empty or missing. Of several none counts: botocore can't use them either.
pub(super) fn optional<'e>(
    operation: Operation,
    within: &'e Element,
    name: &str,
) -> Result<Option<&'e str>, Error> {
    if within.has_several(name) {
        return Err(operation.unusable(several(name)));
    }
    Ok(within.text(name).filter(|text| !text.is_empty()))
}

/// The text of a required element.
pub(super) fn required<'e>(operation: Operation, within: &'e Element, name: &str) -> Result<&'e str, Error> {
    let text = optional(operation, within, name)?.filter(|text| !text.trim().is_empty());
    text.ok_or_else(|| operation.unusable(format!("it has no `{name}`")))
}

/// A time of the query protocol: as in botocore a date, or else seconds since 1970, of which the decimals don't count.
pub(super) fn time(text: &str, now: Timestamp) -> Option<Expiration> {
    match text.trim().parse() {
        Ok(seconds) => Expiration::from_second(whole(seconds)?),
        Err(_) => Expiration::parse(text, now),
    }
}
