//! Masks secrets in free text, which are recognized by the name before them or by their form.

use std::borrow::Cow;
use std::ops::Range;

use super::names::{PASSWORDS, authorizes, is_of_name, is_secret};
use super::table::{VARIABLES, variable};
use crate::secret::{Care, MASK, cover, without_keys, without_secrets, without_withheld};

/// Masks the value after the name of a secret, passwords in addresses, and anything that looks like a secret.
pub(super) fn without_secret_words(text: &str, care: Care) -> String {
    let text = without_named(text);
    without_withheld(&without_secrets(&without_passwords(&text), care)).into_owned()
}

/// Masks what follows the name of a secret, and what looks like a key.
pub(super) fn without_secret_parts(value: Cow<'_, str>) -> Cow<'_, str> {
    // Hardly any value has a name in it, and none but long ones a key.
    let is_blank = |byte: u8| byte <= b' ' || byte >= 0x80;
    let is_mark = |byte: u8| is_blank(byte) || matches!(byte, b'=' | b'"' | b'\'' | b':');
    // Without a way out many bytes are compared at once.
    let is_word = if value.starts_with("arn:") {
        !value.bytes().fold(false, |any, byte| any | is_blank(byte))
    } else {
        !value.bytes().fold(false, |any, byte| any | is_mark(byte))
    };
    let named = if is_word { Cow::Borrowed(&*value) } else { without_named(&value) };
    let named = if is_word { named } else { without_stray_of_aws(&named).map_or(named, Cow::Owned) };
    match without_keys(&named) {
        Cow::Owned(shown) => Cow::Owned(shown),
        Cow::Borrowed(_) => match named {
            Cow::Owned(shown) => Cow::Owned(shown),
            Cow::Borrowed(_) => value,
        },
    }
}

/// Masks what a blank separates from the name of a secret before it: `aws_session_token VALUE`. `None` if there is none.
pub fn without_stray(text: &str) -> Option<String> {
    // A word such as `token` is part of a sentence, too.
    let start = stray(text, |word| word.contains(['_', '-']) && is_secret(word))?;
    Some(format!("{}{MASK}", &text[..start]))
}

/// As [`without_stray`], where the names of other programs' secrets may be words: in a value or a header.
pub fn without_stray_of_aws(value: &str) -> Option<String> {
    Some(format!("{}{MASK}", &value[..stray(value, is_secret_of_aws)?]))
}

/// What a blank separates from the name of one of AWS's secrets in a line of a file: the last word, without a bracket or a quote
/// behind it.
pub fn stray_secret(line: &str) -> Option<&str> {
    let rest = &line[stray(line, is_secret_of_aws)?..];
    let value = rest.trim_end().trim_end_matches([']', '"', '\'']);
    (!value.contains(char::is_whitespace)).then_some(value)
}

/// Asked of each word of a file. None of these settings is nested.
fn is_secret_of_aws(word: &str) -> bool {
    VARIABLES.iter().any(|row| row.secret && row.name.eq_ignore_ascii_case(word))
}

/// Where the value begins that only a blank separates from such a name before it.
fn stray(text: &str, is_name: impl Fn(&str) -> bool) -> Option<usize> {
    let mut words = text.split_whitespace();
    let name = words.find(|word| is_name(word))?;
    let value = words.next().filter(|value| !value.starts_with(['=', ':']))?;
    let start = text.find(name)? + name.len();
    Some(start + text[start..].find(value)?)
}

/// Masks what follows the name of a secret: `--password VALUE`, `password=VALUE`, `"password": "VALUE"`.
fn without_named(text: &str) -> Cow<'_, str> {
    cover(text, named(text), MASK)
}

/// Where the values are that follow the name of a secret.
pub fn named(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find(is_of_name).map(|start| at + start) {
        let end = text[start..].find(|c| !is_of_name(c)).map_or(text.len(), |length| start + length);
        at = end;
        // A name such as `--secret-id` has an ARN or a secret.
        // `PWD` is the shell's folder.
        let name = &text[start..end];
        let Some(behind) = behind_delimiter(text, start..end) else { continue };
        let is_named = name != "PWD" && (is_secret(name) || name.eq_ignore_ascii_case("authorization"));
        if !is_named && !authorizes(name) {
            continue;
        }
        let is_masked = |value: &Range<usize>| {
            let has_scheme = || {
                let before = &text[end..value.start];
                before.contains(|c: char| c.is_ascii_alphabetic()) && may_authorize(&text[value.clone()])
            };
            !text[value.clone()].starts_with("arn:") && (is_named || has_scheme())
        };
        if let Some(value) = value_of(text, start, behind).filter(is_masked) {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// The scheme of HTTP's authentication that the value of a key begins with, if a secret follows it: `Basic `.
pub(super) fn scheme<'v>(key: &str, value: &'v str) -> Option<&'v str> {
    if !authorizes(key) {
        return None;
    }
    let length = value.len() - without_scheme(value).len();
    (length > 0 && may_authorize(&value[length..])).then(|| &value[..length])
}

/// Whether what follows a scheme is a credential and not the next option or a word, as in `basic auth`.
fn may_authorize(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let is_mixed = || word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    !word.starts_with('-') && (word.bytes().any(|byte| byte.is_ascii_digit()) || is_mixed())
}

/// The text after a name and what delimits it, if the value of that name follows.
fn behind_delimiter(text: &str, name: Range<usize>) -> Option<&str> {
    let (before, after) = (&text[..name.start], &text[name.end..]);
    let name = &text[name];
    let quoted = after.strip_prefix("\\\"").or_else(|| after.strip_prefix(['"', '\'']));
    let rest = quoted.unwrap_or(after).trim_start();
    match rest.strip_prefix('=') {
        Some(value) => Some(value),
        None => match rest.strip_prefix(':') {
            Some(value) if quoted.is_some() || value.starts_with(char::is_whitespace) => Some(value),
            Some(value) if !before.ends_with([':', '/', '@']) && is_password(name) => Some(value),
            // What begins with a dash is the next option.
            None if name.starts_with('-')
                && after.starts_with(char::is_whitespace)
                && !rest.starts_with('-') =>
            {
                Some(rest)
            }
            _ => None,
        },
    }
}

/// The value at the beginning of what is behind the name that begins at `start`.
fn value_of(text: &str, start: usize, behind: &str) -> Option<Range<usize>> {
    let value = value_in(behind, || is_in_address(&text[..start]))?;
    let start = text.len() - behind.len();
    Some(start + value.start..start + value.end)
}

/// The value at the beginning of what is behind a name and its delimiter: without its quotes, or up to a blank.
pub(super) fn value_in(behind: &str, is_in_address: impl FnOnce() -> bool) -> Option<Range<usize>> {
    let value = without_scheme(behind.trim_start());
    let quote = ["\\\"", "\"", "'"].into_iter().find(|quote| value.starts_with(quote));
    let (value, length) = match quote {
        Some(quote) => {
            let value = &value[quote.len()..];
            (value, quoted_length(value, quote))
        }
        None => (value, bare_length(value, is_in_address())),
    };
    let start = behind.len() - value.len();
    (length > 0).then_some(start..start + length)
}

/// Whether a colon without a blank separates a name from its value. In an ARN, and in the name of an action such as
/// `secretsmanager:GetSecretValue`, it separates other parts.
fn is_password(name: &str) -> bool {
    let last = name.rsplit(['-', '_', '.']).next().unwrap_or_default().to_lowercase();
    PASSWORDS.contains(&&*last) || last == "secretaccesskey" || variable(&name.to_lowercase()).is_some()
}

/// A value without the scheme of HTTP's authentication before it.
fn without_scheme(value: &str) -> &str {
    const SCHEMES: [&str; 3] = ["bearer", "basic", "token"];
    let behind = SCHEMES.iter().find_map(|scheme| {
        let (first, rest) = value.split_at_checked(scheme.len())?;
        (first.eq_ignore_ascii_case(scheme) && rest.starts_with(char::is_whitespace))
            .then(|| rest.trim_start())
    });
    behind.filter(|rest| !rest.is_empty()).unwrap_or(value)
}

/// The length of a value before its closing quote, which may be missing.
fn quoted_length(value: &str, quote: &str) -> usize {
    let is_end = |at: &usize| quote != "\"" || !value[..*at].ends_with('\\');
    value.match_indices(quote).map(|(at, _)| at).find(is_end).unwrap_or(value.len())
}

/// The length of a value without quotes. It may be in those of a program's argument.
fn bare_length(value: &str, is_in_address: bool) -> usize {
    let ends = |c: char| c.is_whitespace() || "\"'`".contains(c) || is_in_address && "&#".contains(c);
    value.find(ends).unwrap_or(value.len())
}

/// Whether the word that a text ends in is the beginning of a URL with a query.
fn is_in_address(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "\"'".contains(c)).next().unwrap_or_default();
    word.contains("://") || word.contains(['?', '&'])
}

/// Masks the password of an address that may lack its scheme, as that of a proxy often does.
pub fn without_password(address: &str) -> Cow<'_, str> {
    if address.contains("://") {
        return without_passwords(address);
    }
    let behind = address.trim_start_matches('/');
    match without_passwords(&format!("://{behind}")) {
        Cow::Borrowed(_) => Cow::Borrowed(address),
        Cow::Owned(shown) => Cow::Owned(shown.replacen("://", &address[..address.len() - behind.len()], 1)),
    }
}

/// Masks the password of an address: `https://user:PASSWORD@host`.
fn without_passwords(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let (mut done, mut from) = (0, 0);
    while let Some(start) = text[from..].find("://").map(|at| from + at + 3) {
        let length = text[start..].find(|c: char| c.is_whitespace() || "\"'".contains(c));
        let mut end = length.map_or(text.len(), |length| start + length);
        if has_open_password(&text[start..end]) {
            let line = text[end..].split('\n').next().unwrap_or_default();
            end += line.find('@').map_or(0, |at| at + 1);
        }
        from = end;
        let Some((user, _)) = text[start..end].rsplit_once('@') else { continue };
        // Passwords are often written without percent-encoding, and a port may follow.
        let is_port = |text: &str| {
            text.split_once('/').is_some_and(|(port, _)| port.bytes().all(|b| b.is_ascii_digit()))
        };
        let pair = user
            .split_once(':')
            .filter(|(name, password)| !name.contains('/') && !password.is_empty() && !is_port(password));
        let Some((name, password)) = pair else { continue };
        let at = start + name.len() + 1;
        shown.push_str(&text[done..at]);
        shown.push_str(MASK);
        done = at + password.len();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[done..]);
    Cow::Owned(shown)
}

/// Whether the beginning of an address, up to a blank or a quote, has a password in which these are: what follows the colon is
/// no port.
fn has_open_password(address: &str) -> bool {
    let Some((name, password)) = address.split_once(':') else { return false };
    let is_port = password.bytes().all(|byte| byte.is_ascii_digit());
    !address.contains(['/', '@', '?', '#']) && !name.is_empty() && !is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_named_secret_is_masked_whole() {
        for (text, shown) in [
            ("password=\"correct horse battery\" user=me", "password=\"********\" user=me"),
            ("password='correct horse' user=me", "password='********' user=me"),
            (
                "{\\\"password\\\": \\\"a b\\\", \\\"x\\\": 1}",
                "{\\\"password\\\": \\\"********\\\", \\\"x\\\": 1}",
            ),
            ("password=\"never closed", "password=\"********"),
            ("tool --password Tr0ub4dor,3xyz --user me", "tool --password ******** --user me"),
            ("SecretAccessKey: Tr0ub4dor&3xyz", "SecretAccessKey: ********"),
            ("Authorization: Bearer Tr0ub4dor&3xyz", "Authorization: Bearer ********"),
            ("x_auth = Basic am9lOmh1bnRlcjI=", "x_auth = Basic ********"),
            ("-H 'Authorization: Basic abc=' x", "-H 'Authorization: Basic ********' x"),
            ("password:correct-horse-Battery", "password:********"),
            ("https://h/?token=abc&stage=prod", "https://h/?token=********&stage=prod"),
            ("sh -c 'TOKEN=abc tool'", "sh -c 'TOKEN=******** tool'"),
            ("x https://u:a'b c@h/ y", "x https://u:********@h/ y"),
        ] {
            assert_eq!(without_secret_words(text, Care::Usual), shown);
        }
        for text in [
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
            "not authorized to perform: secretsmanager:GetSecretValue on resource x",
            "PWD=/home/me",
            "auth = iam",
            "rpc_auth = basic auth over TLS",
            "tool --auth basic --user me",
            "tool --token-file=/run/token --secret-id arn:aws:secretsmanager:eu-west-1:1:secret:db",
            "repo/token:latest",
            "see https://host: mail me, or http://h:80 'x@y'",
        ] {
            assert_eq!(without_secret_words(text, Care::Usual), text);
        }
    }

    #[test]
    fn a_scheme_of_authentication_is_known_by_what_follows() {
        assert_eq!(scheme("x_auth", "Basic am9l"), Some("Basic "));
        assert_eq!(scheme("x_auth", "bearer hunter2"), Some("bearer "));
        assert_eq!((scheme("rpc_auth", "basic auth over TLS"), scheme("auth", "Basic Auth")), (None, None));
        assert_eq!((scheme("auth", "basic"), scheme("note", "Basic am9l")), (None, None));
    }
}
