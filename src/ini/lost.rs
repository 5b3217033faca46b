//! What looks like a header and isn't read as one: lines that continue the value above them,
//! brackets that are left open, invisible characters.

use super::bracketed::{disguised_name, unbracketed};
use super::line::{Kind, Line};
use super::span::Span;
use super::text;
use crate::text::{is_unseen, search};

/// A header in the text that isn't read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostHeader {
    /// The line number, counted from 1.
    pub line: u32,
    /// Why it isn't read.
    pub cause: Cause,
    /// The header as it is written, with the brackets that it has.
    pub(super) header: Span,
}

/// Why a header isn't read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// It is indented, so it is part of the value of the entry on the line `of`.
    #[error("is indented, so it is part of the value of line {of}")]
    Indented {
        /// The entry's line number, counted from 1.
        of: u32,
    },
    /// It is behind a character that some programs take for the end of a line, and is part of a value.
    #[error("is in the middle of a line, as part of the value of line {of}")]
    InLine {
        /// The entry's line number, counted from 1.
        of: u32,
    },
    /// The closing bracket is missing.
    #[error("is not a section header: the closing `]` is missing")]
    Unclosed,
    /// The opening bracket is missing.
    #[error("is not a section header: the opening `[` is missing")]
    Unopened,
    /// An invisible character, such as a byte order mark, is before the bracket.
    #[error("is not a section header: an invisible character is before it")]
    Unseen,
    /// The brackets are others, or something else is around them.
    #[error("is not a section header, which is a name between `[` and `]`")]
    Disguised,
}

impl LostHeader {
    pub(super) fn written(self, bytes: &[u8]) -> &[u8] {
        self.header.of(bytes)
    }
}

#[cfg(test)]
impl Cause {
    /// Each with a header as it is written.
    pub const EXAMPLES: [(&'static str, Cause); 8] = [
        ("[profile dev]", Cause::Indented { of: 4 }),
        ("[profile dev", Cause::Indented { of: 4 }),
        ("[profile dev]", Cause::InLine { of: 4 }),
        ("[profile dev", Cause::Unclosed),
        ("profile dev]", Cause::Unopened),
        ("[profile dev]", Cause::Unseen),
        ("［profile dev］", Cause::Disguised),
        ("［profile dev］", Cause::Indented { of: 4 }),
    ];
}

impl Cause {
    /// The line number of the entry that has the header in its value.
    pub fn owner(self) -> Option<u32> {
        match self {
            Cause::Indented { of } | Cause::InLine { of } => Some(of),
            Cause::Unclosed | Cause::Unopened | Cause::Unseen | Cause::Disguised => None,
        }
    }

    /// What makes a setting one, which the clause in the imperative calls `setting`.
    pub fn fix_of_setting(self, setting: &str) -> String {
        match self {
            Cause::InLine { .. } => format!("start a new line before {setting}"),
            _ => format!("remove the indentation before {setting}"),
        }
    }

    /// What makes `header` a header, as a clause in the imperative.
    pub fn fix(self, header: &str) -> String {
        let whole = format!("[{}]", unbracketed(header));
        match self {
            Cause::Indented { .. } | Cause::InLine { .. } if header != whole => {
                format!("write `{whole}` on a line of its own, without indentation")
            }
            Cause::Indented { .. } => format!("remove the indentation before `{header}`"),
            Cause::InLine { .. } => format!("start a new line before `{header}`"),
            Cause::Unclosed => format!("add the missing `]`: `{header}]`"),
            Cause::Unopened => format!("add the missing `[`: `[{header}`"),
            Cause::Disguised => format!("write `{whole}`"),
            Cause::Unseen => format!("type `{header}` again, without the character before it"),
        }
    }
}

/// The header in a text that begins with one, behind whitespace and characters that can't be seen.
fn header_in(bytes: &[u8], text: Span) -> Option<(Span, bool)> {
    let open = text.start() + search::one(b'[').find(text.of(bytes))?;
    let before = std::str::from_utf8(&bytes[text.start()..open]).ok()?;
    if !before.chars().all(|c| text::is_space(c) || is_unseen(c)) {
        return None;
    }
    let rest = &bytes[open..text.end()];
    let close = search::one(b']').rfind(rest).filter(|close| *close > 1);
    let length = close.map_or_else(|| open_length(rest), |close| close + 1);
    // A bracket alone names nothing.
    (length > 1 && rest[..length] != *b"[]").then(|| (Span::new(open, open + length), close.is_some()))
}

/// Whether a text without a meaning is a header without its opening bracket. Other brackets, and commas, are in the rest of a
/// list.
fn is_unopened(text: &[u8]) -> bool {
    let name = text.strip_suffix(b"]").filter(|name| !name.is_empty());
    // A sentence has more than a prefix and a name.
    let is_short = |name: &[u8]| name.split(u8::is_ascii_whitespace).count() <= 2;
    name.is_some_and(|name| is_short(name) && !name.iter().any(|byte| b"[](){},=:\"".contains(byte)))
}

/// Whether a text is a header with the full-width forms of the usual brackets: other brackets are in values, too.
fn is_wide(text: &[u8]) -> bool {
    text.starts_with("［".as_bytes())
        && text.ends_with("］".as_bytes())
        && std::str::from_utf8(text).is_ok_and(|text| disguised_name(text).is_some())
}

/// The length of a header that is left open, without the comment behind it.
fn open_length(rest: &[u8]) -> usize {
    let mut pairs = rest.windows(2);
    let comment = pairs.position(|pair| matches!(pair, [b' ' | b'\t', b'#' | b';']));
    let rest = &rest[..comment.unwrap_or(rest.len())];
    rest.len() - text::trailing_space(rest)
}

/// Collects the headers that are lost while the lines pass by once.
pub(super) struct Lost<'d> {
    bytes: &'d [u8],
    /// Whether the text has a character that some programs take for the end of a line. Hardly any has.
    splits: bool,
    /// The line of the open entry.
    entry: u32,
    /// What of the open entry's value no bracket was searched in yet.
    value: Span,
    /// Whether the value up to there has an opening bracket, so that a closing one ends a list.
    has_list: bool,
    pub(super) headers: Vec<LostHeader>,
    /// Whether some plain value goes on over several lines.
    pub(super) continues: bool,
}

impl<'d> Lost<'d> {
    pub(super) fn new(bytes: &'d [u8], ascii: bool) -> Lost<'d> {
        let splits = search::three(0x0b, 0x0c, 0x1c).find(bytes).is_some()
            || search::two(0x1d, 0x1e).find(bytes).is_some()
            || !ascii
                && (memchr::memmem::find(bytes, "\u{85}".as_bytes()).is_some()
                    || memchr::memmem::find(bytes, b"\xe2\x80").is_some());
        let (value, has_list) = (Span::new(0, 0), false);
        Lost { bytes, splits, entry: 0, value, has_list, headers: Vec::new(), continues: false }
    }

    /// Takes the next line.
    #[inline]
    pub(super) fn line(&mut self, number: u32, line: &Line) {
        match line.kind {
            Kind::Entry { key, value } => {
                (self.entry, self.value, self.has_list) = (number, value, false);
                let first = self.bytes[key.start()];
                if first == b'[' || !first.is_ascii_graphic() {
                    self.stray(number, line);
                } else if self.splits {
                    self.in_line(number, value);
                }
            }
            Kind::Continuation { text } => {
                self.continues = true;
                self.continuation(number, text);
            }
            Kind::Stray(_) => self.stray(number, line),
            _ => {}
        }
    }

    /// The header that was lost last, below the line `number`.
    pub(super) fn below(&self, number: u32) -> Option<LostHeader> {
        self.headers.last().copied().filter(|lost| lost.line > number)
    }

    #[cold]
    fn continuation(&mut self, number: u32, text: Span) {
        let (before, cause) = (self.headers.len(), Cause::Indented { of: self.entry });
        self.has_list |= search::one(b'[').find(self.value.of(self.bytes)).is_some();
        if !self.has_list && (is_unopened(text.of(self.bytes)) || is_wide(text.of(self.bytes))) {
            self.headers.push(LostHeader { line: number, cause, header: text });
        } else {
            self.note(number, text, cause);
        }
        self.value = text;
        if self.splits && self.headers.len() == before {
            self.in_line(number, text);
        }
    }

    #[cold]
    fn stray(&mut self, number: u32, line: &Line) {
        let trimmed = text::trim(self.bytes, line.span);
        if disguised_name(&String::from_utf8_lossy(trimmed.of(self.bytes))).is_some() {
            return self.headers.push(LostHeader { line: number, cause: Cause::Disguised, header: trimmed });
        }
        if is_unopened(trimmed.of(self.bytes)) {
            return self.headers.push(LostHeader { line: number, cause: Cause::Unopened, header: trimmed });
        }
        let cause = if trimmed.of(self.bytes).starts_with(b"[") { Cause::Unclosed } else { Cause::Unseen };
        self.note(number, trimmed, cause);
    }

    #[cold]
    fn in_line(&mut self, number: u32, value: Span) {
        for piece in text::split_lines(self.bytes, value).into_iter().skip(1) {
            self.note(number, piece, Cause::InLine { of: self.entry });
        }
    }

    fn note(&mut self, line: u32, text: Span, cause: Cause) {
        if let Some((header, _)) = header_in(self.bytes, text) {
            self.headers.push(LostHeader { line, cause, header });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_unopened;

    #[test]
    fn a_sentence_is_no_header_without_its_bracket() {
        for (text, expected) in [
            ("dev]", true),
            ("profile dev]", true),
            ("see the wiki]", false),
            ("[a, b]", false),
            ("]", false),
        ] {
            assert_eq!(is_unopened(text.as_bytes()), expected, "{text}");
        }
    }
}
