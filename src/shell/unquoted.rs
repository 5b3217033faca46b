//! Text that survives an unquoted `eval` in POSIX shells and tcsh.
//!
//! What `eval $(…)` runs was split at blanks, expanded as file name patterns, and joined with one blank between the
//! words. So the text contains no character that is special in a pattern, and only single blanks as separators. A
//! special character of a value is written as a variable, which `printf` fills at the start and which is unset at
//! the end. `printf` gets that character alone as its argument, so no process list shows a part of a secret.

use std::collections::BTreeSet;

/// Punctuation that is literal in quotes. For `=` and the blank see [`places`].
const PUNCTUATION: &str = "+,-./:@%_";

/// The characters of a value, each with whether it can be written literally.
///
/// Of two blanks in a row one would be lost, and zsh's `rcquotes` would take quotes between them for a quote. zsh's
/// `globsubst` expands `=` to a command's path at the beginning of a word, and after a colon or another `=`.
fn places(value: &str) -> impl Iterator<Item = (char, bool)> {
    let whole = !value.contains([' ', ':']);
    let mut previous = None;
    value.chars().map(move |c| {
        let plain = match c {
            ' ' => previous != Some(' '),
            '=' => whole,
            c => c.is_ascii_alphanumeric() || PUNCTUATION.contains(c) || !c.is_ascii(),
        };
        previous = Some(c);
        (c, plain)
    })
}

/// The characters of these values that need a variable.
pub(super) fn special<'v>(values: impl IntoIterator<Item = &'v str>) -> BTreeSet<char> {
    values.into_iter().flat_map(places).filter(|(_, plain)| !plain).map(|(c, _)| c).collect()
}

/// The variable that names a special character.
pub(super) fn variable(special: char) -> String {
    format!("xcred_{:03o}", u32::from(special))
}

/// Writes a value: plain text in single quotes, special characters as their variables in double quotes.
pub(super) fn push(out: &mut String, value: &str) {
    let mut open = '\'';
    out.push(open);
    for (c, plain) in places(value) {
        let quote = if plain { '\'' } else { '"' };
        if quote != open {
            out.extend([open, quote]);
            open = quote;
        }
        if plain {
            out.push(c);
        } else {
            out.push('$');
            out.push_str(&variable(c));
        }
    }
    out.push(open);
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn only_characters_that_survive_splitting_are_literal() {
        for (value, text) in [
            ("", "''"),
            ("aK/+==", "'aK/+=='"),
            ("a b", "'a b'"),
            ("  a ", r#"' '"$xcred_040"'a '"#),
            ("a   b", r#"'a '"$xcred_040$xcred_040"'b'"#),
            ("a =b", r#"'a '"$xcred_075"'b'"#),
            ("a b==c", r#"'a b'"$xcred_075$xcred_075"'c'"#),
            ("a:=b", r#"'a:'"$xcred_075"'b'"#),
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
