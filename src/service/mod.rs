//! The AWS services and metadata endpoints. Each call gets everything that it needs as arguments. This module doesn't know
//! where values come from, or in which order providers are tried.
//!
//! The requests are those of botocore: [`sts`] and [`iam`] use the protocol [`query`], [`sso`], [`oidc`] and [`signin`] use
//! `rest_json`, with botocore's retries ([`retry`]) and endpoints ([`endpoint`]). The two metadata endpoints,
//! [`container`] and [`imds`], have their own rules.

pub mod absence;
pub mod assignments;
mod cause;
mod clock;
mod constraint;
pub mod container;
pub mod dpop;
mod effect;
mod encode;
pub mod endpoint;
mod error;
pub mod federation;
mod host;
pub mod iam;
pub mod imds;
mod invalid;
pub mod issued;
pub mod names;
pub mod oidc;
mod operation;
mod pages;
mod partition;
mod patience;
mod probe;
mod python_json;
pub mod query;
mod quoted;
pub mod random;
mod refusal;
mod rest_json;
pub mod retry;
mod services;
pub mod sign;
pub mod signin;
pub mod sso;
pub mod sts;
mod xml;

use std::time::Duration;

use jiff::SignedDuration;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};
use serde_json::Value as Json;

pub use cause::Sent;
pub use clock::Clock;
pub use encode::query as percent_encoded;
pub use endpoint::Endpoint;
pub use error::{ContainerFault, Error};
pub use invalid::Invalid;
pub use partition::Partition;
pub use probe::probe;
pub use python_json::python_json;
pub use rest_json::Unissued;
pub use services::Service;

use crate::address::redacted;
use crate::credentials::{Credentials, Expiration};
use crate::net::{Limits, Net};
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::settings;

/// The limits of botocore's clients.
pub const LIMITS: Limits = Limits::both(Duration::from_mins(1));

/// A client: what a call to a service needs besides its parameters.
#[derive(Clone)]
pub struct Caller<'c> {
    pub net: &'c Net,
    pub endpoint: Endpoint,
    pub retry: retry::Policy,
    pub limits: Limits,
    pub clock: &'c dyn Clock,
}

impl Caller<'_> {
    /// The same client, which sends each request once.
    #[must_use]
    pub fn without_retries(&self) -> Self {
        Caller { retry: retry::Policy::new(retry::Mode::Standard, Some(1)), ..self.clone() }
    }

    /// The same client, which waits no longer than that.
    #[must_use]
    pub fn within(&self, limit: Duration) -> Self {
        let Limits { connect, whole } = self.limits;
        Caller { limits: Limits { connect: connect.min(limit), whole: whole.min(limit) }, ..self.clone() }
    }
}

#[derive(Clone, Debug)]
pub struct Keys {
    pub access_key_id: String,
    pub secret_access_key: Secret,
    /// Instances, and local stand-ins for them, may have keys without one.
    pub session_token: Option<Secret>,
}

impl Keys {
    /// The credentials, with `url` as their origin, and with an end that may be unknown.
    pub fn ending(
        self,
        url: &str,
        expiration: Option<Expiration>,
        account_id: Option<String>,
    ) -> Credentials {
        let origin = Origin::Service { url: redacted(url) };
        let Keys { access_key_id, secret_access_key, session_token } = self;
        Credentials {
            access_key_id: Some(Located::new(access_key_id, origin.clone())),
            secret_access_key: Some(Located::new(secret_access_key, origin.clone())),
            session_token: session_token.map(|token| Located::new(token, origin.clone())),
            account_id: account_id.map(|id| Located::new(id, origin.clone())),
            expiration: expiration.map(|end| Located::new(end, origin)),
            ..Credentials::default()
        }
    }
}

/// Deserializes a secret. [`Secret`] doesn't implement `Deserialize`, so that it never happens by accident.
fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::held)
}

const NO_NUMBER: &str = "a member is not the whole number that was expected";

/// Deserializes a whole number as botocore does: it may be written as text, and what is behind its decimal point doesn't count.
fn whole_number<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    some_whole_number(from)?.ok_or_else(|| D::Error::custom(NO_NUMBER))
}

/// The same of a member that may be missing.
fn some_whole_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let found = match Json::deserialize(from)? {
        Json::Null => return Ok(None),
        Json::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Json::String(text) => settings::integer(&text),
        _ => None,
    };
    found.map(Some).ok_or_else(|| D::Error::custom(NO_NUMBER))
}

/// A number without its decimals.
fn whole(number: f64) -> Option<i64> {
    SignedDuration::try_from_secs_f64(number).ok().map(|found| found.as_secs())
}

fn some_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(Secret::held))
}

#[cfg(test)]
mod tests;
