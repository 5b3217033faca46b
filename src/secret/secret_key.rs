//! Why a text can't be a secret access key of AWS, where one is typed and where one is read.

use std::fmt;

use super::key_id::is_plausible_access_key_id;

/// The length of the secret access keys that AWS creates.
const LENGTH: usize = 40;

/// In bytes. A shorter one is a dummy, as in tests.
const LEAST: usize = 30;

/// Why a text can't be a secret access key of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretFault {
    KeyId,
    Whitespace,
    Characters,
    Length(usize),
}

impl fmt::Display for SecretFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretFault::KeyId => write!(f, "is an access key ID"),
            SecretFault::Whitespace => write!(f, "has whitespace or a line break in it"),
            SecretFault::Characters => write!(f, "has characters other than letters, digits, `/` and `+`"),
            SecretFault::Length(length) => write!(f, "has {length} characters instead of {LENGTH}"),
        }
    }
}

/// Why a text can't be a secret access key of AWS. Other vendors have others.
pub fn secret_fault(secret: &str) -> Option<SecretFault> {
    let is_odd = |c: char| !c.is_ascii_alphanumeric() && !['/', '+', '='].contains(&c);
    if secret.len() == LENGTH && !secret.contains(is_odd) {
        None
    } else if is_plausible_access_key_id(secret) {
        Some(SecretFault::KeyId)
    } else if secret.contains(char::is_whitespace) {
        Some(SecretFault::Whitespace)
    } else if secret.contains(is_odd) {
        Some(SecretFault::Characters)
    } else {
        Some(SecretFault::Length(secret.len()))
    }
}

/// Whether a text has whitespace or a control character, which no secret has, and of which a line of a file can't hold all.
pub fn is_unwritable_secret(secret: &str) -> bool {
    secret.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The [`secret_fault`] of a text that isn't only a stand-in.
pub fn stored_secret_fault(secret: &str) -> Option<SecretFault> {
    secret_fault(secret).filter(|fault| match fault {
        SecretFault::KeyId | SecretFault::Whitespace => true,
        SecretFault::Characters | SecretFault::Length(_) => secret.len() >= LEAST,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_judged_by_its_length_and_its_characters() {
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
        for (text, fault, is_stored) in [
            (secret.to_owned(), None, false),
            (secret[1..].to_owned(), Some(SecretFault::Length(39)), true),
            (format!("{secret}x"), Some(SecretFault::Length(41)), true),
            (secret.replace('/', " "), Some(SecretFault::Whitespace), true),
            (secret.replace('/', "\n"), Some(SecretFault::Whitespace), true),
            (secret.replace('/', "-"), Some(SecretFault::Characters), true),
            ("AKIAIOSFODNN7EXAMPLE".to_owned(), Some(SecretFault::KeyId), true),
            ("test".to_owned(), Some(SecretFault::Length(4)), false),
            ("a b".to_owned(), Some(SecretFault::Whitespace), true),
        ] {
            assert_eq!(secret_fault(&text), fault, "{text}");
            assert_eq!(stored_secret_fault(&text).is_some(), is_stored, "{text}");
        }
    }
}
