//! Words as they are typed in a shell: the quotes and backslashes that are still in them.

/// The text of a typed word, and whether a quote in it is still open. Nothing in it is expanded or run.
pub(super) fn unquoted(typed: &str) -> (String, bool) {
    let (mut text, mut quote) = (String::new(), None);
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None | Some('"'), '\\') => {
                let escaped = chars.next();
                if quote.is_some() && !matches!(escaped, None | Some('"' | '\\' | '$' | '`')) {
                    text.push('\\');
                }
                text.extend(escaped);
            }
            _ => text.push(c),
        }
    }
    (text, quote.is_some())
}

/// The word as bash reads it back, with backslashes. `None` if it contains a control character, which a backslash can't
/// quote.
pub(super) fn escaped(word: &str) -> Option<String> {
    let mut text = String::new();
    for (at, c) in word.char_indices() {
        let is_plain =
            c.is_alphanumeric() || "_-./:=@%+,".contains(c) || (c == '~' && at > 0) || !c.is_ascii();
        match c {
            c if c.is_control() => return None,
            c if is_plain => text.push(c),
            c => text.extend(['\\', c]),
        }
    }
    Some(text)
}

/// Whether a word can stand between quotes of either kind as it is.
pub(super) fn is_literal_in_quotes(word: &str) -> bool {
    !word.contains(|c: char| c.is_control() || matches!(c, '\'' | '"' | '$' | '`' | '\\' | '!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_removed_and_an_open_one_is_noticed() {
        for (typed, text, is_open) in [
            ("dev", "dev", false),
            (r"team\ o", "team o", false),
            ("'team o", "team o", true),
            ("\"team o", "team o", true),
            ("'team one'", "team one", false),
            ("--profile='te", "--profile=te", true),
            (r#""a\"b\c\$""#, r#"a"b\c$"#, false),
            (r"'a\'b", r"a\b", false),
            (r"a\", "a", false),
            ("$(touch x)", "$(touch x)", false),
        ] {
            assert_eq!(unquoted(typed), (text.to_owned(), is_open), "{typed}");
        }
    }

    #[test]
    fn an_escaped_word_is_read_back() {
        for word in ["dev", "team one", "a:b=c", "$(touch x)", "o'brien", "~x", "a~b", "é ü", "#a", "a*b"] {
            let escaped = escaped(word).unwrap();
            assert_eq!(unquoted(&escaped), (word.to_owned(), false), "{escaped}");
        }
        assert_eq!(escaped("team one").unwrap(), r"team\ one");
        assert_eq!(escaped("~x").unwrap(), r"\~x");
        assert_eq!(escaped("a:b=c").unwrap(), "a:b=c");
        assert_eq!(escaped("a\tb"), None);
    }
}
