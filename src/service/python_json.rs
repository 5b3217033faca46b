//! JSON as Python's `json` reads it, which takes more than the standard allows.

use serde_json::Value as Json;
use zeroize::Zeroizing;

/// What Python has as an infinite number, or as none. No member that matters is a number of this size.
const NOT_FINITE: [&str; 2] = [" 1e308 ", " -1e308 "];

/// The document. As in Python, `NaN` and `Infinity` are numbers, a number can be too large, and half of a surrogate pair can be in
/// a text. Such numbers are read as large ones, and such a half as U+FFFD. `None` if Python can't read it either.
pub fn python_json(bytes: &[u8]) -> Option<Json> {
    serde_json::from_slice(bytes).ok().or_else(|| serde_json::from_slice(&standard(bytes)).ok())
}

/// A text of Python's JSON as standard JSON. What no parser takes stays as it is.
fn standard(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    // Nothing becomes more than four times as long, and a copy that grows would leave secrets in memory.
    let mut standard = Zeroizing::new(Vec::with_capacity(4 * bytes.len() + NOT_FINITE[1].len()));
    let (mut rest, mut is_in_text) = (bytes, false);
    while let Some(first) = rest.first() {
        let (length, new) = if is_in_text { of_text(rest) } else { of_value(rest) };
        is_in_text ^= *first == b'"';
        let (old, behind) = rest.split_at(length);
        standard.extend_from_slice(new.map_or(old, str::as_bytes));
        rest = behind;
    }
    standard
}

/// How many bytes of a text belong together, and what takes their place.
fn of_text(rest: &[u8]) -> (usize, Option<&'static str>) {
    const PAIR: usize = 12;
    match (rest, surrogate(rest)) {
        ([b'\\', ..], Some(0xd800..0xdc00)) if surrogate(&rest[6..]).is_some_and(|low| low >= 0xdc00) => {
            (PAIR, None)
        }
        ([b'\\', ..], Some(_)) => (PAIR / 2, Some("\\ufffd")),
        ([b'\\', _, ..], None) => (2, None),
        _ => (1, None),
    }
}

/// The half of a surrogate pair that is escaped here.
fn surrogate(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4).filter(|digits| digits.is_ascii())?;
    let code = digits.iter().all(u8::is_ascii_hexdigit).then_some(digits)?;
    let code = u16::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()?;
    (0xd800..0xe000).contains(&code).then_some(code)
}

/// How many bytes outside of texts belong together, and what takes their place.
fn of_value(rest: &[u8]) -> (usize, Option<&'static str>) {
    for (name, new) in [("NaN", NOT_FINITE[0]), ("Infinity", NOT_FINITE[0]), ("-Infinity", NOT_FINITE[1])] {
        if rest.starts_with(name.as_bytes()) {
            return (name.len(), Some(new));
        }
    }
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let length = rest.iter().take_while(|byte| is_of_number(byte)).count();
    let number = std::str::from_utf8(&rest[..length]).ok().and_then(|text| text.parse::<f64>().ok());
    let new = number.filter(|number| number.is_infinite());
    (length.max(1), new.map(|number| NOT_FINITE[usize::from(number.is_sign_negative())]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_python_takes_and_the_standard_does_not_is_read() {
        for (text, expected) in [
            (r#"{"a":NaN,"b":"NaN \"Infinity\" \\"}"#, json!({"a": 1e308, "b": "NaN \"Infinity\" \\"})),
            ("[Infinity, -Infinity,-1]", json!([1e308, -1e308, -1])),
            ("[1e999,-1e999, 1e3]", json!([1e308, -1e308, 1e3])),
            (
                r#"["\ud800","\uDFFFx","\ud83d\ude00","\ud83d\ud83d\ude00","\\ud800\""]"#,
                json!(["\u{fffd}", "\u{fffd}x", "\u{1f600}", "\u{fffd}\u{1f600}", "\\ud800\""]),
            ),
        ] {
            assert_eq!(python_json(text.as_bytes()), Some(expected), "{text}");
        }
        for text in [
            "",
            "nan",
            "+Infinity",
            "[1NaN]",
            "[NaN1]",
            "[--Infinity]",
            "[-NaN]",
            "['a']",
            "\u{feff}[]",
            "[\"\\ud8\"]",
        ] {
            assert_eq!(python_json(text.as_bytes()), None, "{text}");
        }
        assert_eq!(python_json(b"[\"\xff\",NaN]"), None);
    }
}
