//! How botocore converts the text of a setting.

use std::fmt;

use crate::text::digit;

/// True only for the word `true`, in any case and untrimmed.
pub fn boolean(text: &str) -> bool {
    text.to_lowercase() == "true"
}

/// A whole number as Python's `int` parses it: whitespace around it, a sign, single underscores between digits,
/// and the decimal digits of any script. Numbers that are too large for the type, which Python's are not, are its last ones.
pub fn integer(text: &str) -> Option<i64> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let mut value: i64 = 0;
    let mut after_digit = false;
    for c in digits.chars() {
        if c == '_' && after_digit {
            after_digit = false;
            continue;
        }
        value = value.saturating_mul(10).saturating_add(i64::from(digit(c)?));
        after_digit = true;
    }
    after_digit.then_some(if negative { -value } else { value })
}

/// The whole numbers that a setting allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    pub least: i64,
    pub most: i64,
}

impl Whole {
    pub const ANY: Whole = Whole { least: i64::MIN, most: i64::MAX };

    pub const fn from(least: i64) -> Whole {
        Whole { least, ..Whole::ANY }
    }

    pub(super) fn contains(self, number: i64) -> bool {
        (self.least..=self.most).contains(&number)
    }
}

impl fmt::Display for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Whole { least: i64::MIN, .. } => write!(f, "a whole number"),
            Whole { least, most: i64::MAX } => write!(f, "a whole number, {least} or more"),
            Whole { least, most } => write!(f, "a whole number from {least} to {most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parsed_as_in_python() {
        for (text, value) in [
            ("5", Some(5)),
            (" 5\n", Some(5)),
            ("+5", Some(5)),
            ("-5", Some(-5)),
            ("1_000", Some(1000)),
            ("٣", Some(3)),
            ("1.5", None),
            ("1e3", None),
            ("0x10", None),
            ("", None),
            ("_1", None),
            ("1_", None),
            ("1__0", None),
            ("-", None),
            ("+ 5", None),
            ("007", Some(7)),
            ("99999999999999999999", Some(i64::MAX)),
        ] {
            assert_eq!(integer(text), value, "{text:?}");
        }
    }

    #[test]
    fn only_the_word_true_is_true() {
        assert!(boolean("true") && boolean("TRUE"));
        assert!(["1", "yes", " true", ""].iter().all(|text| !boolean(text)));
    }
}
