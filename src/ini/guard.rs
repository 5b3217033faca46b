//! The law of editing, checked on every edit before it counts: whatever was not asked about reads as before.

use std::borrow::Cow;
use std::ops::Range;

use zeroize::Zeroizing;

use super::contents::{NoEquals, lowered};
use super::document::{Document, Kind};
use super::edit::{Key, Refusal};

/// What an edit may change.
pub(super) enum Asked<'k> {
    /// One key of one section.
    Key { section: usize, key: Key<'k> },
    /// The text of one header.
    Header { section: usize },
    /// One section more at the end.
    NewSection,
    /// Fewer lines: those within a range of bytes.
    Lines { range: Range<usize> },
}

/// One thing that a document says. Blank lines say nothing by themselves.
#[derive(PartialEq)]
enum Fact<'d> {
    Header(&'d [u8]),
    Text { key: Cow<'d, str>, value: Zeroizing<String> },
    Nested { key: Cow<'d, str>, nested: &'d [u8], value: &'d [u8] },
    NestedStray { key: Cow<'d, str>, line: &'d [u8] },
    Comment(&'d [u8]),
    Stray(&'d [u8]),
}

struct Stated<'d> {
    fact: Fact<'d>,
    /// Which section it stands in, counted from 1; before the first header 0.
    section: usize,
    at: usize,
}

/// Refuses an edit from `before` to `after` that changes more than was asked for.
pub(super) fn check(before: &Document, after: &Document, asked: &Asked<'_>) -> Result<(), Refusal> {
    let untouched = |document: &Document, stated: &Stated<'_>| match asked {
        Asked::Key { section, key } => !(stated.section == section + 1 && concerns(&stated.fact, *key)),
        Asked::Header { section } => {
            !(stated.section == section + 1 && matches!(stated.fact, Fact::Header(_)))
        }
        Asked::NewSection => stated.section <= before.sections().len(),
        Asked::Lines { range } => {
            !std::ptr::eq(document, before) || !range.contains(&document.lines()[stated.at].span.start())
        }
    };
    let (stated_before, stated_after) = (facts(before), facts(after));
    let mut expected = stated_before.iter().filter(|stated| untouched(before, stated));
    let mut found = stated_after.iter().filter(|stated| untouched(after, stated));
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return Ok(()),
            (Some(expected), Some(found)) if expected.fact == found.fact => {}
            (Some(expected), _) => {
                return Err(Refusal::Entangled { line: Document::number(expected.at) });
            }
            (None, Some(found)) => {
                return Err(Refusal::Entangled { line: Document::number(found.at) });
            }
        }
    }
}

/// Whether a fact is about `key`. For a nested key this is also a parent with nothing in it, which becomes a
/// block or goes with its last line.
fn concerns(fact: &Fact<'_>, asked: Key<'_>) -> bool {
    match (fact, asked.nested) {
        (Fact::Text { key, .. } | Fact::Nested { key, .. } | Fact::NestedStray { key, .. }, None) => {
            key == asked.name
        }
        (Fact::Text { key, value }, Some(_)) => key == asked.name && value.is_empty(),
        (Fact::Nested { key, nested, .. }, Some(name)) => key == asked.name && *nested == name.as_bytes(),
        _ => false,
    }
}

fn facts(document: &Document) -> Vec<Stated<'_>> {
    let mut facts = Vec::new();
    let mut section = 0;
    let mut entries = document.sections().flat_map(|section| section.entries()).peekable();
    for (at, line) in document.lines().iter().enumerate() {
        let text = line.span.of(document.bytes()).trim_ascii();
        match line.kind {
            Kind::Blank | Kind::Continuation { .. } => {}
            Kind::Comment => facts.push(Stated { fact: Fact::Comment(text), section, at }),
            Kind::Stray(_) => facts.push(Stated { fact: Fact::Stray(text), section, at }),
            Kind::Header { name } => {
                section += 1;
                facts.push(Stated { fact: Fact::Header(name.of(document.bytes())), section, at });
            }
            Kind::Entry { .. } => {
                let Some(entry) = entries.next() else { continue };
                let key = lowered(entry.key());
                if !entry.is_block() {
                    let value =
                        entry.value().as_text().map(|text| text.expose().to_owned()).unwrap_or_default();
                    facts.push(Stated {
                        fact: Fact::Text { key, value: Zeroizing::new(value) },
                        section,
                        at,
                    });
                    continue;
                }
                facts.extend(entry.nested_spans().map(|nested| {
                    let (bytes, key) = (document.bytes(), key.clone());
                    let fact = match nested {
                        Ok(span) => {
                            Fact::Nested { key, nested: span.key.of(bytes), value: span.value.of(bytes) }
                        }
                        Err(NoEquals(at)) => {
                            Fact::NestedStray { key, line: document.lines()[at].span.of(bytes) }
                        }
                    };
                    Stated { fact, section, at }
                }));
            }
        }
    }
    facts
}
