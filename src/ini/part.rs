//! One section as a small document of its own, edited by itself: whatever is done to it costs no more than it is long.

use std::borrow::Cow;

use super::contents::NestedSpan;
use super::document::{Document, Entry, Section};
use super::guard::{self, Asked};
use super::key::{Key, same_key};
use super::layout::Layout;
use super::loss::{Intent, check_losses, check_whole};
use super::refusal::{Effect, Refusal};
use super::representable::{check_comment, check_header, check_key, check_value};
use super::span::Span;
use super::splice::Splice;
use super::text;

/// A section, and the header below it: an edit must not turn that into something else.
pub(super) struct Part {
    document: Document,
    /// Whether the document ends with another section's header.
    fenced: bool,
    pub(super) is_removed: bool,
    /// Whether a new section needs an empty line above it, whatever the document looks like.
    pub(super) is_apart: bool,
}

impl Part {
    /// The section at `index`.
    pub(super) fn of(document: &Document, index: usize) -> Part {
        let start = document.section(index).start();
        let below = (index + 1 < document.sections().len()).then(|| document.section(index + 1));
        let end = below.as_ref().map_or(document.bytes().len(), Section::body_start);
        let document = Document::parse(document.bytes()[start..end].to_vec());
        Part { document, fenced: below.is_some(), is_removed: false, is_apart: false }
    }

    /// A new section.
    pub(super) fn new(header: &str, body: &[u8], newline: &[u8]) -> Result<Part, Refusal> {
        check_header(header)?;
        let mut text = [b"[", header.as_bytes(), b"]", newline, body].concat();
        if !super::layout::is_terminated(&text) {
            text.extend_from_slice(newline);
        }
        let part =
            Part { document: Document::parse(text), fenced: false, is_removed: false, is_apart: false };
        if part.document.sections().len() == 1 { Ok(part) } else { Err(Refusal::Entangled { line: 1 }) }
    }

    /// A new section with a comment directly below its header, and entries in this order.
    pub(super) fn commented(
        header: &str,
        comment: &str,
        entries: &[(Key<'_>, &str)],
        layout: &Layout<'_>,
    ) -> Result<Part, Refusal> {
        check_comment(comment)?;
        let mut part = Part::new(header, b"", layout.newline())?;
        for (key, value) in entries {
            part.set(*key, value, false, layout)?;
        }
        let below = part.section().body_start();
        let line = [comment.as_bytes(), layout.newline()].concat();
        let document = part.document.spliced(&Splice::new(below..below, line));
        guard::check(&part.document, &document, &Asked::Comment(comment.as_bytes()))?;
        Ok(Part { document, is_apart: true, ..part })
    }

    /// The text without the header below. Of a removed section it is what stays: comments behind its last entry.
    pub(super) fn text(&self) -> &[u8] {
        let below = if self.fenced { self.document.sections().next_back() } else { None };
        &self.document.bytes()[..below.map_or(self.document.bytes().len(), |below| below.start())]
    }

    pub(super) fn section(&self) -> Section<'_> {
        self.document.section(0)
    }

    /// Keeps little more than the text: there may be thousands of these until they are put together.
    pub(super) fn set_aside(&mut self) {
        self.document.lines.take();
    }

    pub(super) fn set(
        &mut self,
        key: Key<'_>,
        value: &str,
        replace: bool,
        layout: &Layout<'_>,
    ) -> Result<Vec<u32>, Refusal> {
        check_key(key)?;
        check_value(value, key.nested.is_some())?;
        if !replace {
            check_losses(&self.section(), key, Intent::Set)?;
        }
        let (edited, repetitions) = without_repetitions(&self.document, key)?;
        let section = edited.section(0);
        let splice = match (section.entry(key.name), key.nested) {
            (None, _) => section.insertion(key, value, layout),
            (Some(entry), None) => {
                let count = entry.nested_spans().flatten().count();
                if entry.is_block() && count > 0 && !replace {
                    let (key, line) = (key.name.to_owned(), entry.line());
                    return Err(Refusal::BlockInTheWay { key, line, count });
                }
                entry.value_replacement(value)
            }
            (Some(entry), Some(nested)) => {
                if !entry.is_block() && !entry.value.is_empty() {
                    return Err(Refusal::TextInTheWay { key: key.name.to_owned(), line: entry.line() });
                }
                let spans = entry.nested_spans().filter_map(Result::ok);
                match spans.filter(|span| edited.text(span.key) == nested).last() {
                    Some(span) => edited.filled(span.value, value),
                    None => entry.nested_insertion(nested, value, layout),
                }
            }
        };
        let asked = Asked::Key(key);
        let after = applied(&edited, &splice, &asked).or_else(|refusal| {
            // Above a line that may be the header of another section there may be no place for it; below there is.
            let below = replace.then(|| section.insertion_below(key, value, layout)).flatten();
            let last = below.ok_or(refusal)?;
            applied(&edited, &last, &asked)
        })?;
        if !reads_back(&after.section(0), key, value) {
            return Err(Refusal::Entangled { line: 1 });
        }
        self.document = after;
        Ok(repetitions)
    }

    pub(super) fn unset(&mut self, key: Key<'_>, replace: bool) -> Result<Option<Vec<u32>>, Refusal> {
        if !replace {
            check_losses(&self.section(), key, Intent::Unset)?;
        }
        let (edited, repetitions) = without_repetitions(&self.document, key)?;
        let section = edited.section(0);
        let Some(entry) = section.entry(key.name) else {
            return Ok(None);
        };
        let splice = match key.nested {
            None => entry.removal(),
            Some(nested) => {
                let spans: Vec<NestedSpan> = entry.nested_spans().filter_map(Result::ok).collect();
                let (gone, kept): (Vec<&NestedSpan>, Vec<&NestedSpan>) =
                    spans.iter().partition(|span| edited.text(span.key) == nested);
                if gone.is_empty() {
                    return Ok(None);
                }
                if kept.is_empty() {
                    entry.removal()
                } else {
                    entry.without_lines(&gone.iter().map(|span| span.at).collect::<Vec<_>>())
                }
            }
        };
        self.document = applied(&edited, &splice, &Asked::Key(key))?;
        Ok(Some(repetitions))
    }

    /// Removes the section with its entries and the comments among them. Comments behind its last entry stay: they are
    /// above the next header and may be about it.
    pub(super) fn remove(&mut self) -> Result<(), Refusal> {
        check_whole(&self.section(), Effect::Change)?;
        let splice = self.section().removal();
        self.document = applied(&self.document, &splice, &Asked::Lines(splice.range.clone()))?;
        self.is_removed = true;
        Ok(())
    }

    /// Gives the section another header; what is behind its bracket stays.
    pub(super) fn rename(&mut self, header: &str) -> Result<(), Refusal> {
        check_header(header)?;
        let name = self.section().name_span();
        let splice = Splice::new(name.start()..name.end(), header);
        self.document = applied(&self.document, &splice, &Asked::Header)?;
        Ok(())
    }

    /// Gives the section the header that its author meant. A comment behind the bracket, which is a part of the name because it
    /// has a bracket, too, gets a line of its own below.
    pub(super) fn repair_header(&mut self, header: &str, newline: &[u8]) -> Result<(), Refusal> {
        check_header(header)?;
        let (section, bytes) = (self.section(), self.document.bytes());
        let name = section.name_span();
        let meant = name.of(bytes).iter().position(|byte| *byte == b']');
        let end = section.body_start() - self.document.lines()[section.header()].terminator(bytes).len();
        let behind = meant.map_or(Span::new(end, end), |at| Span::new(name.start() + at + 1, end));
        let comment = text::trim(bytes, behind).of(bytes).to_vec();
        if !comment.starts_with(b"#") && !comment.starts_with(b";") {
            return self.rename(header);
        }
        let lines = [header.as_bytes(), b"]", newline, &comment].concat();
        let splice = Splice::new(name.start()..end, lines);
        self.document = applied(&self.document, &splice, &Asked::HeaderAndComment(&comment))?;
        Ok(())
    }

    /// A copy of the section under another header, without the comments that are to be left out.
    pub(super) fn copy(
        &self,
        header: &str,
        newline: &[u8],
        is_left_out: fn(&str) -> bool,
    ) -> Result<Part, Refusal> {
        check_whole(&self.section(), Effect::Copy)?;
        Part::new(header, &self.section().body(is_left_out), newline)
    }
}

/// The document without all but the last of several entries of the first section with one key, and their lines.
fn without_repetitions<'d>(
    document: &'d Document,
    key: Key<'_>,
) -> Result<(Cow<'d, Document>, Vec<u32>), Refusal> {
    let section = document.section(0);
    let mut same: Vec<Entry<'_>> =
        section.entries().filter(|entry| same_key(entry.key(), key.name)).collect();
    same.pop();
    let removals: Vec<Splice> = same.iter().map(Entry::removal).collect();
    let Some(splice) = Splice::joined(&removals, document.bytes()) else {
        return Ok((Cow::Borrowed(document), Vec::new()));
    };
    let edited = applied(document, &splice, &Asked::Key(Key::plain(key.name)))?;
    Ok((Cow::Owned(edited), same.iter().map(Entry::line).collect()))
}

/// The document with a splice, unless that changes more than was asked for.
fn applied(document: &Document, splice: &Splice, asked: &Asked<'_>) -> Result<Document, Refusal> {
    let after = document.spliced(splice);
    guard::check(document, &after, asked)?;
    Ok(after)
}

fn reads_back(section: &Section<'_>, key: Key<'_>, value: &str) -> bool {
    let Some(read) = section.entry(key.name).map(|entry| entry.value()) else { return false };
    match key.nested {
        None => read.as_text().is_some_and(|text| text.expose() == value),
        Some(nested) => read.nested(nested).is_some_and(|found| found.value.expose() == value),
    }
}
