//! What may be shown of the text of a file: of values in lists and columns, of names in the place of keys, and of both in
//! messages. A line that was indented by mistake is a part of the value above it, which then has the secret of another key.

use std::borrow::Cow;

use super::masking::{scheme, without_secret_parts, without_stray};
use super::names::{REST, is_address, is_command, is_of_name, is_secret, names_secret, undelimited_command};
use super::program::without_arguments;
use super::table::variable;
use crate::address::redacted;
use crate::secret::{self, MASK};
use crate::text::search;

/// A value in a list, whatever its key is: without what is, or looks like, a secret.
pub fn shown(value: Cow<'_, str>) -> Cow<'_, str> {
    // Hardly any value has another line, another key or an address in it. Without a way out many bytes are compared at once.
    let is_mark = |byte: u8| matches!(byte, b'\n' | b'=' | b'@' | b'?');
    if !value.bytes().fold(false, |any, byte| any | is_mark(byte)) {
        return without_secret_parts(value);
    }
    match value {
        Cow::Borrowed(value) => shown_value("", value),
        Cow::Owned(value) => Cow::Owned(shown_value("", &value).into_owned()),
    }
}

/// The value of a key that is no secret, in a list: of a command line the program, of an address what has no password.
pub fn shown_value<'v>(key: &str, value: &'v str) -> Cow<'v, str> {
    if is_command(key) {
        return without_arguments(value);
    }
    let Some(end) = search::one(b'\n').find(value.as_bytes()) else { return line(key, value) };
    let (first, rest) = value.split_at(end);
    let is_of_address = is_address(key) || first.contains("://");
    // The value below a key whose delimiter is missing goes on where the key above it ends, to some SDKs.
    let is_single = key.is_empty() || variable(key).is_some();
    let rest = below(first, rest, Part::Value { is_of_address, is_single });
    Cow::Owned(format!("{}{rest}", line(key, first)))
}

/// A text for people that ends in a value, without the secrets of other keys below its first line.
pub fn without_keys_below(text: &str) -> Cow<'_, str> {
    let Some(end) = search::one(b'\n').find(text.as_bytes()) else { return Cow::Borrowed(text) };
    let (first, rest) = text.split_at(end);
    let part = Part::Value { is_of_address: first.contains("://"), is_single: true };
    Cow::Owned(format!("{first}{}", below(first, rest, part)))
}

/// As [`without_keys_below`], and without the secrets that this process holds.
pub fn shown_in_text(text: &str) -> Cow<'_, str> {
    match without_keys_below(text) {
        Cow::Borrowed(text) => secret::redacted(text),
        Cow::Owned(text) => Cow::Owned(secret::redacted(&text).into_owned()),
    }
}

/// The name of a key in a list. A secret may be in its place: that of a line that is indented below the key of a secret, or
/// that has no delimiter but the `=` which the secret ends in.
pub fn shown_name(name: &str) -> Cow<'_, str> {
    if let Some((block, _)) = name.split_once('.').filter(|(block, _)| is_secret(block)) {
        return format!("{block}.{MASK}").into();
    }
    match key_in(name) {
        Some((key, start))
            if names_secret(key) && start < name.len() && without_undelimited(key).is_none() =>
        {
            format!("{}{MASK}", &name[..start]).into()
        }
        _ => without_undelimited(name).map_or_else(|| shown(name.into()), Cow::Owned),
    }
}

/// A line in which a blank is between the name of a command's or a secret's key and what follows, without that.
fn without_undelimited(line: &str) -> Option<String> {
    let Some(command) = undelimited_command(line) else { return without_stray(line) };
    let before = line.trim_end().strip_suffix(command).unwrap_or_default();
    Some(format!("{before}{REST}"))
}

/// A message without the secrets of other keys below the first line of a value that it quotes.
pub(super) fn without_keys_below_quoted(message: &str) -> Cow<'_, str> {
    let Some(end) = search::one(b'\n').find(message.as_bytes()) else { return Cow::Borrowed(message) };
    let (first, rest) = message.split_at(end);
    let is_quoted = first.matches('`').count() % 2 == 1;
    let end = rest.rfind('`').filter(|_| is_quoted).unwrap_or(rest.len());
    let (rest, after) = rest.split_at(end);
    let part = if is_quoted {
        Part::Value { is_of_address: first.contains("://"), is_single: false }
    } else {
        Part::Text
    };
    let shown = below(first, rest, part);
    if shown == rest { Cow::Borrowed(message) } else { Cow::Owned(format!("{first}{shown}{after}")) }
}

/// What some lines are a part of.
#[derive(Clone, Copy)]
enum Part {
    Value {
        is_of_address: bool,
        /// Whether its key has values of one line only.
        is_single: bool,
    },
    /// A message, perhaps with what a program said.
    Text,
}

impl Part {
    /// A list with commas may have a line for each item.
    fn of_list(self, line: &str) -> Part {
        match self {
            Part::Value { is_of_address, .. } if line.split(',').all(|item| !has_blank(item.trim())) => {
                Part::Value { is_of_address, is_single: false }
            }
            part => part,
        }
    }
}

fn has_blank(text: &str) -> bool {
    text.contains(char::is_whitespace)
}

/// Lines that belong to the line `above`, each behind its line break. What is below the secret or the command of another
/// key is a part of that, and left out.
fn below(above: &str, lines: &str, part: Part) -> String {
    let mut shown = String::new();
    let is_open = |line: &str| line.trim_end().ends_with(',');
    let mut is_listed = is_open(above);
    for line in lines.split('\n').skip(1) {
        let is_item = is_listed || is_open(line) || line.trim_start().starts_with(',');
        is_listed = is_open(line);
        let (text, is_last) = line_below(line, if is_item { part.of_list(line) } else { part });
        shown.push('\n');
        shown.push_str(&text);
        if is_last {
            break;
        }
    }
    shown
}

/// Such a line, and whether those below it are left out.
fn line_below(text: &str, part: Part) -> (Cow<'_, str>, bool) {
    let is_value = matches!(part, Part::Value { .. });
    if let Some((key, start)) = key_in(text) {
        // What is behind the blank may have a delimiter in it, as the secret may end in one.
        if let Some(shown) =
            without_undelimited(key).and_then(|_| without_undelimited(text)).filter(|_| is_value)
        {
            return (shown.into(), true);
        }
        let (before, value) = text.split_at(start);
        // In a sentence, a colon is behind a name, too, and what a service repeats may be cut anywhere.
        let is_alone = || before[key.len()..].contains('=') && !has_blank(key.trim());
        let is_key = is_value || is_alone();
        if is_key && names_secret(key) && !value.is_empty() {
            return (format!("{before}{MASK}").into(), is_value);
        } else if is_key && ends_with(key, is_command) {
            return (format!("{before}{}", without_arguments(value)).into(), is_value);
        } else if is_key && ends_with(key, is_address) {
            return (format!("{before}{}", redacted(value)).into(), false);
        }
    }
    let Part::Value { is_of_address, is_single } = part else {
        let is_option = text.trim_start().starts_with('-');
        let other = other_key(text).map_or(Cow::Borrowed(text), Cow::Owned);
        return (if is_option { line("", text) } else { other }, false);
    };
    if let Some(shown) = without_undelimited(text) {
        (shown.into(), true)
    } else if is_of_address && text.contains(['@', '?', '#']) || is_single && key_in(text).is_none() {
        (REST.into(), false)
    } else {
        (line("", text), false)
    }
}

/// What is before the first delimiter of a line, and where the value begins.
fn key_in(line: &str) -> Option<(&str, usize)> {
    let at = line.find(['=', ':'])?;
    Some((&line[..at], line.len() - line[at + 1..].trim_start().len()))
}

/// Whether the last word before a delimiter is a name of that kind.
fn ends_with(key: &str, is: fn(&str) -> bool) -> bool {
    key.split_whitespace().next_back().is_some_and(|key| is(&key.to_lowercase()))
}

/// A value of one line.
fn line<'v>(key: &str, value: &'v str) -> Cow<'v, str> {
    if let Some(scheme) = scheme(key, value) {
        return format!("{scheme}{MASK}").into();
    }
    // In a text, it isn't clear where a password ends.
    let is_address = is_address(key) || value.contains("://") && value.contains(['@', '?']);
    let value: Cow<'_, str> = if is_address { redacted(value).into() } else { value.into() };
    match other_key(&value) {
        Some(shown) => without_secret_parts(shown.into()).into_owned().into(),
        None => without_secret_parts(value),
    }
}

/// A value has hardly more addresses of other keys. What is behind so many isn't shown.
const MOST_ADDRESSES: usize = 16;

/// A value that goes on with another key, whose command or address is shown as that key's.
fn other_key(value: &str) -> Option<String> {
    // An address without any of these is shown as it is.
    let last = value.rfind(['@', '?', '#']).unwrap_or_default();
    let mut addresses = 0;
    value.match_indices('=').find_map(|(at, _)| {
        let key = value[..at].trim_end().rsplit(|c| !is_of_name(c)).next()?;
        let (before, rest) = value.split_at(at + 1);
        let other = rest.trim_start();
        let shown = if is_command(key) {
            without_arguments(other)
        } else if at < last && is_address(&key.to_lowercase()) {
            addresses += 1;
            // Each is looked at up to the end of the value.
            if addresses > MOST_ADDRESSES { REST.into() } else { redacted(other).into() }
        } else {
            return None;
        };
        (shown != other).then(|| format!("{before}{}{shown}", &rest[..rest.len() - other.len()]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;

    const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";

    fn in_list(value: &str) -> String {
        shown(value.into()).into_owned()
    }

    #[test]
    fn a_value_in_a_list_has_no_secret_of_another_key() {
        for (value, shown) in [
            (format!("eu-west-1 ; {KEY}"), "eu-west-1 ; ********"),
            (KEY.to_owned(), "********"),
            ("AWS_SECRET_ACCESS_KEY=\"minioadmin1\"".to_owned(), "AWS_SECRET_ACCESS_KEY=\"********\""),
            ("tool --password minioadmin1".to_owned(), "tool --password ********"),
            (
                "arn:aws:iam::1:mfa/me my_password = hunter2".to_owned(),
                "arn:aws:iam::1:mfa/me my_password = ********",
            ),
            ("x credential_process = /bin/x hunter2".to_owned(), "x credential_process = /bin/x …"),
            ("x endpoint_url=me:hunter2@h".to_owned(), "x endpoint_url=h"),
            ("x endpoint_url = https://me:hunter2@h/".to_owned(), "…"),
        ] {
            assert_eq!(in_list(&value), shown, "{value}");
        }
        for value in [
            "eu-west-1",
            "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a1b2c3d4e5f6789",
            "tool --profile dev --token-file /run/token --region=eu-west-1",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "PROXY_URL=http://proxy:80 tool",
            "sso:account:access,\nother:scope",
            "sso:account:access,\nopenid,\naws",
            "us-east-1\n, us-west-2",
            "\nus-east-1, us-west-1,\nus-west-2",
            "me@example.org",
        ] {
            assert_eq!(in_list(value), value);
        }
    }

    #[test]
    fn of_a_line_below_a_value_no_secret_is_shown() {
        for (line, shown) in [
            ("aws_secret_access_key = minioadmin1", "aws_secret_access_key = ********"),
            ("aws_secret_access_key: a b", "aws_secret_access_key: ********"),
            ("x aws_session_token=a", "x aws_session_token=********"),
            ("aws_session_token minioadmin1", "aws_session_token ********"),
            ("aws_secret_access_key\tminioadmin1=", "aws_secret_access_key\t********"),
            ("aws_secret_access_key minioadmin1 = x", "aws_secret_access_key ********"),
            ("credential_process /opt/v hunter2 --token=x", "credential_process …"),
            ("--password hunter2", "--password ********"),
            ("credential_process = /opt/v --user me hunter2\n  -p x", "credential_process = /opt/v …"),
            ("credential_process: /opt/v hunter2", "credential_process: /opt/v …"),
            ("credential_process /opt/v hunter2", "credential_process …"),
            ("mfa_process = oathtool -b SEED\nx = y", "mfa_process = oathtool …"),
            (
                "endpoint_url = https://u:p@h/x?y=z\noutput = json",
                "endpoint_url = https://h/x\noutput = json",
            ),
            ("endpoint_url = me:hunter2@h", "endpoint_url = h"),
            ("Endpoint_URL: //me:hunter2@h", "Endpoint_URL: //h"),
            ("region = eu-west-1\n  output: json", "region = eu-west-1\n  output: json"),
        ] {
            let value = format!("arn:aws:iam::123456789012:role/x\n{line}");
            let expected = format!("arn:aws:iam::123456789012:role/x\n{shown}");
            assert_eq!(in_list(&value), expected);
            assert_eq!(shown_in_text(&format!("of {value}")), format!("of {expected}"));
            let message = format!("it has `{value}`, which doesn't exist");
            assert_eq!(
                without_keys_below_quoted(&message),
                format!("it has `{expected}`, which doesn't exist")
            );
        }
        assert_eq!(shown_value("endpoint_url", "https://me:a\nb@h/"), "https://…\n…");
        assert_eq!(in_list("us-east-1,\ntool hunter2,"), "us-east-1,\n…");
        assert_eq!(shown_value("credential_process", "tool x\n y"), "tool …");
        assert_eq!(
            (&*shown_value("region", "x\ntool y"), &*shown_value("note", "x\ntool y")),
            ("x\n…", "x\ntool y")
        );
    }

    #[test]
    fn the_work_grows_with_the_length_of_a_value() {
        for address in ["x_url=a ", "x_url=localhost/ ", "x_url=a/ "] {
            for end in ["", "https://me:hunter2@h/#"] {
                assert_linear(|size| {
                    let value = format!("{}{end}", address.repeat(size));
                    move || {
                        let shown = other_key(&value);
                        assert_eq!(shown.is_none(), end.is_empty());
                        assert!(shown.is_none_or(|shown| !shown.contains("hunter2")), "{address}");
                    }
                });
            }
        }
    }

    #[test]
    fn what_a_program_says_on_several_lines_is_not_taken_for_a_value() {
        for text in [
            "it failed: `a`\ncredential_process: no such program\naws_session_token has expired",
            "it failed:\nGetSessionToken: access denied\nregion = eu-west-1",
            "it failed:\nx-security-token, Signature=a\nnext",
        ] {
            assert_eq!(without_keys_below_quoted(text), text);
        }
        assert_eq!(
            without_keys_below_quoted("not signed in: https://c/start\ncredential_process = x hunter2\nnext"),
            "not signed in: https://c/start\ncredential_process = x …\nnext"
        );
        assert_eq!(without_keys_below_quoted("dev\n--password hunter2"), "dev\n--password ********");
    }

    #[test]
    fn a_secret_in_the_place_of_a_name_is_masked() {
        for (name, shown) in [
            ("aws_session_token.short".to_owned(), "aws_session_token.********"),
            (KEY.to_lowercase(), "********"),
            (format!("# {KEY}"), "# ********"),
            ("aws_session_token minioadmin1".to_owned(), "aws_session_token ********"),
            ("aws_session_token minioadmin1: x".to_owned(), "aws_session_token ********"),
            ("aws_session_token\u{a0}minioadmin1".to_owned(), "aws_session_token\u{a0}********"),
            ("aws_session_token:minioadmin1".to_owned(), "aws_session_token:********"),
            ("credential_process tool -u me".to_owned(), "credential_process …"),
            ("setx aws_session_token minioadmin1".to_owned(), "setx aws_session_token ********"),
            ("aws_secret_access_key: minioadmin1".to_owned(), "aws_secret_access_key: ********"),
        ] {
            assert_eq!(shown_name(&name), shown, "{name}");
        }
        for name in ["region", "s3.addressing_style", "aws_secret_access_key", "my tool", "$env:aws_region"] {
            assert_eq!(shown_name(name), name);
        }
    }
}
