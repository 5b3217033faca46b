//! Credentials in a document: that of a metadata endpoint, and the members of any.

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
    /// `unusable` makes the error of a document in which a member is missing or is not what it should be.
    pub(super) fn read<E>(json: &Json, unusable: impl Fn(&'static str) -> E) -> Result<Issued, E> {
        let required = |member: &'static str| {
            let found = json.get(member).and_then(|found| text(found).ok());
            found.map(str::to_owned).ok_or_else(|| unusable(member))
        };
        // The token is required, but may be null.
        let has_token = json.get("Token").is_none_or(|token| !token.is_null());
        Ok(Issued {
            keys: Keys {
                access_key_id: required("AccessKeyId")?,
                secret_access_key: Secret::held(required("SecretAccessKey")?),
                session_token: if has_token { Some(Secret::held(required("Token")?)) } else { None },
            },
            expiration: required("Expiration")?,
            account_id: json.get("AccountId").and_then(|account| account_id(account).ok()),
            code: json.get("Code").and_then(Json::as_str).map(str::to_owned),
        })
    }
}

/// Why a member is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    NotText,
    /// It has half of a surrogate pair, which has become U+FFFD: neither a signature nor a variable can be made of it.
    Damaged,
}

/// A key or a token: requests can only be signed with text.
pub fn text(member: &Json) -> Result<&str, Odd> {
    let text = member.as_str().ok_or(Odd::NotText)?;
    if text.contains(char::REPLACEMENT_CHARACTER) { Err(Odd::Damaged) } else { Ok(text) }
}

/// The ID of an account, which may be written as a number.
pub fn account_id(member: &Json) -> Result<String, Odd> {
    member.as_u64().map_or_else(|| text(member).map(str::to_owned), |number| Ok(number.to_string()))
}
