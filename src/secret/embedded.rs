//! Headers and keys of settings within a secret: lines that are indented by mistake, or have lost their line breaks, are a part
//! of the value above or before them. Messages name them, so they are not masked.

use std::ops::Range;

use crate::text::search;

/// Settings that have no secret. Messages show them, too.
const HARMLESS: [&[u8]; 2] = [b"region", b"output"];

/// The parts of a secret between the headers and keys in it.
pub(super) fn without_names(secret: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in secret.split_inclusive(|byte| *byte == b'\n') {
        let end = at + line.len();
        // The first line is the value that was meant.
        if let Some(name) = (at > 0).then(|| name_in(line)).flatten() {
            parts.push(&secret[from..at - 1]);
            from = at + name;
        }
        for (name, value) in joined(line) {
            if at + name.start < from {
                continue;
            }
            let before = &secret[from..at + name.start];
            let end = before.iter().rposition(|byte| !ends_value(*byte)).map_or(0, |last| last + 1);
            parts.push(&before[..end]);
            from = at + value;
            if HARMLESS.contains(&&line[name]) {
                let length = line[value..].iter().position(|byte| ends_value(*byte));
                from += length.unwrap_or(line.len() - value);
            }
        }
        at = end;
    }
    parts.push(&secret[from..]);
    parts
}

/// A line that continues a secret, without the header or the key that messages name.
pub fn without_name(line: &str) -> &str {
    name_in(line.as_bytes()).and_then(|at| line.get(at..)).unwrap_or(line)
}

/// What may be between a value and the next key, where a line break was lost.
fn ends_value(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b';')
}

/// The keys behind a value on one line, each with the start of its own value: `A key_two = B`.
pub fn joined(line: &[u8]) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    let mut from = 0;
    let first = line.len() - line.trim_ascii_start().len();
    std::iter::from_fn(move || {
        loop {
            let at = from + search::one(b'=').find(&line[from..])?;
            let before = line[from..at].trim_ascii_end();
            let is_in_name =
                |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || **byte == b'_';
            let length = before.iter().rev().take_while(is_in_name).count();
            let (start, end) = (from + before.len() - length, from + before.len());
            from = at + 1;
            let value = line.len() - line[from..].trim_ascii_start().len();
            let name = &line[start..end];
            let is_name = (6..=40).contains(&length)
                && name[0].is_ascii_lowercase()
                && !name.iter().all(u8::is_ascii_hexdigit);
            let is_behind = start > first && ends_value(line[start - 1]);
            if is_name && is_behind && value < line.len() && line[value] != b'=' {
                return Some((start..end, value));
            }
        }
    })
}

/// How many bytes of a line are a header, or the key of a setting and what is around it.
fn name_in(line: &[u8]) -> Option<usize> {
    let indent = line.len() - line.trim_ascii_start().len();
    let text = line.trim_ascii();
    if text.starts_with(b"[") && text.ends_with(b"]") {
        return Some(indent + text.len());
    }
    let delimiter = search::two(b'=', b':').find(text)?;
    let key = text[..delimiter].trim_ascii_end();
    let value = text[delimiter + 1..].trim_ascii_start();
    // Hexadecimal digits, and the padding of Base64, may be a piece of the secret.
    let is_key = key.len() <= 40
        && key.first().is_some_and(u8::is_ascii_lowercase)
        && key.iter().all(|byte| byte.is_ascii_lowercase() || b"_-.0123456789".contains(byte))
        && !key.iter().all(u8::is_ascii_hexdigit);
    (is_key && !value.is_empty() && value[0] != b'=').then(|| indent + text.len() - value.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_its_value() {
        assert_eq!(without_name("  aws_access_key_id = B"), "B");
        assert_eq!(without_name("\t[profile two]"), "");
        assert_eq!(without_name("  AbCd12+/="), "  AbCd12+/=");
    }

    #[test]
    fn headers_and_keys_are_no_part_of_a_secret_and_values_are() {
        let parts = |text: &'static str| {
            without_names(text.as_bytes())
                .into_iter()
                .map(|part| str::from_utf8(part).unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            parts("S1\n  [profile two]\n  aws_access_key_id = B\n  aws_secret_access_key=S2"),
            ["S1", "", "B", "S2"]
        );
        for whole in
            ["S", "key_a = S", "S\nAbCdEf12GhIj=", "S\nabcdefghijklmno==", "S\n0a1b2c = x", "S\nMore+/S"]
        {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn a_key_on_the_same_line_is_no_part_of_a_secret() {
        for (text, expected) in [
            ("ID aws_secret_access_key = S", &["ID", "S"][..]),
            ("ID , aws_secret_access_key=S", &["ID", "S"]),
            ("ID\taws_session_token = S output = json", &["ID", "S", ""]),
            ("S1 region = eu-west-1 and more", &["S1", " and more"]),
            ("S1\n  aws_access_key_id = B aws_secret_access_key = S2", &["S1", "B", "S2"]),
            ("S;region=", &["S;region="]),
            ("Sregion=x", &["Sregion=x"]),
            ("aws_session_token = S", &["aws_session_token = S"]),
        ] {
            let parts = without_names(text.as_bytes());
            assert_eq!(parts, expected.iter().map(|part| part.as_bytes()).collect::<Vec<_>>(), "{text}");
        }
    }
}
