//! What messages may repeat of the names and values that they quote. A line of a file that has lost its line break has another
//! setting in the value or the name that it was meant for: `source_profile = dev aws_secret_access_key = …`.

use std::borrow::Cow;
use std::ops::Range;

use super::masking::value_in;
use super::names::{REST, is_address, is_command, is_of_name, is_secret};
use super::program::without_arguments;
use super::shown::without_keys_below_quoted;
use super::table::variable;
use crate::address::redacted;
use crate::secret::MASK;

/// A message without the secrets, commands and passwords of other keys, on the line of what it quotes and below it.
pub fn without_other_keys(message: &str) -> Cow<'_, str> {
    match without_joined_keys(message) {
        Cow::Borrowed(message) => without_keys_below_quoted(message),
        Cow::Owned(message) => Cow::Owned(without_keys_below_quoted(&message).into_owned()),
    }
}

/// A message without the secrets, commands and passwords that follow their key and a delimiter.
fn without_joined_keys(message: &str) -> Cow<'_, str> {
    let (mut shown, mut done, mut is_quoted) = (String::new(), 0, false);
    // The end of the last word that is not an address with a user.
    let mut end_of_word = 0;
    for (at, delimiter) in message.match_indices(['`', '=', ':']) {
        if at < done {
            continue;
        }
        if delimiter == "`" {
            is_quoted = !is_quoted;
            continue;
        }
        let key = message[..at].trim_end().trim_end_matches(['"', '\'']);
        let key = key.rsplit(|c| !is_of_name(c)).next().unwrap_or_default();
        // In a sentence, a colon is behind a name, too.
        let is_key = delimiter == "=" || is_quoted && variable(&key.to_lowercase()).is_some();
        if key.is_empty() || !is_key {
            continue;
        }
        let behind = &message[at + 1..];
        let start = behind.len() - behind.trim_start_matches(is_blank).len();
        let behind = &behind[start..];
        // `PWD` is the shell's folder.
        let masked = if key != "PWD" && is_secret(key) {
            secret_in(behind, is_quoted).map(|value| (value, Cow::Borrowed(MASK)))
        } else if is_command(key) {
            let command = line_of(behind, is_quoted).trim_end();
            Some((0..command.len(), without_arguments(command)))
        } else if is_address(&key.to_lowercase()) && end_of_word <= at {
            let word = behind.split(|c: char| c.is_whitespace() || c == '`').next().unwrap_or_default();
            end_of_word = at + 1 + start + word.len();
            word.contains('@').then(|| (0..word.len(), redacted(word).into()))
        } else {
            None
        };
        if let Some((value, instead)) = masked {
            let start = at + 1 + start;
            shown.push_str(&message[done..start + value.start]);
            shown.push_str(&instead);
            done = start + value.end;
        }
    }
    if done == 0 {
        return Cow::Borrowed(message);
    }
    shown.push_str(&message[done..]);
    if shown == message { Cow::Borrowed(message) } else { Cow::Owned(shown) }
}

/// Where the value of a secret is, at the beginning of what is behind its key: in backticks all of it, else one word or what is
/// in quotes.
fn secret_in(behind: &str, is_quoted: bool) -> Option<Range<usize>> {
    let value = if is_quoted {
        // A header or quotes may be around it.
        let line = line_of(behind, is_quoted);
        0..line.trim_end_matches(|c: char| c.is_whitespace() || "]'\"".contains(c)).len()
    } else {
        value_in(behind, || false).filter(|value| !behind[..value.start].contains('\n'))?
    };
    // A message may have these in the place of a value.
    (!value.is_empty() && ![MASK, REST].contains(&&behind[value.clone()])).then_some(value)
}

/// The rest of a line, or of what is in backticks.
fn line_of(text: &str, is_quoted: bool) -> &str {
    text.split(|c| c == '\n' || is_quoted && c == '`').next().unwrap_or_default()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;

    #[test]
    fn a_message_has_no_secret_that_follows_another_value_on_its_line() {
        for (message, shown) in [
            (
                "profile `dev aws_secret_access_key = a b` not found",
                "profile `dev aws_secret_access_key = ********` not found",
            ),
            ("`dev aws_session_token:x` not found", "`dev aws_session_token:********` not found"),
            ("`a` has `b my_password=x`, not `c`", "`a` has `b my_password=********`, not `c`"),
            ("write `[profile 'dev my_password = x']`", "write `[profile 'dev my_password = ********']`"),
            (
                "it names /f aws_secret_access_key = x, which",
                "it names /f aws_secret_access_key = ******** which",
            ),
            ("of dev AWS_SESSION_TOKEN='a b' c", "of dev AWS_SESSION_TOKEN='********' c"),
            ("`dev credential_process = tool -p x` not found", "`dev credential_process = tool …` not found"),
            ("of dev credential_process = tool -p x", "of dev credential_process = tool …"),
            ("`dev endpoint_url = https://u:x@h/` not found", "`dev endpoint_url = https://h/` not found"),
        ] {
            assert_eq!(without_other_keys(message), shown);
            assert_eq!(without_other_keys(shown), shown);
        }
        for message in [
            "add a line `AWSSecretKey=…` to it",
            "aws_session_token: it has expired",
            "`aws_secret_access_key` is set: `xcred unset aws_secret_access_key --profile dev`",
            "`dev region = eu-west-1` not found",
            "credential_process = tool",
            "arn:aws:iam::123456789012:role/x",
            "--role-arn=arn:aws:iam::123456789012:role/x --duration=900",
            "X-Amz-Expires=900",
            "PWD=/home/me",
        ] {
            assert_eq!(without_other_keys(message), message);
        }
    }

    #[test]
    fn the_work_grows_with_the_length_of_a_message() {
        for part in
            ["=", "` ", ":", "token=", "a_token = ", "x_url=a ", "` x_url=", "` a_token: ", "a_process="]
        {
            assert_linear(|size| {
                let message = part.repeat(size);
                move || drop(without_other_keys(&message))
            });
        }
    }
}
