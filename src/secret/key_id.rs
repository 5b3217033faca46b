//! What an access key ID looks like, and how it may be shown. A secret may be in its place.

use super::gate::redacted;
use super::mask::MASK;

/// Whether text has the form of an access key ID: at least 16 capital letters and digits.
pub fn is_plausible_access_key_id(text: &str) -> bool {
    text.len() <= 128 && has_form(text)
}

fn has_form(text: &str) -> bool {
    text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// What is odd about text in the place of an access key ID: it has more than an ID, or is an example's.
pub fn odd_access_key_id(text: &str) -> Option<&'static str> {
    let bare = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if bare.len() < text.len() && is_plausible_access_key_id(bare) {
        return Some("has quotes, spaces or other characters around it");
    }
    let odd = if is_plausible_access_key_id(text) {
        odd_form(text)
    } else {
        let is_lower = is_of_aws(text) && is_plausible_access_key_id(&text.to_ascii_uppercase());
        is_lower.then_some("has lower-case letters, which no ID of AWS has")
    };
    if odd.is_some() {
        return odd;
    }
    let word = bare.to_ascii_lowercase();
    let is_example = ["none", "null", "undefined"].contains(&&*word)
        || ["your_", "your-", "your ", "youraccess", "my_access_key"]
            .iter()
            .any(|start| word.starts_with(start));
    is_example.then_some("is a placeholder")
}

const OF_ANOTHER: &str = "is the ID of a user, a role or the like, not of an access key";

/// Whether it begins like the IDs of something else in IAM.
fn is_of_another(id: &str) -> bool {
    const OTHERS: [&str; 8] = ["AROA", "AIDA", "AGPA", "AIPA", "ANPA", "ANVA", "APKA", "ASCA"];
    OTHERS.iter().any(|prefix| id.starts_with(prefix))
}

/// Why this can't be the ID of a new long-term key. The key is lost if its ID is refused, so it is not judged by its length or by
/// other oddities: AWS may change them, and other vendors have others.
pub fn new_key_id_fault(id: &str) -> Option<&'static str> {
    if id.contains(|c: char| !c.is_ascii_graphic() || "/+=".contains(c)) {
        Some("has characters that no ID has")
    } else if is_temporary_key_id(id) {
        Some("is the ID of a temporary key")
    } else {
        is_of_another(id).then_some(OF_ANOTHER)
    }
}

/// What is odd about text with the form of an access key ID: it has another length than AWS's, or is the ID of something else in
/// IAM, as in `assumed-role/AROA...`.
fn odd_form(text: &str) -> Option<&'static str> {
    const LENGTH: usize = 20;
    if is_of_another(text) {
        return Some(OF_ANOTHER);
    }
    match text.len() {
        _ if !is_of_aws(text) => None,
        ..LENGTH => Some("is shorter than those of AWS, which have 20 characters"),
        LENGTH => None,
        _ => Some("is longer than those of AWS, which have 20 characters"),
    }
}

/// Whether an access key ID and a secret access key look swapped.
pub fn are_swapped(id: &str, secret: &str) -> bool {
    is_plausible_access_key_id(secret) && !is_plausible_access_key_id(id)
}

/// Whether the ID begins like those of AWS's keys. Other vendors have others.
pub fn is_of_aws(id: &str) -> bool {
    let start = id.get(..4).unwrap_or_default();
    ["AKIA", "ASIA"].iter().any(|prefix| start.eq_ignore_ascii_case(prefix))
}

/// Whether the ID is that of a temporary access key, which needs a session token.
pub fn is_temporary_key_id(id: &str) -> bool {
    id.starts_with("ASIA")
}

/// Whether a value given as an access key ID is more likely a secret or a token: IDs don't have these characters, the
/// length of a secret, or lower-case letters in a text this long.
pub fn is_impossible_key_id(text: &str) -> bool {
    text.contains(['/', '+', '='])
        || text.len() == 40
        || text.len() > 32 && text.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether an access key ID must not be shown: one that can't be valid is most likely a misplaced secret, and one without the form
/// of those of AWS may be known as a secret, which changed places with its ID.
pub fn is_hidden_key_id(id: &str) -> bool {
    is_impossible_key_id(id) || !has_form(id) && redacted(id) != id
}

/// An access key ID as it may be shown.
pub fn shown_key_id(id: &str) -> &str {
    if is_hidden_key_id(id) { MASK } else { id }
}

#[cfg(test)]
mod tests {
    use super::{is_impossible_key_id, new_key_id_fault, odd_access_key_id};

    #[test]
    fn a_new_key_has_the_id_of_a_long_term_key() {
        for id in ["AKIAIOSFODNN7EXAMPLE", "AKIA1", "LKIAQAAAAAAAAABLX2V6I", "minio-root_1"] {
            assert_eq!(new_key_id_fault(id), None, "{id}");
        }
        for (id, fault) in [
            ("ASIAIOSFODNN7EXAMPLE", "is the ID of a temporary key"),
            ("AIDAIOSFODNN7EXAMPLE", "is the ID of a user, a role or the like, not of an access key"),
            ("AKIAIOSFODNN7EXAMPLE\nrole_arn = x", "has characters that no ID has"),
            (" AKIAIOSFODNN7EXAMPLE", "has characters that no ID has"),
            ("wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1", "has characters that no ID has"),
        ] {
            assert_eq!(new_key_id_fault(id), Some(fault), "{id}");
        }
    }

    #[test]
    fn an_id_of_another_form_than_those_of_aws_is_odd_and_one_of_another_vendor_is_not() {
        for (id, odd) in [
            ("akiaiosfodnn7example", "has lower-case letters, which no ID of AWS has"),
            ("AkiaIOSFODNN7EXAMPLE", "has lower-case letters, which no ID of AWS has"),
            ("AKIAIOSFODNN7EXAMPL", "is shorter than those of AWS, which have 20 characters"),
            ("AKIAIOSFODNN7EXAMPLEX", "is longer than those of AWS, which have 20 characters"),
            ("AROAIOSFODNN7EXAMPLE1", "is the ID of a user, a role or the like, not of an access key"),
            ("AIDAIOSFODNN7EXAMPLE", "is the ID of a user, a role or the like, not of an access key"),
            ("YOURACCESSKEYIDHERE", "is a placeholder"),
        ] {
            assert_eq!(odd_access_key_id(id), Some(odd), "{id}");
        }
        for id in [
            "AKIAIOSFODNN7EXAMPLE",
            "ASIAIOSFODNN7EXAMPLE",
            "LKIAQAAAAAAAAABLX2V6I",
            "test",
            "minioadmin",
            "AKIA",
            "0123456789abcdef0123456789abcdef",
            "DO00ABCDEFGHJKLMNPQR",
        ] {
            assert_eq!(odd_access_key_id(id), None, "{id}");
        }
    }

    #[test]
    fn a_secret_in_place_of_an_id_is_recognized() {
        for secret in [
            "wJalrXUtnFEMI/K7MDENG",
            "wJalrXUtnFEMIaK7MDENGabPxRfiCYc4n4ryKEY1",
            "IQoJb3JpZ2luX2VjEJr",
            "a+b",
        ] {
            assert_eq!(is_impossible_key_id(secret), !secret.starts_with("IQ"), "{secret}");
        }
        assert!(is_impossible_key_id(&"FwoGZXIvYXdz".repeat(9)));
        for id in
            ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE", "test", "minio-root", "LKIAQAAAAAAAABLX2V6I"]
        {
            assert!(!is_impossible_key_id(id), "{id}");
        }
    }
}
