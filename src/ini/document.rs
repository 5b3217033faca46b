//! The document is its bytes; the lines are a disposable index over them.

use std::fmt;
use std::ops::Range;

use memchr::{memchr2, memchr2_iter};
use zeroize::Zeroize;

use super::Span;
use super::text;

/// A text that is kept byte for byte, with an index of what each line is.
///
/// Any bytes make a document: nothing is normalised, and what no reader understands is a [`Kind::Stray`] line.
/// The bytes may hold secrets, so `Debug` shows none of them and they are zeroed when dropped.
pub struct Document {
    pub(super) bytes: Vec<u8>,
    lines: Vec<Line>,
    headers: Vec<u32>,
    has_strays: bool,
}

/// One line: its bytes, terminator included, and its part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where the line stands; the spans of all lines tile the document.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a line is to Python's raw INI reader, which reads the AWS files for botocore and AWS CLI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing but white space. Inside a value it adds an empty line to it.
    Blank,
    /// `#` or `;` as the first character, at any indentation.
    Comment,
    /// A section header; the name is what stands up to the last `]`, untrimmed.
    Header {
        /// The text between the brackets.
        name: Span,
    },
    /// `key = value` or `key: value`.
    Entry {
        /// The key as written, trimmed.
        key: Span,
        /// The value's first line, trimmed.
        value: Span,
    },
    /// A line indented deeper than the entry that it continues.
    Continuation {
        /// Its text, trimmed.
        text: Span,
    },
    /// A line that makes the file unreadable to Python.
    Stray(Stray),
}

/// Why a line has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// Text before the first header.
    NoSection,
    /// Neither `=` nor `:`.
    NoDelimiter,
    /// Nothing before the delimiter.
    NoKey,
}

impl Document {
    /// Indexes `bytes`. Never fails: any bytes are a document.
    pub fn parse(bytes: Vec<u8>) -> Document {
        let mut document = Document { bytes, lines: Vec::new(), headers: Vec::new(), has_strays: false };
        document.index();
        document
    }

    /// The bytes, exactly.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether any line has no meaning.
    pub(super) fn has_strays(&self) -> bool {
        self.has_strays
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The number, counted from 1, of the line at `index` of [`lines`](Document::lines).
    pub fn number(index: usize) -> u32 {
        u32::try_from(index + 1).unwrap_or(u32::MAX)
    }

    /// The text of `span`; bytes that are not UTF-8 are shown by the replacement character.
    pub fn text(&self, span: Span) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(span.of(&self.bytes))
    }

    /// The text between the brackets of a section's header.
    pub fn text_of(&self, section: &Section<'_>) -> std::borrow::Cow<'_, str> {
        self.text(section.name_span())
    }

    /// The sections in file order: each header with the lines below it, up to the next header.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = Section<'_>> + ExactSizeIterator {
        (0..self.headers.len()).map(|index| self.section(index))
    }

    /// The section whose header is the `index`th, counted from 0.
    ///
    /// # Panics
    /// If there is no such section.
    pub fn section(&self, index: usize) -> Section<'_> {
        let header = self.headers[index] as usize;
        let end = self.headers.get(index + 1).map_or(self.lines.len(), |next| *next as usize);
        Section { document: self, index, header, body: header + 1..end }
    }

    /// Classifies every line, with the state that Python's reader keeps: whether a section is open, and which
    /// key's indentation a continuation must exceed.
    fn index(&mut self) {
        self.lines.reserve(self.bytes.len() / 24);
        let bytes = &self.bytes;
        let mut ends = memchr2_iter(b'\n', b'\r', bytes);
        let (mut start, mut section_open, mut key_open, mut indent) = (0, false, false, 0);
        while start < bytes.len() {
            // The line feed of a line that ends in both was taken with it.
            let content_end = ends.find(|end| *end >= start).unwrap_or(bytes.len());
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
                _ if section_open && key_open && characters > indent => Kind::Continuation { text: content },
                _ => {
                    indent = characters;
                    classify(bytes, content, section_open)
                }
            };
            match kind {
                Kind::Header { .. } => {
                    self.headers.push(Document::number(self.lines.len()) - 1);
                    (section_open, key_open) = (true, false);
                }
                Kind::Entry { .. } => key_open = true,
                Kind::Stray(stray) => {
                    self.has_strays = true;
                    key_open &= stray != Stray::NoKey;
                }
                _ => {}
            }
            self.lines.push(Line { span: Span::new(start, end), kind });
            start = end;
        }
    }
}

/// Classifies a line that continues nothing.
fn classify(bytes: &[u8], content: Span, section_open: bool) -> Kind {
    let text = content.of(bytes);
    if text[0] == b'[' {
        // At least one character up to the last bracket: `[]` is no header, `[]]` is one named `]`.
        if let Some(close) = memchr::memrchr(b']', text).filter(|close| *close > 1) {
            return Kind::Header { name: Span::new(content.start() + 1, content.start() + close) };
        }
    }
    if !section_open {
        return Kind::Stray(Stray::NoSection);
    }
    let Some(delimiter) = memchr2(b'=', b':', text) else {
        return Kind::Stray(Stray::NoDelimiter);
    };
    let delimiter = content.start() + delimiter;
    let key = text::trim(bytes, Span::new(content.start(), delimiter));
    if key.is_empty() {
        return Kind::Stray(Stray::NoKey);
    }
    Kind::Entry { key, value: text::trim(bytes, Span::new(delimiter + 1, content.end())) }
}

impl Drop for Document {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes, {} lines)", self.bytes.len(), self.lines.len())
    }
}

impl Default for Document {
    fn default() -> Document {
        Document::parse(Vec::new())
    }
}

/// A header and what belongs to it.
#[derive(Clone, Debug)]
pub struct Section<'d> {
    pub(super) document: &'d Document,
    index: usize,
    header: usize,
    body: Range<usize>,
}

impl<'d> Section<'d> {
    /// Its place among the document's sections, counted from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The text between the header's brackets.
    pub fn name(&self) -> &'d [u8] {
        self.name_span().of(&self.document.bytes)
    }

    pub(super) fn name_span(&self) -> Span {
        match self.document.lines[self.header].kind {
            Kind::Header { name } => name,
            _ => unreachable!("the index of headers points at headers"),
        }
    }

    /// The header's line number, counted from 1.
    pub fn line(&self) -> u32 {
        Document::number(self.header)
    }

    /// The indices of the lines below the header, up to the next one.
    pub(super) fn body(&self) -> Range<usize> {
        self.body.clone()
    }

    /// The index of the header's own line.
    pub(super) fn header(&self) -> usize {
        self.header
    }

    /// Its entries, in file order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'d>> + use<'d> {
        let document = self.document;
        self.body.clone().filter_map(move |at| match document.lines[at].kind {
            Kind::Entry { key, value } => Some(Entry { document, at, key, value }),
            _ => None,
        })
    }
}

/// One key with its value, which may continue over several lines.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    pub(super) document: &'d Document,
    pub(super) at: usize,
    pub(super) key: Span,
    pub(super) value: Span,
}

impl<'d> Entry<'d> {
    /// The key as written, trimmed; see [`same_key`](super::same_key).
    pub fn key(&self) -> &'d [u8] {
        self.key.of(&self.document.bytes)
    }

    /// The line number, counted from 1.
    pub fn line(&self) -> u32 {
        Document::number(self.at)
    }

    /// The index of the last line that belongs to the value: the entry's own, or its last continuation.
    pub(super) fn last(&self) -> usize {
        self.tail()
            .filter(|(_, line)| matches!(line.kind, Kind::Continuation { .. }))
            .last()
            .map_or(self.at, |(at, _)| at)
    }

    /// The lines after the entry's own, up to the next entry or header.
    pub(super) fn tail(&self) -> impl Iterator<Item = (usize, &'d Line)> + use<'d> {
        let lines = &self.document.lines;
        (self.at + 1..lines.len())
            .map(move |at| (at, &lines[at]))
            .take_while(|(_, line)| !matches!(line.kind, Kind::Entry { .. } | Kind::Header { .. }))
    }
}
