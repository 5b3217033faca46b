//! The services of sign-ins on loopback addresses: they check every member that they receive, the proofs of who asks, and
//! that nothing is used twice.

mod console;
mod identity_center;

pub(crate) use console::{Console, PRINCIPAL};
pub(crate) use identity_center::IdentityCenter;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use crate::loopback::{Reply, Request};

/// What a service has received, and what was wrong with it.
#[derive(Default)]
pub(crate) struct Log {
    /// The names of the operations, in order.
    pub(crate) calls: Vec<String>,
    pub(crate) faults: Vec<String>,
}

/// The state of a service, shared by its connections and the test.
pub(crate) struct Shared<T>(Arc<Mutex<T>>);

impl<T> Shared<T> {
    pub(crate) fn new(state: T) -> Shared<T> {
        Shared(Arc::new(Mutex::new(state)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().expect("no connection panics")
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Shared<T> {
        Shared(Arc::clone(&self.0))
    }
}

/// A document with status 200.
pub(crate) fn document(body: &Value) -> Reply {
    Reply { status: 200, headers: vec!["content-type: application/json".to_owned()], body: body.to_string() }
}

/// An error as the token services send it; without a name, what a proxy sends instead.
pub(crate) fn error(status: u16, name: &str, code: &str) -> Reply {
    if name.is_empty() {
        let headers = vec!["Content-Type: text/html".to_owned(), "Location: /portal".to_owned()];
        return Reply { status, headers, body: "<html><h1>Not from here</h1></html>".to_owned() };
    }
    let body =
        json!({"error": code, "error_description": format!("no: {code}"), "message": format!("no: {code}")});
    let headers = vec![format!("x-amzn-ErrorType: {name}:http://internal.amazon.com/")];
    Reply { status, headers, body: body.to_string() }
}

/// The names and values of a query, decoded.
pub(crate) fn query(address: &str) -> BTreeMap<String, String> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let digits = (first == b'%').then(|| behind.get(..2)).flatten();
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// The value of a header.
pub(crate) fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

/// The access key ID that signed a request.
pub(crate) fn signer(request: &Request) -> String {
    let authorization = header(request, "authorization").unwrap_or_default();
    let (_, rest) = authorization.split_once("Credential=").unwrap_or_default();
    rest.split('/').next().unwrap_or_default().to_owned()
}

/// The body of a request to a token service, and what is wrong with its headers.
pub(crate) fn body(request: &Request, faults: &mut Vec<String>) -> Value {
    if header(request, "content-type") != Some("application/json") {
        faults.push(format!("{}: no JSON", request.line));
    }
    if header(request, "authorization").is_some() {
        faults.push(format!("{}: signed", request.line));
    }
    serde_json::from_str(&request.body).unwrap_or_else(|_| {
        faults.push(format!("{}: not JSON: {}", request.line, request.body));
        Value::Null
    })
}

/// Complains unless the members are exactly these.
pub(crate) fn check_members(operation: &str, body: &Value, expected: &[&str], faults: &mut Vec<String>) {
    let mut found: Vec<&str> =
        body.as_object().map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    if found != expected {
        faults.push(format!("{operation}: {found:?} instead of {expected:?}"));
    }
}
