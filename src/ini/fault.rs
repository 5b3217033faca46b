//! What makes a document unreadable to botocore and AWS CLI: each fault with its line and its mend.

use std::borrow::Cow;
use std::fmt;
use std::hash::BuildHasher as _;

use hashbrown::hash_table::{Entry, HashTable};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::contents::{INHERITED, lowered};
use super::document::{Document, Header, Kind, Line, Stray};
use super::scan::Scan;
use super::{Span, text};

/// One reason why Python's reader, and so AWS CLI and boto3, give up on the whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line number, counted from 1.
    pub line: u32,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What can make a file unreadable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// A line that has no meaning where it stands.
    Stray(Stray),
    /// A header that stands in the file already.
    RepeatedSection {
        /// The text between the brackets.
        name: String,
        /// Where it stood first.
        first: u32,
    },
    /// A key that stands in its section already; case does not tell keys apart.
    RepeatedKey {
        /// The key in lower case.
        key: String,
        /// Where it stood first.
        first: u32,
    },
    /// A line of a nested block without `=`.
    NestedWithoutEquals,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FaultKind::NotUtf8 => f.write_str("bytes that are not UTF-8"),
            FaultKind::ByteOrderMark => f.write_str("the file begins with a byte order mark"),
            FaultKind::Stray(Stray::NoSection) => f.write_str("text before the first `[section]`"),
            FaultKind::Stray(Stray::NoDelimiter) => {
                f.write_str("neither `key = value` nor a header nor a comment")
            }
            FaultKind::Stray(Stray::NoKey) => f.write_str("no key before the delimiter"),
            FaultKind::RepeatedSection { name, first } => {
                write!(f, "section `[{name}]` stands on line {first} already")
            }
            FaultKind::RepeatedKey { key, first } => {
                write!(f, "key `{key}` stands in this section on line {first} already")
            }
            FaultKind::NestedWithoutEquals => f.write_str("a line of a nested block without `=`"),
        }
    }
}

impl FaultKind {
    /// What the user can do about it.
    pub fn mend(&self) -> &'static str {
        match self {
            FaultKind::NotUtf8 => "save the file as UTF-8",
            FaultKind::ByteOrderMark => "save the file as UTF-8 without a byte order mark",
            FaultKind::Stray(Stray::NoSection) => {
                "put a header such as `[default]` above the line, or remove it"
            }
            FaultKind::Stray(Stray::NoDelimiter) => {
                "write `key = value`, begin the line with `#`, or remove it"
            }
            FaultKind::Stray(Stray::NoKey) => "write a key before the delimiter, or remove the line",
            FaultKind::RepeatedSection { .. } => {
                "move the lines of the second section below the first header"
            }
            FaultKind::RepeatedKey { .. } => "remove one of the two lines",
            FaultKind::NestedWithoutEquals => {
                "write `key = value` on each indented line, or put the value on the line of its key"
            }
        }
    }
}

/// Finds the faults while the lines pass by once.
pub(super) struct Faults<'d> {
    bytes: &'d [u8],
    /// Whether all of them are ASCII, as nearly always: then so are the keys, and the text is UTF-8.
    ascii: bool,
    found: Vec<Fault>,
    /// The keys of the open section, and those of `[DEFAULT]`, which may be open several times.
    keys: [Keys<'d>; 2],
    in_inherited: bool,
    /// The key of the open entry if nothing stands behind its delimiter: what continues it is a nested block.
    block: Option<&'d [u8]>,
    /// Lines without `=` in blocks of `[DEFAULT]`: faults only where a section inherits the block.
    in_inherited_blocks: Vec<(&'d [u8], Fault)>,
}

impl<'d> Faults<'d> {
    pub(super) fn new(bytes: &'d [u8]) -> Faults<'d> {
        Faults {
            bytes,
            ascii: bytes.is_ascii(),
            found: Vec::new(),
            keys: [Keys::default(), Keys::default()],
            in_inherited: false,
            block: None,
            in_inherited_blocks: Vec::new(),
        }
    }

    /// Takes the next line, whose number is counted from 1.
    #[inline]
    pub(super) fn line(&mut self, number: u32, line: &Line) {
        match line.kind {
            Kind::Blank | Kind::Comment => {}
            Kind::Header { name } => self.header(name.of(self.bytes)),
            Kind::Entry { key, value } => {
                let key = key.of(self.bytes);
                self.block = value.is_empty().then_some(key);
                let keys = &mut self.keys[usize::from(self.in_inherited)];
                if let Some(first) = keys.insert(key, number, self.ascii) {
                    let kind = FaultKind::RepeatedKey { key: lowered(key).into_owned(), first };
                    self.found.push(Fault { line: number, kind });
                }
            }
            Kind::Continuation { text } => {
                if let Some(key) = self.block {
                    self.nested(number, key, text);
                }
            }
            Kind::Stray(stray) => self.stray(number, stray),
        }
    }

    fn header(&mut self, name: &[u8]) {
        self.keys[0].clear();
        self.block = None;
        self.in_inherited = name == INHERITED;
    }

    fn nested(&mut self, number: u32, key: &'d [u8], text: Span) {
        let bytes = self.bytes;
        let pieces = text::split_lines(bytes, text).into_iter().map(|piece| text::trim(bytes, piece));
        let stray =
            pieces.filter(|piece| !piece.is_empty() && memchr::memchr(b'=', piece.of(bytes)).is_none());
        let faults = stray.map(|_| Fault { line: number, kind: FaultKind::NestedWithoutEquals });
        if self.in_inherited {
            self.in_inherited_blocks.extend(faults.map(|fault| (key, fault)));
        } else {
            self.found.extend(faults);
        }
    }

    fn stray(&mut self, number: u32, stray: Stray) {
        if stray == Stray::NoKey {
            self.block = None;
        }
        let begins_with_mark = number == 1 && self.bytes.starts_with("\u{feff}".as_bytes());
        let kind = if begins_with_mark { FaultKind::ByteOrderMark } else { FaultKind::Stray(stray) };
        self.found.push(Fault { line: number, kind });
    }

    /// The faults.
    pub(super) fn found(mut self) -> Vec<Fault> {
        if !self.ascii
            && let Err(error) = std::str::from_utf8(self.bytes)
        {
            let before = Scan::new(self.bytes).take_while(|line| line.span.end() <= error.valid_up_to());
            let at = before.count();
            // Text is decoded before it is read, so of the faults of one line this comes first.
            self.found.insert(0, Fault { line: Document::number(at), kind: FaultKind::NotUtf8 });
        }
        for (key, fault) in std::mem::take(&mut self.in_inherited_blocks) {
            if self.is_inherited(key) {
                self.found.push(fault);
            }
        }
        self.found
    }

    /// Whether some section has no entry of its own for a key of `[DEFAULT]`.
    fn is_inherited(&self, key: &[u8]) -> bool {
        let (mut has_it, mut lacks_it) = (true, false);
        for line in Scan::new(self.bytes) {
            match line.kind {
                Kind::Header { name } => {
                    lacks_it |= !has_it;
                    has_it = name.of(self.bytes) == INHERITED;
                }
                Kind::Entry { key: own, .. } => has_it |= same(own.of(self.bytes), key),
                _ => {}
            }
        }
        lacks_it || !has_it
    }
}

/// The headers that stand in the text already. They are looked at together because a table of their indices takes a
/// fifth of the memory that a map of names would take, and touching memory for the first time is what large files
/// spend their time on.
pub(super) fn repeated_sections(bytes: &[u8], headers: &[Header]) -> Vec<Fault> {
    let name = |at: u32| headers[at as usize].name.of(bytes);
    let hash = |at: u32| FxBuildHasher.hash_one(name(at));
    let mut seen = HashTable::with_capacity(headers.len());
    let mut found = Vec::new();
    for at in (0..).take(headers.len()).filter(|at| name(*at) != INHERITED) {
        match seen.entry(hash(at), |other| name(*other) == name(at), |other| hash(*other)) {
            Entry::Vacant(place) => _ = place.insert(at),
            Entry::Occupied(mut place) => {
                let first = headers[std::mem::replace(place.get_mut(), at) as usize].number();
                let name = String::from_utf8_lossy(name(at)).into_owned();
                let kind = FaultKind::RepeatedSection { name, first };
                found.push(Fault { line: headers[at as usize].number(), kind });
            }
        }
    }
    found
}

/// Whether two keys as written are the same key to the readers.
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.is_ascii() && other.is_ascii() {
        one.eq_ignore_ascii_case(other)
    } else {
        lowered(one) == lowered(other)
    }
}

/// The keys of a section with their lines. Nearly all sections have so few that looking through them is faster
/// than a map; the map keeps a hostile one from taking quadratic time.
#[derive(Default)]
struct Keys<'d> {
    few: Vec<(&'d [u8], u32)>,
    many: FxHashMap<Cow<'d, str>, u32>,
    /// The marks of those that are ASCII. Most keys are known by theirs to be new.
    seen: u64,
    /// Whether some key is not ASCII. Until then keys of different lengths are different keys.
    odd: bool,
}

impl<'d> Keys<'d> {
    #[inline]
    fn clear(&mut self) {
        self.few.clear();
        self.seen = 0;
        self.odd = false;
        if !self.many.is_empty() {
            self.many = FxHashMap::default();
        }
    }

    /// Adds a key as written, which may be known to be ASCII, and returns the line where it stood first, if it did.
    #[inline]
    fn insert(&mut self, key: &'d [u8], line: u32, ascii: bool) -> Option<u32> {
        if !ascii {
            self.odd |= !key.is_ascii();
        }
        let (odd, mark) = (self.odd, mark(key));
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

/// One of 64 bits, which no two of the keys of a usual profile share; the same for keys that differ in case only.
#[inline]
fn mark(key: &[u8]) -> u64 {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte % 32));
    1 << ((2 * key.len() + letter(key.first()) + 3 * letter(key.last())) % 64)
}
