//! The console's federation endpoint, which makes a sign-in link of temporary credentials: "Enable custom identity broker
//! access to the AWS console" in the IAM User Guide.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::endpoint::real;
use super::operation::Operation;
pub use super::partition::Console;
use super::{Caller, Error, Service, encode, rest_json};
use crate::credentials::Credentials;
use crate::net::{Method, Request, Route};
use crate::secret::{Secret, hold};
use crate::settings::is_label;

/// The endpoint's only operation that has an answer for programs.
const OPERATION: Operation = Operation { service: Service::Signin, name: "GetSigninToken" };

/// Characters of a URL that browsers or their openers may take for something else.
const ODD: &[u8] = b"\"<>\\^`{|}";

/// A page of the console.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The service as the console's paths name it.
    service: Option<String>,
    /// With its query and fragment, if it has some.
    path: Option<String>,
}

impl Page {
    /// The page of a service, or below it.
    pub fn new(service: Option<&str>, path: Option<&str>) -> Result<Page, PageError> {
        let is_name = |name: &str| {
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=63).contains(&name.len()) && name.bytes().all(is_plain)
        };
        let is_path = |path: &str| {
            path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic() && !ODD.contains(&byte))
        };
        if let Some(name) = service.filter(|name| !is_name(name)) {
            return Err(PageError::Service(name.to_owned()));
        }
        match path.filter(|path| !is_path(path)) {
            Some(path) => Err(PageError::Path(path.to_owned())),
            None => Ok(Page { service: service.map(str::to_owned), path: path.map(str::to_owned) }),
        }
    }

    /// Its path, query and fragment in a region.
    fn target(&self, region: Option<&str>) -> String {
        let path = match (&self.service, &self.path) {
            (None, None) => "/console/home".to_owned(),
            (Some(service), None) => format!("/{service}/home"),
            (None, Some(path)) => path.clone(),
            (Some(service), Some(path)) => format!("/{service}{path}"),
        };
        let (path, fragment) = path.split_once('#').map_or((&*path, None), |(path, rest)| (path, Some(rest)));
        let query = path.split_once('?').map(|(_, query)| query);
        let names_region =
            query.is_some_and(|query| query.split('&').any(|pair| pair.starts_with("region=")));
        let region = region.filter(|_| !names_region).map(|region| {
            format!("{}region={}", if query.is_some() { '&' } else { '?' }, encode::query(region))
        });
        let fragment = fragment.map(|text| format!("#{text}"));
        [Some(path.to_owned()), region, fragment].into_iter().flatten().collect()
    }
}

/// What the console has no page for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    Service(String),
    Path(String),
}

impl Console {
    /// The URL of the sign-in, without a path.
    pub fn sign_in(&self, region: Option<&str>) -> String {
        match (self.regional, place(region)) {
            (None, _) => format!("https://{}", self.sign_in),
            (Some(_), Some(region)) => format!("https://{region}.{}", self.sign_in),
            (Some(usual), None) => format!("https://{usual}.{}", self.sign_in),
        }
    }

    pub fn address(&self, region: Option<&str>, page: &Page) -> String {
        let region = place(region);
        let prefix = region.filter(|region| Some(*region) != self.plain).map(|region| format!("{region}."));
        format!("https://{}{}{}", prefix.unwrap_or_default(), self.host, page.target(region))
    }
}

/// The region, if it is a place: its name becomes a part of a host.
fn place(region: Option<&str>) -> Option<&str> {
    let region = region?.trim_end_matches('\n');
    let region = real(region).unwrap_or(region);
    Some(region).filter(|region| is_label(region) && !region.ends_with("-global"))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session<'c> {
    session_id: &'c str,
    session_key: &'c str,
    session_token: &'c str,
}

/// The form of a request for a sign-in token.
fn form(credentials: &Credentials) -> Result<Zeroizing<String>, Error> {
    let missing = |missing| Error::Unsigned { operation: OPERATION.name, missing };
    let id = credentials.access_key_id.as_ref().ok_or(missing("access key ID"))?;
    let secret = credentials.secret_access_key.as_ref().ok_or(missing("secret access key"))?;
    let token = credentials.token().ok_or(missing("session token"))?;
    // Other than a signature, the request has the secrets themselves, and a refusal may repeat them.
    for secret in [&secret.value, token] {
        hold(secret.expose());
    }
    let session =
        Session { session_id: &id.value, session_key: secret.value.expose(), session_token: token.expose() };
    // A structure of texts can't fail to become JSON.
    let session = Zeroizing::new(serde_json::to_string(&session).unwrap_or_default());
    // Text that grows while it is written would leave copies of secrets in memory.
    let mut form = Zeroizing::new(String::with_capacity(3 * session.len() + 64));
    form.push_str("Action=getSigninToken&Session=");
    encode::form(&session, &mut form);
    Ok(form)
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "SigninToken", deserialize_with = "super::secret")]
    token: Secret,
}

/// A link that signs a browser in as these temporary credentials and shows the page at `destination`. It works for 15 minutes,
/// and is a secret. The session that it begins lasts as long as the credentials.
///
/// No duration is asked for: with credentials of GetFederationToken, and of a role that another role has assumed, the endpoint
/// would refuse.
pub fn link(caller: &Caller<'_>, credentials: &Credentials, destination: &str) -> Result<Secret, Error> {
    let form = form(credentials)?;
    let Answer { token } = caller.retry.run(caller.clock, || {
        // In the body: proxies and servers log the URLs of requests.
        let request = Request::new(Method::POST, caller.endpoint.at("/federation"))
            .with("content-type", "application/x-www-form-urlencoded")
            .with("accept", "application/json")
            .carrying(form.as_bytes().to_vec());
        let response = caller.net.send(Route::Service, &request, caller.limits)?;
        if response.is_error() && response.body.trim_ascii().first() != Some(&b'{') {
            // A page for people, which says no more than the status.
            let status = response.status;
            let Operation { service, name: operation } = OPERATION;
            let (code, message) = (status.to_string(), String::new());
            return Err(Error::Refused { service, operation, code, message, status, request_id: None });
        }
        rest_json::read(OPERATION, &response)
    })?;
    rest_json::check_words(OPERATION, &[("SigninToken", token.expose())])?;
    let query = encode::pairs(&[
        ("Action", "login"),
        ("Issuer", "xcred"),
        ("Destination", destination),
        ("SigninToken", token.expose()),
    ]);
    Ok(Secret::new(caller.endpoint.at(&format!("/federation?{query}"))))
}

#[cfg(test)]
mod tests {
    use super::super::Partition;
    use super::*;

    fn address(region: Option<&str>, service: Option<&str>, path: Option<&str>) -> String {
        let console = Partition::of(region.unwrap_or_default()).console.as_ref().unwrap();
        console.address(region, &Page::new(service, path).unwrap())
    }

    #[test]
    fn each_partition_has_its_own_hosts() {
        for (region, sign_in, home) in [
            (None, "signin.aws.amazon.com", "console.aws.amazon.com/console/home"),
            (
                Some("eu-west-1"),
                "signin.aws.amazon.com",
                "eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1",
            ),
            (Some("aws-global"), "signin.aws.amazon.com", "console.aws.amazon.com/console/home"),
            (
                Some("fips-us-east-2"),
                "signin.aws.amazon.com",
                "us-east-2.console.aws.amazon.com/console/home?region=us-east-2",
            ),
            (
                Some("cn-north-1"),
                "signin.amazonaws.cn",
                "console.amazonaws.cn/console/home?region=cn-north-1",
            ),
            (
                Some("cn-northwest-1"),
                "signin.amazonaws.cn",
                "cn-northwest-1.console.amazonaws.cn/console/home?region=cn-northwest-1",
            ),
            (
                Some("us-gov-west-1"),
                "signin.amazonaws-us-gov.com",
                "us-gov-west-1.console.amazonaws-us-gov.com/console/home?region=us-gov-west-1",
            ),
            (
                Some("eusc-de-east-1"),
                "eusc-de-east-1.signin.amazonaws-eusc.eu",
                "eusc-de-east-1.console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1",
            ),
        ] {
            let console = Partition::of(region.unwrap_or_default()).console.as_ref().unwrap();
            assert_eq!(console.sign_in(region), format!("https://{sign_in}"));
            assert_eq!(address(region, None, None), format!("https://{home}"));
        }
        let sovereign = Partition::named("aws-eusc").unwrap().console.as_ref().unwrap();
        assert_eq!(sovereign.sign_in(None), "https://eusc-de-east-1.signin.amazonaws-eusc.eu");
        for name in ["aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"] {
            assert!(Partition::named(name).unwrap().console.is_none());
        }
    }

    #[test]
    fn a_page_is_that_of_a_service_or_below_it_in_the_region() {
        let host = "https://eu-west-1.console.aws.amazon.com";
        for (service, path, expected) in [
            (Some("s3"), None, "/s3/home?region=eu-west-1"),
            (Some("s3"), Some("/buckets/b?tab=objects"), "/s3/buckets/b?tab=objects&region=eu-west-1"),
            (Some("ec2"), Some("/home#Instances:"), "/ec2/home?region=eu-west-1#Instances:"),
            (None, Some("/ec2/home?region=us-east-1#X?y"), "/ec2/home?region=us-east-1#X?y"),
            (None, Some("/"), "/?region=eu-west-1"),
            (None, Some("//evil.example"), "//evil.example?region=eu-west-1"),
        ] {
            assert_eq!(address(Some("eu-west-1"), service, path), format!("{host}{expected}"));
        }
    }

    #[test]
    fn names_and_paths_that_could_leave_the_console_are_refused() {
        for name in ["", "S3", "s3.evil", "s3/x", "@evil.example", "s3?x", "a b", "é", "a\nb"] {
            assert_eq!(Page::new(Some(name), None), Err(PageError::Service(name.to_owned())));
        }
        for path in ["", "s3", "@evil", ".evil.example", "/a b", "/a\\b", "/\r\nX: y", "/é", "/<x>", "/\"x\""]
        {
            assert_eq!(Page::new(None, Some(path)), Err(PageError::Path(path.to_owned())));
        }
    }
}
