//! Access key IDs as they may be shown. A secret may be in their place.

use super::gate::redacted;
use super::is_impossible_key_id;
use super::mask::MASK;

/// Whether an access key ID must not be shown: one that can't be valid is most likely a misplaced secret, and one without the form
/// of those of AWS may be known as a secret, which changed places with its ID.
pub fn is_hidden_key_id(id: &str) -> bool {
    let is_form = id.len() >= 16 && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_impossible_key_id(id) || !is_form && redacted(id) != id
}

/// An access key ID as it may be shown.
pub fn shown_key_id(id: &str) -> &str {
    if is_hidden_key_id(id) { MASK } else { id }
}
