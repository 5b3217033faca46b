//! The law of editing, checked on every edit before it is made: whatever was not asked about reads as before.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashSet;
use zeroize::Zeroizing;

use super::contents::NoEquals;
use super::document::{Document, Entry};
use super::fault::FaultKind;
use super::key::{Key, lowered};
use super::line::Kind;
use super::refusal::Refusal;

/// What an edit of a section may change.
pub(super) enum Asked<'k> {
    /// One key.
    Key(Key<'k>),
    /// The text of the header.
    Header,
    /// The text of the header, and one more comment directly below it.
    HeaderAndComment(&'k [u8]),
    /// One more comment, directly below the header.
    Comment(&'k [u8]),
    /// Fewer lines: those within a range of bytes.
    Lines(Range<usize>),
}

/// One thing that a document says. Blank lines say nothing by themselves.
#[derive(PartialEq)]
enum Fact<'d> {
    Header(&'d [u8]),
    /// A value on the line of its key.
    Line {
        key: Cow<'d, str>,
        value: &'d [u8],
    },
    Text {
        key: Cow<'d, str>,
        value: Zeroizing<String>,
    },
    Nested {
        key: Cow<'d, str>,
        nested: &'d [u8],
        value: &'d [u8],
    },
    NestedStray {
        key: Cow<'d, str>,
        line: &'d [u8],
    },
    Comment(&'d [u8]),
    Stray(&'d [u8]),
}

struct Stated<'d> {
    fact: Fact<'d>,
    at: usize,
}

/// Refuses an edit of the first section of `before` that changes more than was asked for.
pub(super) fn check(before: &Document, after: &Document, asked: &Asked<'_>) -> Result<(), Refusal> {
    let (mut stated_before, mut stated_after) = (facts(before), facts(after));
    match asked {
        Asked::Key(key) => {
            stated_before.retain(|stated| !concerns(&stated.fact, *key));
            stated_after.retain(|stated| !concerns(&stated.fact, *key));
        }
        Asked::Header | Asked::HeaderAndComment(_) => {
            for stated in [&mut stated_before, &mut stated_after] {
                let header = stated.iter().position(|stated| matches!(stated.fact, Fact::Header(_)));
                header.map(|at| stated.remove(at));
            }
            if let Asked::HeaderAndComment(comment) = asked {
                let is_first =
                    stated_after.first().is_some_and(|stated| stated.fact == Fact::Comment(comment));
                is_first.then(|| stated_after.remove(0));
            }
        }
        Asked::Comment(comment) => {
            let added = stated_after.iter().position(|stated| stated.fact == Fact::Comment(comment));
            added.filter(|at| *at == 1).map(|at| stated_after.remove(at));
        }
        Asked::Lines(range) => {
            let lines = before.lines();
            stated_before.retain(|stated| !range.contains(&lines[stated.at].span.start()));
        }
    }
    compare(&stated_before, &stated_after)
}

/// Refuses to put the texts of `parts` below one another as `whole`, unless it reads as they do.
pub(super) fn check_joined(parts: &[Document], whole: &Document) -> Result<(), Refusal> {
    let stated: Vec<Stated<'_>> = parts.iter().flat_map(facts).collect();
    compare(&stated, &facts(whole))
}

fn compare(expected: &[Stated<'_>], found: &[Stated<'_>]) -> Result<(), Refusal> {
    let differs = expected.iter().zip(found).find(|(expected, found)| expected.fact != found.fact);
    let surplus = || expected.get(found.len()).or(found.get(expected.len()));
    match differs.map(|(expected, _)| expected).or_else(surplus) {
        None => Ok(()),
        Some(stated) => Err(Refusal::Entangled { line: Document::number(stated.at) }),
    }
}

/// Refuses an edit that adds UTF-8 to a text that isn't, by which a header of the same name would get a twin.
pub(super) fn check_encoding(before: &Document, after: &Document) -> Result<(), Refusal> {
    let Some(fault) = before.faults().iter().find(|fault| fault.kind == FaultKind::NotUtf8) else {
        return Ok(());
    };
    let [had, has] = [before, after].map(|document| {
        let valid = document.bytes().utf8_chunks().flat_map(|chunk| chunk.valid().chars());
        valid.filter(|c| !c.is_ascii()).count()
    });
    if has > had { Err(Refusal::NotUtf8 { line: fault.line }) } else { Ok(()) }
}

/// Refuses an edit after which a header is in the document twice that was there once: readers give up on the whole file.
pub(super) fn check_sections(before: &Document, after: &Document) -> Result<(), Refusal> {
    let [known, found] = [before, after].map(repeated);
    if found.len() <= known.len() {
        return Ok(());
    }
    let known: FxHashSet<&str> = known.into_iter().collect();
    let new = found.iter().find(|name| !known.contains(*name)).or(found.last());
    new.map_or(Ok(()), |name| Err(Refusal::RepeatedSection { header: format!("[{name}]") }))
}

/// The names of the sections that are in a document already.
fn repeated(document: &Document) -> Vec<&str> {
    let names = document.faults().iter().filter_map(|fault| match &fault.kind {
        FaultKind::RepeatedSection { name, .. } => Some(name.as_str()),
        _ => None,
    });
    names.collect()
}

/// Whether a fact is about `key`. For a nested key this is also a parent with nothing in it, which becomes a
/// block or goes with its last line.
fn concerns(fact: &Fact<'_>, asked: Key<'_>) -> bool {
    match (fact, asked.nested) {
        (
            Fact::Line { key, .. }
            | Fact::Text { key, .. }
            | Fact::Nested { key, .. }
            | Fact::NestedStray { key, .. },
            None,
        ) => key == asked.name,
        (Fact::Line { key, value }, Some(_)) => key == asked.name && value.is_empty(),
        (Fact::Nested { key, nested, .. }, Some(name)) => key == asked.name && *nested == name.as_bytes(),
        _ => false,
    }
}

fn facts(document: &Document) -> Vec<Stated<'_>> {
    let (bytes, lines) = (document.bytes(), document.lines());
    let mut facts = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let text = line.span.of(bytes).trim_ascii();
        match line.kind {
            Kind::Blank | Kind::Continuation { .. } => {}
            Kind::Comment => facts.push(Stated { fact: Fact::Comment(text), at }),
            Kind::Stray(_) => facts.push(Stated { fact: Fact::Stray(text), at }),
            Kind::Header { name } => facts.push(Stated { fact: Fact::Header(name.of(bytes)), at }),
            Kind::Entry { key, value } => {
                let entry = Entry { document, at, line: line.span, key, value };
                let key = lowered(entry.key());
                let below = lines[at + 1..].iter().take_while(|line| !line.is_entry_or_header());
                if !document.has_continuations()
                    || !below.clone().any(|line| matches!(line.kind, Kind::Continuation { .. }))
                {
                    facts.push(Stated { fact: Fact::Line { key, value: value.of(bytes) }, at });
                } else if !entry.is_block() {
                    let value = entry.value();
                    let value = value.as_text().map(|text| text.expose().to_owned()).unwrap_or_default();
                    let value = Zeroizing::new(value);
                    facts.push(Stated { fact: Fact::Text { key, value }, at });
                } else {
                    facts.extend(entry.nested_spans().map(|nested| {
                        let key = key.clone();
                        let fact = match nested {
                            Ok(span) => {
                                Fact::Nested { key, nested: span.key.of(bytes), value: span.value.of(bytes) }
                            }
                            Err(NoEquals(at)) => Fact::NestedStray { key, line: lines[at].span.of(bytes) },
                        };
                        Stated { fact, at }
                    }));
                }
            }
        }
    }
    facts
}
