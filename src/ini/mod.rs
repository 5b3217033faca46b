//! Lossless INI text: what Python's raw reader makes of any bytes, and edits that change only what they must.
//!
//! This room knows the grammar and nothing about AWS: which section is which profile, where a key belongs and
//! what it means is the business of `profile`.

mod bytes;
mod contents;
mod document;
mod edit;
mod encoding;
mod fault;
#[cfg(test)]
mod fuzz;
mod guard;
mod keys;
#[cfg(test)]
mod laws;
mod loss;
mod lost;
mod names;
mod representable;
mod scan;
mod splice;
mod text;

pub use bytes::Bytes;
pub(crate) use contents::lowered;
pub use contents::{Nested, Value, same_key};
pub use document::{Document, Entry, Kind, Section, Stray};
pub use edit::{Change, Key, Refusal};
pub use encoding::{BYTE_ORDER_MARK, Encoding};
pub use fault::FaultKind;
pub use lost::Cause;
pub use names::Names;

/// A range of bytes in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    #[expect(clippy::cast_possible_truncation, reason = "`Document::parse` takes no text of 4 GiB")]
    fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The first byte's offset.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset behind the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Whether no byte is in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` in this range.
    pub fn of(self, text: &[u8]) -> &[u8] {
        &text[self.start()..self.end()]
    }
}
