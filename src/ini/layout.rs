//! How a document is written: what is added to it looks like its neighbors.

use std::cell::OnceCell;

use super::document::{Document, Entry, Section};
use super::key::Key;
use super::text;
use crate::text::search;

/// The whitespace around a delimiter.
#[derive(Clone, Copy)]
pub(super) struct Spacing {
    pub(super) before: bool,
    pub(super) after: bool,
}

impl Spacing {
    pub(super) const USUAL: Spacing = Spacing { before: true, after: true };

    /// `key = value`, without whitespace at its end.
    pub(super) fn line(self, indent: &[u8], key: &str, value: &str) -> Vec<u8> {
        let [before, after] = [self.before, self.after].map(|space| if space { " " } else { "" });
        let line = format!("{key}{before}={after}{value}");
        [indent, line.trim_ascii_end().as_bytes()].concat()
    }
}

/// The style of a document, for sections that have none of their own.
pub(super) struct Layout<'d> {
    document: &'d Document,
    spacing: OnceCell<Spacing>,
    nesting: OnceCell<&'d [u8]>,
}

impl<'d> Layout<'d> {
    pub(super) fn of(document: &'d Document) -> Layout<'d> {
        Layout { document, spacing: OnceCell::new(), nesting: OnceCell::new() }
    }

    /// The terminator of the last line that has one.
    pub(super) fn newline(&self) -> &'d [u8] {
        last_terminator(self.document.bytes()).unwrap_or(b"\n")
    }

    /// The spacing of the section's last entry that has a value, else of the document's.
    pub(super) fn spacing(&self, section: &Section<'_>) -> Spacing {
        let last = |section: &Section<'_>| section.entries().filter_map(|entry| entry.spacing()).last();
        last(section).unwrap_or_else(|| {
            *self.spacing.get_or_init(|| {
                let found = self.document.sections().rev().find_map(|section| last(&section));
                found.unwrap_or(Spacing::USUAL)
            })
        })
    }

    /// How much deeper than its key a nested block is indented: the document's first, or four blanks.
    pub(super) fn nesting(&self) -> &[u8] {
        self.nesting.get_or_init(|| {
            let mut entries = self.document.sections().flat_map(|section| section.entries());
            entries.find_map(|entry| entry.nesting()).unwrap_or(b"    ")
        })
    }

    /// The lines of a new entry.
    pub(super) fn entry(
        &self,
        section: &Section<'_>,
        indent: &[u8],
        key: Key<'_>,
        value: &str,
    ) -> Vec<Vec<u8>> {
        let spacing = self.spacing(section);
        match key.nested {
            None => vec![spacing.line(indent, key.name, value)],
            Some(nested) => {
                let deeper = [indent, self.nesting()].concat();
                vec![spacing.line(indent, key.name, ""), spacing.line(&deeper, nested, value)]
            }
        }
    }
}

impl Document {
    /// The indentation of the line that has the byte at `offset`.
    pub(super) fn indent_at(&self, offset: usize) -> &[u8] {
        let start = search::two(b'\n', b'\r').rfind(&self.bytes()[..offset]).map_or(0, |at| at + 1);
        let text = &self.bytes()[start..];
        &text[..text::leading_space(text).0]
    }
}

impl<'d> Entry<'d> {
    pub(super) fn indent(&self) -> &'d [u8] {
        self.document.indent_at(self.key.start())
    }

    pub(super) fn spacing(&self) -> Option<Spacing> {
        let between = &self.document.bytes()[self.key.end()..self.value.start()];
        let delimiter = between.iter().position(|byte| matches!(byte, b'=' | b':'))?;
        if self.value.is_empty() {
            return None;
        }
        Some(Spacing { before: delimiter > 0, after: delimiter + 1 < between.len() })
    }

    /// How much deeper than the key its nested block is indented.
    fn nesting(&self) -> Option<&'d [u8]> {
        let first = self.nested_spans().find_map(Result::ok).filter(|_| self.is_block())?;
        let deeper = self.document.indent_at(first.key.start()).strip_prefix(self.indent());
        deeper.filter(|more| !more.is_empty())
    }
}

/// The last terminator in a text.
pub(super) fn last_terminator(text: &[u8]) -> Option<&[u8]> {
    let last = search::two(b'\n', b'\r').rfind(text)?;
    let first = if text[last] == b'\n' && last > 0 && text[last - 1] == b'\r' { last - 1 } else { last };
    Some(&text[first..=last])
}

/// Whether the last line of a text has a terminator.
pub(super) fn is_terminated(text: &[u8]) -> bool {
    matches!(text, [.., b'\n' | b'\r'])
}

/// The lines of a text from its end on: where each begins, and what is in it behind whitespace.
pub(super) fn lines_from_end(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        if end == 0 {
            return None;
        }
        let line = match &text[..end] {
            [line @ .., b'\r', b'\n'] | [line @ .., b'\n' | b'\r'] | line => line,
        };
        let start = search::two(b'\n', b'\r').rfind(line).map_or(0, |at| at + 1);
        end = start;
        let line = &line[start..];
        Some((start, &line[text::leading_space(line).0..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_from_the_end_with_any_terminator() {
        let text = b"a\r\n\r\n \r  b\n\n";
        let lines: Vec<_> = lines_from_end(text).collect();
        assert_eq!(lines, [(11, &b""[..]), (7, b"b"), (5, b""), (3, b""), (0, b"a")]);
        assert_eq!(last_terminator(text), Some(&b"\n"[..]));
        assert_eq!(last_terminator(b"x\r\ny"), Some(&b"\r\n"[..]));
        assert_eq!(last_terminator(b"x"), None);
    }
}
