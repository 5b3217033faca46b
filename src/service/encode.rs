//! Percent-encoding of forms and queries.

use zeroize::Zeroizing;

/// Appends `text` encoded for a form, like Python's `quote_plus`: a space is a plus sign.
pub(super) fn form(text: &str, onto: &mut Zeroizing<String>) {
    for byte in text.bytes() {
        match byte {
            b' ' => onto.push('+'),
            _ => push(byte, onto),
        }
    }
}

/// `text` encoded for a query.
pub fn query(text: &str) -> String {
    let mut encoded = String::new();
    text.bytes().for_each(|byte| push(byte, &mut encoded));
    encoded
}

fn push(byte: u8, onto: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    if byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte) {
        onto.push(char::from(byte));
    } else {
        onto.push('%');
        onto.push(DIGITS[usize::from(byte >> 4)]);
        onto.push(DIGITS[usize::from(byte & 15)]);
    }
}

/// A query of these names and values.
pub(super) fn pairs(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", query(value))).collect();
    pairs.join("&")
}
