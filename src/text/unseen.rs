//! Control characters and invisible ones: they make text look like other text.

use std::borrow::Cow;

/// Unicode's format characters (Cf), line and paragraph separators (Zl, Zp), fillers, variation selectors and tags,
/// with the code points that Unicode reserves for more of them.
const UNSEEN: [(char, char); 26] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];

/// Whether all of `text` is printable ASCII, as nearly always: then there is nothing unseen in it, and each byte is a column.
pub(crate) fn is_printable(text: &str) -> bool {
    // All bytes are looked at: without a way out the compiler takes many at once.
    text.bytes().fold(true, |printable, byte| printable & matches!(byte, b' '..=b'~'))
}

/// Whether each line of `text` is printable ASCII.
pub(crate) fn are_printable_lines(text: &str) -> bool {
    text.bytes().fold(true, |printable, byte| printable & matches!(byte, b' '..=b'~' | b'\n'))
}

pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control() || !c.is_ascii() && UNSEEN.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Text in which the characters that would act on a terminal, or can't be seen, are escaped.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if is_printable(text) {
        return Cow::Borrowed(text);
    }
    text.chars().flat_map(|c| if is_unseen(c) { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::{is_unseen, visible};
    use crate::missing::is_missing;

    #[test]
    fn unicodes_control_format_and_separator_characters_are_unseen() {
        let script = "import unicodedata as u\nprint(*(hex(c)[2:] for c in range(0x110000) if u.category(chr(c)) in \
                      ('Cc', 'Cf', 'Zl', 'Zp')))";
        if is_missing("python3") {
            return;
        }
        let output =
            Command::new("python3").args(["-I", "-c", script]).stderr(Stdio::null()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let listed = text.split_whitespace().map(|code| u32::from_str_radix(code, 16).unwrap());
        let listed: Vec<char> = listed.filter_map(char::from_u32).collect();
        assert!(listed.len() > 200, "{}", listed.len());
        for c in listed {
            assert!(is_unseen(c), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn unseen_characters_become_escapes() {
        assert_eq!(visible("a\nb\tc\u{7}é\u{202e}"), "a\\nb\\tc\\u{7}é\\u{202e}");
    }

    #[test]
    fn visible_characters_are_not_unseen() {
        for c in "aZ09 ~é日本ß–…€ñ\u{a0}\u{301}\u{1f600}".chars() {
            assert!(!is_unseen(c), "{}", c.escape_unicode());
        }
    }
}
