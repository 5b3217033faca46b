//! The lines of a document by their numbers.

use std::borrow::Cow;

use super::document::{Document, Entry};

impl Document {
    /// The bytes of the line with this number, counted from 1.
    pub fn line_bytes(&self, number: u32) -> &[u8] {
        let line = self.lines().get(number.saturating_sub(1) as usize);
        line.map(|line| line.span.of(self.bytes())).unwrap_or_default()
    }
}

impl<'d> Entry<'d> {
    /// The number of the last line that belongs to the value.
    pub fn last_line(&self) -> u32 {
        Document::number(self.last())
    }

    /// The text behind the delimiter on the entry's own line; `None` if there is none.
    pub fn first_text(&self) -> Option<Cow<'d, str>> {
        Some(self.document.text(self.value)).filter(|text| !text.is_empty())
    }
}
