//! What an edit would take away without being asked to: headers and settings that are lost in the
//! lines that it changes, and whatever is below a line without a meaning.

use super::document::{Document, Entry, Section};
use super::key::{Key, same_key};
use super::line::Kind;
use super::lost::LostHeader;
use super::refusal::{Effect, Refusal};

/// What is to become of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// It gets a value.
    Set,
    /// It goes.
    Unset,
}

/// A line of a section below which lines may belong to another one.
#[derive(Clone, Copy)]
pub(super) enum Barrier {
    /// A header that isn't read as one.
    Lost(LostHeader),
    /// A line without a meaning: it may have been meant for a header.
    Stray(u32),
}

impl Barrier {
    /// The line number, counted from 1.
    pub(super) fn line(self) -> u32 {
        match self {
            Barrier::Lost(lost) => lost.line,
            Barrier::Stray(line) => line,
        }
    }
}

impl Section<'_> {
    /// The first such line.
    pub(super) fn barrier(&self) -> Option<Barrier> {
        let lost = self.lost_headers().next();
        let lines = &self.document.lines()[self.header()..self.end()];
        let stray = lines.iter().position(|line| matches!(line.kind, Kind::Stray(_)));
        let stray = stray.map(|at| Document::number(self.header() + at));
        match (lost, stray) {
            (Some(lost), Some(stray)) if stray < lost.line => Some(Barrier::Stray(stray)),
            (lost, stray) => lost.map(Barrier::Lost).or(stray.map(Barrier::Stray)),
        }
    }
}

/// Refuses an edit of `key` that would change lines below a barrier, or a value with lost settings in it.
pub(super) fn check_losses(section: &Section<'_>, key: Key<'_>, intent: Intent) -> Result<(), Refusal> {
    let barrier = section.barrier();
    let mut entries = section.entries().filter(|entry| same_key(entry.key(), key.name)).peekable();
    while let Some(entry) = entries.next() {
        // Of several all but the last are removed.
        let whole = key.nested.is_none() || entries.peek().is_some();
        let end = if whole { entry.last() } else { entry.last_changed(key, intent) };
        match barrier.filter(|barrier| barrier.line() <= Document::number(end)) {
            Some(Barrier::Lost(lost)) => return Err(lost_header(section, lost, Effect::Change)),
            Some(Barrier::Stray(stray)) => return Err(entry.behind(stray, key, Document::number(end))),
            None => {}
        }
        let count = entry.nested_spans().flatten().count();
        let is_asked = key.nested.is_none() && intent == Intent::Unset;
        if entries.peek().is_some() && count > 0 && !is_asked {
            return Err(Refusal::BlockInTheWay { key: key.name.to_owned(), line: entry.line(), count });
        }
        if let Some(setting) = entry.lost_settings().next().filter(|_| whole) {
            return Err(Refusal::LostSetting {
                lost: setting.key.map(str::to_owned),
                line: setting.line,
                cause: setting.cause,
            });
        }
    }
    Ok(())
}

/// Refuses to remove or copy a section with a barrier in it: what is below that may be meant for another section.
pub(super) fn check_whole(section: &Section<'_>, effect: Effect) -> Result<(), Refusal> {
    let end = Document::number(section.last_line());
    match section.barrier().filter(|barrier| barrier.line() <= end) {
        Some(Barrier::Lost(lost)) => Err(lost_header(section, lost, effect)),
        Some(Barrier::Stray(stray)) => Err(Refusal::StrayWithin { stray, effect }),
        None => Ok(()),
    }
}

fn lost_header(section: &Section<'_>, lost: LostHeader, effect: Effect) -> Refusal {
    let header = section.document.lost_text(&lost).into_owned();
    Refusal::LostHeader { header, line: lost.line, cause: lost.cause, effect }
}

impl Entry<'_> {
    /// Why an edit of this entry, up to the line `end`, is refused below a line without a meaning. If that is among the lines of
    /// the value, the delimiter may be missing there.
    fn behind(&self, stray: u32, key: Key<'_>, end: u32) -> Refusal {
        if stray < self.line() || key.nested.is_some() {
            let name =
                key.nested.map_or_else(|| key.name.to_owned(), |nested| format!("{}.{nested}", key.name));
            let line = if stray < self.line() { self.line() } else { end };
            return Refusal::BehindStray { key: name, line, stray };
        }
        let below = self.tail().find(|(at, line)| {
            matches!(line.kind, Kind::Continuation { .. }) && Document::number(*at) > stray
        });
        let line = below.map_or(end, |(at, _)| Document::number(at));
        Refusal::BelowStray { key: key.name.to_owned(), owner: self.line(), stray, line }
    }

    /// The index of the last line that an edit of the nested `key` changes.
    fn last_changed(&self, key: Key<'_>, intent: Intent) -> usize {
        let spans: Vec<_> = self.nested_spans().filter_map(Result::ok).collect();
        let is_asked = |span: &&super::contents::NestedSpan| {
            key.nested.is_some_and(|nested| self.document.text(span.key) == nested)
        };
        if intent == Intent::Unset && !spans.is_empty() && spans.iter().all(|span| is_asked(&span)) {
            return self.last();
        }
        spans.iter().filter(is_asked).last().map_or(self.at, |span| span.at)
    }
}
