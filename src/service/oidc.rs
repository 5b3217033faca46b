//! The sign-in of IAM Identity Center, which issues tokens for the portal.

use serde::Deserialize;

use super::{Caller, Error, Service, rest_json};
use crate::net::{Method, Request};
use crate::secret::Secret;

/// The parameters of a refresh.
#[derive(Clone, Copy, Debug)]
pub struct Refresh<'r> {
    pub client_id: &'r str,
    pub client_secret: &'r Secret,
    pub refresh_token: &'r Secret,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    #[serde(deserialize_with = "super::secret")]
    pub access_token: Secret,
    /// In seconds.
    pub expires_in: i64,
    /// The next refresh token, if there is a new one.
    #[serde(default, deserialize_with = "super::some_secret")]
    pub refresh_token: Option<Secret>,
}

pub fn create_token(caller: &Caller<'_>, refresh: &Refresh<'_>) -> Result<Token, Error> {
    let body = serde_json::json!({
        "grantType": "refresh_token",
        "clientId": refresh.client_id,
        "clientSecret": refresh.client_secret.expose(),
        "refreshToken": refresh.refresh_token.expose(),
    });
    let request = Request::new(Method::POST, caller.endpoint.at("/token"))
        .with("content-type", "application/json")
        .carrying(body.to_string().into_bytes());
    rest_json::call(caller, Service::Oidc, "CreateToken", &request)
}
