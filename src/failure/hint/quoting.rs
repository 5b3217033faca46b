//! Words as shells take them.

use std::ffi::OsStr;
use std::fmt::Write as _;

use crate::secret::redacted;
use crate::text::{is_unseen, words};

pub(super) fn quoted(word: &OsStr) -> String {
    match word.to_str() {
        // It would be shown with a mask, which doesn't work as an argument.
        Some(text) if is_masked(text) => "VALUE".to_owned(),
        Some(text) if is_plain(text) => text.to_owned(),
        // bash's history expansion may see a `!` after a quote that was closed and opened again.
        Some(text) if text.chars().all(is_seen) && !(text.contains('!') && text.contains('\'')) => {
            in_quotes(text)
        }
        _ => printed(word.as_encoded_bytes()),
    }
}

/// Whether a part of a word is masked where a message quotes it.
pub(super) fn is_masked(word: &str) -> bool {
    let quoted = format!("`{word}`");
    redacted(&quoted) != quoted
}

/// Whether no shell changes the unquoted text. zsh expands the text after a `=` at the start of a word, and may do so
/// after another `=`.
fn is_plain(text: &str) -> bool {
    words::is_plain_in_shells(text) && !text.starts_with('=') && !text.contains("==")
}

/// Whether a character can be pasted as itself. A tab completes, a line break runs the line, and a backtick would seem
/// to end the command.
fn is_seen(c: char) -> bool {
    c != '`' && (c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() && !is_unseen(c))
}

/// In single quotes. Quotes and backslashes are outside of them, because fish unescapes backslashes inside.
fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\u{0}").replace('\'', r"'\''").replace('\u{0}', r"'\\'"))
}

/// With `printf`, which can write any byte. `$()` removes newlines at the end, so text with them has the form `$''`.
fn printed(bytes: &[u8]) -> String {
    let ends = bytes.ends_with(b"\n");
    let mut text = String::from(if ends { "$'" } else { "\"$(printf '" });
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            // A leading hyphen would be an option of `printf`.
            b'-' if at == 0 => text.push_str("\\055"),
            b' ' | b'+'..=b'/' | b':' | b'=' | b'@' | b'_' => text.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => text.push(char::from(*byte)),
            byte => _ = write!(text, "\\{byte:03o}"),
        }
    }
    text.push_str(if ends { "'" } else { "')\"" });
    text
}
