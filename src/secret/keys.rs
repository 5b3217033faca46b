//! Words that look like a secret access key or a token, and not like what is as random without being a secret: ARNs,
//! paths, addresses, hashes and other IDs.

use std::borrow::Cow;
use std::ops::Range;

use super::mask::{MASK, cover};
use super::shape::{LENGTH, looks_secret};

/// The bytes of both alphabets of base64.
const IS_BASE64: [bool; 256] = {
    let (mut has, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        has[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
        byte += 1;
    }
    has
};

/// Fewer hexadecimal digits are neither a hash nor a part of a UUID.
const HASH: usize = 8;

/// How far the beginning of a word is searched for, in bytes.
const LONGEST: usize = 512;

/// Masks the words that look like a key.
pub fn without_keys(text: &str) -> Cow<'_, str> {
    if text.len() < LENGTH { Cow::Borrowed(text) } else { cover(text, keys_in(text), MASK) }
}

/// Where the words are that look like a key. It takes little time for text without long words.
pub fn keys_in(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut start) = (Vec::new(), 0);
    while let Some(next) = bytes.get(start..start + LENGTH) {
        if let Some(at) = next.iter().rposition(|byte| !IS_BASE64[usize::from(*byte)]) {
            start += at + 1;
            continue;
        }
        let rest = &bytes[start..];
        let length = rest.iter().position(|byte| !IS_BASE64[usize::from(*byte)]).unwrap_or(rest.len());
        let end = start + length;
        if !is_ordinary(text, start..end) {
            let padding = bytes[end..].iter().take_while(|byte| **byte == b'=').count();
            let keys =
                without_hashes(text, start..end).into_iter().filter(|key| looks_secret(&text[key.clone()]));
            found.extend(keys.map(|key| if key.end == end { key.start..end + padding } else { key }));
        }
        start = end;
    }
    found
}

/// Whether a run of characters of base64 is in an ARN, a path or an address.
fn is_ordinary(text: &str, run: Range<usize>) -> bool {
    let ends_word = |c: char| c.is_whitespace() || "\"'`=,;([{<".contains(c);
    let line = text.floor_char_boundary(run.start.saturating_sub(LONGEST));
    let before =
        text[line..run.start].rfind(ends_word).map_or(line, |at| text.ceil_char_boundary(line + at + 1));
    let word = &text[before..run.end];
    // The last one of a list, or behind an option of a compiler.
    let one = if word.contains("://") { word } else { word.rsplit(':').next().unwrap_or(word) };
    let one = ["-L", "-I", "-R"].iter().find_map(|option| one.strip_prefix(option)).unwrap_or(one);
    let is_path = ["/", "./", "../"].iter().any(|start| one.starts_with(start))
        || one.starts_with(['~', '$']) && one.contains('/')
        || one.contains("}/")
        || word.get(1..3).is_some_and(|drive| matches!(drive, ":\\" | ":/"));
    // The user's part, the query and the fragment of an address may be a secret.
    let is_address = word.split_once("://").is_some_and(|(_, behind)| !behind.contains(['@', ':', '?', '#']))
        && !text[run.end..].starts_with('@');
    // A key may begin with a slash.
    word.starts_with("arn:") || word.starts_with("SHA256:") || is_address || is_path && word.len() != LENGTH
}

/// The parts of a run between hashes and numbers that are long enough for a key.
fn without_hashes(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut at) = (Vec::new(), run.start, run.start);
    for word in text[run.clone()].split(['/', '+', '-', '_']) {
        if is_hash(word) {
            parts.push(start..at);
            start = at + word.len();
        }
        at += word.len() + 1;
    }
    parts.push(start..run.end);
    parts.retain(|part| part.len() >= LENGTH);
    parts
}

fn is_hash(word: &str) -> bool {
    let is = |letter: fn(&u8) -> bool| {
        word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_hexdigit() && letter(&byte))
    };
    word.len() >= HASH && (is(u8::is_ascii_lowercase) || is(u8::is_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    #[test]
    fn what_is_random_without_being_a_secret_is_not_masked() {
        for text in [
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "tool-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "123e4567-e89b-12d3-a456-426614174000-123e4567-e89b-12d3-a456-426614174000",
            "/opt/x/da39a3ee5e6b4b0d3255bfef95601890afd80709/bin/tool",
            "/private/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/tmp.aBcDeFgH",
            "/nix/store/0c3w1xhmkl7n4c3mv5wjqg1c3gk9z8d1-aws-vault-7.2.0/bin/aws-vault exec dev --json",
            "~/Library/Caches/k3Fz9QwX7bLm2VtR8sYpk3Fz9QwX7bLm2VtR8sYp/cred",
            "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6789",
            "tool --trust-anchor-arn arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
            "tool --profile-arn=arn:aws:rolesanywhere:us-east-1:123456789012:profile/0a1b2c3d-5678-90ab-cdef-EXAMPLE22222",
            "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
            "https://d-9067abcdef.awsapps.com/start/#/",
            "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
            "my-company-data-platform-prod-123456789012-eu-central-1-admin",
            "PrototypeDataEngineeringSandbox2024AdministratorAccessRole",
            "/bin:/nix/store/0c3w1xhmkl7n4c3mv5wjqg1c3gk9z8d1-aws-vault-7.2.0/bin",
            "-L/nix/store/0c3w1xhmkl7n4c3mv5wjqg1c3gk9z8d1-aws-vault-7.2.0/lib",
            "~joe/Library/Caches/k3Fz9QwX7bLm2VtR8sYpk3Fz9QwX7bLm2VtR8sYp/cred",
            "${HOME}/k3Fz9QwX7bLm2VtR8sYpk3Fz9QwX7bLm2VtR8sYp/cred",
            "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
            "c:\\Users\\Someone\\AppData\\Local\\Programs\\Amazon\\AWSCLIV2\\aws.exe",
        ] {
            assert_eq!(without_keys(text), text);
        }
    }

    #[test]
    fn a_path_far_into_a_list_is_one() {
        let list = "/nix/store/0c3w1xhmkl7n4c3mv5wjqg1c3gk9z8d1-aws-vault-7.2.0/bin:".repeat(20);
        assert_eq!(without_keys(&list), list);
    }

    #[test]
    fn random_keys_and_tokens_are_found_as_words() {
        for seed in 0..2_000 {
            let mut random = Random::new(seed);
            let length = [LENGTH, 356][random.below(2)];
            let key: String = (0..length).map(|_| char::from(BASE64[random.below(64)])).collect();
            // A long one that begins with a slash can't be told from a path.
            let is_path = length > LENGTH && key.starts_with('/');
            for text in
                [key.clone(), format!("eu-west-1 ; {key}"), format!("X=\"{key}==\"").replace("===", "==")]
            {
                assert!(is_path || !without_keys(&text).contains(&key[1..]), "seed {seed}: {text}");
            }
        }
    }

    #[test]
    fn a_token_is_masked_with_its_padding_and_nothing_around_it() {
        let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYc4n4ryKEY1";
        for (text, shown) in [
            (format!("region ; {key}, more"), format!("region ; {MASK}, more")),
            (format!("[{key}{key}=="), format!("[{MASK}")),
            (format!("{key}.é.{}", key.to_lowercase()), format!("{MASK}.é.{MASK}")),
            (format!("/{}", &key[1..]), MASK.to_owned()),
            (format!("http://me:{key}@host/"), format!("http://me:{MASK}@host/")),
            (format!("http://{key}@host/"), format!("http:{MASK}@host/")),
            (format!("https://host/x?{key}"), format!("https://host/x?{MASK}")),
        ] {
            assert_eq!(without_keys(&text), shown, "{text}");
        }
    }
}
