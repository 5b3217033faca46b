//! What an edit cuts out of the bytes, and what it puts there.

use std::ops::Range;

use super::document::{Document, Entry, Section};
use super::line::Kind;
use super::span::Span;
use super::text;
use crate::text::search;

/// One contiguous replacement.
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: Vec<u8>,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<Vec<u8>>) -> Splice {
        Splice { range, text: text.into() }
    }

    /// Several splices, which are in order, as one.
    pub(super) fn joined(splices: &[Splice], bytes: &[u8]) -> Option<Splice> {
        let (first, rest) = splices.split_first()?;
        let mut joined = Splice::new(first.range.clone(), first.text.clone());
        for splice in rest {
            joined.text.extend_from_slice(&bytes[joined.range.end..splice.range.start]);
            joined.text.extend_from_slice(&splice.text);
            joined.range.end = splice.range.end;
        }
        Some(joined)
    }
}

impl Document {
    pub(super) fn spliced(&self, splice: &Splice) -> Document {
        let bytes = self.bytes();
        let mut after = Vec::with_capacity(bytes.len() + splice.text.len());
        after.extend_from_slice(&bytes[..splice.range.start]);
        after.extend_from_slice(&splice.text);
        after.extend_from_slice(&bytes[splice.range.end..]);
        Document::parse(after)
    }

    /// `value` in place of the text at `old`; an empty place is filled behind the whitespace that is there, or behind as
    /// much as the delimiter has before it.
    pub(super) fn filled(&self, old: Span, value: &str) -> Splice {
        if !old.is_empty() {
            return Splice::new(old.start()..old.end(), value);
        }
        let bytes = self.bytes();
        let rest = &bytes[old.end()..];
        let line = &rest[..search::two(b'\n', b'\r').find(rest).unwrap_or(rest.len())];
        let at = old.end() + text::leading_space(line).0;
        let spaced = |end: usize| text::trailing_space(&bytes[..end]) > 0;
        let blank = if !value.is_empty() && !spaced(at) && spaced(at - 1) { " " } else { "" };
        Splice::new(at..at, format!("{blank}{value}"))
    }
}

impl Section<'_> {
    /// The last line of its entries, or its header.
    pub(super) fn last_line(&self) -> usize {
        self.entries().last().map_or(self.header(), |entry| entry.last())
    }

    /// Without the section: its lines up to the last entry, and the empty lines below.
    pub(super) fn removal(&self) -> Splice {
        let lines = self.document.lines();
        let mut last = self.last_line();
        while lines.get(last + 1).is_some_and(|line| line.kind == Kind::Blank) {
            last += 1;
        }
        Splice::new(self.start()..lines[last].span.end(), "")
    }

    /// The lines of its entries, and those among them, without the comments that are to be left out.
    pub(super) fn body(&self, is_left_out: fn(&str) -> bool) -> Vec<u8> {
        let lines = &self.document.lines()[self.header() + 1..=self.last_line()];
        let texts = lines.iter().map(|line| (line.kind, line.span.of(self.document.bytes())));
        let is_kept = |(kind, text): &(Kind, &[u8])| {
            *kind != Kind::Comment || !is_left_out(&String::from_utf8_lossy(text.trim_ascii()))
        };
        texts.filter(is_kept).map(|(_, text)| text).collect::<Vec<_>>().concat()
    }
}

impl Entry<'_> {
    /// Another value in place of the whole one. Lines among those of the old value that are not a part of it, such as
    /// comments, stay.
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

    /// Without the entry. Lines among those of its value that are not a part of it stay.
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
