//! The sign-in of IAM Identity Center, which issues tokens for the portal.

use serde::Deserialize;
use serde_json::json;

use super::operation::Operation;
use super::rest_json::{self, Issue, Unissued};
use super::{Caller, Error, Service, encode};
use crate::net::{Method, Request, web_address};
use crate::secret::Secret;
use crate::settings::ACCOUNT_SCOPE;

/// How the user proves who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// In a browser on this machine, which comes back with a code (PKCE).
    Browser,
    /// In any browser, in which the user enters a code.
    Device,
}

/// The redirect address that a client registers. The service accepts any port, but no other host.
const REDIRECT: &str = "http://127.0.0.1/oauth/callback";

/// In bytes. Not every browser takes a longer address, and people can't check one.
const LONGEST_ADDRESS: usize = 2048;

/// In bytes. Users type a code; AWS's have nine characters.
const LONGEST_CODE: usize = 128;

/// What a client registers as.
pub struct NewClient<'n> {
    pub name: &'n str,
    pub flow: Flow,
    pub start_url: &'n str,
    /// Those that are configured.
    pub scopes: &'n [String],
}

/// A registered client.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Client {
    #[serde(rename = "clientId")]
    pub id: String,
    #[serde(rename = "clientSecret", deserialize_with = "super::secret")]
    pub secret: Secret,
    /// In seconds since 1970.
    #[serde(rename = "clientSecretExpiresAt", deserialize_with = "super::whole_number")]
    pub expires_at: i64,
}

/// A sign-in that waits for the user.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    #[serde(deserialize_with = "super::secret")]
    pub device_code: Secret,
    pub user_code: String,
    pub verification_uri: String,
    #[serde(default)]
    pub verification_uri_complete: Option<String>,
    /// In seconds.
    #[serde(deserialize_with = "super::whole_number")]
    pub expires_in: i64,
    /// The seconds between two questions.
    #[serde(default, deserialize_with = "super::some_whole_number")]
    pub interval: Option<i64>,
}

/// What is exchanged for a token.
pub enum Grant<'g> {
    /// The code that the browser came back with.
    Code {
        code: &'g Secret,
        verifier: &'g Secret,
        redirect_uri: &'g str,
    },
    Device {
        device_code: &'g Secret,
    },
    Renewal {
        refresh_token: &'g Secret,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    #[serde(deserialize_with = "super::secret")]
    pub access_token: Secret,
    /// In seconds.
    #[serde(deserialize_with = "super::whole_number")]
    pub expires_in: i64,
    /// The next refresh token, if there is a new one.
    #[serde(default, deserialize_with = "super::some_secret")]
    pub refresh_token: Option<Secret>,
}

/// Why there is no token, as far as it matters what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The user has not answered yet.
    Pending,
    /// Asked too often.
    SlowDown,
    /// The user declined.
    Denied,
    /// The device code has expired.
    Expired,
    /// The code or refresh token is not valid, or was used before.
    InvalidGrant,
    /// The registration is not valid any more.
    UnknownClient,
}

impl Refusal {
    /// What a refusal means. The service gives its own names for errors; OAuth's are understood, too.
    pub fn of(error: &Error) -> Option<Refusal> {
        let Error::Refused { code, .. } = error else { return None };
        Some(match code.as_str() {
            "AuthorizationPendingException" | "authorization_pending" => Refusal::Pending,
            "SlowDownException" | "slow_down" => Refusal::SlowDown,
            "AccessDeniedException" | "access_denied" => Refusal::Denied,
            "ExpiredTokenException" | "expired_token" => Refusal::Expired,
            "InvalidGrantException" | "invalid_grant" => Refusal::InvalidGrant,
            "InvalidClientException"
            | "UnauthorizedClientException"
            | "invalid_client"
            | "unauthorized_client" => Refusal::UnknownClient,
            _ => return None,
        })
    }
}

const fn operation(name: &'static str) -> Operation {
    Operation { service: Service::Oidc, name }
}

pub fn register_client(caller: &Caller<'_>, client: &NewClient<'_>) -> Result<Client, Error> {
    let mut body = json!({"clientName": client.name, "clientType": "public"});
    if client.flow == Flow::Browser {
        body["grantTypes"] = json!(["authorization_code", "refresh_token"]);
        body["redirectUris"] = json!([REDIRECT]);
        body["issuerUrl"] = json!(client.start_url);
        if client.scopes.is_empty() {
            body["scopes"] = json!([ACCOUNT_SCOPE]);
        }
    }
    if !client.scopes.is_empty() {
        body["scopes"] = json!(client.scopes);
    }
    let operation = operation("RegisterClient");
    let registered: Client = call(caller, operation, "/client/register", &body)?;
    let members = [("clientId", &*registered.id), ("clientSecret", registered.secret.expose())];
    rest_json::check_words(operation, &members)?;
    Ok(registered)
}

/// What the address that is opened in the browser says.
pub struct Authorization<'a> {
    pub client_id: &'a str,
    pub redirect_uri: &'a str,
    pub state: &'a Secret,
    pub challenge: &'a str,
    /// Those that are configured.
    pub scopes: &'a [String],
}

/// The address at which the user signs in: at the endpoint's host, whatever the path of a custom URL.
pub fn authorize_url(caller: &Caller<'_>, wanted: &Authorization<'_>) -> String {
    let scopes = if wanted.scopes.is_empty() { ACCOUNT_SCOPE.to_owned() } else { wanted.scopes.join(" ") };
    let query = encode::pairs(&[
        ("response_type", "code"),
        ("client_id", wanted.client_id),
        ("redirect_uri", wanted.redirect_uri),
        ("state", wanted.state.expose()),
        ("code_challenge_method", "S256"),
        ("scopes", &scopes),
        ("code_challenge", wanted.challenge),
    ]);
    let scheme = if caller.endpoint.url.starts_with("http:") { "http" } else { "https" };
    format!("{scheme}://{}/authorize?{query}", caller.endpoint.host())
}

/// # Errors
/// Also if the answer is of no use to the user, or not safe: its code is empty or has expired, or an address is not that of a
/// web page.
pub fn start_device_authorization(
    caller: &Caller<'_>,
    client: &Client,
    start_url: &str,
) -> Result<Device, Error> {
    let body = json!({
        "clientId": client.id,
        "clientSecret": client.secret.expose(),
        "startUrl": start_url,
    });
    let operation = operation("StartDeviceAuthorization");
    let mut device: Device = call(caller, operation, "/device_authorization", &body)?;
    rest_json::check_words(operation, &[("deviceCode", device.device_code.expose())])?;
    // Empty is the same as missing: the user enters the code.
    device.verification_uri_complete = device.verification_uri_complete.filter(|address| !address.is_empty());
    let complete = device.verification_uri_complete.as_deref();
    let addresses =
        [("verificationUri", Some(&*device.verification_uri)), ("verificationUriComplete", complete)];
    let wrong = addresses.into_iter().find_map(|(name, address)| match address? {
        address if address.len() > LONGEST_ADDRESS => Some(format!("its `{name}` is too long")),
        address if web_address(address).is_none() => {
            Some(format!("its `{name}` is not the address of a web page: `{address}`"))
        }
        _ => None,
    });
    // No user is sent anywhere with a code that is empty or has expired.
    let no_code = || match device.user_code.trim() {
        "" => Some("its `userCode` is empty".to_owned()),
        code if code.len() > LONGEST_CODE => Some("its `userCode` is too long".to_owned()),
        _ => (device.expires_in <= 0).then(|| "its `expiresIn` is not positive".to_owned()),
    };
    match wrong.or_else(no_code) {
        Some(reason) => Err(operation.unusable(reason)),
        None => Ok(device),
    }
}

/// # Errors
/// Also if the token could not be used: it is empty, or has ended.
pub fn create_token(
    caller: &Caller<'_>,
    client_id: &str,
    client_secret: &Secret,
    grant: &Grant<'_>,
) -> Result<Token, Unissued> {
    let mut body = json!({
        "grantType": "",
        "clientId": client_id,
        "clientSecret": client_secret.expose(),
    });
    match grant {
        Grant::Code { code, verifier, redirect_uri } => {
            body["grantType"] = json!("authorization_code");
            body["redirectUri"] = json!(redirect_uri);
            body["codeVerifier"] = json!(verifier.expose());
            body["code"] = json!(code.expose());
        }
        Grant::Device { device_code } => {
            body["grantType"] = json!("urn:ietf:params:oauth:grant-type:device_code");
            body["deviceCode"] = json!(device_code.expose());
        }
        Grant::Renewal { refresh_token } => {
            body["grantType"] = json!("refresh_token");
            body["refreshToken"] = json!(refresh_token.expose());
        }
    }
    let operation = operation("CreateToken");
    let issue: Issue<Token> = rest_json::issue(caller, operation, || Ok(request(caller, "/token", &body)))?;
    issue.checked(|mut token| {
        if token.expires_in <= 0 {
            return Err(operation.unusable("its `expiresIn` is not positive"));
        }
        rest_json::check_words(operation, &[("accessToken", token.access_token.expose())])?;
        // Empty is the same as missing: the last one stays.
        token.refresh_token = token.refresh_token.filter(|token| !token.expose().is_empty());
        Ok(token)
    })
}

fn call<T: serde::de::DeserializeOwned>(
    caller: &Caller<'_>,
    operation: Operation,
    path: &str,
    body: &serde_json::Value,
) -> Result<T, Error> {
    rest_json::call(caller, operation, &request(caller, path, body))
}

fn request(caller: &Caller<'_>, path: &str, body: &serde_json::Value) -> Request {
    Request::new(Method::POST, caller.endpoint.at(path))
        .with("content-type", "application/json")
        .carrying(body.to_string().into_bytes())
}
