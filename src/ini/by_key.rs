//! Entries by their keys, for sections that have many.

use rustc_hash::FxHashMap;

use super::key::lowered;
use super::span::Span;

/// How many entries are looked through faster than a map is made.
pub(super) const FEW: usize = 64;

/// The entry that [`same_key`](super::key::same_key) finds last for each key.
#[derive(Clone, Debug)]
pub(super) struct ByKey<E>(FxHashMap<String, E>);

/// An entry without its document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spans {
    pub(super) at: usize,
    pub(super) line: Span,
    pub(super) key: Span,
    pub(super) value: Span,
}

impl<E: Copy> ByKey<E> {
    /// `entries` with their keys as written.
    pub(super) fn of<'d>(entries: impl Iterator<Item = (&'d [u8], E)>) -> ByKey<E> {
        let mut by_key = FxHashMap::default();
        for (written, entry) in entries {
            let read = lowered(written);
            // A key may also be searched for as it is written.
            if let Ok(written) = std::str::from_utf8(written)
                && written != read
            {
                by_key.insert(written.to_owned(), entry);
            }
            by_key.insert(read.into_owned(), entry);
        }
        ByKey(by_key)
    }

    pub(super) fn find(&self, key: &str) -> Option<E> {
        self.0.get(key).copied()
    }
}
