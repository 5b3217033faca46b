//! POSIX shell words as Python's `shlex.split` parses them: botocore splits headers and commands with it.

/// Splits `text` into words. `None` if a quote or an escape is not closed.
///
/// Nothing is special in single quotes; in double quotes a backslash escapes `"` and `\`, and outside of quotes any
/// character. There are no comments, and only space, tab, CR and LF separate words.
pub(crate) fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            c if separates(c) => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '\'' => break,
                        c => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next()? {
                        '"' => break,
                        '\\' => match chars.next()? {
                            c @ ('"' | '\\') => word.push(c),
                            c => word.extend(['\\', c]),
                        },
                        c => word.push(c),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next()?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

pub(crate) fn separates(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// The bytes that [`split`] doesn't take as they are.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let bytes = *b"'\"\\ \t\r\n";
    let mut at = 0;
    while at < bytes.len() {
        special[bytes[at] as usize] = true;
        at += 1;
    }
    special
};

/// Whether [`split`] returns `word` unchanged, as one word.
pub(crate) fn is_plain(word: &str) -> bool {
    // Large files have many names: a table needs no comparisons, and without a way out no jumps.
    !word.is_empty() && !word.bytes().fold(false, |any, byte| any | SPECIAL[usize::from(byte)])
}

/// Quotes `word` for [`split`], with single quotes, and only if it must be quoted.
pub(crate) fn quote(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r#"'"'"'"#)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_split_as_by_shlex() {
        let words = |text| split(text).map(|words| words.join("|"));
        assert_eq!(words(r#"profile "a b" 'c\d' e\ f"#).unwrap(), r"profile|a b|c\d|e f");
        assert_eq!(words(r#"a"b"c ''"#).unwrap(), "abc|");
        assert_eq!(words(r#""a\"b\\c\d""#).unwrap(), r#"a"b\c\d"#);
        assert_eq!(words("a#b # c").unwrap(), "a#b|#|c");
        assert_eq!(words("a\u{a0}b").unwrap(), "a\u{a0}b");
        assert_eq!(split(""), Some(vec![]));
        for open in ["o'brien", "\"a", "a\\"] {
            assert_eq!(split(open), None, "{open}");
        }
    }

    #[test]
    fn a_quoted_word_is_one_word() {
        for word in ["dev", "a b", "o'brien x", r"DOM\user", "a\"b", "", "a\tb", "é"] {
            assert_eq!(split(&quote(word)), Some(vec![word.to_owned()]));
        }
        assert_eq!(quote("a b"), "'a b'");
    }
}
