//! The credentials of an instance's role: botocore's `InstanceMetadataFetcher`.

mod region;

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use zeroize::Zeroizing;

use super::absence::Absence;
use super::issued::Issued;
use super::names::Names;
use super::{Clock, Error, host};
use crate::address::redacted;
use crate::net::{self, Limits, Method, Net, Phase, Request, Response, Route};
use crate::origin::{Located, Origin};
use crate::secret::hold;
use crate::settings;

pub use region::RegionSource;

const TOKEN: &str = "latest/api/token";
/// The seconds that a token is asked for, or holds.
const SECONDS: &str = "x-aws-ec2-metadata-token-ttl-seconds";
const ROLES: &str = "latest/meta-data/iam/security-credentials/";

const IPV4: &str = "http://169.254.169.254/";
const IPV6: &str = "http://[fd00:ec2::254]/";

/// What becomes of a token that comes without its time to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untimed {
    /// It is accepted as it is.
    Accepted,
    /// It is ignored, as if the instance had none.
    AsNone,
    /// It is an error.
    Refused,
}

/// A client of the instance metadata.
#[derive(Clone, Copy)]
pub struct Imds<'i> {
    pub net: &'i Net,
    pub clock: &'i dyn Clock,
    /// The address, from [`base`].
    pub base: &'i str,
    /// `metadata_service_num_attempts`: the attempts of each step. It may be 0.
    pub attempts: u32,
    /// `metadata_service_timeout`.
    pub timeout: Duration,
    /// `ec2_metadata_v1_disabled`: whether a token is required.
    pub v1_disabled: bool,
    /// Whether nobody at the address means no instance, even where a token is required.
    pub needs_answer: bool,
    pub untimed: Untimed,
    /// Whether a name with blanks or line breaks is an error.
    pub checks_name: bool,
    pub names: Names,
}

#[derive(Clone, Debug)]
pub struct RoleCredentials {
    pub issued: Issued,
    /// The time until which the keys are used instead, because they expire soon or have expired: the instance may be
    /// unable to get new ones, and services may accept the old ones for longer (static stability).
    pub extended: Option<Timestamp>,
}

/// The address: a configured one overrides the mode, which is IPv4 by default.
pub fn base(endpoint: Option<&str>, ipv6: bool) -> Result<String, Error> {
    let Some(base) = endpoint.filter(|endpoint| !endpoint.is_empty()) else {
        return Ok(if ipv6 { IPV6 } else { IPV4 }.to_owned());
    };
    if !settings::is_endpoint(base) {
        return Err(Error::ImdsEndpoint { url: redacted(base) });
    }
    host::check(base, true).map_err(|doubt| Error::Doubtful { url: redacted(base), doubt })?;
    Ok(base.to_owned())
}

impl Imds<'_> {
    /// Requests the region of the instance. `None` after any failure. A host that doesn't respond gets no second request.
    pub fn region(&self, source: RegionSource) -> Option<Located<String>> {
        let token = match self.first_token() {
            FirstToken::Given(token) => Some(token),
            FirstToken::None if !self.v1_disabled => None,
            FirstToken::None | FirstToken::NoInstance => return None,
        };
        let token = token.as_deref().map(String::as_str);
        let found = self.get(source.path(), token, |url, response| {
            let region = text(response).and_then(|text| source.read(&text));
            let region = region.ok_or_else(|| Absence::Empty { url: url.to_owned() })?;
            Ok(Located::new(region, Origin::Service { url: url.to_owned() }))
        });
        found.ok()
    }

    /// Requests a token of IMDSv2, for a request that may fail.
    fn first_token(&self) -> FirstToken {
        let request = self.token_request();
        for _ in 0..self.attempts {
            match self.net.send(Route::LinkLocal, &request, Limits::both(self.timeout)) {
                Ok(response) if response.status == 200 => {
                    let empty = || Zeroizing::new(String::new());
                    return match (text(&response), self.is_timed(&response)) {
                        (_, false) => FirstToken::None,
                        // To all but botocore an empty one is one.
                        (token, true) if self.needs_answer => FirstToken::Given(token.unwrap_or_else(empty)),
                        (token, true) => token.map_or(FirstToken::None, FirstToken::Given),
                    };
                }
                Ok(response) if response.status == 400 => return FirstToken::NoInstance,
                Ok(_) | Err(net::Error::Timeout { phase: Phase::Read, .. }) => return FirstToken::None,
                Err(_) => {}
            }
        }
        FirstToken::NoInstance
    }

    /// Whether a token comes with the time for which it holds, if that matters.
    fn is_timed(&self, response: &Response) -> bool {
        let seconds = || response.header(SECONDS).and_then(|seconds| seconds.parse::<u64>().ok());
        self.untimed == Untimed::Accepted || seconds().is_some()
    }

    fn token_request(&self) -> Request {
        Request::new(Method::PUT, self.url(TOKEN)).with(SECONDS, "21600")
    }

    /// Requests a token, the role and its keys. [`Error::Absent`] is not a failure: the chain continues.
    pub fn credentials(&self) -> Result<RoleCredentials, Error> {
        if self.attempts == 0 {
            // botocore too reports a missing token here, not the missing attempts.
            return Err(if self.v1_disabled { self.no_token() } else { Absence::NoAttempts.into() });
        }
        let token = self.token()?;
        if self.v1_disabled && token.as_ref().is_none_or(|token| token.is_empty() && !self.needs_answer) {
            return Err(self.no_token());
        }
        let token = token.as_deref().map(String::as_str);
        // The name is used verbatim. A line break at its end is not part of the URL, as in Python.
        let role_name = self.get(ROLES, token, |url, response| {
            text(response).ok_or_else(|| Absence::Empty { url: url.to_owned() })
        })?;
        // What is not a name may be anything, and messages have the address that it becomes a part of.
        if !is_name(&role_name) {
            hold(&role_name[..role_name.floor_char_boundary(LONGEST_HELD)]);
        }
        if self.checks_name && role_name.contains(|c: char| c.is_ascii_whitespace() || c.is_ascii_control()) {
            return Err(Absence::Name { url: redacted(&self.url(ROLES)) }.into());
        }
        let path = format!("{ROLES}{}", role_name.as_str());
        let json = self.get(&path, token, |url, response| {
            serde_json::from_slice::<Json>(&response.body)
                .map_err(|_| Absence::NotJson { url: url.to_owned() })
        })?;
        let json = self.names.spelled(json);
        let url = redacted(&self.url(&path));
        let incomplete = |member| Absence::Incomplete { url: url.clone(), member, words: words(&json) };
        let issued = Issued::read(&json, incomplete)?;
        let extended = self.extended(&issued.expiration);
        Ok(RoleCredentials { issued, extended })
    }

    fn no_token(&self) -> Error {
        Error::ImdsV1Disabled { url: redacted(self.base) }
    }

    /// Requests a token of IMDSv2, which the instance may not support. An empty token is sent, too.
    fn token(&self) -> Result<Option<Zeroizing<String>>, Error> {
        let request = self.token_request();
        let mut unreachable = None;
        for _ in 0..self.attempts {
            match self.net.send(Route::LinkLocal, &request, Limits::both(self.timeout)) {
                Ok(response) => match response.status {
                    200 if self.is_timed(&response) => return Ok(Some(text(&response).unwrap_or_default())),
                    200 if self.untimed == Untimed::AsNone => return Ok(None),
                    200 => return Err(Absence::Untimed { url: redacted(&self.url(TOKEN)) }.into()),
                    400 => return Err(Absence::TokenRefused.into()),
                    403..=405 => return Ok(None),
                    _ => {}
                },
                // The hop limit of the instance may drop the response on its way to a container. A retry doesn't help.
                Err(net::Error::Timeout { phase: Phase::Read, .. }) => return Ok(None),
                Err(error) if error.is_transient() => unreachable = Some(error),
                Err(error) => return Err(error.into()),
            }
        }
        match unreachable.filter(|_| self.needs_answer) {
            Some(error) => Err(Absence::Net(error).into()),
            None => Ok(None),
        }
    }

    /// A request after the token. Returns what `read` gets from the first valid response.
    fn get<T>(
        &self,
        path: &str,
        token: Option<&str>,
        read: impl Fn(&str, &Response) -> Result<T, Absence>,
    ) -> Result<T, Error> {
        let url = self.url(path);
        let mut request = Request::new(Method::GET, url.as_str());
        if let Some(token) = token {
            request = request.with("x-aws-ec2-metadata-token", token);
        }
        let url = redacted(&url);
        let mut last = Absence::NoAttempts;
        for _ in 0..self.attempts {
            last = match self.net.send(Route::LinkLocal, &request, Limits::both(self.timeout)) {
                Ok(response) if response.status != 200 => {
                    Absence::Status { url: url.clone(), status: response.status }
                }
                Ok(response) if response.body.is_empty() => Absence::Empty { url: url.clone() },
                Ok(response) => match read(&url, &response) {
                    Ok(value) => return Ok(value),
                    Err(absence) => absence,
                },
                Err(error) if error.is_transient() => Absence::Net(error),
                Err(error) => return Err(error.into()),
            };
        }
        Err(last.into())
    }

    fn url(&self, path: &str) -> String {
        let slash = if self.base.ends_with('/') { "" } else { "/" };
        format!("{}{slash}{path}", self.base)
    }

    /// botocore's `_evaluate_expiration`: within 15 minutes and a random 2 to 10 more of the expiration, it is moved to as
    /// long from now. Only one format of time is accepted here.
    fn extended(&self, expiration: &str) -> Option<Timestamp> {
        let end = DateTime::strptime("%Y-%m-%dT%H:%M:%SZ", expiration).ok()?;
        let end = end.to_zoned(TimeZone::UTC).ok()?.timestamp();
        // A whole number of seconds from 120 to 600.
        let spread = 120 + Duration::from_secs(481).mul_f64(self.clock.chance()).as_secs();
        let window = Duration::from_secs(15 * 60 + spread);
        let now = self.clock.now();
        let moved = now.checked_add(window).ok()?;
        (moved >= end).then(|| Timestamp::from_second(moved.as_second()).unwrap_or(moved))
    }
}

/// How much of what is not a name is masked in messages, in bytes. Addresses in messages are not as long.
const LONGEST_HELD: usize = 4096;

/// Whether IAM allows the name for a role. Line breaks at its end are not part of the URL.
fn is_name(text: &str) -> bool {
    let text = text.trim_end();
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte))
}

enum FirstToken {
    Given(Zeroizing<String>),
    None,
    NoInstance,
}

fn text(response: &Response) -> Option<Zeroizing<String>> {
    let text = String::from_utf8_lossy(&response.body).into_owned();
    (!text.is_empty()).then(|| Zeroizing::new(text))
}

/// The error of an instance whose role can't be assumed, which has status 200.
fn words(json: &Json) -> Option<String> {
    let (code, message) = (json.get("Code")?.as_str()?, json.get("Message")?.as_str()?);
    Some(format!("{message} ({code})"))
}

#[cfg(test)]
mod tests;
