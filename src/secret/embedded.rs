//! Headers and keys of settings within a secret: lines that are indented by mistake are a part of the value above them.
//! Messages name them, so they are not masked.

use crate::text::search;

/// The parts of a secret between the headers and keys in it, each with the whitespace around them.
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
        at = end;
    }
    parts.push(&secret[from..]);
    parts
}

/// A line that continues a secret, without the header or the key that messages name.
pub fn without_name(line: &str) -> &str {
    name_in(line.as_bytes()).and_then(|at| line.get(at..)).unwrap_or(line)
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
}
