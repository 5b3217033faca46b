//! Which answers may have a secret in them, so that they are neither shown nor repeated.

use crate::secret::{is_impossible_key_id, looks_secret};

/// Whether an answer may have a secret in it.
pub(super) fn may_hold_secret(text: &str) -> bool {
    looks_secret(text) || sets_a_key(text)
}

/// Whether a line sets a part of an access key, in a shell, a file or JSON.
pub(super) fn sets_a_key(text: &str) -> bool {
    let text = text.to_lowercase().replace('_', "");
    let names = ["accesskeyid", "secretaccesskey", "sessiontoken", "securitytoken"];
    text.contains(['=', ':']) && names.iter().any(|name| text.contains(name))
}

/// Whether an answer to a question of yes or no may have a secret in it.
pub(super) fn is_no_yes_or_no(text: &str) -> bool {
    text.trim().len() > "yes".len()
}

/// Whether an answer to the question for an access key ID may have a secret in it.
pub(super) fn may_be_secret(text: &str) -> bool {
    let text = text.trim();
    is_impossible_key_id(text) || !text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_an_access_key_id_is_drawn() {
        for text in ["", "AKIAIOSFODNN7EXAMPLE", " AKIA", "minio-root", "test"] {
            assert!(!may_be_secret(text), "{text}");
        }
        for text in ["export AWS_SECRET_ACCESS_KEY=x", "[1_R]", "$Env:A", "c4n4ry/D", "aws_session_token="] {
            assert!(may_be_secret(text), "{text}");
        }
    }

    #[test]
    fn a_line_that_sets_a_key_is_recognized_in_each_form() {
        for text in [
            "export AWS_SECRET_ACCESS_KEY=x",
            "$Env:AWS_SESSION_TOKEN=\"x\"",
            "aws_access_key_id = x",
            "\"SecretAccessKey\": \"x\",",
        ] {
            assert!(sets_a_key(text) && may_hold_secret(text), "{text}");
        }
        for text in
            ["eu-west-1", "json", "arn:aws:iam::123456789012:role/session-token", "/opt/aws_access_key_id"]
        {
            assert!(!sets_a_key(text) && !may_hold_secret(text), "{text}");
        }
    }
}
