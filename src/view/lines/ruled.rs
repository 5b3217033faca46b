//! The lines of a file as an SDK with rules for files reads them.

use std::collections::BTreeMap;
use std::str::from_utf8;

use super::made::{Made, Twin};
use crate::ini::Document;
use crate::ini::dialect::{self, Block, What};
use crate::profile::{File, FileKind};
use crate::sdk::{FileRules, NotUtf8};
use crate::view::heading::Heading;

/// What each line is, the first one at index 0.
pub(super) fn lines<'d>(rules: &FileRules, file: &File<'d>) -> Vec<Made<'d>> {
    let document = file.document;
    let mut lines = Lines(vec![Made::Nothing; document.lines().len()]);
    if let (NotUtf8::EmptyFile, Err(error)) = (rules.not_utf8, from_utf8(document.bytes())) {
        lines.0.fill(Made::Unread);
        lines.set(document.line_at(error.valid_up_to()), Made::Emptied);
        return lines.0;
    }
    let reading = dialect::read(document, &rules.dialect);
    let headings: Vec<Heading> =
        reading.sections.iter().map(|block| Heading::read(rules, file.kind, &block.text())).collect();
    let default = Heading::Profile("default".to_owned());
    let line_of = |wanted: &Heading| headings.iter().position(|heading| heading == wanted);
    let prefixed = line_of(&default).map(|at| reading.sections[at].line);
    let unprefixed = line_of(&Heading::Unprefixed("default".to_owned())).map(|at| reading.sections[at].line);
    let mut seen: BTreeMap<&Heading, u32> = BTreeMap::new();
    let mut unread: Vec<(u32, u32)> = Vec::new();
    for (at, (block, heading)) in reading.sections.iter().zip(&headings).enumerate() {
        let first = *seen.entry(heading).or_insert(block.line);
        let twin = match (heading, prefixed, unprefixed) {
            (Heading::Unprefixed(name), Some(line), _) if name == "default" => Twin::Under(line),
            _ if first != block.line && *heading != Heading::Ignored => Twin::With(first),
            (heading, _, Some(line)) if *heading == default && file.kind == FileKind::Config => {
                Twin::Over(line)
            }
            _ => Twin::None,
        };
        if *heading == Heading::Ignored || matches!(twin, Twin::Under(_)) {
            let next = reading.sections.get(at + 1).map_or(u32::MAX, |next| next.line);
            lines.fill(block.line + 1, next, &Made::Unread);
            unread.push((block.line, next));
        } else {
            lines.block(rules, document, block);
        }
        lines.set(block.line, Made::Header(named(heading), twin));
    }
    let is_unread = |line: u32| {
        let at = unread.partition_point(|(start, _)| *start < line);
        at > 0 && line < unread[at - 1].1
    };
    for malformed in reading.malformed {
        let is_checked = rules.headers.ignored_are_checked || malformed.what == What::Unclosed;
        if is_checked || !is_unread(malformed.line) {
            lines.set(malformed.line, Made::Refused(malformed.what.to_string()));
        }
    }
    lines.0
}

/// The heading, whatever it is spelled like.
fn named(heading: &Heading) -> Heading {
    match heading {
        Heading::Unprefixed(name) => Heading::Profile(name.clone()),
        heading => heading.clone(),
    }
}

struct Lines<'d>(Vec<Made<'d>>);

impl<'d> Lines<'d> {
    fn set(&mut self, line: u32, made: Made<'d>) {
        if let Some(at) = self.0.get_mut((line as usize).saturating_sub(1)) {
            *at = made;
        }
    }

    /// Sets the lines up to that before `end`.
    fn fill(&mut self, start: u32, end: u32, made: &Made<'d>) {
        let end = (end as usize - 1).min(self.0.len());
        if let Some(lines) = self.0.get_mut(start as usize - 1..end) {
            lines.fill(made.clone());
        }
    }

    fn block(&mut self, rules: &FileRules, document: &'d Document, block: &Block<'d>) {
        for pair in &block.pairs {
            let value = pair.first.text();
            let is_set = rules.sets_empty || !value.is_empty() || !pair.subs.is_empty();
            let key = Made::Key { name: pair.first.name(), value };
            self.set(pair.first.line, if is_set { key } else { Made::NotSet });
            for more in &pair.more {
                self.set(document.line_at(more.start()), Made::Continues { of: pair.first.line });
            }
            for sub in &pair.subs {
                let made = Made::sub_key(&pair.first.name(), pair.first.line, sub.name(), sub.text());
                self.set(sub.line, made);
            }
        }
    }
}
