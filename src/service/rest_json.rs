//! The protocol of IAM Identity Center, whose responses are JSON.

use jiff::SignedDuration;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::operation::Operation;
use super::probe::date;
use super::refusal::is_generic;
use super::{Caller, Error, Keys, Service};
use crate::net::{Request, Response, Route};
use crate::secret::Secret;

/// Sends a request, with retries.
pub(super) fn call<T: DeserializeOwned>(
    caller: &Caller<'_>,
    operation: Operation,
    request: &Request,
) -> Result<T, Error> {
    caller.retry.run(caller.clock, || send(caller, operation, request, read))
}

/// What a service has issued, perhaps with a refresh token: then the last refresh token may be worth nothing.
pub(super) struct Issue<T> {
    refresh_token: Option<Secret>,
    issued: Result<T, Error>,
}

/// Why what was issued can't be used.
#[derive(Debug)]
pub struct Unissued {
    pub error: Error,
    /// The next refresh token, if one came all the same.
    pub refresh_token: Option<Secret>,
}

impl From<Error> for Unissued {
    fn from(error: Error) -> Unissued {
        Unissued { error, refresh_token: None }
    }
}

impl<T> Issue<T> {
    /// What `check` makes of it.
    pub(super) fn checked<U>(self, check: impl FnOnce(T) -> Result<U, Error>) -> Result<U, Unissued> {
        let Issue { refresh_token, issued } = self;
        issued.and_then(check).map_err(|error| Unissued { error, refresh_token })
    }
}

/// Like [`call`], with a new request for each attempt. What is issued can be used once [`Issue::checked`].
pub(super) fn issue<T: DeserializeOwned>(
    caller: &Caller<'_>,
    operation: Operation,
    request: impl Fn() -> Result<Request, Error>,
) -> Result<Issue<T>, Error> {
    caller.retry.run(caller.clock, || send(caller, operation, &request()?, issued))
}

fn issued<T: DeserializeOwned>(operation: Operation, response: &Response) -> Result<Issue<T>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Next {
        #[serde(default, deserialize_with = "super::some_secret")]
        refresh_token: Option<Secret>,
    }
    check(operation, response)?;
    let next = serde_json::from_slice(&response.body).ok().and_then(|Next { refresh_token }| refresh_token);
    let refresh_token = next.filter(|token| !token.expose().is_empty());
    Ok(Issue { refresh_token, issued: read(operation, response) })
}

/// By how much a clock may differ before proofs are refused for it.
const MOST_SKEW: SignedDuration = SignedDuration::from_secs(60);

/// What the sign-in of the console says of a proof whose time is wrong: it has no error of its own for that. To a service
/// that reads the time of the request, tokens that it has just issued have expired.
const BY_CLOCK: [&str; 3] = ["INVALID_REQUEST", "TOKEN_EXPIRED", "AUTHCODE_EXPIRED"];

fn by_clock(refused: Error, caller: &Caller<'_>, response: &Response) -> Error {
    let ahead = date(response).map(|theirs| caller.clock.now().duration_since(theirs));
    match (refused, ahead) {
        (Error::Refused { service, operation, code, message, .. }, Some(ahead))
            if BY_CLOCK.contains(&&*code) && ahead.abs() > MOST_SKEW =>
        {
            Error::Clock { service, operation, code, message, ahead }
        }
        (refused, _) => refused,
    }
}

fn send<T>(
    caller: &Caller<'_>,
    operation: Operation,
    request: &Request,
    read: impl Fn(Operation, &Response) -> Result<T, Error>,
) -> Result<T, Error> {
    let response = caller.net.send(Route::Service, request, caller.limits)?;
    read(operation, &response).map_err(|error| match operation.service {
        Service::Signin => by_clock(error, caller, &response),
        _ => error,
    })
}

/// What a response says: the JSON of a success, or why the service refused.
pub(super) fn read<T: DeserializeOwned>(operation: Operation, response: &Response) -> Result<T, Error> {
    check(operation, response)?;
    serde_json::from_slice(&response.body).map_err(|error| {
        // serde's errors quote a value only if it has the wrong type. No secret has.
        operation.unreadable(response.status, format!("it is not the JSON that was expected: {error}"))
    })
}

/// An error if one of these members of a success, given by name and value, is empty or has other characters than visible
/// ASCII ones: each becomes a word of a header, an address or a file.
pub(super) fn check_words(operation: Operation, members: &[(&'static str, &str)]) -> Result<(), Error> {
    let fault = members.iter().find_map(|(name, value)| match value {
        value if value.trim().is_empty() => Some(format!("its `{name}` is empty")),
        value if !value.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Some(format!("its `{name}` has characters that are not allowed"))
        }
        _ => None,
    });
    fault.map_or(Ok(()), |reason| Err(operation.unusable(reason)))
}

/// Issued keys, if each is a word.
pub(super) fn keys(operation: Operation, id: String, secret: Secret, token: Secret) -> Result<Keys, Error> {
    let members =
        [("accessKeyId", &*id), ("secretAccessKey", secret.expose()), ("sessionToken", token.expose())];
    check_words(operation, &members)?;
    Ok(Keys { access_key_id: id, secret_access_key: secret, session_token: Some(token) })
}

/// An error if the service refused, whatever the body of a success is.
pub(super) fn check(operation: Operation, response: &Response) -> Result<(), Error> {
    if response.is_error() { Err(refusal(operation, response)) } else { Ok(()) }
}

/// botocore's `RestJSONParser._do_error_parse`: the code is in a header or, under several names, in the body.
fn refusal(operation: Operation, response: &Response) -> Error {
    let Operation { service, name: operation } = operation;
    let status = response.status;
    let body = if is_generic(response) {
        Json::Null
    } else {
        serde_json::from_slice(&response.body).unwrap_or_else(|_| {
            // A body that is not JSON is the message.
            let text = String::from_utf8_lossy(&response.body);
            serde_json::json!({ "message": text })
        })
    };
    let text = |names: &[&str]| names.iter().find_map(|name| body.get(name)?.as_str());
    // The sign-in of the console gives several errors one code; the member tells them apart.
    let own = text(&["error"]).filter(|_| service == Service::Signin);
    let code = own.or_else(|| response.header("x-amzn-errortype"));
    let code = code.or_else(|| text(&["code", "Code", "__type", "error"]));
    let code = code.map(|code| {
        let code = code.split(':').next().unwrap_or_default();
        code.rsplit('#').next().unwrap_or_default()
    });
    Error::Refused {
        service,
        operation,
        code: code.map_or_else(|| status.to_string(), str::to_owned),
        message: text(&["message", "Message", "error_description"]).unwrap_or_default().to_owned(),
        status,
        request_id: response.header("x-amzn-requestid").map(str::to_owned),
    }
}
