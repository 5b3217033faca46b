//! The keys of a section, to find those that it has twice.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::key::{lowered, same};

/// The keys of a section with their lines. Nearly all sections have so few that looking through them is faster
/// than a map; the map keeps a hostile one from taking quadratic time.
#[derive(Default)]
pub(super) struct Keys<'d> {
    few: Vec<(&'d [u8], u32)>,
    many: FxHashMap<Cow<'d, str>, u32>,
    /// Bloom filter over the ASCII keys: a clear bit proves that a key is new.
    seen: u64,
    /// The keys of all sections so far.
    pub(super) all: Marks,
    /// Whether some key is not ASCII. Until then keys of different lengths are different keys.
    odd: bool,
}

impl<'d> Keys<'d> {
    #[inline]
    pub(super) fn clear(&mut self) {
        self.few.clear();
        self.seen = 0;
        self.odd = false;
        if !self.many.is_empty() {
            self.many = FxHashMap::default();
        }
    }

    /// Adds a key as written, which may be known to be ASCII, and returns the line where it stood first, if it did.
    #[inline]
    pub(super) fn insert(&mut self, key: &'d [u8], line: u32, ascii: bool) -> Option<u32> {
        if !ascii && !key.is_ascii() {
            self.odd = true;
            self.all = Marks::ANY;
        }
        let (odd, mark) = (self.odd, mark(key));
        self.all.0 |= mark;
        if odd || self.seen & mark != 0 {
            let same = |seen: &[u8]| if odd { same(seen, key) } else { seen.eq_ignore_ascii_case(key) };
            let first = self.few.iter().find(|(seen, _)| same(seen)).map(|(_, line)| *line);
            if first.is_some() {
                return first;
            }
        }
        self.seen |= mark;
        if self.few.len() < 32 {
            self.few.push((key, line));
            return None;
        }
        let first = *self.many.entry(lowered(key)).or_insert(line);
        (first != line).then_some(first)
    }
}

/// The marks of some keys: a clear bit proves that a key is not among them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks(u64);

impl Marks {
    /// Those of keys of which some are not ASCII: in lower case any letter may be an ASCII one.
    pub(super) const ANY: Marks = Marks(u64::MAX);

    /// Those of ASCII keys.
    pub(super) fn of<'d>(keys: impl Iterator<Item = &'d [u8]>) -> Marks {
        Marks(keys.fold(0, |all, key| all | mark(key)))
    }

    pub(super) fn and(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Whether `key` may be among them.
    #[inline]
    pub fn may_have(self, key: &str) -> bool {
        self.0 & mark(key.as_bytes()) != 0
    }
}

/// One of 64 bits, which no two of the keys of a usual profile share; the same for keys that differ in case only.
#[inline]
fn mark(key: &[u8]) -> u64 {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte % 32));
    1 << ((2 * key.len() + letter(key.first()) + 3 * letter(key.last())) % 64)
}
