//! Masks secrets in free text, which are recognized by the name before them or by their form.

use std::borrow::Cow;

use super::names::{is_of_name, is_secret};
use crate::secret::{Care, MASK, without_secrets, without_withheld};
use crate::text::search;

/// Masks the value after the name of a secret, passwords in addresses, and anything that looks like a secret.
pub fn masked(text: &str, care: Care) -> String {
    let text = without_named(text);
    without_withheld(&without_secrets(&without_passwords(&text), care)).into_owned()
}

/// Whether a value holds the line of a secret that was indented by mistake, and so became a part of it.
pub fn continues_into_a_secret(value: &str) -> bool {
    if search::one(b'\n').find(value.as_bytes()).is_none() {
        return false;
    }
    let mut lines = value.split('\n').skip(1);
    lines.any(|line| line.split_once(['=', ':']).is_some_and(|(name, _)| is_secret(name.trim())))
}

/// A value in a list: masked if it [continues into a secret](continues_into_a_secret).
pub fn shown(value: Cow<'_, str>) -> Cow<'_, str> {
    if continues_into_a_secret(&value) { Cow::Borrowed(MASK) } else { value }
}

/// Masks what follows the name of a secret: `--password VALUE`, `password=VALUE`, `"password": "VALUE"`.
fn without_named(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let (mut rest, mut done) = (text, 0);
    while let Some(start) = rest.find(is_of_name) {
        let name_and_rest = &rest[start..];
        let end = name_and_rest.find(|c| !is_of_name(c)).unwrap_or(name_and_rest.len());
        let (name, after) = name_and_rest.split_at(end);
        rest = after;
        // A name such as `--secret-id` has an ARN or a secret.
        let is_masked = |value: &&str| !value.starts_with("arn:") && is_secret(name);
        let Some(value) = value_after(name, after).filter(is_masked) else { continue };
        let at = text.len() - value.len();
        let length = value.find(|c: char| c.is_whitespace() || "\"'`&,;}".contains(c)).unwrap_or(value.len());
        if length == 0 {
            continue;
        }
        shown.push_str(&text[done..at]);
        shown.push_str(MASK);
        done = at + length;
        rest = &text[done..];
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[done..]);
    Cow::Owned(shown)
}

/// The text after a name, if it is the value of that name.
fn value_after<'t>(name: &str, after: &'t str) -> Option<&'t str> {
    let quoted = after.strip_prefix("\\\"").or_else(|| after.strip_prefix(['"', '\'']));
    let rest = quoted.unwrap_or(after).trim_start();
    let value = match rest.strip_prefix('=') {
        Some(value) => value,
        // In an ARN a colon separates unrelated parts.
        None => match rest.strip_prefix(':') {
            Some(value) if quoted.is_some() || value.starts_with(char::is_whitespace) => value,
            None if name.starts_with('-') && after.starts_with(char::is_whitespace) => rest,
            _ => return None,
        },
    };
    let value = value.trim_start();
    Some(value.strip_prefix("\\\"").or_else(|| value.strip_prefix(['"', '\''])).unwrap_or(value))
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
        let end = length.map_or(text.len(), |length| start + length);
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
