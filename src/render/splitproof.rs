//! Text for the shells whose unquoted `eval` takes it apart first: POSIX shells and tcsh.
//!
//! What `eval $(…)` runs has been split at blanks, expanded as file name patterns, and put together again with one
//! blank between the words. So the text holds no character that means anything to a pattern and no blank but
//! single ones that separate. A character of a value that isn't plain is named by a variable instead, which
//! `printf` fills at the start and which is gone at the end; as an argument of `printf` stands that character alone,
//! so that no process list shows a part of a secret.

use std::collections::BTreeSet;

/// The punctuation that stands for itself in quotes. `=` and `_` also do; see [`shown`].
const PUNCTUATION: &str = "+,-./:@%";

/// Whether a character stands for itself.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || " =_".contains(c) || PUNCTUATION.contains(c) || !c.is_ascii()
}

/// The characters of these values that need a variable.
pub(super) fn special<'v>(values: impl IntoIterator<Item = &'v str>) -> BTreeSet<char> {
    values.into_iter().flat_map(str::chars).filter(|c| !is_plain(*c)).collect()
}

/// The punctuation of these values that stands for itself: what a shell must not split at. (Where it splits at
/// letters, `=` or `_`, the statements themselves fall apart.)
pub(super) fn shown<'v>(values: impl IntoIterator<Item = &'v str>) -> BTreeSet<char> {
    values.into_iter().flat_map(str::chars).filter(|c| PUNCTUATION.contains(*c)).collect()
}

/// The variable that names a special character.
pub(super) fn variable(special: char) -> String {
    format!("xcred_{:03o}", u32::from(special))
}

/// Writes a value: plain text in single quotes, special characters as their variables in double quotes.
pub(super) fn push(out: &mut String, value: &str) {
    let mut open = '\'';
    let mut previous = None;
    out.push(open);
    for c in value.chars() {
        let quote = if is_plain(c) { '\'' } else { '"' };
        // Of two blanks in a row one would be lost, so quotes stand between them.
        if quote != open || (c == ' ' && previous == Some(' ')) {
            out.extend([open, quote]);
            open = quote;
        }
        if is_plain(c) {
            out.push(c);
        } else {
            out.push('$');
            out.push_str(&variable(c));
        }
        previous = Some(c);
    }
    out.push(open);
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn only_what_survives_splitting_is_written() {
        for (value, text) in [
            ("", "''"),
            ("aK/+=", "'aK/+='"),
            ("a b", "'a b'"),
            ("  a ", "' '' a '"),
            ("a*\n'b", r#"'a'"$xcred_052$xcred_012$xcred_047"'b'"#),
            ("*", r#"''"$xcred_052""#),
            ("é", "'é'"),
        ] {
            let mut out = String::new();
            push(&mut out, value);
            assert_eq!(out, text);
        }
    }
}
