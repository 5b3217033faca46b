//! The portal of IAM Identity Center, which issues keys of roles to signed-in users.

use serde::Deserialize;

use super::operation::Operation;
use super::{Caller, Error, Keys, Service, encode, rest_json};
use crate::credentials::Expiration;
use crate::net::{Method, Request, Route};
use crate::secret::Secret;

#[derive(Clone, Debug)]
pub struct RoleCredentials {
    pub keys: Keys,
    pub expiration: Expiration,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    role_credentials: Inner,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inner {
    access_key_id: String,
    #[serde(deserialize_with = "super::secret")]
    secret_access_key: Secret,
    #[serde(deserialize_with = "super::secret")]
    session_token: Secret,
    #[serde(deserialize_with = "super::whole_number")]
    expiration: i64,
}

pub(super) const fn operation(name: &'static str) -> Operation {
    Operation { service: Service::Sso, name }
}

/// The keys of `role_name` in `account_id`. `access_token` authorizes the request, which is not signed.
pub fn get_role_credentials(
    caller: &Caller<'_>,
    access_token: &Secret,
    role_name: &str,
    account_id: &str,
) -> Result<RoleCredentials, Error> {
    let operation = operation("GetRoleCredentials");
    let (role, account) = (encode::query(role_name), encode::query(account_id));
    let path = format!("/federation/credentials?role_name={role}&account_id={account}");
    let request = request(caller, Method::GET, &path, access_token);
    let answer: Answer = rest_json::call(caller, operation, &request)?;
    let Inner { access_key_id, secret_access_key, session_token, expiration } = answer.role_credentials;
    let keys = rest_json::keys(operation, access_key_id, secret_access_key, session_token)?;
    // botocore ignores the milliseconds.
    let expiration = Expiration::from_second(expiration.div_euclid(1000))
        .ok_or_else(|| operation.unusable("its `expiration` is not a time"))?;
    Ok(RoleCredentials { keys, expiration })
}

/// Revokes `access_token`. The response is empty.
pub fn logout(caller: &Caller<'_>, access_token: &Secret) -> Result<(), Error> {
    let request = request(caller, Method::POST, "/logout", access_token);
    caller.retry.run(caller.clock, || {
        let response = caller.net.send(Route::Service, &request, caller.limits)?;
        rest_json::check(operation("Logout"), &response)
    })
}

/// A request of the portal, which the token authorizes: it is not signed.
pub(super) fn request(caller: &Caller<'_>, method: Method, path: &str, access_token: &Secret) -> Request {
    Request::new(method, caller.endpoint.at(path)).with("x-amz-sso_bearer_token", access_token.expose())
}
