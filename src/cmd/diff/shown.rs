//! The lines of a document as a diff may show them. A file holds secrets in more places than under the keys of secrets:
//! in comments, in lines that have no key, under misspelt keys, among the arguments of a program.

use std::borrow::Cow;

use crate::ini::{Document, Kind, Stray, lowered};
use crate::secret::{Care, MASK, without_secrets, without_withheld};
use crate::settings;

/// The lines without their ends, and with masks for whatever is a secret or looks like one.
pub(super) fn lines(document: &Document) -> Vec<String> {
    let mut is_secret = false;
    let lines = document.lines().iter().map(|line| {
        let text = document.text(line.span);
        let text = text.trim_end_matches(['\n', '\r']);
        match line.kind {
            Kind::Entry { key, value } => {
                is_secret = settings::is_secret(&lowered(key.of(document.bytes())));
                if is_secret && !document.text(value).is_empty() {
                    let start = value.start() - line.span.start();
                    let bytes = line.span.of(document.bytes());
                    return format!("{}{MASK}", String::from_utf8_lossy(&bytes[..start]));
                }
                plain(text, Care::Usual)
            }
            Kind::Continuation { .. } if is_secret => MASK.to_owned(),
            // The key of the value is missing, and may be any.
            Kind::Stray(Stray::NoKey) => match text.find(|c: char| !c.is_whitespace() && !"=:".contains(c)) {
                Some(start) => format!("{}{MASK}", &text[..start]),
                None => text.to_owned(),
            },
            Kind::Continuation { .. } | Kind::Comment | Kind::Stray(_) => match text.split_once(['=', ':']) {
                Some((key, value)) if names_secret(key) && !value.trim().is_empty() => {
                    let start = text.len() - value.trim_start().len();
                    format!("{}{MASK}", &text[..start])
                }
                _ => plain(text, Care::Great),
            },
            Kind::Blank | Kind::Header { .. } => plain(text, Care::Usual),
        }
    });
    lines.collect()
}

/// Text of which only parts can be secrets.
fn plain(text: &str, care: Care) -> String {
    let text = without_named(text);
    without_withheld(&without_secrets(&without_passwords(&text), care)).into_owned()
}

/// Whether what stands before a `=` or `:` ends in the name of a secret.
fn names_secret(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let name = text.rsplit(|c: char| !is_of_name(c)).next().unwrap_or_default();
    is_secret_name(name)
}

/// Whether a name is a secret's, and not that of the place where one is kept or of what belongs to it.
fn is_secret_name(name: &str) -> bool {
    const BESIDES: [&str; 9] = ["file", "path", "url", "arn", "id", "name", "type", "duration", "command"];
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    settings::is_secret(&name) && !BESIDES.iter().any(|word| name.ends_with(word))
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "_-.".contains(c)
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
        let Some(value) = value_after(name, after).filter(|_| is_secret_name(name)) else { continue };
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

/// What follows a name as its value, if that is how it goes on.
fn value_after<'t>(name: &str, after: &'t str) -> Option<&'t str> {
    let quoted = after.strip_prefix("\\\"").or_else(|| after.strip_prefix(['"', '\'']));
    let rest = quoted.unwrap_or(after).trim_start();
    let value = match rest.strip_prefix('=') {
        Some(value) => value,
        // In an ARN a colon separates what has nothing to do with each other.
        None => match rest.strip_prefix(':') {
            Some(value) if quoted.is_some() || value.starts_with(char::is_whitespace) => value,
            None if name.starts_with('-') && after.starts_with(char::is_whitespace) => rest,
            _ => return None,
        },
    };
    let value = value.trim_start();
    Some(value.strip_prefix("\\\"").or_else(|| value.strip_prefix(['"', '\''])).unwrap_or(value))
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
        // People write passwords as they are, and a port as well.
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

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "c4n4ry/DoNotShow+Me";

    fn shown(text: &str) -> String {
        lines(&Document::parse(text.as_bytes().to_vec())).join("\n")
    }

    #[test]
    fn secrets_are_masked_outside_of_their_keys() {
        for line in [
            "CANARY",
            " = CANARY",
            ": CANARY",
            "#CANARY",
            "# CANARY",
            "; old secret CANARY",
            "aws_session_tokn=CANARY",
            "aws_secret_acces_key = CANARY",
            "aws_secert_access_key: CANARY",
            "my-pasword = CANARY",
            "# aws_secret_access_key = CANARY",
            "#aws_session_tokn=CANARY",
            "x =\n  aws_secret_access_key = CANARY",
            "aws_secret_access_key =\n  CANARY",
            "credential_process = tool --password CANARY --profile x",
            "credential_process = tool --client-secret=CANARY",
            "credential_process = sh -c 'TOKEN=CANARY tool'",
            "x = {\"SecretAccessKey\": \"CANARY\", \"Version\": 1}",
            "x = {\\\"SecretAccessKey\\\":\\\"CANARY\\\"}",
            "x = https://me:CANARY@proxy.corp:8080/",
        ] {
            for text in [line.to_owned(), format!("[default]\nregion = x\n{line}\nafter = y\n")] {
                let text = text.replace("CANARY", CANARY);
                let shown = shown(&text);
                assert!(!shown.contains(CANARY) && shown.contains(MASK), "{text}\n{shown}");
            }
        }
    }

    #[test]
    fn what_is_no_secret_stays_readable() {
        let text = "# production, see https://wiki.corp/aws/accounts?page=2\n[profile dev]\nregion = eu-west-1\n\
                    web_identity_token_file = /var/run/secrets/eks.amazonaws.com/serviceaccount/token\n\
                    credential_process = tool --token-file /run/token --secret-id arn:aws:secretsmanager:eu-west-1:123456789012:secret:db --profile dev\n\
                    x = arn:aws:secretsmanager:eu-west-1:123456789012:secret:db\n\
                    ; role_arn = arn:aws:iam::123456789012:role/Dev\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\
                    https_proxy = http://proxy.corp:8080/me@here\ns3 =\n  addressing_style = path";
        assert_eq!(shown(text), text);
        assert_eq!(shown("[x]\naws_secret_access_key = a"), format!("[x]\naws_secret_access_key = {MASK}"));
    }
}
