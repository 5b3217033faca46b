//! The header of a table from which the last setting was removed.

use std::ops::Range;

/// The lines to remove with the last setting of the table whose header is at `header`: the header, and the blank lines that
/// separate it. `None` where the table has anything else, or a comment that may be of it.
pub(super) fn lines(text: &str, header: usize) -> Option<Range<usize>> {
    let start = text[..header].rfind('\n').map_or(0, |end| end + 1);
    let (line, rest) = text[start..].split_once('\n').unwrap_or((&text[start..], ""));
    let is_plain =
        line.trim_start().starts_with('[') && line.trim_end().ends_with(']') && !line.contains('#');
    let next = rest.trim_start_matches([' ', '\t', '\r', '\n']);
    let last = text[..start].lines().last().unwrap_or_default();
    if !is_plain || !(next.is_empty() || next.starts_with('[')) || last.trim_start().starts_with('#') {
        return None;
    }
    if next.is_empty() {
        let before = text[..start].trim_end();
        let end = text[before.len()..].find('\n').map_or(before.len(), |at| before.len() + at + 1);
        return Some(if before.is_empty() { 0 } else { end }..text.len());
    }
    // The spaces before the next header stay.
    let blank = &rest[..rest.len() - next.len()];
    let behind = text.len() - rest.len() + blank.rfind('\n').map_or(0, |end| end + 1);
    Some(start..behind)
}
