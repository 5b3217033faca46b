//! The document is its bytes. What is kept besides is an index that any edit throws away: where the sections are,
//! and what makes the file unreadable. The lines are looked at again where they are needed, so that one value of
//! ten thousand profiles costs one pass and little memory.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use super::by_key::{ByKey, Spans};
use super::bytes::Bytes;
use super::fault::Fault;
use super::faults::{Faults, repeated_sections};
use super::keys::Marks;
use super::line::{Header, INHERITED, Kind, Line};
use super::lost::{Lost, LostHeader};
use super::scan::Scan;
use super::span::Span;

/// A text that is kept byte for byte.
///
/// Any bytes make a document: nothing is normalized, and what no reader understands is a [`Kind::Stray`] line.
/// The bytes may hold secrets, so `Debug` shows none of them.
#[derive(Clone)]
pub struct Document {
    bytes: Bytes,
    headers: Vec<Header>,
    /// The indices of the sections that all others inherit from.
    pub(super) inherited: Vec<u32>,
    pub(super) inherited_keys: OnceCell<ByKey<Spans>>,
    marks: Marks,
    faults: Vec<Fault>,
    lost: Vec<LostHeader>,
    continues: bool,
    line_count: u32,
    pub(super) lines: OnceCell<Vec<Line>>,
}

impl Document {
    /// Indexes `bytes`. Never fails: any bytes are a document.
    ///
    /// # Panics
    /// If there are 4 GiB of them; `store` refuses to read such a file.
    pub fn parse(bytes: impl Into<Bytes>) -> Document {
        let bytes = bytes.into();
        assert!(u32::try_from(bytes.len()).is_ok(), "a document is smaller than 4 GiB");
        let mut headers = Vec::with_capacity(bytes.len() / 128);
        let mut inherited = Vec::new();
        let mut faults = Faults::new(&bytes);
        let mut line_count = 0;
        let mut scan = Scan::new(&bytes);
        while let Some(line) = scan.step() {
            if let Kind::Header { name } = line.kind {
                if name.of(&bytes) == INHERITED {
                    inherited.extend(u32::try_from(headers.len()));
                }
                headers.push(Header { line: line_count, span: line.span, name });
            }
            line_count += 1;
            faults.line(line_count, &line);
        }
        let marks = faults.marks();
        let (mut faults, Lost { headers: lost, continues, .. }) = faults.found();
        faults.extend(repeated_sections(&bytes, &headers));
        faults.sort_by_key(|fault| fault.line);
        Document {
            bytes,
            headers,
            inherited,
            inherited_keys: OnceCell::new(),
            marks,
            faults,
            lost,
            continues,
            line_count,
            lines: OnceCell::new(),
        }
    }

    /// The bytes, exactly.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The lines, in order.
    pub fn lines(&self) -> &[Line] {
        self.lines.get_or_init(|| {
            let mut lines = Vec::with_capacity(self.line_count as usize);
            let mut scan = Scan::new(&self.bytes);
            while let Some(line) = scan.step() {
                lines.push(line);
            }
            lines
        })
    }

    /// Everything that makes the document unreadable to botocore, in line order. A document without any is read by
    /// botocore as [`Section`]s and [`Value`](super::Value)s say.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The headers in the text that aren't read as such, in line order.
    pub fn lost_headers(&self) -> &[LostHeader] {
        &self.lost
    }

    pub(super) fn line_count(&self) -> u32 {
        self.line_count
    }

    /// The marks of the keys of all sections.
    #[inline]
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// Whether some value goes on over several lines.
    pub fn has_continuations(&self) -> bool {
        self.continues
    }

    /// The number, counted from 1, of the line at `index` of [`lines`](Document::lines).
    pub fn number(index: usize) -> u32 {
        u32::try_from(index + 1).unwrap_or(u32::MAX)
    }

    /// The number of the line with the byte at `offset`, counted from 1.
    pub fn line_at(&self, offset: usize) -> u32 {
        let line = self.lines().partition_point(|line| line.span.start() <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The text of `span`; bytes that are not UTF-8 are shown by the replacement character.
    pub fn text(&self, span: Span) -> Cow<'_, str> {
        // A span of text is text without a look at each of its bytes.
        if let Some(text) = self.bytes.as_text().and_then(|text| text.get(span.start()..span.end())) {
            return Cow::Borrowed(text);
        }
        let bytes = span.of(&self.bytes);
        // Asked first because `from_utf8_lossy` is slow at finding out that there is nothing to replace.
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
    }

    /// The text between the brackets of a section's header.
    pub fn text_of(&self, section: &Section<'_>) -> Cow<'_, str> {
        self.text(section.name_span())
    }

    /// The sections in file order: each header with the lines below it, up to the next header.
    pub fn sections(&self) -> impl DoubleEndedIterator<Item = Section<'_>> + ExactSizeIterator {
        (0..self.headers.len()).map(|index| self.section(index))
    }

    /// The section whose header is on a line, counted from 1.
    pub fn section_on(&self, line: u32) -> Option<Section<'_>> {
        self.headers.binary_search_by_key(&line, Header::number).ok().map(|at| self.section(at))
    }

    /// The section whose header is the `index`th, counted from 0.
    ///
    /// # Panics
    /// If there is no such section.
    pub fn section(&self, index: usize) -> Section<'_> {
        let next = self.headers.get(index + 1);
        let end = next.map_or(self.line_count, |next| next.line);
        Section { document: self, index, header: self.headers[index], end: end as usize }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({} bytes, {} lines)", self.bytes.len(), self.line_count)
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
    header: Header,
    /// The index behind its last line.
    end: usize,
}

impl<'d> Section<'d> {
    /// Its place among the document's sections, counted from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The text between the header's brackets.
    pub fn name(&self) -> &'d [u8] {
        self.header.name.of(&self.document.bytes)
    }

    pub(super) fn name_span(&self) -> Span {
        self.header.name
    }

    /// The offset of its header's line.
    pub(super) fn start(&self) -> usize {
        self.header.span.start()
    }

    /// The offset of the line below its header.
    pub(super) fn body_start(&self) -> usize {
        self.header.span.end()
    }

    /// The header's line number, counted from 1.
    pub fn line(&self) -> u32 {
        self.header.number()
    }

    /// The index behind its last line.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// The index of the header's own line.
    pub(super) fn header(&self) -> usize {
        self.header.line as usize
    }

    /// Its entries, in file order.
    pub fn entries(&self) -> Entries<'d> {
        let scan = Scan::below_header(&self.document.bytes, self.header.span.end());
        Entries { document: self.document, scan, at: self.header() + 1, end: self.end }
    }
}

/// The entries of a section.
pub struct Entries<'d> {
    document: &'d Document,
    scan: Scan<'d>,
    /// The index of the next line.
    at: usize,
    /// The index behind the section's last line.
    end: usize,
}

impl<'d> Iterator for Entries<'d> {
    type Item = Entry<'d>;

    fn next(&mut self) -> Option<Entry<'d>> {
        while self.at < self.end {
            let (line, at) = (self.scan.step()?, self.at);
            self.at += 1;
            if let Kind::Entry { key, value } = line.kind {
                return Some(Entry { document: self.document, at, line: line.span, key, value });
            }
        }
        None
    }
}

/// One key with its value, which may continue over several lines.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    pub(super) document: &'d Document,
    /// The index of its first line.
    pub(super) at: usize,
    pub(super) line: Span,
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
        let continuations = self.tail().filter(|(_, line)| matches!(line.kind, Kind::Continuation { .. }));
        continuations.last().map_or(self.at, |(at, _)| at)
    }

    /// The lines after the entry's own, up to the next entry or header; none in a document whose values are all on the
    /// lines of their keys.
    pub(super) fn tail(&self) -> impl Iterator<Item = (usize, Line)> + use<'d> {
        let Document { bytes, continues, .. } = self.document;
        let lines = continues.then(|| Scan::below_entry(bytes, self.line)).into_iter().flatten();
        let own = lines.take_while(|line| !line.is_entry_or_header());
        (self.at + 1..).zip(own)
    }
}
