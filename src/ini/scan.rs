//! The grammar, line by line: what Python's raw reader takes each line for, and the state that it keeps between them.

use super::line::{Kind, Line, Stray};
use super::span::Span;
use super::text;
use crate::text::search::{self, Two};

/// Reads lines, from the beginning or from a place whose state is known.
pub(super) struct Scan<'b> {
    bytes: &'b [u8],
    /// The searches for the ends of lines and for delimiters.
    ends: Two,
    delimiters: Two,
    start: usize,
    section_open: bool,
    /// Whether an entry is open, which deeper lines continue.
    key_open: bool,
    /// How deep it is.
    indent: u32,
}

impl<'b> Scan<'b> {
    /// From the beginning.
    pub(super) fn new(bytes: &'b [u8]) -> Scan<'b> {
        Scan::from(bytes, 0, false)
    }

    /// From the offset behind the line of a header.
    pub(super) fn below_header(bytes: &'b [u8], start: usize) -> Scan<'b> {
        Scan::from(bytes, start, true)
    }

    /// From behind the line of an entry.
    pub(super) fn below_entry(bytes: &'b [u8], line: Span) -> Scan<'b> {
        let (_, indent) = text::leading_space(line.of(bytes));
        Scan { key_open: true, indent, ..Scan::from(bytes, line.end(), true) }
    }

    fn from(bytes: &'b [u8], start: usize, section_open: bool) -> Scan<'b> {
        Scan {
            bytes,
            ends: search::two(b'\n', b'\r'),
            delimiters: search::two(b'=', b':'),
            start,
            section_open,
            key_open: false,
            indent: 0,
        }
    }

    /// Classifies a line that continues nothing: its text, which has no whitespace at its ends, its offset, and
    /// where in the text the first delimiter is.
    #[expect(clippy::inline_always, reason = "as for `step`")]
    #[inline(always)]
    fn classify(&self, text: &[u8], start: usize) -> Kind {
        if text[0] == b'[' {
            // At least one character up to the last bracket: `[]` is not a header, `[]]` is one named `]`.
            if let Some(close) = text.iter().rposition(|byte| *byte == b']').filter(|close| *close > 1) {
                return Kind::Header { name: Span::new(start + 1, start + close) };
            }
        }
        if !self.section_open {
            return Kind::Stray(Stray::NoSection);
        }
        let Some(delimiter) = self.delimiters.find(text) else {
            return Kind::Stray(Stray::NoDelimiter);
        };
        let (key, value) = (&text[..delimiter], &text[delimiter + 1..]);
        if key.is_empty() {
            return Kind::Stray(Stray::NoKey);
        }
        let key_end = start + delimiter - text::trailing_space(key);
        let value_start = start + delimiter + 1 + text::leading_space(value).0;
        Kind::Entry { key: Span::new(start, key_end), value: Span::new(value_start, start + text.len()) }
    }

    /// Returns the next line. Inlined into the caller's loop: large files are read in three quarters of the time.
    #[expect(clippy::inline_always, reason = "a line that is not passed in memory takes a quarter less time")]
    #[inline(always)]
    pub(super) fn step(&mut self) -> Option<Line> {
        let start = self.start;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let length = self.ends.find(rest).unwrap_or(rest.len());
        let (line, terminator) = rest.split_at(length);
        self.start += match terminator {
            [] => length,
            [b'\r', b'\n', ..] => length + 2,
            _ => length + 1,
        };
        let (lead, characters) = text::leading_space(line);
        let line = &line[lead..];
        let content = &line[..line.len() - text::trailing_space(line)];
        let at = start + lead;
        let kind = match content {
            [] => Kind::Blank,
            [b'#' | b';', ..] => Kind::Comment,
            _ if self.key_open && characters > self.indent => {
                Kind::Continuation { text: Span::new(at, at + content.len()) }
            }
            _ => {
                self.indent = characters;
                self.classify(content, at)
            }
        };
        match kind {
            Kind::Header { .. } => (self.section_open, self.key_open) = (true, false),
            Kind::Entry { .. } => self.key_open = true,
            Kind::Stray(Stray::NoKey) => self.key_open = false,
            _ => {}
        }
        Some(Line { span: Span::new(start, self.start), kind })
    }
}

impl Iterator for Scan<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        self.step()
    }
}
