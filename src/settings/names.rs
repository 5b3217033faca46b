//! What the name of a key says about its value: a secret, a command line, an address.

use super::table::{CREDENTIAL_PROCESS, VARIABLES, variable};
use crate::text::slips;

/// What is shown for the arguments of a command line.
pub const REST: &str = "…";

/// The keys that have a command line as their value: AWS's, and aws-vault's.
pub const COMMANDS: [&str; 3] = [CREDENTIAL_PROCESS.name, "mfa_process", "web_identity_token_process"];

/// Whether the value of a key is a command line, whose arguments may be secrets: one of [`COMMANDS`], also misspelled, or that of
/// another program.
pub fn is_command(key: &str) -> bool {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('-', "_");
    let key = key.rsplit_once('.').filter(|(_, last)| *last != "command").map_or(&*key, |(_, last)| last);
    let is_near = |known: &&str| slips(key, known, 2).is_some();
    ["_process", "_command", ".command"].iter().any(|end| key.ends_with(end)) || COMMANDS.iter().any(is_near)
}

/// The command line in a line that has the name of its key and no delimiter behind that: `credential_process PROGRAM`.
pub fn undelimited_command(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric()).trim_end();
    let (key, command) = line.split_once(char::is_whitespace)?;
    let command = command.trim_start();
    (is_command(key) && !command.starts_with(['=', ':'])).then_some(command)
}

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

/// What a name ends in that is not of a secret, but of what is said about one: where it is, who has it, and how long. Words
/// may be joined, as in `tokencachepath`: botocore reads names in lower case.
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
const ENDS: [&str; 9] =
    ["api_key", "api-key", "apikey", "mfa_seed", "otp_seed", "pass", "passcode", "pwd", "totp_seed"];

/// What is before `pass` in a name that is not of a password.
const PASSES: [&str; 14] = [
    "all", "by", "first", "last", "max", "min", "multi", "no", "one", "second", "single", "skip", "third",
    "two",
];

/// What tokens of a language model are counted, with the empty word for all of them.
const COUNTED: [&str; 10] =
    ["", "completion", "context", "input", "new", "output", "prompt", "reasoning", "thinking", "total"];

/// The block of a service in a section of services.
const SECRETS_MANAGER: &str = "secrets_manager";

/// Words that are spelled nearly like one of [`PASSWORDS`].
const OTHERS: [&str; 2] = ["passed", "taken"];

/// Whether what a name ends in says that it is about a secret. `curl` only ends in the same letters as one of them.
pub(super) fn is_beside(name: &str) -> bool {
    !name.ends_with("curl") && BESIDES.iter().any(|end| name.ends_with(end))
}

/// Whether a name is that of a number, as in `max_tokens` and `token_count`.
fn is_amount(name: &str) -> bool {
    let bare = |text: &str| COUNTED.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_limit =
        |rest: &str| ["max", "min", "num"].iter().filter_map(|start| rest.strip_prefix(start)).any(bare);
    let is_counted = |rest: &str| {
        !rest.ends_with(char::is_alphanumeric) || PASSWORDS.iter().any(|word| rest.ends_with(word))
    };
    name.strip_suffix("tokens").is_some_and(is_limit) || name.strip_suffix("count").is_some_and(is_counted)
}

/// Whether a name is of something that is passed, as in `no_pass`.
fn is_step(name: &str) -> bool {
    let mut words = name.rsplit(|c: char| !c.is_alphanumeric());
    words.next() == Some("pass") && words.next().is_some_and(|word| PASSES.contains(&word))
}

/// Whether an unknown key has a name like that of a secret, or nearly: a misspelled key may have a secret value. The `secret_id`
/// of some programs is a secret, too.
fn sounds_secret(key: &str) -> bool {
    if COMMANDS.contains(&key) || key == SECRETS_MANAGER || is_beside(key) || is_amount(key) {
        return false;
    }
    let near =
        |part: &str| PASSWORDS.iter().any(|word| slips(part, word, 1) == Some(1)) && !OTHERS.contains(&part);
    let known = || VARIABLES.iter().filter(|row| row.secret);
    // `pwd` alone is a folder.
    let ends = |end: &&str| {
        key != "pwd" && key.strip_suffix(end).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    PASSWORDS.iter().any(|word| key.contains(word))
        || ENDS.iter().any(ends) && !is_step(key)
        // In other names, the word means something else.
        || key == "pin"
        || key.split(|c: char| !c.is_alphanumeric()).any(|part| part.len() >= 4 && near(part))
        || known().any(|row| slips(key, row.name, 3).is_some())
}

#[cfg(test)]
mod tests {
    use super::{is_command, is_secret, names_secret};

    #[test]
    fn a_key_with_a_command_line_is_known_by_its_name() {
        for key in [
            "credential_process",
            "Credential-Process",
            "credental_proces",
            "credentialprocess",
            "# mfa_process",
            "mfaprocess",
            "password_command",
            "mfa.command",
            "profile.dev.credential_proces",
        ] {
            assert!(is_command(key), "{key}");
        }
        for key in ["region", "process", "credential_source", "source_profile", "cli_pager"] {
            assert!(!is_command(key), "{key}");
        }
    }

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

    #[test]
    fn names_of_secrets_and_names_that_only_look_like_one() {
        // A row is a kind of name: those of secrets, and those of ordinary settings.
        for (secret, ordinary) in [
            // Numbers.
            (
                "minio_tokens mini_tokens mint_api_tokens max_session_tokens max_api_tokens min_secret_tokens \
                 maximal_tokens number_tokens tokens secret_account token_discount",
                "max_tokens min-tokens num_tokens maxTokens max_output_tokens maxInputTokens min_new_tokens \
                 token_count tokenCount password-count",
            ),
            // Command lines, whose arguments may be secrets.
            (
                "secret_process password_process token_process password-process tokenProcess api_token_process",
                "credential_process mfa_process web_identity_token_process post_process process",
            ),
            // Joined words.
            (
                "accessToken secretKey secretsManagerValue secret_curl secretfileKey tokenPathSecret",
                "secretsFile secretKeyFile tokensPath tokenCachePath tokenServiceUrl tokenHashType \
                 accessTokenRefreshUrl secretsManagerArn secrets_manager tokencachepath token_keyfile secret_hostname \
                 token_username secret_profile tokenProfile secretsRegion tokenIdleDuration tokenServiceUri \
                 token-service-url",
            ),
            // Passwords, and what else is passed.
            (
                "pass PASS db_pass --pass smtp-pass db.pass my_first_db_pass token_first_pass pin --pin",
                "no_pass --no-pass first-pass two_pass second.pass by_pass one-pass no.pass skip_pass compass nopass \
                 first_pin pinned",
            ),
            // Seeds of codes, and of random numbers.
            ("totp_seed mfa_seed otp_seed my_totp_seed", "seed random_seed --seed numpy_seed"),
        ] {
            for name in secret.split(' ') {
                assert!(is_secret(name) && is_secret(&name.to_lowercase()), "{name}");
            }
            for name in ordinary.split(' ') {
                assert!(!is_secret(name) && !is_secret(&name.to_lowercase()), "{name}");
            }
        }
    }
}
