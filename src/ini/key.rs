//! Keys: Python's reader takes them in lower case.

use std::borrow::Cow;

/// The name of a value inside a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'k> {
    /// The key, in lower case.
    pub name: &'k str,
    /// The key inside the nested block below `name`.
    pub nested: Option<&'k str>,
}

impl<'k> Key<'k> {
    /// A key of the section itself.
    pub fn plain(name: &'k str) -> Key<'k> {
        Key { name, nested: None }
    }
}

/// Whether a key as `written` is the key that readers call `key`: they lower the case of what is written.
pub fn same_key(written: &[u8], key: &str) -> bool {
    if written == key.as_bytes() {
        return true;
    }
    if written.is_ascii() {
        let key = key.as_bytes();
        return written.len() == key.len()
            && written.iter().zip(key).all(|(w, k)| w.to_ascii_lowercase() == *k);
    }
    lowered(written) == key
}

/// The key as readers see it.
pub fn lowered(written: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(written) {
        Ok(text) if !text.bytes().any(|b| b.is_ascii_uppercase() || !b.is_ascii()) => Cow::Borrowed(text),
        _ => Cow::Owned(String::from_utf8_lossy(written).to_lowercase()),
    }
}

/// Whether two keys as written are the same key to the readers.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        lowered(one) == lowered(other)
    }
}
