//! Where an edit cuts the bytes and what it puts there, in the style of what stands around it.

use std::ops::Range;

use super::Span;
use super::document::{Document, Entry, Kind, Line, Section};
use super::edit::Key;
use super::text;

/// One contiguous replacement.
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: Vec<u8>,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<Vec<u8>>) -> Splice {
        Splice { range, text: text.into() }
    }
}

/// The white space around a delimiter.
#[derive(Clone, Copy)]
struct Spacing {
    before: bool,
    after: bool,
}

impl Spacing {
    fn delimiter(self) -> String {
        format!("{}={}", if self.before { " " } else { "" }, if self.after { " " } else { "" })
    }
}

impl Line {
    fn terminator(self, bytes: &[u8]) -> &[u8] {
        let line = self.span.of(bytes);
        let length = line.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        &line[line.len() - length.min(2)..]
    }
}

impl Document {
    pub(super) fn duplicate(&self) -> Document {
        Document::parse(self.bytes().to_vec())
    }

    pub(super) fn spliced(&self, splice: &Splice) -> Document {
        let bytes = self.bytes();
        let mut after = Vec::with_capacity(bytes.len() + splice.text.len());
        after.extend_from_slice(&bytes[..splice.range.start]);
        after.extend_from_slice(&splice.text);
        after.extend_from_slice(&bytes[splice.range.end..]);
        Document::parse(after)
    }

    /// A new entry in the section at `section`, which has none for `key.name`: below its last entry, as deep as
    /// that, so that whatever follows can't become its continuation.
    ///
    /// Below a lost header stands what is meant for another section, so there it goes above.
    pub(super) fn insertion(&self, section: usize, key: Key<'_>, value: &str) -> Splice {
        let section = self.section(section);
        let end = section.lost_headers().next().map_or(u32::MAX, |lost| lost.line);
        let last = section.entries().take_while(|entry| Document::number(entry.last()) < end).last();
        self.insertion_behind(&section, last, key, value)
    }

    /// The same below a header that is lost in the section, if there is one.
    pub(super) fn insertion_below(&self, section: usize, key: Key<'_>, value: &str) -> Option<Splice> {
        let section = self.section(section);
        section.lost_headers().next()?;
        (section.entry(key.name).is_none())
            .then(|| self.insertion_behind(&section, section.entries().last(), key, value))
    }

    fn insertion_behind(
        &self,
        section: &Section<'_>,
        last: Option<Entry<'_>>,
        key: Key<'_>,
        value: &str,
    ) -> Splice {
        let at = last.map_or(section.header(), |entry| entry.last());
        let indent = match last {
            Some(entry) => entry.indent(),
            None => self.indent_below(section),
        };
        let delimiter = self.spacing(section).delimiter();
        let mut lines = match key.nested {
            None => vec![[indent, key.name.as_bytes(), delimiter.as_bytes(), value.as_bytes()].concat()],
            Some(nested) => vec![
                [indent, key.name.as_bytes(), delimiter.as_bytes()].concat(),
                [indent, self.nesting(), nested.as_bytes(), delimiter.as_bytes(), value.as_bytes()].concat(),
            ],
        };
        for line in &mut lines {
            line.truncate(line.trim_ascii_end().len().max(indent.len()));
        }
        self.insert_below(at, &lines)
    }

    /// Whole lines below the line at `at`, which gets a terminator if it has none.
    fn insert_below(&self, at: usize, lines: &[Vec<u8>]) -> Splice {
        let newline = self.newline(at);
        let position = self.lines()[at].span.end();
        let mut text = Vec::new();
        if self.lines()[at].terminator(self.bytes()).is_empty() {
            text.extend_from_slice(newline);
        }
        for line in lines {
            text.extend_from_slice(line);
            text.extend_from_slice(newline);
        }
        Splice::new(position..position, text)
    }

    /// The terminator of the line at `at`, or of the nearest line above that has one.
    fn newline(&self, at: usize) -> &[u8] {
        let above = self.lines().iter().take(at + 1).rev();
        above.map(|line| line.terminator(self.bytes())).find(|found| !found.is_empty()).unwrap_or(b"\n")
    }

    /// The indentation of what follows the header of a section without entries: a header may be indented, and
    /// below a key that is less so it would be taken for the key's continuation.
    fn indent_below(&self, section: &Section<'_>) -> &[u8] {
        let below = self.lines()[section.header() + 1..].iter();
        let next = below.copied().find(|line| !matches!(line.kind, Kind::Blank | Kind::Comment));
        next.map_or(b"", |line| self.indent_of(line))
    }

    fn indent_of(&self, line: Line) -> &[u8] {
        let text = line.span.of(self.bytes());
        &text[..text::leading_space(text).0]
    }

    /// The spacing of the section's last entry that has a value, else of the document's, else a blank on both
    /// sides.
    fn spacing(&self, section: &Section<'_>) -> Spacing {
        let last = |section: &Section<'_>| section.entries().filter_map(|entry| entry.spacing()).last();
        let any = || self.sections().rev().find_map(|other| last(&other));
        last(section).or_else(any).unwrap_or(Spacing { before: true, after: true })
    }

    /// How much deeper than its key a nested block of this document is indented.
    fn nesting(&self) -> &[u8] {
        let blocks = self.sections().flat_map(|section| section.entries()).filter(Entry::is_block);
        let mut deeper = blocks.filter_map(|entry| {
            let first = entry.nested_spans().find_map(Result::ok)?;
            self.indent_of(self.lines()[first.at])
                .strip_prefix(entry.indent())
                .filter(|more| !more.is_empty())
        });
        deeper.next().unwrap_or(b"    ")
    }

    /// `value` in the place of what stands at `old`; an empty place is filled behind the white space that is
    /// there, or behind as much as stands before the delimiter.
    pub(super) fn filled(&self, old: Span, value: &str) -> Splice {
        if !old.is_empty() {
            return Splice::new(old.start()..old.end(), value);
        }
        let bytes = self.bytes();
        let rest = &bytes[old.end()..];
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        let at = old.end() + text::leading_space(line).0;
        let spaced = |end: usize| text::trailing_space(&bytes[..end]) > 0;
        let blank = if !value.is_empty() && !spaced(at) && spaced(at - 1) { " " } else { "" };
        Splice::new(at..at, format!("{blank}{value}"))
    }

    /// A section at the end: a header, and the lines of `original` up to its last entry.
    pub(super) fn new_section(&self, header: &str, original: Option<&Section<'_>>) -> Splice {
        let (bytes, lines) = (self.bytes(), self.lines());
        let newline = self.newline(lines.len().saturating_sub(1));
        let mut text = Vec::new();
        if lines.last().is_some_and(|line| line.terminator(bytes).is_empty()) {
            text.extend_from_slice(newline);
        }
        if self.separates_sections() && lines.last().is_some_and(|line| line.kind != Kind::Blank) {
            text.extend_from_slice(newline);
        }
        text.extend_from_slice(format!("[{header}]").as_bytes());
        text.extend_from_slice(newline);
        if let Some(original) = original {
            for line in &lines[original.header() + 1..=original.last_line()] {
                text.extend_from_slice(line.span.of(bytes));
                if line.terminator(bytes).is_empty() {
                    text.extend_from_slice(newline);
                }
            }
        }
        Splice::new(bytes.len()..bytes.len(), text)
    }

    /// Whether the last header that has a section above it stands below an empty line.
    fn separates_sections(&self) -> bool {
        let Some(last) = self.sections().skip(1).last() else {
            return false;
        };
        let above = self.lines()[..last.header()].iter().rev();
        above.copied().find(|line| line.kind != Kind::Comment).is_some_and(|line| line.kind == Kind::Blank)
    }
}

impl Section<'_> {
    /// The last line of its entries, or its header.
    pub(super) fn last_line(&self) -> usize {
        self.entries().last().map_or(self.header(), |entry| entry.last())
    }

    /// Without the section: its lines up to the last entry, and the empty lines below (above, at the end).
    pub(super) fn removal(&self) -> Splice {
        let lines = self.document.lines();
        let blank = |at: usize| lines.get(at).is_some_and(|line| line.kind == Kind::Blank);
        let (mut first, mut last) = (self.header(), self.last_line());
        while blank(last + 1) {
            last += 1;
        }
        if last + 1 == lines.len() {
            while first > 0 && blank(first - 1) {
                first -= 1;
            }
        }
        Splice::new(lines[first].span.start()..lines[last].span.end(), "")
    }
}

impl<'d> Entry<'d> {
    fn line_at(&self) -> Line {
        self.document.lines()[self.at]
    }

    fn indent(&self) -> &'d [u8] {
        self.document.indent_of(self.line_at())
    }

    fn spacing(&self) -> Option<Spacing> {
        let between = &self.document.bytes()[self.key.end()..self.value.start()];
        let delimiter = between.iter().position(|byte| matches!(byte, b'=' | b':'))?;
        if self.value.is_empty() {
            return None;
        }
        Some(Spacing { before: delimiter > 0, after: delimiter + 1 < between.len() })
    }

    /// Another value in the place of the whole one. Lines between those of the old value that are none of it,
    /// such as comments, stay.
    pub(super) fn value_replacement(&self, value: &str) -> Splice {
        let (bytes, lines) = (self.document.bytes(), self.document.lines());
        let Splice { range, mut text } = self.document.filled(self.value, value);
        let last = self.last();
        if last == self.at {
            return Splice::new(range, text);
        }
        text.extend_from_slice(lines[self.at].terminator(bytes));
        text.extend_from_slice(&self.kept_lines());
        if lines[last].terminator(bytes).is_empty() {
            text.truncate(text.len() - ends_with_newline(&text));
        }
        Splice::new(range.start..lines[last].span.end(), text)
    }

    /// Without the entry. Lines between those of its value that are none of it stay.
    pub(super) fn removal(&self) -> Splice {
        let lines = self.document.lines();
        Splice::new(lines[self.at].span.start()..lines[self.last()].span.end(), self.kept_lines())
    }

    /// Without the lines at the indices `gone`, which are continuations of this entry.
    pub(super) fn without_lines(&self, gone: &[usize]) -> Splice {
        let (bytes, lines) = (self.document.bytes(), self.document.lines());
        let (first, last) = (gone[0], gone[gone.len() - 1]);
        let kept = (first..=last).filter(|at| !gone.contains(at));
        let text = kept.flat_map(|at| lines[at].span.of(bytes)).copied().collect::<Vec<u8>>();
        Splice::new(lines[first].span.start()..lines[last].span.end(), text)
    }

    /// A new line in the nested block, as deep as its neighbour above.
    pub(super) fn nested_insertion(&self, nested: &str, value: &str) -> Splice {
        let document = self.document;
        let line = self.line();
        let header = document.lost_headers().iter().copied().find(|lost| lost.line > line);
        let header = header.filter(|lost| lost.line <= Document::number(self.last()));
        let last = self.spans_above(header);
        let (at, indent) = match last {
            Some(span) if header.is_some() => {
                (span.at, document.indent_of(document.lines()[span.at]).to_vec())
            }
            Some(span) => (self.last(), document.indent_of(document.lines()[span.at]).to_vec()),
            None => (self.at, [self.indent(), document.nesting()].concat()),
        };
        let spacing = match last {
            Some(span) if !span.value.is_empty() => {
                let between = &document.bytes()[span.key.end()..span.value.start()];
                Spacing { before: between.first() != Some(&b'='), after: between.last() != Some(&b'=') }
            }
            _ => Spacing { before: true, after: true },
        };
        let line = [&indent, nested.as_bytes(), spacing.delimiter().as_bytes(), value.as_bytes()].concat();
        let line = if value.is_empty() { line.trim_ascii_end().to_vec() } else { line };
        document.insert_below(at, &[line])
    }

    /// The lines between the entry's own and its last that are not part of its value.
    fn kept_lines(&self) -> Vec<u8> {
        let (bytes, lines) = (self.document.bytes(), self.document.lines());
        let between = &lines[self.at + 1..=self.last()];
        let kept = between.iter().filter(|line| !matches!(line.kind, Kind::Continuation { .. }));
        kept.flat_map(|line| line.span.of(bytes)).copied().collect()
    }
}

fn ends_with_newline(text: &[u8]) -> usize {
    match text {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n' | b'\r'] => 1,
        _ => 0,
    }
}
