//! A range of bytes, in half the memory of Rust's.

/// A range of bytes in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    #[expect(clippy::cast_possible_truncation, reason = "`Document::parse` takes no text of 4 GiB")]
    pub(super) fn new(start: usize, end: usize) -> Span {
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

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` in this range.
    pub fn of(self, text: &[u8]) -> &[u8] {
        &text[self.start()..self.end()]
    }

    /// The same range, `by` bytes further on.
    pub(super) fn shifted(self, by: isize) -> Span {
        Span::new(self.start().wrapping_add_signed(by), self.end().wrapping_add_signed(by))
    }
}
