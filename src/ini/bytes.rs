//! The bytes of a document, in memory that is zeroed before it is given back.

use std::io::{self, Read};
use std::ops::Deref;

use memmap2::{MmapMut, MmapOptions};
use zeroize::Zeroizing;

/// From so many bytes on, the pages of memory are asked for all at once. The system takes longer to find a page at
/// the first touch of it than it takes to fill it.
const LARGE: usize = 1 << 18;

/// Bytes that may hold secrets.
pub struct Bytes(Memory);

enum Memory {
    Usual(Vec<u8>),
    /// The first `length` bytes of pages that were there before anything was read.
    Paged {
        pages: MmapMut,
        length: usize,
    },
}

impl Bytes {
    /// Reads all that `text` gives, which is about `size` bytes.
    pub fn read(text: &mut impl Read, size: usize) -> io::Result<Bytes> {
        Bytes::read_to(text, size, LARGE)
    }

    /// The same with another limit.
    fn read_to(text: &mut impl Read, size: usize, large: usize) -> io::Result<Bytes> {
        // Room for all of it at once: a buffer that grows leaves copies behind that are never zeroed.
        let mut bytes = Zeroizing::new(Vec::new());
        if size >= large {
            let mut pages = MmapOptions::new().len(size + 1).populate().map_anon()?;
            let mut length = 0;
            while length < pages.len() {
                match text.read(&mut pages[length..])? {
                    0 => return Ok(Bytes(Memory::Paged { pages, length })),
                    read => length += read,
                }
            }
            // It has grown meanwhile.
            bytes.reserve_exact(2 * length);
            bytes.extend_from_slice(&pages);
            zero(&mut pages);
        } else {
            bytes.reserve_exact(size);
        }
        text.read_to_end(&mut bytes)?;
        Ok(Bytes(Memory::Usual(std::mem::take(&mut *bytes))))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Bytes {
        Bytes(Memory::Usual(bytes))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Memory::Usual(bytes) => bytes,
            Memory::Paged { pages, length } => &pages[..*length],
        }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        match &mut self.0 {
            Memory::Usual(bytes) => zero(bytes),
            Memory::Paged { pages, length } => zero(&mut pages[..*length]),
        }
    }
}

/// `zeroize` would do it byte by byte, which takes as long as reading a large file; this way the whole is one write, and
/// the compiler can't leave it out because it can't see that nobody looks at it.
fn zero(bytes: &mut [u8]) {
    bytes.fill(0);
    std::hint::black_box(bytes);
}

#[cfg(test)]
mod tests {
    use super::Bytes;

    #[test]
    fn all_is_read_whatever_its_size_was_said_to_be() {
        let text: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for said in [0, 1, 999, 1000, 1001, 5000] {
            for large in [1, 100, usize::MAX] {
                let bytes = Bytes::read_to(&mut text.as_slice(), said, large).unwrap();
                assert_eq!(*bytes, *text, "said to be {said}, large from {large} on");
            }
        }
        assert!(Bytes::read_to(&mut [].as_slice(), 10, 1).unwrap().is_empty());
    }
}
