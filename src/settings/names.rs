//! Names of secrets.

use super::table::{CREDENTIAL_PROCESS, VARIABLES, variable};

/// The keys that have a command line as their value: AWS's, and aws-vault's.
pub const COMMANDS: [&str; 3] = [CREDENTIAL_PROCESS.name, "mfa_process", "web_identity_token_process"];

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

/// Whether a name is of what authorizes requests. Many have the name of a method as their value.
pub(super) fn authorizes(name: &str) -> bool {
    let last = name.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    ["auth", "authorization"].iter().any(|word| last.eq_ignore_ascii_case(word))
}

#[inline]
pub(super) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "_-.".contains(c)
}

/// What a name ends in that is not of a secret, but of what is said about one: where it is, who has it, and how long.
const BESIDES: [&str; 18] = [
    "arn",
    "command",
    "count",
    "duration",
    "endpoint",
    "expiration",
    "expires",
    "expires_at",
    "expiry",
    "file",
    "name",
    "path",
    "process",
    "region",
    "scopes",
    "type",
    "uri",
    "url",
];

/// Words of which a name that has one is a secret's.
pub(super) const PASSWORDS: [&str; 5] = ["secret", "token", "password", "passphrase", "passwd"];

/// The last words of a secret's name, which in other places mean something else.
const ENDS: [&str; 9] =
    ["api_key", "api-key", "apikey", "mfa_seed", "otp_seed", "pass", "passcode", "pwd", "totp_seed"];

/// Whole names of secrets, whose words mean something else in other names.
const ALONE: [&str; 2] = ["pin", "seed"];

/// Words that are spelled nearly like one of [`PASSWORDS`].
const OTHERS: [&str; 2] = ["passed", "taken"];

/// Whether what a name ends in says that it is about a secret. Words may be joined, as in `tokenfile`, but others only end
/// in the same letters.
fn is_beside(name: &str) -> bool {
    BESIDES.iter().filter_map(|end| name.strip_suffix(end)).any(|rest| {
        !rest.ends_with(char::is_alphanumeric)
            || PASSWORDS.iter().any(|word| rest.ends_with(word))
            || is_beside(rest)
    })
}

/// Whether a name is that of a number, as in `max_tokens`.
fn is_amount(name: &str) -> bool {
    name.ends_with("tokens") && ["max", "min", "num"].iter().any(|start| name.starts_with(start))
}

/// Whether an unknown key has a name like that of a secret, or nearly: a misspelled key may have a secret value. The `secret_id`
/// of some programs is a secret, too.
fn sounds_secret(key: &str) -> bool {
    if is_beside(key) || is_amount(key) {
        return false;
    }
    let near = |part: &str| {
        PASSWORDS.iter().any(|word| strsim::damerau_levenshtein(part, word) == 1) && !OTHERS.contains(&part)
    };
    let known = || VARIABLES.iter().filter(|row| row.secret);
    // `pwd` alone is a folder.
    let ends = |end: &&str| {
        key != "pwd" && key.strip_suffix(end).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    PASSWORDS.iter().any(|word| key.contains(word))
        || ENDS.iter().any(ends)
        || ALONE.contains(&key)
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
            "db_pass",
            "PASS",
            "--pin",
            "seed",
            "secret_curl",
            "max_token_value",
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
            "web_identity_token_process",
            "compass",
            "pinned",
            "random_seed",
            "taken",
            "passed",
            "max_tokens",
            "max_output_tokens",
            "token_count",
        ] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn where_a_secret_is_and_who_has_it_is_not_a_secret() {
        for name in [
            "token_path",
            "tokenfile",
            "tokenEndpointUrl",
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
