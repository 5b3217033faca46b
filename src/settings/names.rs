//! Names of secrets.

use super::table::{VARIABLES, variable};

/// Whether a key's value is masked unless it was asked for by name: the secrets of the table, and keys of other programs
/// that are named like secrets.
pub fn is_secret(key: &str) -> bool {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    variable(&key).map_or_else(|| sounds_secret(&key), |row| row.secret)
}

/// What is in the place of a value that a person has to give, in a command. A secret comes through standard input.
pub fn placeholder(key: &str) -> &'static str {
    if is_secret(key) { "-" } else { "VALUE" }
}

/// Whether the value of a key is an address, which may have a password.
pub fn is_address(key: &str) -> bool {
    ["_url", "_endpoint", "_proxy"].iter().any(|end| key.ends_with(end))
}

/// Whether the text before a `=` or `:` is the name of a secret or ends in one. It may be that of a comment or of a header
/// that was left open.
pub fn names_secret(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    is_secret(text) || text.rsplit(|c| !is_of_name(c)).next().is_some_and(is_secret)
}

#[inline]
pub(super) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "_-.".contains(c)
}

/// What a name ends in that is not of a secret, but of what is said about one: where it is, who has it, and how long.
const BESIDES: [&str; 16] = [
    "arn",
    "command",
    "duration",
    "endpoint",
    "expiration",
    "expires",
    "expires_at",
    "expiry",
    "file",
    "name",
    "path",
    "region",
    "scopes",
    "type",
    "uri",
    "url",
];

/// Words of which a name that has one is a secret's.
pub(super) const PASSWORDS: [&str; 5] = ["secret", "token", "password", "passphrase", "passwd"];

/// The last words of a secret's name, which in other places mean something else.
const ENDS: [&str; 8] =
    ["api_key", "api-key", "apikey", "mfa_seed", "otp_seed", "passcode", "pwd", "totp_seed"];

/// Whether an unknown key has a name like that of a secret, or nearly: a misspelled key may have a secret value. The `secret_id`
/// of some programs is a secret, too.
fn sounds_secret(key: &str) -> bool {
    if BESIDES.iter().any(|end| key.ends_with(end)) {
        return false;
    }
    let near = |part: &str| PASSWORDS.iter().any(|word| strsim::damerau_levenshtein(part, word) == 1);
    let known = || VARIABLES.iter().filter(|row| row.secret);
    // `pwd` alone is a folder.
    let ends = |end: &&str| {
        key != "pwd" && key.strip_suffix(end).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    PASSWORDS.iter().any(|word| key.contains(word))
        || ENDS.iter().any(ends)
        || key.split(|c: char| !c.is_alphanumeric()).any(|part| part.len() >= 4 && near(part))
        || known().any(|row| strsim::damerau_levenshtein(key, row.name) <= 3)
}

#[cfg(test)]
mod tests {
    use super::{is_secret, names_secret};

    #[test]
    fn a_misspelled_secret_is_a_secret_and_its_expiration_is_not() {
        for key in [
            "aws_secret_access_key",
            "aws_secret_acces_key",
            "my_password",
            "api_tokn",
            "TOKEN",
            "api_key",
            "--x-api-key",
            "db.pwd",
            "totp_seed",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in [
            // The path of a file, the name of a method, a folder.
            "private_key",
            "authorization",
            "pwd",
            "aws_access_key_id",
            "region",
            "token_expiration",
            "color",
            "api_key_id",
            "private_key_file",
            "OLDPWD",
            "authorization_url",
            "credential_process",
        ] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn where_a_secret_is_and_who_has_it_is_not_a_secret() {
        for name in [
            "token_path",
            "token-file",
            "TOKEN_URL",
            "secret_arn",
            "my_token_region",
            "password_command",
            "token_type",
            "token_expiration",
        ] {
            assert!(!is_secret(name) && !names_secret(name), "{name}");
        }
        for text in
            ["secret_id", "# my password", "[default aws_secret_access_key", "\"SessionToken\"", "--token"]
        {
            assert!(names_secret(text), "{text}");
        }
        for text in ["# region", "; the path of the token file", "aws_access_key_id", ""] {
            assert!(!names_secret(text), "{text}");
        }
    }
}
