//! Credentials in a document of a metadata endpoint.

use serde_json::Value as Json;

use super::Keys;
use crate::secret::Secret;

#[derive(Clone, Debug)]
pub struct Issued {
    pub keys: Keys,
    /// As it is written: text of no fixed format.
    pub expiration: String,
    pub account_id: Option<String>,
    /// The `Code` that comes with them.
    pub code: Option<String>,
}

impl Issued {
    /// `incomplete` makes the error of a document without a member.
    pub(super) fn read<E>(json: &Json, incomplete: impl Fn(&'static str) -> E) -> Result<Issued, E> {
        let required = |member: &'static str| text(json, member).ok_or_else(|| incomplete(member));
        Ok(Issued {
            keys: Keys {
                access_key_id: required("AccessKeyId")?,
                secret_access_key: Secret::held(required("SecretAccessKey")?),
                session_token: token(json).map_err(&incomplete)?,
            },
            expiration: required("Expiration")?,
            account_id: text(json, "AccountId"),
            code: json.get("Code").and_then(Json::as_str).map(str::to_owned),
        })
    }
}

/// A member of a response as botocore uses it: text, or a number as text.
fn text(json: &Json, member: &str) -> Option<String> {
    match json.get(member)? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The session token of a response. The member is required, but may be null. The error is its name.
fn token(json: &Json) -> Result<Option<Secret>, &'static str> {
    const TOKEN: &str = "Token";
    match json.get(TOKEN) {
        Some(Json::Null) => Ok(None),
        _ => text(json, TOKEN).map(|token| Some(Secret::held(token))).ok_or(TOKEN),
    }
}
