//! Makes untrusted text harmless: it can't control a terminal, hide anything, repeat a secret, or look like the program's
//! own lines.

use std::borrow::Cow;

use console::truncate_str;

use crate::secret::{Secret, redacted};
use crate::text::{is_printable, is_unseen};

/// Writes control characters and invisible ones as escapes. Line feeds and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    escaped(text, harms, |c| c.escape_default().to_string())
}

/// Like [`harmless`], on one line: line feeds and tabs become spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    escaped(text, is_unseen, |c| {
        if c == '\n' || c == '\t' { " ".to_owned() } else { c.escape_default().to_string() }
    })
}

/// The text of an error, a cause or a note, which may not be xcred's own: without secrets, and with every line but the
/// first indented, because the program's own lines begin at the left.
pub(super) fn foreign(text: &str) -> String {
    let text = redacted(text);
    let mut lines = text.split('\n');
    let mut shown = harmless(lines.next().unwrap_or_default()).into_owned();
    for line in lines {
        shown.push('\n');
        if !line.is_empty() {
            shown.push_str(if line.starts_with(INDENT) { "" } else { INDENT });
            shown.push_str(&harmless(line));
        }
    }
    shown
}

const INDENT: &str = "    ";

fn harms(c: char) -> bool {
    is_unseen(c) && c != '\n' && c != '\t'
}

fn escaped(text: &str, harms: fn(char) -> bool, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if is_printable(text) || !text.contains(harms) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if harms(c) { escape(c) } else { c.to_string() }).collect::<String>().into()
}

/// The row of a list without the blanks that put its parts below those of other rows.
pub(super) fn unpadded(row: &str) -> String {
    row.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// As much of `text` as fits.
pub(super) fn fitting(text: &str, columns: usize) -> String {
    truncate_str(text, columns, "~").into_owned()
}

/// A pasted or piped credential without its blanks, invisible ones included.
pub fn without_blanks(text: &str) -> Secret {
    Secret::new(text.chars().filter(|c| !is_blank(*c)).collect::<String>())
}

/// An MFA code without its blanks. `None` if it isn't six digits: AWS takes nothing else.
pub fn mfa_code(text: &str) -> Option<Secret> {
    let code = without_blanks(text);
    let is_code = code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(code)
}

/// Whitespace, including invisible characters.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{fitting, foreign, harmless, one_line, unpadded};

    #[test]
    fn a_row_alone_needs_no_columns() {
        assert_eq!(unpadded("dev (active)          1234         eu-west-1"), "dev (active)  1234  eu-west-1");
    }

    #[test]
    fn escapes_from_a_file_stay_text() {
        assert_eq!(harmless("\u{1b}[2Ja\rb\u{202e}\u{9b}"), "\\u{1b}[2Ja\\rb\\u{202e}\\u{9b}");
        assert_eq!(harmless("é\tx\n"), "é\tx\n");
    }

    #[test]
    fn invisible_characters_become_escapes() {
        assert_eq!(harmless("a\u{200b}b\u{e0041}\u{2029}"), "a\\u{200b}b\\u{e0041}\\u{2029}");
        assert_eq!(one_line("a\nb\tc\u{85}"), "a b c\\u{85}");
    }

    #[test]
    fn no_line_but_the_first_begins_at_the_left() {
        let text = "denied\nerror: forged\r\nhelp: run it\n\n    ended";
        assert_eq!(foreign(text), "denied\n    error: forged\\r\n    help: run it\n\n    ended");
    }

    #[test]
    fn a_row_never_gets_wider_than_the_window() {
        assert_eq!(fitting("profile", 7), "profile");
        assert_eq!(fitting("profiles", 7), "profil~");
        assert_eq!(fitting("éééé", 4), "éééé");
        assert_eq!(fitting("日本", 3), "日~");
    }
}
