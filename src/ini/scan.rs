//! The grammar, line by line: what Python's raw reader takes each line for, and the state that it keeps between them.

use memchr::{Memchr3, memchr_iter, memchr3_iter, memrchr};

use super::document::{Kind, Line, Stray};
use super::{Span, text};

/// Reads lines, from the beginning or from a place whose state is known.
pub(super) struct Scan<'b> {
    bytes: &'b [u8],
    /// Line feeds and delimiters ahead; without it every byte is looked at.
    marks: Option<Memchr3<'b>>,
    start: usize,
    section_open: bool,
    /// Whether an entry is open, which deeper lines continue.
    key_open: bool,
    /// How deep it is.
    indent: u32,
}

impl<'b> Scan<'b> {
    /// From the beginning.
    ///
    /// The marks of the whole text are found many bytes at a time. A carriage return alone ends a line, too, but
    /// hardly any file has one, so that is asked beforehand.
    pub(super) fn new(bytes: &'b [u8]) -> Scan<'b> {
        let alone = |at: usize| bytes.get(at + 1) != Some(&b'\n');
        let marks = !memchr_iter(b'\r', bytes).any(alone);
        let marks = marks.then(|| memchr3_iter(b'\n', b'=', b':', bytes));
        Scan { marks, ..Scan::from(bytes, 0, false) }
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
        Scan { bytes, marks: None, start, section_open, key_open: false, indent: 0 }
    }

    /// Where the next line's content ends, and its first delimiter.
    #[inline]
    fn measure(&mut self) -> (usize, Option<usize>) {
        let (bytes, start) = (self.bytes, self.start);
        let mut delimiter = None;
        let Some(marks) = &mut self.marks else {
            for (at, byte) in bytes.iter().enumerate().skip(start) {
                match byte {
                    b'\n' | b'\r' => return (at, delimiter),
                    b'=' | b':' => delimiter = delimiter.or(Some(at)),
                    _ => {}
                }
            }
            return (bytes.len(), delimiter);
        };
        for at in marks {
            if bytes[at] != b'\n' {
                delimiter = delimiter.or(Some(at));
            } else if at > start && bytes[at - 1] == b'\r' {
                return (at - 1, delimiter);
            } else {
                return (at, delimiter);
            }
        }
        (bytes.len(), delimiter)
    }

    /// Classifies a line that continues nothing, with the offset of its first delimiter.
    #[inline]
    fn classify(&self, content: Span, delimiter: Option<usize>) -> Kind {
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
        let Some(delimiter) = delimiter else {
            return Kind::Stray(Stray::NoDelimiter);
        };
        // The content has no white space at its ends.
        let key = Span::new(
            content.start(),
            delimiter - text::trailing_space(&self.bytes[content.start()..delimiter]),
        );
        if key.is_empty() {
            return Kind::Stray(Stray::NoKey);
        }
        let (blanks, _) = text::leading_space(&self.bytes[delimiter + 1..content.end()]);
        Kind::Entry { key, value: Span::new(delimiter + 1 + blanks, content.end()) }
    }
}

impl Iterator for Scan<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        let Scan { bytes, start, .. } = *self;
        if start >= bytes.len() {
            return None;
        }
        let (content_end, delimiter) = self.measure();
        let end = match &bytes[content_end..] {
            [b'\r', b'\n', ..] => content_end + 2,
            [] => content_end,
            _ => content_end + 1,
        };
        let (lead, characters) = text::leading_space(&bytes[start..content_end]);
        let trail = text::trailing_space(&bytes[start + lead..content_end]);
        let content = Span::new(start + lead, content_end - trail);
        let kind = match content.of(bytes) {
            [] => Kind::Blank,
            [b'#' | b';', ..] => Kind::Comment,
            _ if self.key_open && characters > self.indent => Kind::Continuation { text: content },
            _ => {
                self.indent = characters;
                self.classify(content, delimiter)
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
