//! Names of secrets.

use super::table::{VARIABLES, variable};

/// Whether a key's value is masked unless it was asked for by name: the secrets of the table, and keys of other programs
/// that are named like secrets.
pub fn is_secret(key: &str) -> bool {
    variable(key).map_or_else(|| sounds_secret(&key.to_lowercase()), |row| row.secret)
}

/// Whether an unknown key has a name like that of a secret, or nearly: a misspelled key may have a secret value.
fn sounds_secret(key: &str) -> bool {
    const WORDS: [&str; 5] = ["secret", "token", "password", "passphrase", "passwd"];
    // A date is not a secret.
    if ["expires", "expires_at", "expiration", "expiry"].iter().any(|end| key.ends_with(end)) {
        return false;
    }
    let near = |part: &str| WORDS.iter().any(|word| strsim::damerau_levenshtein(part, word) == 1);
    let known = || VARIABLES.iter().filter(|row| row.secret);
    WORDS.iter().any(|word| key.contains(word))
        || key.split(|c: char| !c.is_alphanumeric()).any(|part| part.len() >= 4 && near(part))
        || known().any(|row| strsim::damerau_levenshtein(key, row.name) <= 3)
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn a_misspelled_secret_is_a_secret_and_its_expiration_is_not() {
        for key in ["aws_secret_access_key", "aws_secret_acces_key", "my_password", "api_tokn", "TOKEN"] {
            assert!(is_secret(key), "{key}");
        }
        for key in ["aws_access_key_id", "region", "token_expiration", "color"] {
            assert!(!is_secret(key), "{key}");
        }
    }
}
