//! Where lines end.

use super::super::span::Span;
use crate::text::search;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Only LF.
    Lf,
    /// LF, and CR before it.
    LfOrCrLf,
    /// LF, CR, or both.
    LfOrCr,
}

/// A line without what ends it.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) text: Span,
    /// The number of the document's line that it begins on, counted from 1. A CR ends a line of the document, whatever it is
    /// to the dialect: editors show it so.
    pub(super) number: u32,
}

pub(super) struct Lines<'b> {
    bytes: &'b [u8],
    ends: Ends,
    start: usize,
    number: u32,
}

impl<'b> Lines<'b> {
    pub(super) fn of(bytes: &'b [u8], ends: Ends) -> Lines<'b> {
        Lines { bytes, ends, start: 0, number: 1 }
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.bytes.get(self.start..).filter(|rest| !rest.is_empty())?;
        let end = match self.ends {
            Ends::Lf | Ends::LfOrCrLf => search::one(b'\n').find(rest),
            Ends::LfOrCr => search::two(b'\n', b'\r').find(rest),
        };
        let (text, whole) = match end {
            None => (rest.len(), rest.len()),
            Some(at) if rest[at..].starts_with(b"\r\n") => (at, at + 2),
            Some(at) if self.ends == Ends::LfOrCrLf && rest[..at].ends_with(b"\r") => (at - 1, at + 1),
            Some(at) => (at, at + 1),
        };
        let line = Line { text: Span::new(self.start, self.start + text), number: self.number };
        let is_end = |at: &usize| !rest[*at..].starts_with(b"\r\n");
        let ends = search::two(b'\n', b'\r').iter(&rest[..whole]).filter(is_end).count();
        self.number = self.number.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.start += whole;
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, ends: Ends) -> Vec<(u32, &str)> {
        Lines::of(text.as_bytes(), ends)
            .map(|line| (line.number, &text[line.text.start()..line.text.end()]))
            .collect()
    }

    #[test]
    fn lines_end_as_the_dialect_has_it_and_are_counted_as_the_document_does() {
        let text = "a\r\nb\rc\n\nd\r";
        assert_eq!(lines(text, Ends::Lf), [(1, "a\r"), (2, "b\rc"), (4, ""), (5, "d\r")]);
        assert_eq!(lines(text, Ends::LfOrCrLf), [(1, "a"), (2, "b\rc"), (4, ""), (5, "d\r")]);
        assert_eq!(lines(text, Ends::LfOrCr), [(1, "a"), (2, "b"), (3, "c"), (4, ""), (5, "d")]);
    }
}
