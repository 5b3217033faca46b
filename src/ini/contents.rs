//! What the entries of a document mean to botocore: joined lines, nested blocks, inherited defaults.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::by_key::{ByKey, FEW, Spans};
use super::document::{Document, Entry, Section};
use super::key::{Key, same_key};
use super::keys::Marks;
use super::line::Kind;
use super::span::Span;
use super::text;
use crate::secret::Secret;
use crate::text::search;

/// The value of a key. Any value may be a secret, so `Debug` shows none.
#[derive(Clone, Debug)]
pub enum Value {
    /// Plain text; a value over several lines is joined by line feeds.
    Text(Secret),
    /// An indented block of `key = value` lines below a key with nothing behind its delimiter.
    Block(Vec<Nested>),
}

/// One line of a [`Value::Block`].
#[derive(Clone, Debug)]
pub struct Nested {
    /// The key, in its own case.
    pub key: String,
    /// The text behind the first `=`.
    pub value: Secret,
    /// The line number, counted from 1.
    pub line: u32,
}

impl Value {
    /// The text of a plain value.
    pub fn as_text(&self) -> Option<&Secret> {
        match self {
            Value::Text(text) => Some(text),
            Value::Block(_) => None,
        }
    }

    /// The line of a block whose key is `key`; of several, the last one.
    pub fn nested(&self, key: &str) -> Option<&Nested> {
        match self {
            Value::Text(_) => None,
            Value::Block(lines) => lines.iter().rev().find(|line| line.key == key),
        }
    }
}

/// One line of a nested block, as spans.
#[derive(Clone, Copy)]
pub(super) struct NestedSpan {
    /// The index of the document's line that it is on.
    pub(super) at: usize,
    pub(super) key: Span,
    pub(super) value: Span,
}

/// A line of a nested block that has no `=`; carries the index of its line.
pub(super) struct NoEquals(pub(super) usize);

impl<'d> Entry<'d> {
    /// The value as botocore reads it. Lines of a block that have no `=` are left out: they are a
    /// [`Fault`](super::Fault).
    pub fn value(&self) -> Value {
        let document = self.document;
        if self.is_block() {
            let lines = self.nested_spans().filter_map(Result::ok).map(|nested| Nested {
                key: document.text(nested.key).into_owned(),
                value: Secret::new(document.text(nested.value)),
                line: Document::number(nested.at),
            });
            return Value::Block(lines.collect());
        }
        let mut joined = document.text(self.value).into_owned();
        for (_, line) in self.tail() {
            match line.kind {
                Kind::Blank => joined.push('\n'),
                Kind::Continuation { text } => {
                    joined.push('\n');
                    joined.push_str(&document.text(text));
                }
                _ => {}
            }
        }
        joined.truncate(joined.trim_end_matches(text::is_space).len());
        Value::Text(Secret::new(joined))
    }

    /// The text of a plain value, without a copy where it is on one line; nothing for a nested block.
    pub fn text(&self) -> Option<Cow<'d, str>> {
        if self.document.has_continuations() {
            return self.value().as_text().map(|text| Cow::Owned(text.expose().to_owned()));
        }
        Some(self.document.text(self.value))
    }

    /// Whether the value is a nested block: nothing behind the delimiter, and a continuation below.
    pub fn is_block(&self) -> bool {
        self.value.is_empty() && self.tail().any(|(_, line)| matches!(line.kind, Kind::Continuation { .. }))
    }

    /// The lines of a nested block. A line of the document holds several where it has one of the separators
    /// that `str.splitlines` knows beyond LF and CR.
    pub(super) fn nested_spans(&self) -> impl Iterator<Item = Result<NestedSpan, NoEquals>> + use<'d> {
        let bytes = self.document.bytes();
        self.tail()
            .filter_map(|(at, line)| match line.kind {
                Kind::Continuation { text } => Some((at, text)),
                _ => None,
            })
            .flat_map(move |(at, continuation)| {
                text::split_lines(bytes, continuation)
                    .into_iter()
                    .map(move |piece| text::trim(bytes, piece))
                    .filter(|piece| !piece.is_empty())
                    .map(move |piece| {
                        let equals = search::one(b'=').find(piece.of(bytes)).ok_or(NoEquals(at))?;
                        let equals = piece.start() + equals;
                        let key = text::trim(bytes, Span::new(piece.start(), equals));
                        let value = text::trim(bytes, Span::new(equals + 1, piece.end()));
                        Ok(NestedSpan { at, key, value })
                    })
            })
    }
}

impl<'d> Section<'d> {
    /// The entry for `key`; of several the last one counts, as for the readers that accept duplicates.
    pub fn entry(&self, key: &str) -> Option<Entry<'d>> {
        self.entries().filter(|entry| same_key(entry.key(), key)).last()
    }

    /// The comments among its entries and above them, without whitespace around. Those behind the last entry are above
    /// the next header, and may be about it.
    pub fn comments(&self) -> impl Iterator<Item = &'d [u8]> {
        let (bytes, last) = (self.document.bytes(), self.last_line());
        let lines = &self.document.lines()[self.header() + 1..=last];
        let comments = lines.iter().filter(|line| line.kind == Kind::Comment);
        comments.map(|line| line.span.of(bytes).trim_ascii())
    }

    /// The line number of `key`, counted from 1.
    pub fn line_of(&self, key: Key<'_>) -> Option<u32> {
        let entry = self.entry(key.name)?;
        match key.nested {
            None => Some(entry.line()),
            Some(nested) => entry.value().nested(nested).map(|nested| nested.line),
        }
    }
}

/// The entries of a section, read once for whoever asks for many keys.
#[derive(Clone, Debug)]
pub struct Contents<'d> {
    entries: Vec<Entry<'d>>,
    /// Made for the first key of a section that has many.
    by_key: OnceCell<ByKey<Entry<'d>>>,
    /// Of all keys, inherited ones included.
    marks: Marks,
    /// Whether all own keys are ASCII: then none of another length is the same.
    is_ascii: bool,
}

impl<'d> Contents<'d> {
    /// Reads the section.
    pub fn of(section: &Section<'d>) -> Contents<'d> {
        let entries: Vec<Entry<'d>> = section.entries().collect();
        let is_ascii = entries.iter().all(|entry| entry.key().is_ascii());
        // Hardly any file has keys that others inherit.
        let is_open = !is_ascii || section.document.inherits();
        let marks = if is_open { Marks::ANY } else { Marks::of(entries.iter().map(Entry::key)) };
        Contents { entries, by_key: OnceCell::new(), marks, is_ascii }
    }

    #[inline]
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// The same as [`Section::entry`].
    pub fn entry(&self, key: &str) -> Option<Entry<'d>> {
        if self.entries.len() > FEW {
            let by_key =
                self.by_key.get_or_init(|| ByKey::of(self.entries.iter().map(|entry| (entry.key(), *entry))));
            return by_key.find(key);
        }
        let may_be = |entry: &Entry<'_>| !self.is_ascii || entry.key().len() == key.len();
        self.entries.iter().rfind(|entry| may_be(entry) && same_key(entry.key(), key)).copied()
    }
}

impl Document {
    /// Whether there is a section that all others inherit from.
    pub(super) fn inherits(&self) -> bool {
        !self.inherited.is_empty()
    }

    /// The sections that all others inherit from.
    pub(super) fn inherited_sections(&self) -> impl Iterator<Item = Section<'_>> {
        self.inherited.iter().map(|index| self.section(*index as usize))
    }

    /// The entry for `key` that every section of the document inherits from `[DEFAULT]`.
    pub fn inherited(&self, key: &str) -> Option<Entry<'_>> {
        if !self.inherits() {
            return None;
        }
        let by_key = self.inherited_keys.get_or_init(|| {
            ByKey::of(self.inherited_entries().map(|entry| {
                let Entry { at, line, key, value, .. } = entry;
                (entry.key(), Spans { at, line, key, value })
            }))
        });
        let Spans { at, line, key, value } = by_key.find(key)?;
        Some(Entry { document: self, at, line, key, value })
    }

    /// All entries of `[DEFAULT]`, of which there may be several.
    pub fn inherited_entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.inherited_sections().flat_map(|section| section.entries())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;
    use crate::ini::{lowered, same_key};

    /// A document whose first section has `size` keys of each of two kinds, and which inherits as many.
    fn with_keys(size: usize) -> Document {
        let line = |letter: &str, at: usize| format!("{letter}{at} = {at}\n");
        let keys = |letter: &str| (0..size).map(|at| line(letter, at)).collect::<String>();
        let text = format!("[own]\n{}{}[DEFAULT]\n{}", keys("Key"), keys("\u{212a}É"), keys("other"));
        Document::parse(text.into_bytes())
    }

    #[test]
    fn a_key_among_many_is_the_one_that_a_search_finds_last() {
        for size in [3, 200] {
            let document = with_keys(size);
            let section = document.section(0);
            let contents = Contents::of(&section);
            let all: Vec<_> = section.entries().chain(document.inherited_entries()).collect();
            for entry in &all {
                let written = String::from_utf8(entry.key().to_vec()).unwrap();
                let upper = written.to_uppercase();
                for name in [lowered(entry.key()).into_owned(), written, upper] {
                    let is_it = |entry: &Entry<'_>| same_key(entry.key(), &name);
                    let line = |entry: Option<Entry<'_>>| entry.map(|entry| entry.line());
                    let own = section.entries().filter(is_it).last();
                    assert_eq!(line(contents.entry(&name)), line(own), "{name}");
                    let inherited = document.inherited_entries().filter(is_it).last();
                    assert_eq!(line(document.inherited(&name)), line(inherited), "{name}");
                }
            }
        }
    }

    #[test]
    fn each_of_many_keys_is_found_by_linear_work() {
        assert_linear(|size| {
            let document = with_keys(size);
            move || {
                let section = document.section(0);
                let contents = Contents::of(&section);
                for at in 0..size {
                    assert!(contents.entry(&format!("key{at}")).is_some());
                    assert!(document.inherited(&format!("other{at}")).is_some());
                }
            }
        });
    }

    #[test]
    fn a_key_is_found_by_its_lower_case_whatever_its_length() {
        // The Kelvin sign, of three bytes, is `k` in lower case.
        let document = Document::parse("[a]\n\u{212a}ey = 1\nother = 2\n[b]\nKEY = 3\n".as_bytes().to_vec());
        for section in document.sections() {
            let contents = Contents::of(&section);
            for key in ["key", "other", "ke", "keys", "\u{212a}ey"] {
                let line = section.entry(key).map(|entry| entry.line());
                assert_eq!(contents.entry(key).map(|entry| entry.line()), line, "{key}");
                let marks = [contents.marks(), document.marks()];
                assert!(line.is_none() || marks.iter().all(|marks| marks.may_have(key)), "{key}");
            }
            assert!(section.entry("key").is_some());
        }
        let document = Document::parse("[a]\nregion = 1\n[DEFAULT]\noutput = 2\n".as_bytes().to_vec());
        let may_have = ["region", "output", "role_arn"].map(|key| document.marks().may_have(key));
        assert_eq!(may_have, [true, true, false]);
    }
}
