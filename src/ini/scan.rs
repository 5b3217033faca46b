//! The grammar, line by line: what Python's raw reader takes each line for, and the state that it keeps between them.

use memchr::{Memchr2, memchr2, memchr2_iter, memrchr};

use super::document::{Kind, Line, Stray};
use super::{Span, text};

/// Reads lines, from the beginning or from a place whose state is known.
pub(super) struct Scan<'b> {
    bytes: &'b [u8],
    /// Where lines end, as offsets from `origin`.
    ends: Memchr2<'b>,
    origin: usize,
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
        let ends = memchr2_iter(b'\n', b'\r', &bytes[start..]);
        Scan { bytes, ends, origin: start, start, section_open, key_open: false, indent: 0 }
    }

    /// Classifies a line that continues nothing.
    fn classify(&self, content: Span) -> Kind {
        let text = content.of(self.bytes);
        if text[0] == b'[' {
            // At least one character up to the last bracket: `[]` is no header, `[]]` is one named `]`.
            if let Some(close) = memrchr(b']', text).filter(|close| *close > 1) {
                return Kind::Header { name: Span::new(content.start() + 1, content.start() + close) };
            }
        }
        if !self.section_open {
            return Kind::Stray(Stray::NoSection);
        }
        let Some(delimiter) = memchr2(b'=', b':', text) else {
            return Kind::Stray(Stray::NoDelimiter);
        };
        let delimiter = content.start() + delimiter;
        let key = text::trim(self.bytes, Span::new(content.start(), delimiter));
        if key.is_empty() {
            return Kind::Stray(Stray::NoKey);
        }
        Kind::Entry { key, value: text::trim(self.bytes, Span::new(delimiter + 1, content.end())) }
    }
}

impl Iterator for Scan<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        let Scan { bytes, start, origin, .. } = *self;
        if start >= bytes.len() {
            return None;
        }
        // The line feed of a line that ends in both was taken with it.
        let content_end = self.ends.find(|end| origin + end >= start).map_or(bytes.len(), |end| origin + end);
        let end = match &bytes[content_end..] {
            [b'\r', b'\n', ..] => content_end + 2,
            [] => content_end,
            _ => content_end + 1,
        };
        let (lead, characters) = text::leading_space(&bytes[start..content_end]);
        let content = text::trim(bytes, Span::new(start + lead, content_end));
        let kind = match content.of(bytes) {
            [] => Kind::Blank,
            [b'#' | b';', ..] => Kind::Comment,
            _ if self.key_open && characters > self.indent => Kind::Continuation { text: content },
            _ => {
                self.indent = characters;
                self.classify(content)
            }
        };
        match kind {
            Kind::Header { .. } => (self.section_open, self.key_open) = (true, false),
            Kind::Entry { .. } => self.key_open = true,
            Kind::Stray(Stray::NoKey) => self.key_open = false,
            _ => {}
        }
        self.start = end;
        Some(Line { span: Span::new(start, end), kind })
    }
}
