//! Which key a file has twice, and where it is first: the parser only says where it is again.

use std::ops::Range;

/// The reason for an error of the parser, with the key and the line that has it first, as far as the lines show them.
pub(super) fn reason(message: &str, text: &str, at: Option<Range<usize>>) -> String {
    let plain = || message.replace('\n', "; ");
    let Some(at) = at.filter(|_| message == "duplicate key") else { return plain() };
    let (Some(found), Some(before)) = (text.get(at.clone()), text.get(..at.start)) else { return plain() };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let (key, is_header) = key(line);
    if !key.ends_with(found.trim()) {
        // It is in the braces of an inline table.
        return format!("duplicate key `{}`", found.trim());
    }
    let mut earlier: Vec<(usize, &str)> = text[..start].lines().enumerate().collect();
    if !is_header {
        // Only the lines of this table.
        let own = earlier.iter().rposition(|(_, line)| self::key(line).1).map_or(0, |header| header + 1);
        earlier.drain(..own);
    }
    match earlier.iter().find(|(_, line)| self::key(line) == (key, is_header)) {
        Some((first, _)) => format!("duplicate key `{key}`, which is on line {} already", first + 1),
        None => format!("duplicate key `{key}`"),
    }
}

/// The key on a line, and whether the line is the header of a table.
fn key(line: &str) -> (&str, bool) {
    let line = line.trim();
    match line.strip_prefix('[') {
        Some(header) => (header.split(']').next().unwrap_or_default().trim(), true),
        None => (line.split('=').next().unwrap_or_default().trim(), false),
    }
}
