//! What looks wrong about the halves of an access key: its ID and its secret.

use crate::finding::{Finding, Kind};
use crate::secret::{Secret, SecretFault, is_plausible_access_key_id, odd_access_key_id, secret_fault};

/// What looks wrong about half of an access key. The half is never shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnlikelyKey {
    #[error("this looks like a secret access key, not an access key ID")]
    SecretAsId,
    #[error("this doesn't look like an access key ID, which has 16 or more capital letters and digits")]
    Id,
    #[error("this doesn't look like an access key ID: it {0}")]
    OddId(&'static str),
    #[error("this looks like an access key ID, not a secret access key")]
    IdAsSecret,
    #[error("this doesn't look like a secret access key: it {0}")]
    Secret(SecretFault),
}

impl Kind for UnlikelyKey {
    fn code(&self) -> &'static str {
        "unlikely-key"
    }
}

pub(super) fn check_id(id: &str) -> Vec<Finding> {
    if let Some(what) = odd_access_key_id(id) {
        return vec![Finding::new(UnlikelyKey::OddId(what))];
    }
    if is_plausible_access_key_id(id) {
        return Vec::new();
    }
    let is_secret = secret_fault(id).is_none();
    vec![Finding::new(if is_secret { UnlikelyKey::SecretAsId } else { UnlikelyKey::Id })]
}

pub(super) fn check_secret(secret: &Secret) -> Vec<Finding> {
    let unlikely = |fault| match fault {
        SecretFault::KeyId => UnlikelyKey::IdAsSecret,
        fault => UnlikelyKey::Secret(fault),
    };
    secret_fault(secret.expose()).map(|fault| Finding::new(unlikely(fault))).into_iter().collect()
}

#[cfg(test)]
mod examples;
