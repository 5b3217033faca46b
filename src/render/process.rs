//! The document of a `credential_process`.

use crate::credentials::Credentials;
use crate::secret::Secret;
use crate::shell::{Error, json};

/// The document, as the SDKs define it. It contains secrets.
pub fn process_document(credentials: &Credentials) -> Result<Secret, Error> {
    let (key_id, secret) = credentials.pair()?;
    let token = credentials.session_token.as_ref().map(|found| found.value.expose());
    let expiration = credentials.expiration.as_ref().map(|found| found.value.to_string());
    let account = credentials.account_id.as_ref().map(|found| found.value.as_str());
    let mut out = String::with_capacity(8 * 1024 + 6 * token.map_or(0, str::len));
    out.push_str("{\n  \"Version\": 1");
    for (name, value) in [
        ("AccessKeyId", Some(key_id)),
        ("SecretAccessKey", Some(secret)),
        ("SessionToken", token.filter(|token| !token.is_empty())),
        ("Expiration", expiration.as_deref()),
        ("AccountId", account),
    ] {
        if let Some(value) = value {
            out.push_str(&format!(",\n  \"{name}\": "));
            json::push_string(&mut out, value);
        }
    }
    out.push_str("\n}\n");
    Ok(Secret::new(out))
}
