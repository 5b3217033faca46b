//! What looks wrong about the halves of an access key: its ID and its secret.

use crate::finding::{Finding, Kind};
use crate::secret::{Secret, is_plausible_access_key_id};

/// The length of the secret access keys that AWS creates.
const SECRET_LENGTH: usize = 40;

/// What looks wrong about half of an access key. The half is never shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnlikelyKey {
    #[error("this looks like a secret access key, not an access key ID")]
    SecretAsId,
    #[error("this doesn't look like an access key ID, which has 16 or more capital letters and digits")]
    Id,
    #[error("this looks like an access key ID, not a secret access key")]
    IdAsSecret,
    #[error(
        "this doesn't look like a secret access key: it has {length} characters instead of {SECRET_LENGTH}"
    )]
    Secret { length: usize },
    #[error("this doesn't look like a secret access key, which has only letters, digits, `/` and `+`")]
    OddSecret,
}

impl Kind for UnlikelyKey {
    fn code(&self) -> &'static str {
        "unlikely-key"
    }
}

pub(super) fn check_id(id: &str) -> Vec<Finding> {
    if is_plausible_access_key_id(id) {
        return Vec::new();
    }
    let is_secret = id.len() == SECRET_LENGTH;
    vec![Finding::new(if is_secret { UnlikelyKey::SecretAsId } else { UnlikelyKey::Id })]
}

pub(super) fn check_secret(secret: &Secret) -> Vec<Finding> {
    let secret = secret.expose();
    let is_odd = |c: char| !c.is_ascii_alphanumeric() && !['/', '+', '='].contains(&c);
    if secret.len() == SECRET_LENGTH && !secret.contains(is_odd) {
        return Vec::new();
    }
    vec![Finding::new(if is_plausible_access_key_id(secret) {
        UnlikelyKey::IdAsSecret
    } else if secret.contains(is_odd) {
        UnlikelyKey::OddSecret
    } else {
        UnlikelyKey::Secret { length: secret.chars().count() }
    })]
}

#[cfg(test)]
mod examples;
