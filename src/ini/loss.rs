//! What an edit would take away without being asked to: headers and settings that are lost in the lines that it changes.

use super::document::{Document, Entry, Section};
use super::key::{Key, same_key};
use super::line::Kind;
use super::lost::LostHeader;
use super::refusal::Refusal;

/// What is to become of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// It gets a value.
    Set,
    /// It goes.
    Unset,
}

/// Refuses an edit of `key` that would change lines below a lost header, or a value with lost settings in it.
pub(super) fn check_losses(section: &Section<'_>, key: Key<'_>, intent: Intent) -> Result<(), Refusal> {
    let lost = section.lost_headers().next();
    let mut entries = section.entries().filter(|entry| same_key(entry.key(), key.name)).peekable();
    while let Some(entry) = entries.next() {
        // Of several all but the last are removed.
        let whole = key.nested.is_none() || entries.peek().is_some();
        let end = if whole { entry.last() } else { entry.last_changed(key, intent) };
        if let Some(lost) = lost.filter(|lost| lost.line <= Document::number(end)) {
            return Err(refusal(section, lost));
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
        if let Some((stray, line)) = entry.below_stray().filter(|_| whole) {
            return Err(Refusal::BelowStray { key: key.name.to_owned(), owner: entry.line(), stray, line });
        }
    }
    Ok(())
}

/// Refuses to remove or copy a section with a lost header in it: what is below that is meant for another section.
pub(super) fn check_whole(section: &Section<'_>) -> Result<(), Refusal> {
    let end = Document::number(section.last_line());
    match section.lost_headers().next().filter(|lost| lost.line <= end) {
        Some(lost) => Err(refusal(section, lost)),
        None => Ok(()),
    }
}

fn refusal(section: &Section<'_>, lost: LostHeader) -> Refusal {
    let header = section.document.lost_text(&lost).into_owned();
    Refusal::LostHeader { header, line: lost.line, cause: lost.cause }
}

impl Entry<'_> {
    /// The first line of the value that is below one without a meaning, and the number of that one, which comes first. It was
    /// hardly meant for this value: the delimiter may be missing above it.
    fn below_stray(&self) -> Option<(u32, u32)> {
        let mut stray = None;
        self.tail().find_map(|(at, line)| match line.kind {
            Kind::Stray(_) => {
                stray = Some(at);
                None
            }
            Kind::Continuation { .. } => Some((Document::number(stray?), Document::number(at))),
            _ => None,
        })
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
