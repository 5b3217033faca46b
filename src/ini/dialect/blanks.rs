//! What counts as whitespace.

use super::super::span::Span;
use super::super::text::{first_char, last_char};

/// The characters that a programming language takes for whitespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    SpaceAndTab,
    /// ASCII's, as `\s` in Ruby.
    Ascii,
    /// Every character up to U+0020, as `String.trim` of Java.
    UpToSpace,
    /// Unicode's, as in Go and Rust.
    Unicode,
    /// Unicode's without U+0085 and with the byte order mark, as in JavaScript.
    JavaScript,
}

impl Blanks {
    /// Whether it is whitespace.
    pub fn has(self, c: char) -> bool {
        match self {
            Blanks::SpaceAndTab => matches!(c, ' ' | '\t'),
            Blanks::Ascii => matches!(c, '\t'..='\r' | ' '),
            Blanks::UpToSpace => c <= ' ',
            Blanks::Unicode => c.is_whitespace(),
            Blanks::JavaScript => c == '\u{feff}' || c.is_whitespace() && c != '\u{85}',
        }
    }

    /// How many bytes of whitespace a text begins with.
    pub(super) fn leading(self, text: &[u8]) -> usize {
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(first_char).filter(|c| self.has(*c)) {
            at += c.len_utf8();
        }
        at
    }

    /// Whether a text ends with whitespace.
    pub(super) fn ends(self, text: &[u8]) -> bool {
        self.last(text).is_some()
    }

    /// The whitespace that a text ends with, one character of it.
    fn last(self, text: &[u8]) -> Option<char> {
        let last = text.last().filter(|byte| byte.is_ascii()).map(|byte| char::from(*byte));
        last.or_else(|| last_char(text)).filter(|c| self.has(*c))
    }

    /// Narrows `span` of `bytes` to what is left without whitespace at its ends.
    pub(super) fn trim(self, bytes: &[u8], span: Span) -> Span {
        let mut end = span.end();
        while let Some(c) = self.last(&bytes[span.start()..end]) {
            end -= c.len_utf8();
        }
        Span::new(span.start() + self.leading(&bytes[span.start()..end]), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_trims_its_own_white_space() {
        let text = "\u{feff}\u{85}\u{a0}\u{1} \tx\t \u{1}\u{a0}\u{85}\u{feff}".as_bytes();
        let trimmed =
            |blanks: Blanks, text: &[u8]| blanks.trim(text, Span::new(0, text.len())).of(text).to_vec();
        assert_eq!(trimmed(Blanks::Unicode, text), text);
        assert_eq!(trimmed(Blanks::JavaScript, text), &text[3..text.len() - 3]);
        let inner = &text[7..text.len() - 7];
        assert_eq!(trimmed(Blanks::SpaceAndTab, inner), inner);
        assert_eq!(trimmed(Blanks::UpToSpace, inner), b"x");
        assert_eq!(trimmed(Blanks::Ascii, b"\x0b\x01\r\n"), b"\x01");
        assert_eq!(trimmed(Blanks::Unicode, b" \xffx\x85\xa0 "), b"\xffx\x85\xa0", "no UTF-8");
        for blanks in
            [Blanks::SpaceAndTab, Blanks::Ascii, Blanks::UpToSpace, Blanks::Unicode, Blanks::JavaScript]
        {
            assert_eq!(trimmed(blanks, b" \t "), b"");
        }
    }
}
