//! What the format can hold: anything else would be read back as something else.

use super::key::Key;
use super::refusal::Refusal;
use super::text;

pub(super) fn check_key(key: Key<'_>) -> Result<(), Refusal> {
    for name in [Some(key.name), key.nested].into_iter().flatten() {
        check_text("a key", name, &[('=', "`=`"), (':', "`:`")])?;
        if name.is_empty() {
            return Err(Refusal::Empty { part: "a key" });
        }
        if let Some(start @ ('#' | ';' | '[')) = name.chars().next() {
            return Err(Refusal::KeyStart(start));
        }
    }
    key.nested.map_or(Ok(()), |nested| check_separators("a key in a nested block", nested))
}

pub(super) fn check_value(value: &str, nested: bool) -> Result<(), Refusal> {
    check_text("a value", value, &[])?;
    if nested { check_separators("a value in a nested block", value) } else { Ok(()) }
}

/// Checks the text between the brackets of a header.
pub(super) fn check_header(header: &str) -> Result<(), Refusal> {
    const PART: &str = "a section name";
    if header.is_empty() {
        return Err(Refusal::Empty { part: PART });
    }
    check_characters(PART, header, &[(']', "`]`")])
}

/// Checks a comment with its `#`.
pub(super) fn check_comment(comment: &str) -> Result<(), Refusal> {
    const PART: &str = "a comment";
    if !comment.starts_with('#') {
        return Err(Refusal::Empty { part: PART });
    }
    check_characters(PART, comment, &[])
}

fn check_text(part: &'static str, text: &str, forbidden: &[(char, &'static str)]) -> Result<(), Refusal> {
    check_characters(part, text, forbidden)?;
    if text.starts_with(text::is_space) || text.ends_with(text::is_space) {
        return Err(Refusal::EdgeSpace { part });
    }
    Ok(())
}

fn check_characters(
    part: &'static str,
    text: &str,
    forbidden: &[(char, &'static str)],
) -> Result<(), Refusal> {
    const NEVER: [(char, &str); 3] =
        [('\n', "a newline"), ('\r', "a carriage return, which is a newline too"), ('\0', "a NUL")];
    match NEVER.iter().chain(forbidden).find(|(forbidden, _)| text.contains(*forbidden)) {
        Some((_, character)) => Err(Refusal::Unrepresentable { part, character }),
        None => Ok(()),
    }
}

/// Nested blocks are split at every line separator that Unicode knows.
fn check_separators(part: &'static str, text: &str) -> Result<(), Refusal> {
    let separator =
        |c| matches!(c, '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    if text.contains(separator) {
        return Err(Refusal::Unrepresentable { part, character: "a line separator" });
    }
    Ok(())
}
