//! Quotes of the kind that most shells and JSON share.

/// Writes text in quotes: what `escape` returns for a character, a backslash before the quote and before itself, and
/// everything else as it is.
pub(super) fn push_quoted(
    out: &mut String,
    quote: char,
    text: &str,
    escape: impl Fn(char) -> Option<String>,
) {
    out.push(quote);
    for c in text.chars() {
        match escape(c) {
            Some(escaped) => out.push_str(&escaped),
            None if c == quote || c == '\\' => out.extend(['\\', c]),
            None => out.push(c),
        }
    }
    out.push(quote);
}
