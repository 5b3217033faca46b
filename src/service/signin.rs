//! The sign-in of the console, which issues credentials for the signed-in user, and renews them.

use serde::Deserialize;
use serde_json::json;

use super::dpop::ProofKey;
use super::operation::Operation;
use super::rest_json::{self, Issue, Unissued};
use super::{Caller, Error, Keys, Service, encode};
use crate::net::{Method, Request};
use crate::secret::Secret;

/// The client of a browser on this machine.
pub const SAME_DEVICE: &str = "arn:aws:signin:::devtools/same-device";

/// The client of a browser on another machine, which shows a code to be typed.
pub const CROSS_DEVICE: &str = "arn:aws:signin:::devtools/cross-device";

const OPERATION: Operation = Operation { service: Service::Signin, name: "CreateOAuth2Token" };

/// What is exchanged for credentials.
pub enum Grant<'g> {
    /// The code that the browser came back with.
    Code {
        code: &'g Secret,
        verifier: &'g Secret,
        redirect_uri: &'g str,
    },
    Renewal {
        refresh_token: &'g Secret,
    },
}

#[derive(Debug)]
pub struct Token {
    pub keys: Keys,
    pub token_type: String,
    /// In seconds.
    pub expires_in: i64,
    /// Always there for a code.
    pub refresh_token: Option<Secret>,
    /// Who signed in; only for a code.
    pub id_token: Option<Secret>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    access_token: Access,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(deserialize_with = "super::whole_number")]
    expires_in: i64,
    #[serde(default, deserialize_with = "super::some_secret")]
    refresh_token: Option<Secret>,
    #[serde(default, deserialize_with = "super::some_secret")]
    id_token: Option<Secret>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Access {
    access_key_id: String,
    #[serde(deserialize_with = "super::secret")]
    secret_access_key: Secret,
    #[serde(deserialize_with = "super::secret")]
    session_token: Secret,
}

/// The service's `CreateOAuth2Token`.
pub fn create_token(
    caller: &Caller<'_>,
    client_id: &str,
    key: &ProofKey,
    grant: &Grant<'_>,
) -> Result<Token, Unissued> {
    let body = match grant {
        Grant::Code { code, verifier, redirect_uri } => json!({
            "clientId": client_id,
            "grantType": "authorization_code",
            "code": code.expose(),
            "codeVerifier": verifier.expose(),
            "redirectUri": redirect_uri,
        }),
        Grant::Renewal { refresh_token } => json!({
            "clientId": client_id,
            "grantType": "refresh_token",
            "refreshToken": refresh_token.expose(),
        }),
    };
    let (url, body) = (caller.endpoint.at("/v1/token"), body.to_string());
    // The service accepts a proof once, so each attempt has its own.
    let request = || {
        let proof = key.proof(&url, caller.clock.now())?;
        Ok(Request::new(Method::POST, &url)
            .with("content-type", "application/json")
            .with("DPoP", proof.expose())
            .carrying(body.clone().into_bytes()))
    };
    let issue: Issue<Answer> = rest_json::issue(caller, OPERATION, request)?;
    issue.checked(|answer| token(answer, grant))
}

fn token(answer: Answer, grant: &Grant<'_>) -> Result<Token, Error> {
    let Answer { access_token, token_type, expires_in, refresh_token, id_token } = answer;
    let Access { access_key_id, secret_access_key, session_token } = access_token;
    let keys = rest_json::keys(OPERATION, access_key_id, secret_access_key, session_token)?;
    if expires_in <= 0 {
        return Err(OPERATION.unusable("its `expiresIn` is not positive"));
    }
    let refresh_token = refresh_token.filter(|token| !token.expose().is_empty());
    // No reader accepts a cached sign-in without it.
    if matches!(grant, Grant::Code { .. }) && refresh_token.is_none() {
        return Err(OPERATION.unusable("it has no `refreshToken`"));
    }
    Ok(Token {
        keys,
        token_type: token_type.unwrap_or_else(|| "aws_sigv4".to_owned()),
        expires_in,
        refresh_token,
        id_token,
    })
}

/// The errors that are an `AccessDeniedException`, unless it has none.
const DENIALS: [&str; 4] =
    ["TOKEN_EXPIRED", "USER_CREDENTIALS_CHANGED", "INSUFFICIENT_PERMISSIONS", "AccessDeniedException"];

/// Whether an error is the service's `AccessDeniedException`.
pub fn is_denial(error: &Error) -> bool {
    DENIALS.iter().any(|code| error.is_refusal(code) || error.clock_behind(code).is_some())
}

/// What the address that is opened in the browser says.
pub struct Authorization<'a> {
    pub client_id: &'a str,
    pub redirect_uri: &'a str,
    pub state: &'a Secret,
    pub challenge: &'a str,
}

/// The address at which the user signs in.
pub fn authorize_url(caller: &Caller<'_>, wanted: &Authorization<'_>) -> String {
    let query = encode::pairs(&[
        ("response_type", "code"),
        ("client_id", wanted.client_id),
        ("state", wanted.state.expose()),
        ("code_challenge_method", "SHA-256"),
        ("scope", "openid"),
        ("redirect_uri", wanted.redirect_uri),
        ("code_challenge", wanted.challenge),
    ]);
    caller.endpoint.at(&format!("/v1/authorize?{query}"))
}

/// Where a browser on another machine ends, and shows the code.
pub fn confirmation_url(caller: &Caller<'_>) -> String {
    caller.endpoint.at("/v1/sessions/confirmation")
}
