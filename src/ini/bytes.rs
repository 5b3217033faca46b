//! The bytes of a document, in memory that is zeroed before it is given back.

use std::io::{self, Read};
use std::ops::Deref;

/// Bytes that may hold secrets. That they are text is found out once.
#[derive(Clone)]
pub struct Bytes(Content);

#[derive(Clone)]
enum Content {
    Text(String),
    /// Not UTF-8.
    Other(Vec<u8>),
}

impl Bytes {
    /// Reads all of `text`, which has about `size` bytes.
    pub fn read(text: &mut impl Read, size: usize) -> io::Result<Bytes> {
        // Room for all of it at once: a buffer that grows leaves copies behind that are never zeroed.
        let mut bytes = Zeroing(Vec::with_capacity(size + 1));
        // A file, but not a part of one, would be asked for its size again.
        text.by_ref().take(u64::MAX).read_to_end(&mut bytes.0)?;
        Ok(Bytes::from(std::mem::take(&mut bytes.0)))
    }

    /// All of it, if it is text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.0 {
            Content::Text(text) => Some(text),
            Content::Other(_) => None,
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        let content =
            String::from_utf8(bytes).map_or_else(|error| Content::Other(error.into_bytes()), Content::Text);
        Bytes(content)
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Content::Text(text) => text.as_bytes(),
            Content::Other(bytes) => bytes,
        }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        drop(Zeroing(match &mut self.0 {
            Content::Text(text) => std::mem::take(text).into_bytes(),
            Content::Other(bytes) => std::mem::take(bytes),
        }));
    }
}

/// Memory that is zeroed before it is given back.
struct Zeroing(Vec<u8>);

impl Drop for Zeroing {
    fn drop(&mut self) {
        zero(&mut self.0);
    }
}

/// `zeroize` would do it byte by byte, which takes as long as reading a large file; this way the whole is one write, and
/// the compiler can't leave it out because it can't see that the bytes aren't read again.
fn zero(bytes: &mut [u8]) {
    bytes.fill(0);
    std::hint::black_box(bytes);
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn the_whole_text_is_read_whatever_size_it_should_have() {
        let text: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for size in [0, 1, 999, 1000, 1001, 5000] {
            assert_eq!(*Bytes::read(&mut text.as_slice(), size).unwrap(), *text, "{size}");
        }
        assert!(Bytes::read(&mut [].as_slice(), 10).unwrap().is_empty());
    }
}
