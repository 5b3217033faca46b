//! The words, numbers and signs of a date.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Number {
        value: i64,
        digits: usize,
    },
    /// One of `:-+.)(`.
    Sign(char),
    Word(Word),
    Blank,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(i64),
    /// The hours to add to one of twelve.
    Half(i64),
    /// Hours east of UTC.
    Zone(i64),
    Z,
    T,
    Other,
}

impl Word {
    fn of(word: &str) -> Word {
        const MONTHS: [&str; 12] =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let word = word.to_ascii_lowercase();
        if let Some(month) = (1..).zip(MONTHS).find(|(_, name)| word.starts_with(name)) {
            return Word::Month(month.0);
        }
        match word.as_str() {
            "am" => Word::Half(0),
            "pm" => Word::Half(12),
            "ut" | "utc" | "gmt" => Word::Zone(0),
            "cst" | "mdt" => Word::Zone(-6),
            "cdt" | "est" => Word::Zone(-5),
            "edt" => Word::Zone(-4),
            "mst" | "pdt" => Word::Zone(-7),
            "pst" => Word::Zone(-8),
            "z" => Word::Z,
            "t" => Word::T,
            _ => Word::Other,
        }
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_line_end = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        let is_blank = |c: char| c.is_whitespace() && !is_line_end(c) || c == '\u{feff}';
        let while_is = |is: &dyn Fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let (token, length) = if first.is_ascii_digit() {
            let digits = while_is(&|c| c.is_ascii_digit());
            // What is behind nine digits is left out.
            let kept = rest[..digits].trim_start_matches('0');
            let value = kept[..kept.len().min(9)].parse().unwrap_or(0);
            (Token::Number { value, digits }, digits)
        } else if ":-+.)(".contains(first) {
            (Token::Sign(first), 1)
        } else if is_blank(first) {
            (Token::Blank, while_is(&is_blank))
        } else if first >= 'A' {
            let length = while_is(&|c| c >= 'A' && !is_blank(c));
            (Token::Word(Word::of(&rest[..length])), length)
        } else {
            (Token::Unknown, first.len_utf8())
        };
        tokens.push(token);
        rest = &rest[length..];
        if token == Token::Sign('(') {
            // What is in parentheses is a comment, which may have others in it.
            tokens.pop();
            tokens.push(Token::Unknown);
            let mut depth = 1;
            let end = rest.find(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            });
            rest = end.map_or("", |end| &rest[end + 1..]);
        }
    }
    tokens
}
