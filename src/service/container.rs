//! The credentials of a container: botocore's `ContainerMetadataFetcher`.

use std::net::IpAddr;
use std::time::Duration;

use serde_json::Value as Json;

use super::error::ContainerFault;
use super::issued::Issued;
use super::names::Names;
use super::{Clock, Error, host};
use crate::address::redacted;
use crate::net::{Limits, Method, Net, Request, Response, Route};
use crate::secret::Secret;
use crate::settings;

const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_secs(1);
const LIMITS: Limits = Limits::both(Duration::from_secs(2));

#[derive(Clone, Debug)]
pub struct ContainerCredentials {
    pub issued: Issued,
    /// Whether every parser can read the response, and not [only Python's](super::python_json).
    pub is_standard: bool,
}

/// The address for `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI`. No slash is added, so the value can change the host.
pub fn relative(path: &str) -> String {
    format!("http://{}{path}", host::CONTAINERS[0])
}

/// Refuses addresses from which credentials would cross a network unencrypted.
///
/// Names are not resolved: only `localhost` is a loopback name.
pub fn check(url: &str) -> Result<(), Error> {
    host::check(url, false).map_err(|doubt| Error::Doubtful { url: redacted(url), doubt })?;
    if url.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:")) {
        return Ok(());
    }
    let host = settings::hostname(url).unwrap_or_default();
    let loopback = host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
    if loopback || host::CONTAINERS.contains(&host.as_str()) { Ok(()) } else { Err(Error::Host { host }) }
}

/// Sends up to three requests, with a pause after each failure (also the last, as in botocore).
///
/// `authorization` is sent verbatim, even if empty. A line break in it is an error, because it would end the header.
pub fn fetch(
    net: &Net,
    clock: &dyn Clock,
    url: &str,
    authorization: Option<&Secret>,
    names: Names,
) -> Result<ContainerCredentials, Error> {
    check(url)?;
    let mut request = Request::new(Method::GET, url).with("accept", "application/json");
    if let Some(token) = authorization {
        if token.expose().contains(['\r', '\n']) {
            return Err(Error::ContainerToken);
        }
        request = request.with("authorization", token.expose());
    }
    let mut made = 0;
    loop {
        let fault = match net.send(Route::LinkLocal, &request, LIMITS) {
            Ok(response) => match body(&response) {
                Ok(json) => {
                    let incomplete = |member| Error::Incomplete { url: redacted(url), member };
                    let issued = Issued::read(&names.spelled(json), incomplete)?;
                    let is_standard = serde_json::from_slice::<Json>(&response.body).is_ok();
                    return Ok(ContainerCredentials { issued, is_standard });
                }
                Err(fault) => fault,
            },
            Err(error) if error.is_transient() => ContainerFault::Net(error),
            Err(error) => return Err(error.into()),
        };
        clock.sleep(PAUSE);
        made += 1;
        if made == ATTEMPTS {
            return Err(Error::Container { url: redacted(url), attempts: made, source: fault });
        }
    }
}

fn body(response: &Response) -> Result<Json, ContainerFault> {
    if response.status != 200 {
        // The response may contain the credentials, or the token that was sent.
        return Err(ContainerFault::Status { status: response.status });
    }
    super::python_json(&response.body).ok_or(ContainerFault::NotJson)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Options;
    use crate::net::loopback::{Loopback, Reply};
    use crate::service::tests::Still;

    const KEYS: &str =
        r#"{"AccessKeyId":"AK","SecretAccessKey":"SK","Token":"T","Expiration":"2026-11-21T18:00:00Z"}"#;

    fn ask(server: &Loopback, token: Option<&str>) -> (Result<ContainerCredentials, Error>, Vec<f64>) {
        let clock = Still::new(0.5);
        let token = token.map(Secret::new);
        let url = server.url("/v2/x?id=secret");
        let outcome = fetch(&Net::new(Options::default()), &clock, &url, token.as_ref(), Names::Exact);
        (outcome, clock.slept())
    }

    #[test]
    fn a_token_may_be_null_but_not_missing_and_an_account_may_be_a_number() {
        let keys = r#"{"AccessKeyId":"AK","SecretAccessKey":"SK","Token":null,"Expiration":"2026-11-21T18:00:00Z","AccountId":12}"#;
        let server = Loopback::start(vec![Reply::of(200, keys)]);
        let found = ask(&server, None).0.unwrap().issued;
        assert_eq!((found.keys.access_key_id.as_str(), found.account_id.as_deref()), ("AK", Some("12")));
        assert!(found.keys.session_token.is_none());
        let server = Loopback::start(vec![Reply::of(200, keys.replace("\"Token\":null,", ""))]);
        let error = ask(&server, None).0.unwrap_err();
        assert!(matches!(error, Error::Incomplete { member: "Token", .. }), "{error:?}");
    }

    #[test]
    fn a_member_that_is_not_text_or_is_damaged_is_refused() {
        for (old, new, name) in [
            (r#""AK""#, "1", "AccessKeyId"),
            (r#""SK""#, r#""S\ud800K""#, "SecretAccessKey"),
            (r#""T""#, "{}", "Token"),
            (r#""2026-11-21T18:00:00Z""#, "20261121", "Expiration"),
        ] {
            let server = Loopback::start(vec![Reply::of(200, KEYS.replace(old, new))]);
            let error = ask(&server, None).0.unwrap_err();
            assert!(matches!(error, Error::Incomplete { member, .. } if member == name), "{error:?}");
        }
        let account = KEYS.replace('{', r#"{"AccountId":"\udc00","#);
        assert_eq!(
            ask(&Loopback::start(vec![Reply::of(200, account)]), None).0.unwrap().issued.account_id,
            None
        );
    }

    #[test]
    fn a_number_that_only_python_reads_is_read_and_noted() {
        for (keys, is_standard) in [(KEYS.to_owned(), true), (KEYS.replace('{', r#"{"Weight":NaN,"#), false)]
        {
            let server = Loopback::start(vec![Reply::of(200, keys)]);
            let found = ask(&server, None).0.unwrap();
            assert_eq!((found.issued.keys.access_key_id.as_str(), found.is_standard), ("AK", is_standard));
        }
    }

    #[test]
    fn one_request_with_the_token_gets_the_keys() {
        let server = Loopback::start(vec![Reply::of(200, KEYS)]);
        let (found, slept) = ask(&server, Some("Bearer t"));
        let found = found.unwrap().issued;
        assert_eq!(
            (found.keys.access_key_id.as_str(), found.keys.session_token.unwrap().expose()),
            ("AK", "T")
        );
        assert_eq!((found.expiration.as_str(), found.account_id), ("2026-11-21T18:00:00Z", None));
        assert!(slept.is_empty());
        let received = server.received().remove(0);
        assert_eq!(received.line, "GET /v2/x?id=secret");
        assert_eq!(received.header_names(), "accept authorization host user-agent");
        assert_eq!(
            (received.header("accept"), received.header("authorization")),
            (Some("application/json"), Some("Bearer t"))
        );
    }

    #[test]
    fn failures_are_retried_with_a_pause_after_each() {
        let server = Loopback::start(vec![
            Reply::of(500, "no"),
            Reply::Close,
            Reply::of(200, r#"{"AccessKeyId":"AK"}"#),
        ]);
        let (outcome, slept) = ask(&server, None);
        assert!(matches!(outcome, Err(Error::Incomplete { member: "SecretAccessKey", .. })));
        assert_eq!(slept, [1.0, 1.0]);

        let server = Loopback::start(vec![Reply::of(200, "{"), Reply::of(404, ""), Reply::of(403, "c4n4ry")]);
        let (outcome, slept) = ask(&server, Some(""));
        let error = outcome.unwrap_err();
        assert_eq!(slept, [1.0, 1.0, 1.0]);
        assert!(matches!(
            &error,
            Error::Container { attempts: 3, source: ContainerFault::Status { status: 403, .. }, .. }
        ));
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
        assert!(!format!("{error} {error:?}").contains("c4n4ry"), "{error:?}");
        assert_eq!(server.received()[2].header("authorization"), Some(""));
    }

    #[test]
    fn a_line_break_in_the_token_is_refused_before_anything_is_sent() {
        let server = Loopback::start(vec![]);
        assert!(matches!(ask(&server, Some("t\n")).0, Err(Error::ContainerToken)));
    }

    #[test]
    fn only_trusted_hosts_get_a_request() {
        for (url, allowed) in [
            ("https://anything.example/x", true),
            ("HTTPS://anything.example/x", true),
            ("http://127.9.8.7:80/x", true),
            ("http://[::1]/x", true),
            ("http://localhost/x", true),
            ("http://LOCALHOST/x", true),
            ("http://169.254.170.2/x", true),
            ("http://169.254.170.23/x", true),
            ("http://[fd00:ec2::23]/x", true),
            ("http://[fd00:0ec2::23]/x", false),
            ("https://anything.example\\@localhost/x", false),
            ("http://192.0.2.2:28401\\@localhost/x", false),
            ("http://2130706433/x", false),
            ("http://evil.example@localhost/x", true),
            ("http://169.254.169.254/x", false),
            ("http://127.0.0.1.example/x", false),
            ("http://localhost.example/x", false),
            ("http://127.1/x", false),
            ("http://127.0.0.1@evil.example/x", false),
            ("evil", false),
        ] {
            assert_eq!(check(url).is_ok(), allowed, "{url}");
        }
        assert_eq!(relative("/v2/x"), "http://169.254.170.2/v2/x");
        assert!(check(&relative("v2")).is_err());
        assert!(check(&relative("")).is_ok());
        assert!(check(&relative("\\@evil.example/")).is_err());
    }
}
