//! The documents that programs get credentials in.

use crate::credentials::Credentials;
use crate::secret::Secret;
use crate::shell::{Error, json};

/// The document of a `credential_process`, as the SDKs define it. It contains secrets.
pub fn process_document(credentials: &Credentials) -> Result<Secret, Error> {
    let (key_id, secret) = credentials.pair()?;
    let token = credentials.token().map(Secret::expose);
    let expiration = credentials.expiration.as_ref().map(|found| found.value.to_string());
    let begin = "{\n  \"Version\": 1,\n";
    let members = [
        ("AccessKeyId", Some(key_id)),
        ("SecretAccessKey", Some(secret)),
        ("SessionToken", token),
        ("Expiration", expiration.as_deref()),
        ("AccountId", account(credentials)),
    ];
    Ok(document(begin, &members))
}

/// The document of a container's endpoint, as the SDKs define it. It contains secrets.
///
/// SDKs require an expiration and a token, also for keys that have none: `expiration` is when they ask again, and the token
/// is empty. Only the SDK for Rust sends an empty token.
pub fn container_document(credentials: &Credentials, expiration: &str) -> Result<Secret, Error> {
    let (key_id, secret) = credentials.pair()?;
    let token = credentials.token().map_or("", Secret::expose);
    let members = [
        ("AccessKeyId", Some(key_id)),
        ("SecretAccessKey", Some(secret)),
        ("Token", Some(token)),
        ("Expiration", Some(expiration)),
        ("AccountId", account(credentials)),
    ];
    Ok(document("{\n", &members))
}

fn account(credentials: &Credentials) -> Option<&str> {
    credentials.account_id.as_ref().map(|found| found.value.as_str())
}

/// One JSON object that begins so.
fn document(begin: &str, members: &[(&str, Option<&str>)]) -> Secret {
    let length: usize = members.iter().filter_map(|(_, value)| *value).map(str::len).sum();
    // Large enough never to grow, which would leave a copy in memory.
    let mut out = String::with_capacity(1024 + 6 * length);
    let mut separator = begin;
    for (name, value) in members {
        if let Some(value) = value {
            out.push_str(&format!("{separator}  \"{name}\": "));
            json::push_string(&mut out, value);
            separator = ",\n";
        }
    }
    out.push_str("\n}\n");
    Secret::new(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::{Located, Origin};

    #[test]
    fn a_container_document_has_an_expiration_and_a_token_also_for_keys_that_have_none() {
        let located = |text: &str| Some(Located::new(text.to_owned(), Origin::Default));
        let keys = Credentials {
            access_key_id: located("A"),
            secret_access_key: Some(Located::new(Secret::new("s\"x"), Origin::Default)),
            ..Credentials::default()
        };
        let document = container_document(&keys, "2026-01-01T00:00:00Z").unwrap();
        assert_eq!(
            document.expose(),
            "{\n  \"AccessKeyId\": \"A\",\n  \"SecretAccessKey\": \"s\\\"x\",\n  \"Token\": \"\",\n  \
             \"Expiration\": \"2026-01-01T00:00:00Z\"\n}\n"
        );
        let keys = Credentials {
            session_token: Some(Located::new(Secret::new("t"), Origin::Default)),
            account_id: located("123456789012"),
            ..keys
        };
        let document = container_document(&keys, "x").unwrap();
        assert!(document.expose().contains("\"Token\": \"t\""), "{}", document.expose());
        assert!(document.expose().ends_with("\"AccountId\": \"123456789012\"\n}\n"));
    }
}
