//! POSIX shell words as Python's `shlex.split` reads them: botocore splits headers and commands with it.

/// Splits `text` into words; `None` where a quote or an escape is left open.
///
/// Single quotes keep everything, double quotes let a backslash escape `"` and `\`, and outside quotes a backslash
/// keeps the next character. There are no comments, and only blank, tab, CR and LF separate.
pub fn split(text: &str) -> Option<Vec<String>> {
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

/// Whether a character separates words.
pub(super) fn separates(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Whether [`split`] takes `word` for one word as it is.
pub(super) fn is_plain(word: &str) -> bool {
    // Small letters come behind all of them, so one comparison is enough for nearly every byte.
    let special = |byte| byte <= b'\\' && matches!(byte, b'\'' | b'"' | b'\\' | b' ' | b'\t' | b'\r' | b'\n');
    !word.is_empty() && !word.bytes().any(special)
}

/// `word` in a form that [`split`] takes for one word: as it is if possible, else in single quotes.
pub fn quote(word: &str) -> String {
    if is_plain(word) { word.to_owned() } else { format!("'{}'", word.replace('\'', r#"'"'"'"#)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_shlex_does() {
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
    fn what_is_quoted_is_one_word() {
        for word in ["dev", "a b", "o'brien x", r"DOM\user", "a\"b", "", "a\tb", "é"] {
            assert_eq!(split(&quote(word)), Some(vec![word.to_owned()]));
        }
        assert_eq!(quote("a b"), "'a b'");
    }
}
