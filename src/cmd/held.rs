//! The secrets in this process's environment and files. They are collected when something is printed, because only then
//! are they needed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustc_hash::FxHashMap;

use crate::profile::Files;
use crate::secret::{
    Secret, are_swapped, is_impossible_key_id, is_plausible_access_key_id, keys_in, without_name,
};
use crate::settings;
use crate::text::{decoded, search};
use crate::world::World;

/// Shorter values aren't secrets.
const SHORTEST: usize = 8;

pub(crate) fn secrets(world: &World) -> Vec<Secret> {
    let mut found = Found(Vec::new());
    for (name, value) in world.variables() {
        found.variable(name, value);
    }
    let [id, secret] =
        ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| world.variable(name).unwrap_or_default());
    if are_swapped(id, secret) {
        found.add(id);
    }
    for content in Files::contents(world) {
        match std::str::from_utf8(&content) {
            Ok(text) => found.file(text),
            Err(_) => found.file(&String::from_utf8_lossy(&content)),
        }
    }
    found.0
}

struct Found(Vec<Secret>);

impl Found {
    fn add(&mut self, value: &str) {
        if value.len() >= SHORTEST {
            self.0.push(Secret::new(value));
        }
    }

    fn variable(&mut self, name: &str, value: &str) {
        const ENDS: [&str; 8] =
            ["TOKEN", "SECRET", "SECRET_KEY", "ACCESS_KEY", "API_KEY", "PASSWORD", "PASSWD", "PASSPHRASE"];
        let name = name.to_uppercase();
        let is_ours = name.starts_with("AWS_") || name.starts_with("XCRED_");
        if ENDS.iter().any(|end| name.ends_with(end)) && (is_ours || is_random(value)) {
            self.add(value);
        }
        if name == "AWS_ACCESS_KEY_ID" && is_impossible_key_id(value) {
            self.add(value);
        }
        if is_ours {
            self.joined(value);
        }
        self.address(value);
        self.query(value);
        self.keys(value);
    }

    /// The secrets of other keys in a value or a name: a line that has lost its line break is a part of the one above it.
    fn joined(&mut self, text: &str) {
        if text.trim_ascii().bytes().any(|byte| matches!(byte, b' ' | b'\t' | b'=')) {
            self.arguments(text);
            self.add(settings::stray_secret(text).unwrap_or_default());
        }
    }

    /// What a URL has in its query or fragment that may be a password.
    fn query(&mut self, value: &str) {
        const NAMES: [&str; 9] = ["token", "secret", "key", "sig", "pass", "pwd", "auth", "cred", "code"];
        let Some((_, behind)) = value.split_once("://") else { return };
        let address = behind.split([' ', '\'', '"']).next().unwrap_or_default();
        let Some((_, query)) = address.split_once(['?', '#']) else { return };
        for part in query.split(['&', ';', '?', '#']) {
            let (name, value) = part.split_once('=').unwrap_or(("", part));
            let name = name.to_lowercase();
            if NAMES.iter().any(|known| name.contains(known)) || is_random(value) {
                self.add(value);
                self.add(&String::from_utf8_lossy(&decoded(value, b'+')));
            }
        }
    }

    /// The password in a URL, and as it is sent to proxies.
    fn address(&mut self, value: &str) {
        for (at, _) in value.match_indices('@') {
            let before = &value[..at];
            let start = before.rfind(['/', ' ', '\'', '"', '=']).map_or(0, |slash| slash + 1);
            if let Some((user, password)) = before[start..].split_once(':') {
                self.add(password);
                if !password.is_empty() {
                    self.add(&basic(user, password));
                }
            }
        }
    }

    /// Line by line, without parsing the file: a secret may be in a comment or in a malformed header.
    fn file(&mut self, text: &str) {
        // A file repeats its keys.
        let mut known: FxHashMap<&str, Named> = FxHashMap::default();
        let mut in_secret = false;
        // The pair of a section, whose halves may be in each other's place.
        let (mut id, mut secret) = ("", "");
        // Hardly any file has addresses with such parts: it is asked once instead of on each line.
        let has_at = search::one(b'@').find(text.as_bytes()).is_some();
        let has_query = search::two(b'?', b'#').find(text.as_bytes()).is_some();
        for line in text.lines() {
            let is_continued = line.starts_with([' ', '\t']);
            let pair = search::two(b'=', b':').find(line.as_bytes()).map(|at| (&line[..at], &line[at + 1..]));
            let named = pair.map(|(key, value)| (*known.entry(key).or_insert_with(|| named(key)), value));
            match named {
                Some((Named::Secret, value)) => {
                    in_secret = true;
                    self.value(value);
                }
                Some((Named::KeyId, value)) if is_impossible_key_id(value.trim()) => self.value(value),
                _ if is_continued && in_secret => self.value(without_name(line)),
                _ => in_secret = is_continued && in_secret,
            }
            match named {
                Some((Named::KeyId, value)) => id = value.trim(),
                Some((Named::Secret, value)) if is_plausible_access_key_id(value.trim()) => {
                    secret = value.trim();
                }
                _ if line.starts_with('[') => (id, secret) = ("", ""),
                _ => {}
            }
            if !line.starts_with(['#', ';']) {
                self.joined(named.map_or(line, |(_, value)| value));
            }
            if !id.is_empty() && !secret.is_empty() && are_swapped(id, secret) {
                self.add(id);
                (id, secret) = ("", "");
            }
            if has_at && search::one(b'@').find(line.as_bytes()).is_some() {
                self.address(line);
            }
            if has_query && search::two(b'?', b'#').find(line.as_bytes()).is_some() {
                self.query(line);
            }
        }
        self.keys(text);
    }

    /// A value, also without its quotes or the bracket of a header, and without a comment after it.
    fn value(&mut self, value: &str) {
        let value = value.trim();
        self.add(value);
        let bare = value.trim_end_matches(']').trim_matches(['"', '\'']);
        if bare.len() < value.len() {
            self.add(bare);
        }
        if let Some(first) = value.split_whitespace().next().filter(|first| first.len() < value.len()) {
            self.add(first);
        }
    }

    /// Words that look like a secret access key or a token.
    fn keys(&mut self, text: &str) {
        for place in keys_in(text) {
            self.add(text[place].trim_end_matches('='));
        }
    }

    /// What follows the names of secrets, as among the arguments of a program.
    fn arguments(&mut self, command: &str) {
        const PATHS: [&str; 5] = ["/", "~/", "./", "../", "file:"];
        for place in settings::named(command) {
            let (name, value) = (&command[..place.start], &command[place]);
            let is_id = name.trim_end_matches([' ', '=', '"', '\'']).ends_with("-id");
            if !PATHS.iter().any(|start| value.starts_with(start)) && (!is_id || is_random(value)) {
                self.add(value);
            }
        }
    }
}

/// What a key is the name of.
#[derive(Clone, Copy)]
enum Named {
    Secret,
    KeyId,
    Program,
    Other,
}

/// What a key, or the text before the delimiter of a malformed line, is the name of.
fn named(key: &str) -> Named {
    if settings::names_secret(key) {
        Named::Secret
    } else if key.trim().eq_ignore_ascii_case(settings::AWS_ACCESS_KEY_ID.name) {
        Named::KeyId
    } else if settings::is_command(key) {
        Named::Program
    } else {
        Named::Other
    }
}

/// Whether text looks random.
fn is_random(text: &str) -> bool {
    let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
    text.len() >= 16
        && !text.starts_with(['/', '~'])
        && has(char::is_ascii_digit)
        && has(char::is_ascii_lowercase)
        // So long is the hash of a commit.
        && (has(char::is_ascii_uppercase) || text.len() != 40)
}

/// A user and a password in the form of HTTP's basic authentication.
fn basic(user: &str, password: &str) -> String {
    // Whatever follows: the end of the text without padding is in both forms.
    STANDARD_NO_PAD.encode(format!("{user}:{password}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(act: impl FnOnce(&mut Found)) -> Vec<String> {
        let mut found = Found(Vec::new());
        act(&mut found);
        found.0.iter().map(|secret| secret.expose().to_owned()).collect()
    }

    const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";

    #[test]
    fn a_secret_is_found_on_any_kind_of_line() {
        for line in [
            format!("aws_secret_access_key = {KEY}"),
            format!("[default aws_secret_access_key = {KEY}"),
            format!("# AWS_SECRET_ACCESS_KEY: '{KEY}'"),
            format!("aws_session_token =\n   {KEY}\n"),
            "source_profile = dev aws_secret_access_key = one-word-1".to_owned(),
            "role_arn = arn:aws:iam::123456789012:role/R my_password: one-word-1".to_owned(),
            "sso_session = corp aws_session_token one-word-1".to_owned(),
            "[profile dev aws_session_token = one-word-1]".to_owned(),
            "[profile 'dev aws_session_token one-word-1']".to_owned(),
            format!("{KEY}\n"),
            format!("[profile {KEY}"),
            format!("s3 =\n  secret={KEY} # mine\n"),
            format!("proxy = http://me:{KEY}@host/"),
            format!("[{KEY}]\n[sso-session {KEY}]"),
            format!("credential_process = /t --user joe --password {KEY}"),
            format!("credential_process = sh -c 'PASSWORD={KEY} t'"),
        ] {
            let found = found(|found| found.file(&line));
            assert!(found.iter().any(|secret| [KEY, "one-word-1"].contains(&&**secret)), "{line}");
        }
    }

    #[test]
    fn what_is_beside_an_id_in_the_place_of_a_secret_is_one() {
        let (id, secret) =
            ("aws_access_key_id = hunter2-pass", "aws_secret_access_key = AKIAIOSFODNN7EXAMPLE");
        for text in [
            format!("[a]\n{id}\naws_session_token = t\n{secret}\n"),
            format!("[b]\n[a]\n{secret}\nregion = x\n{id}\n"),
        ] {
            assert!(found(|found| found.file(&text)).contains(&"hunter2-pass".to_owned()), "{text}");
        }
        let apart = format!("[a]\n{id}\n[b]\n{secret}\n");
        assert!(!found(|found| found.file(&apart)).contains(&"hunter2-pass".to_owned()));
    }

    #[test]
    fn a_value_that_is_not_a_secret_is_ignored() {
        let text = "[profile dev]\nregion = eu-central-1\nweb_identity_token_file = /var/run/secrets/token\n\
                    token_path = /opt/tokens/file\nsecret_arn = arn:aws:iam::123456789012:role/R\n\
                    x_security_token_expires = 2020-01-01T00:00:00+02:00\nrole_arn = arn:aws:iam::123456789012:role/R\n\
                    sso_start_url = https://d-1234567890.awsapps.com/start\nprivate_key = /home/joe/key.pem\n\
                    credential_process = tool --no-token --profile production --private-key /home/joe/key.pem \
                    --secret-id production --token-file ./tokens/production\npwd = /home/joe\nauthorization = iam-role\n\
                    # the aws_session_token yourself\nregion = eu-west-1 output = production\n";
        assert_eq!(found(|found| found.file(text)), Vec::<String>::new());
        let digest = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
        assert_eq!(found(|found| found.keys(digest)), Vec::<String>::new());
        for (name, value) in [
            ("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/secrets/token"),
            ("SOME_TOKEN", "production"),
            ("PATH", "/usr/local/bin:/usr/bin"),
            ("GITHUB_SHA", digest),
            (
                "AWS_ROLE_ARN",
                "arn:aws:iam::123456789012:role/service-role/AWSReservedSSO_Admin_0a1b2c3d4e5f6789",
            ),
        ] {
            assert_eq!(found(|found| found.variable(name, value)), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_long_word_that_looks_like_a_secret_is_one_whatever_it_is_called() {
        let token = format!("IQoJb3JpZ2luX2VjEJr-{KEY}{KEY}");
        for text in [&token, KEY] {
            assert_eq!(found(|found| found.variable("AWS_PROFILE", text)), [text]);
            assert_eq!(
                found(|found| found.variable("AWS_PROFILE", "dev my_password = one-word-1")),
                ["one-word-1"]
            );
            assert_eq!(found(|found| found.variable("AWS_CONFIG_FILE", &format!("{text}=="))), [text]);
            assert_eq!(found(|found| found.file(&format!("[{text}"))), [text]);
            assert_eq!(found(|found| found.file(&format!("[default]\n[sso-session {text}]\n"))), [text]);
        }
        let command = "credential_process = /t --user joe --password \"correct horse\" --region eu-central-1";
        assert_eq!(found(|found| found.file(command)), ["correct horse"]);
    }

    #[test]
    fn a_token_in_the_query_of_an_address_is_a_secret() {
        for value in [
            "http://h/?token=pass-word",
            "http://h/x?a=b&X-Api-Key=pass-word#",
            "endpoint_url = 'https://h?a=production&sig=pass-word'",
            "https://h/#access_token=pass-word",
        ] {
            let in_variable = found(|found| found.variable("AWS_ENDPOINT_URL", value));
            let in_file = found(|found| found.file(value));
            assert!([in_variable, in_file].iter().all(|found| found[0] == "pass-word"), "{value}");
        }
        assert_eq!(found(|found| found.query("http://h/?token=pass%2Fword")), ["pass%2Fword", "pass/word"]);
        assert_eq!(found(|found| found.query("http://h/?c4n4ryRANDOM0123456")).len(), 2);
        for value in ["http://h/?stage=production", "https://d-1.awsapps.com/start#/", "x?token=pass-word"] {
            assert_eq!(found(|found| found.query(value)), Vec::<String>::new(), "{value}");
        }
    }

    #[test]
    fn the_password_of_a_proxy_is_a_secret_in_every_notation() {
        for value in ["http://me:pass-word@host:1", "socks5://me:pass-word@host", "me:pass-word@host"] {
            let found = found(|found| found.variable("https_proxy", value));
            assert_eq!(found, ["pass-word", "bWU6cGFzcy13b3Jk"], "{value}");
        }
    }
}
