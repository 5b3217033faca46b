//! Where a new line goes.

use super::document::{Document, Entry, Section};
use super::key::Key;
use super::layout::{Layout, Spacing, is_terminated, last_terminator};
use super::line::Kind;
use super::loss::Barrier;
use super::splice::Splice;

impl Section<'_> {
    /// A new entry in the section, which has none for `key.name`: below its last entry, as deep as that, so that
    /// whatever follows can't become its continuation.
    ///
    /// Lines below a barrier may be meant for another section, so there it goes above.
    pub(super) fn insertion(&self, key: Key<'_>, value: &str, layout: &Layout<'_>) -> Splice {
        let end = self.barrier().map_or(u32::MAX, Barrier::line);
        let last = self.entries().take_while(|entry| Document::number(entry.last()) < end).last();
        self.insertion_behind(last, key, value, layout)
    }

    /// A new entry below the barrier of the section, if there is one.
    pub(super) fn insertion_below(&self, key: Key<'_>, value: &str, layout: &Layout<'_>) -> Option<Splice> {
        self.barrier()?;
        (self.entry(key.name).is_none())
            .then(|| self.insertion_behind(self.entries().last(), key, value, layout))
    }

    fn insertion_behind(
        &self,
        last: Option<Entry<'_>>,
        key: Key<'_>,
        value: &str,
        layout: &Layout<'_>,
    ) -> Splice {
        let at = last.map_or(self.header(), |entry| entry.last());
        let indent = match last {
            Some(entry) => entry.indent(),
            None => self.indent_below(),
        };
        self.document.insert_below(at, &layout.entry(self, indent, key, value), layout)
    }

    /// The indentation of what follows the header of a section without entries: a header may be indented, and
    /// below a key that is less so it would be taken for the key's continuation.
    fn indent_below(&self) -> &[u8] {
        let below = self.document.lines()[self.header() + 1..].iter();
        let next = below.copied().find(|line| !matches!(line.kind, Kind::Blank | Kind::Comment));
        next.map_or(b"", |line| line.indent(self.document.bytes()))
    }
}

impl Document {
    /// Whole lines below the line at `at`, which gets a terminator if it has none.
    fn insert_below(&self, at: usize, lines: &[Vec<u8>], layout: &Layout<'_>) -> Splice {
        let position = self.lines()[at].span.end();
        let above = &self.bytes()[..position];
        let newline = last_terminator(above).unwrap_or(layout.newline());
        let mut text = if is_terminated(above) { Vec::new() } else { newline.to_vec() };
        for line in lines {
            text.extend_from_slice(line);
            text.extend_from_slice(newline);
        }
        Splice::new(position..position, text)
    }
}

impl Entry<'_> {
    /// A new line in the nested block, as deep as its neighbor above.
    pub(super) fn nested_insertion(&self, nested: &str, value: &str, layout: &Layout<'_>) -> Splice {
        let document = self.document;
        let barrier = self.barrier_within();
        let above = self.spans_above(barrier);
        let (at, indent) = match above {
            Some(span) => {
                let indent = document.lines()[span.at].indent(document.bytes());
                (if barrier.is_some() { span.at } else { self.last() }, indent.to_vec())
            }
            None => (self.at, [self.indent(), layout.nesting()].concat()),
        };
        let spacing = match above {
            Some(span) if !span.value.is_empty() => {
                let between = &document.bytes()[span.key.end()..span.value.start()];
                Spacing { before: between.first() != Some(&b'='), after: between.last() != Some(&b'=') }
            }
            _ => Spacing::USUAL,
        };
        document.insert_below(at, &[spacing.line(&indent, nested, value)], layout)
    }
}
