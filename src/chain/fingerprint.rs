//! What tells an identity apart from others without a request: the source of its credentials and the roles behind it.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::credentials::Credentials;
use crate::secret::{Secret, is_temporary_key_id};
use crate::settings::{CREDENTIAL_PROCESS, LOGIN_SESSION, SSO_SESSION, WEB_IDENTITY_TOKEN_FILE};
use crate::text::hex;

/// What a cache key has besides the identity: a newer sign-in, newer keys or a newer token from the same place, a code, an
/// external ID or another duration make no other one. Whether the credentials are narrowed as they were is not decided by this.
const NOT_IDENTITY: [&str; 9] = [
    "SignIn",
    ISSUED,
    TOKEN,
    SURROUNDINGS,
    "SerialNumber",
    "ExternalId",
    "DurationSeconds",
    "Operation",
    "Narrowing",
];

/// The members of cache keys for people. The values of some are digests, which say nothing.
const WORDS: [(&str, &str, bool); 15] = [
    ("RoleArn", "role", true),
    ("RoleSessionName", "session name", true),
    ("GivenName", "session name", false),
    ("AccessKeyId", "access key", true),
    ("CredentialProcess", CREDENTIAL_PROCESS.name, false),
    ("Profile", "profile", true),
    ("SsoAccountId", "account", true),
    ("SsoRoleName", "role", true),
    ("SsoStartUrl", "start URL", false),
    ("SsoSession", SSO_SESSION.name, true),
    ("LoginSession", LOGIN_SESSION.name, true),
    ("WebIdentityTokenFile", WEB_IDENTITY_TOKEN_FILE.name, true),
    ("Sdk", "SDK", true),
    ("Endpoint", "address of STS", false),
    (TEMPORARY, "access key", false),
];

const ID: &str = "AccessKeyId";
const TEMPORARY: &str = "Temporary";
const SOURCE: &str = "Source";
const ISSUED: &str = "Issued";
const TOKEN: &str = "Token";
pub(super) const SURROUNDINGS: &str = "Surroundings";

/// The cache key of credentials that an address has issued. The same address gives other identities elsewhere: on another host
/// that shares the home folder, in another container. So it has their ID.
pub(super) fn issued(mut place: Value, credentials: &Credentials) -> Value {
    place[ISSUED] = Value::from(credentials.id());
    place
}

/// The digest of a token that proves an identity, for a cache key: the file of a token has another one in each container.
pub(super) fn token(key: &mut Value, token: &Secret) {
    key[TOKEN] = Value::from(hex(&Sha256::digest(token.expose())));
}

/// What identifies credentials: the last role first, and their source last. Two that are equal have the same source and the
/// same roles.
#[derive(Clone, PartialEq, Eq)]
pub struct Fingerprint(Vec<Part>);

type Part = BTreeMap<String, Value>;

/// What has changed, and the two values if people may read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub what: &'static str,
    pub values: Option<(String, String)>,
}

impl Fingerprint {
    /// From a cache key.
    pub fn of(key: &Value) -> Fingerprint {
        match key[ID].as_str() {
            Some(id) => Fingerprint::of_keys(id, false),
            None => Fingerprint(parts(key)),
        }
    }

    /// From the cache key of credentials that have a session token.
    pub fn of_temporary(key: &Value) -> Fingerprint {
        match key[ID].as_str() {
            Some(id) => Fingerprint::of_keys(id, true),
            None => Fingerprint::of(key),
        }
    }

    /// Of keys that identify themselves. It needs no random numbers, as a cache key does.
    pub(super) fn of_keys(id: &str, has_token: bool) -> Fingerprint {
        Fingerprint(vec![Part::from([keys(id, has_token)])])
    }

    /// Whether only a request shows whose they are: temporary keys, which have another ID each time they are renewed.
    pub fn is_of_temporary_keys(&self) -> bool {
        self.0.first().is_some_and(|part| part.contains_key(TEMPORARY))
    }

    /// The first difference, from the identity to its source. `None` if they are equal.
    pub fn change(&self, new: &Fingerprint) -> Option<Change> {
        let pairs = self.0.iter().zip(&new.0);
        let differ = pairs.filter(|(old, new)| old != new).map(|(old, new)| change(old, new)).next();
        let other = Change { what: "source", values: None };
        differ.or_else(|| (self.0.len() != new.0.len()).then_some(other))
    }
}

/// The member for keys. Temporary ones have no ID that lasts.
fn keys(id: &str, has_token: bool) -> (String, Value) {
    if has_token || is_temporary_key_id(id) {
        (TEMPORARY.to_owned(), Value::Bool(true))
    } else {
        (ID.to_owned(), Value::from(id))
    }
}

/// What remains of a cache key.
fn parts(key: &Value) -> Vec<Part> {
    let mut part = Part::new();
    for (name, value) in key.as_object().into_iter().flatten() {
        match value {
            _ if name == SOURCE || NOT_IDENTITY.contains(&name.as_str()) => {}
            Value::Null => {}
            Value::String(id) if name == ID => part.extend([keys(id, false)]),
            value => {
                part.insert(name.clone(), value.clone());
            }
        }
    }
    let Some(source) = key.get(SOURCE).map(parts) else { return vec![part] };
    // The session of a user is still that user.
    let own = part.contains_key("RoleArn").then_some(part);
    own.into_iter().chain(source).collect()
}

fn change(old: &Part, new: &Part) -> Change {
    let text = |part: &Part, name| part.get(name).and_then(Value::as_str).map(str::to_owned);
    match WORDS.into_iter().find(|(name, ..)| old.get(*name) != new.get(*name)) {
        Some((name, what, is_shown)) => {
            Change { what, values: text(old, name).zip(text(new, name)).filter(|_| is_shown) }
        }
        None => Change { what: "source", values: None },
    }
}

/// Hides addresses, which may contain passwords.
impl fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Fingerprint")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(old: &Value, new: &Value) -> Option<(&'static str, Option<(String, String)>)> {
        let change = Fingerprint::of(old).change(&Fingerprint::of(new))?;
        Some((change.what, change.values))
    }

    fn from(old: &str, new: &str) -> Option<(String, String)> {
        Some((old.to_owned(), new.to_owned()))
    }

    #[test]
    fn another_source_or_role_is_another_identity() {
        let role = |role: &str, source: Value| json!({"RoleArn": role, "Source": source});
        let key = |id: &str| json!({"AccessKeyId": id});
        for (old, new, what, values) in [
            (key("AKIA1"), key("AKIA2"), "access key", from("AKIA1", "AKIA2")),
            (key("AKIA1"), key("ASIA1"), "access key", None),
            (role("a", key("AKIA1")), role("b", key("AKIA1")), "role", from("a", "b")),
            (role("a", key("AKIA1")), role("a", key("AKIA2")), "access key", from("AKIA1", "AKIA2")),
            (role("a", role("b", key("k"))), role("a", role("c", key("k"))), "role", from("b", "c")),
            (role("a", key("AKIA1")), key("AKIA1"), "role", None),
            (
                json!({"CredentialProcess": "1"}),
                json!({"CredentialProcess": "2"}),
                CREDENTIAL_PROCESS.name,
                None,
            ),
            (json!({"LoginSession": "1"}), json!({"LoginSession": "2"}), LOGIN_SESSION.name, from("1", "2")),
            (json!({"SsoSession": "1"}), json!({"SsoSession": "2"}), SSO_SESSION.name, from("1", "2")),
            (json!({"RoleArn": "a"}), json!({"RoleArn": "a", "Sdk": "go"}), "SDK", None),
            (json!({"Operation": "o", "Source": key("1")}), key("2"), "access key", from("1", "2")),
            (json!({"Unheard": 1}), json!({"Unheard": 2}), "source", None),
        ] {
            assert_eq!(change(&old, &new), Some((what, values)), "{old} {new}");
        }
    }

    #[test]
    fn a_new_sign_in_a_code_or_a_narrower_session_is_the_same_identity() {
        let key = || json!({"AccessKeyId": "AKIA1"});
        for (old, new) in [
            (json!({"LoginSession": "1", "SignIn": "a"}), json!({"LoginSession": "1", "SignIn": "b"})),
            (json!({"RoleArn": "a", "DurationSeconds": 900}), json!({"RoleArn": "a", "ExternalId": "x"})),
            (json!({"RoleArn": "a", "RoleSessionName": null}), json!({"RoleArn": "a"})),
            (json!({"Container": "u", "Issued": "ASIA1"}), json!({"Container": "u", "Issued": "ASIA2"})),
            (json!({"RoleArn": "a", "Token": "1"}), json!({"RoleArn": "a", "Token": "2"})),
            (key(), json!({"Operation": "GetSessionToken", "SerialNumber": "s", "Source": key()})),
            (key(), json!({"Operation": "GetFederationToken", "Narrowing": {}, "Source": key()})),
            (json!({"AccessKeyId": "ASIA1"}), json!({"AccessKeyId": "ASIA2"})),
        ] {
            assert_eq!(change(&old, &new), None, "{old} {new}");
        }
        let other = Fingerprint::of_temporary(&json!({"AccessKeyId": "any"}));
        assert!(other.is_of_temporary_keys() && other != Fingerprint::of(&key()));
    }
}
