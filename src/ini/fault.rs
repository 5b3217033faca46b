//! What makes a document unreadable to botocore and AWS CLI: each fault with its line and its mend.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;

use super::contents::{NoEquals, lowered};
use super::document::{Document, Kind, Stray};

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

impl Document {
    /// All faults, in line order. A document without any is read by botocore as [`Section`](super::Section)s and
    /// [`Value`](super::Value)s tell.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if let Err(error) = std::str::from_utf8(self.bytes()) {
            let at = self.lines().partition_point(|line| line.span.end() <= error.valid_up_to());
            faults.push(Fault { line: Document::number(at), kind: FaultKind::NotUtf8 });
        }
        let mut sections = FxHashMap::default();
        sections.reserve(self.sections().len());
        let first_header = self.sections().next().map_or(self.lines().len(), |section| section.header());
        self.strays(0..first_header, &mut faults);
        let (mut own, mut inherited) = (Keys::default(), Keys::default());
        for section in self.sections() {
            own.clear();
            let keys = if section.is_inherited() { &mut inherited } else { &mut own };
            if !section.is_inherited()
                && let Some(first) = sections.insert(section.name(), section.line())
            {
                let name = String::from_utf8_lossy(section.name()).into_owned();
                faults.push(Fault { line: section.line(), kind: FaultKind::RepeatedSection { name, first } });
            }
            for entry in section.entries() {
                if let Some(first) = keys.insert(entry.key(), entry.line()) {
                    let kind = FaultKind::RepeatedKey { key: lowered(entry.key()).into_owned(), first };
                    faults.push(Fault { line: entry.line(), kind });
                }
                // A block in `[DEFAULT]` is read where a section inherits it, and only there.
                let is_read = || {
                    let key = lowered(entry.key());
                    !section.is_inherited()
                        || self.sections().any(|other| !other.is_inherited() && other.entry(&key).is_none())
                };
                if entry.is_block() && is_read() {
                    faults.extend(entry.nested_spans().filter_map(Result::err).map(|NoEquals(at)| Fault {
                        line: Document::number(at),
                        kind: FaultKind::NestedWithoutEquals,
                    }));
                }
            }
            self.strays(section.body(), &mut faults);
        }
        faults.sort_by_key(|fault| fault.line);
        faults
    }

    fn strays(&self, lines: std::ops::Range<usize>, faults: &mut Vec<Fault>) {
        if !self.has_strays() {
            return;
        }
        for at in lines {
            let Kind::Stray(stray) = self.lines()[at].kind else {
                continue;
            };
            let kind = match stray {
                Stray::NoSection if at == 0 && self.bytes().starts_with("\u{feff}".as_bytes()) => {
                    FaultKind::ByteOrderMark
                }
                stray => FaultKind::Stray(stray),
            };
            faults.push(Fault { line: Document::number(at), kind });
        }
    }
}

/// The keys of a section with their lines. Nearly all sections have so few that looking through them is faster
/// than a map; the map keeps a hostile one from taking quadratic time.
#[derive(Default)]
struct Keys<'d> {
    few: Vec<(&'d [u8], u32)>,
    many: FxHashMap<Cow<'d, str>, u32>,
}

impl<'d> Keys<'d> {
    fn clear(&mut self) {
        self.few.clear();
        if !self.many.is_empty() {
            self.many = FxHashMap::default();
        }
    }

    /// Adds a key as written and returns the line where it stood first, if it did.
    fn insert(&mut self, key: &'d [u8], line: u32) -> Option<u32> {
        let same = |seen: &[u8]| {
            if seen.is_ascii() && key.is_ascii() {
                seen.eq_ignore_ascii_case(key)
            } else {
                lowered(seen) == lowered(key)
            }
        };
        let seen = self.few.iter().find(|(seen, _)| same(seen)).map(|(_, line)| *line);
        if seen.is_some() {
            return seen;
        }
        if self.few.len() < 32 {
            self.few.push((key, line));
            return None;
        }
        let first = *self.many.entry(lowered(key)).or_insert(line);
        (first != line).then_some(first)
    }
}
