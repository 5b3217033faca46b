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
    if is_plain(word) { word.to_owned() } else { in_quotes(word) }
}

fn in_quotes(word: &str) -> String {
    format!("'{}'", word.replace('\'', r#"'"'"'"#))
}

/// Whether a POSIX shell, too, takes `word` as it is, wherever it is in a command line.
pub(crate) fn is_plain_in_shells(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte))
}

/// Quotes `word` so that [`split`] and a POSIX shell read it back: some SDKs run the command of a file with one of them, some
/// with the other.
pub(crate) fn quote_for_shells(word: &str) -> String {
    if is_plain_in_shells(word) { word.to_owned() } else { in_quotes(word) }
}

/// The first character that a POSIX shell gives a meaning, where [`split`] takes it literally.
pub(crate) fn meant_for_a_shell(command: &str) -> Option<char> {
    let (mut quote, mut before) = (None, None);
    let mut chars = command.chars().peekable();
    while let Some(c) = chars.next() {
        let begins_word = before.is_none_or(separates);
        before = Some(c);
        match (c, quote) {
            ('\\', None | Some('"')) => before = chars.next(),
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('`', None | Some('"')) | ('|' | '&' | ';' | '<' | '>' | '(' | ')', None) => return Some(c),
            ('~' | '#', None) if begins_word => return Some(c),
            ('$', None | Some('"')) => {
                let is_expanded = |next: &char| next.is_ascii_alphanumeric() || "_{(*@#?$!-".contains(*next);
                if chars.peek().is_some_and(is_expanded) {
                    return Some(c);
                }
            }
            _ => {}
        }
    }
    None
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

    #[test]
    fn a_word_quoted_for_shells_is_the_same_word_for_both() {
        for word in [
            "R&D",
            "p$(touch x)",
            "$USER",
            "#1",
            "(a)",
            "a*",
            "`id`",
            "~",
            "o'brien $x",
            "é",
            "a b",
            "a\\b",
            "",
        ] {
            let quoted = quote_for_shells(word);
            assert_eq!(split(&quoted), Some(vec![word.to_owned()]), "{quoted}");
            assert_eq!(meant_for_a_shell(&quoted), None, "{quoted}");
            let script = format!("printf %s {quoted}");
            let printed = std::process::Command::new("sh").args(["-c", &script]).output().unwrap().stdout;
            assert_eq!(String::from_utf8(printed).unwrap(), word, "{quoted}");
        }
        assert_eq!(quote_for_shells("prod-7/Admin@x_y.z"), "prod-7/Admin@x_y.z");
    }

    #[test]
    fn a_quoted_character_has_no_meaning_to_a_shell() {
        for (command, expected) in [
            ("a | b", Some('|')),
            ("a $HOME/x", Some('$')),
            ("a \"$HOME\"", Some('$')),
            ("a --url https://example.org/?a=b&c=d", Some('&')),
            ("a (b)", Some('(')),
            ("a ~/b", Some('~')),
            ("a #1", Some('#')),
            ("a b#1 c~ $ 5$ x*", None),
            ("sh -c 'a | b > $c'", None),
            (r#"a "x|y" \$z "o'n""#, None),
        ] {
            assert_eq!(meant_for_a_shell(command), expected, "{command}");
        }
    }
}
