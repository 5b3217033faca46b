//! The names of what credentials consist of, as services and files spell them. Messages name them, and a stand-in for a secret
//! may be made of them, such as `MySecretAccessKey`: neither such a name nor a piece of one is a secret.

/// In lower case, without what separates their words.
const NAMES: [&[u8]; 7] = [
    b"awsaccesskeyid",
    b"awssecretaccesskey",
    b"awssecuritytoken",
    b"awssessiontoken",
    b"clientsecret",
    b"accesstoken",
    b"refreshtoken",
];

const OF_AWS: &[u8] = b"aws";

/// Whether a text is one of the names.
pub(super) fn is_name(text: &[u8]) -> bool {
    let text = letters(text);
    text.is_some_and(|text| {
        NAMES.iter().any(|name| [name, name.strip_prefix(OF_AWS).unwrap_or(name)].contains(&&*text))
    })
}

/// Whether a text is within one of the names.
pub(super) fn is_within_name(text: &[u8]) -> bool {
    let is_within =
        |text: Vec<u8>| NAMES.iter().any(|name| name.windows(text.len().max(1)).any(|part| part == text));
    letters(text).is_some_and(is_within)
}

/// The letters of a text in lower case. `None` if it has others than those of names.
fn letters(text: &[u8]) -> Option<Vec<u8>> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphabetic() || b"_-".contains(byte);
    let letters =
        || text.iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase).collect();
    text.iter().all(is_of_name).then(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_every_spelling() {
        for name in
            ["SecretAccessKey", "aws_secret_access_key", "AWS_SESSION_TOKEN", "refreshToken", "client-secret"]
        {
            assert!(is_name(name.as_bytes()) && is_within_name(name.as_bytes()), "{name}");
        }
        for part in ["cretAccessKe", "SECRET_ACCES", "_access_key_", "sessionToken"] {
            assert!(is_within_name(part.as_bytes()), "{part}");
        }
        for other in ["", "accesskey", "SecretAccessKey1", "MySecretAcce", "Kx7pQ2vLm9/Z", "secretkey"] {
            assert!(!is_name(other.as_bytes()), "{other}");
        }
        for other in ["MySecretAcce", "SecretAcces1", "SecretAcces/", "____________"] {
            assert!(!is_within_name(other.as_bytes()), "{other}");
        }
    }
}
