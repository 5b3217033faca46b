//! Finds the faults of a document, in one pass over its lines.

use super::encoding::Encoding;
use super::fault::{Fault, FaultKind};
use super::key::{lowered, same};
use super::keys::{Keys, Marks};
use super::line::{Header, INHERITED, Kind, Line, Stray};
use super::lost::{Lost, LostHeader};
use super::names::Names;
use super::scan::Scan;
use super::span::Span;
use super::text;
use crate::text::search;

/// Finds the faults while the lines pass by once.
pub(super) struct Faults<'d> {
    bytes: &'d [u8],
    /// Whether all of them are ASCII, as nearly always: then so are the keys, and the text is UTF-8.
    ascii: bool,
    found: Vec<Fault>,
    lost: Lost<'d>,
    /// The line of the open section's header.
    header: u32,
    /// The keys of the open section, and those of `[DEFAULT]`, which may be open several times.
    keys: [Keys<'d>; 2],
    in_inherited: bool,
    /// The key of the open entry if it has nothing behind its delimiter: what continues it is a nested block.
    block: Option<&'d [u8]>,
    /// Whether a merge left two versions of some lines.
    has_conflict: bool,
    /// Lines without `=` in blocks of `[DEFAULT]`: faults only where a section inherits the block.
    in_inherited_blocks: Vec<(&'d [u8], Fault)>,
}

impl<'d> Faults<'d> {
    pub(super) fn new(bytes: &'d [u8]) -> Faults<'d> {
        let ascii = bytes.is_ascii();
        Faults {
            bytes,
            ascii,
            found: Vec::new(),
            lost: Lost::new(bytes, ascii),
            header: 0,
            keys: [Keys::default(), Keys::default()],
            in_inherited: false,
            block: None,
            has_conflict: false,
            in_inherited_blocks: Vec::new(),
        }
    }

    /// Takes the next line, whose number is counted from 1.
    #[inline]
    pub(super) fn line(&mut self, number: u32, line: &Line) {
        self.lost.line(number, line);
        match line.kind {
            Kind::Blank | Kind::Comment => {}
            Kind::Header { name } => self.header(number, name.of(self.bytes)),
            Kind::Entry { key, value } => {
                let key = key.of(self.bytes);
                self.block = value.is_empty().then_some(key);
                let keys = &mut self.keys[usize::from(self.in_inherited)];
                if let Some(first) = keys.insert(key, number, self.ascii) {
                    self.repeated(number, key, first);
                }
            }
            Kind::Continuation { text } => {
                if let Some(key) = self.block {
                    self.nested(number, key, text);
                }
            }
            Kind::Stray(stray) => self.stray(number, line, stray),
        }
    }

    fn header(&mut self, number: u32, name: &[u8]) {
        self.header = number;
        self.keys[0].clear();
        self.block = None;
        self.in_inherited = name == INHERITED;
    }

    /// A key that its section has on the line `first`. If a header is lost between them, that is to blame.
    #[cold]
    fn repeated(&mut self, number: u32, key: &[u8], first: u32) {
        let key = lowered(key).into_owned();
        match self.lost.below(first.max(self.header)).filter(|lost| lost.line < number) {
            None => {
                self.found.push(Fault { line: number, kind: FaultKind::RepeatedKey { key, first } });
            }
            Some(lost) if self.found.iter().any(|fault| fault.line == lost.line) => {}
            Some(lost) => self.lose(lost, Some((key, number))),
        }
    }

    fn lose(&mut self, lost: LostHeader, repeated: Option<(String, u32)>) {
        let header = String::from_utf8_lossy(lost.written(self.bytes)).into_owned();
        let kind = FaultKind::LostHeader { header, cause: lost.cause, repeated };
        self.found.push(Fault { line: lost.line, kind });
    }

    fn nested(&mut self, number: u32, key: &'d [u8], text: Span) {
        let bytes = self.bytes;
        if !self.in_inherited
            && let Some(lost) = self.lost.below(number - 1)
            && search::one(b'=').find(text.of(bytes)).is_none()
        {
            return self.lose(lost, None);
        }
        let pieces = text::split_lines(bytes, text).into_iter().map(|piece| text::trim(bytes, piece));
        let stray =
            pieces.filter(|piece| !piece.is_empty() && search::one(b'=').find(piece.of(bytes)).is_none());
        let faults = stray.map(|_| Fault { line: number, kind: FaultKind::NestedWithoutEquals });
        if self.in_inherited {
            self.in_inherited_blocks.extend(faults.map(|fault| (key, fault)));
        } else {
            self.found.extend(faults);
        }
    }

    fn stray(&mut self, number: u32, line: &Line, stray: Stray) {
        if stray == Stray::NoKey {
            self.block = None;
        }
        let begins_with_mark = number == 1 && self.bytes.starts_with("\u{feff}".as_bytes());
        if begins_with_mark {
            self.found.push(Fault { line: number, kind: FaultKind::ByteOrderMark });
        } else if let Some(lost) = self.lost.below(number - 1) {
            self.lose(lost, None);
        } else {
            let text = text::trim(self.bytes, line.span).of(self.bytes);
            let marker = marker(text);
            self.has_conflict |= marker == Some(b'<');
            let kind = match marker {
                // Alone it may underline a title.
                Some(mark) if mark != b'=' || self.has_conflict => FaultKind::Conflict,
                _ if text.strip_prefix(b"[]").is_some_and(is_nothing) => FaultKind::NoName,
                _ => FaultKind::Stray(stray),
            };
            self.found.push(Fault { line: number, kind });
        }
    }

    /// The marks of all keys.
    pub(super) fn marks(&self) -> Marks {
        let [own, inherited] = &self.keys;
        own.all.and(inherited.all)
    }

    /// The faults, and the headers that aren't read as such.
    pub(super) fn found(mut self) -> (Vec<Fault>, Lost<'d>) {
        let undecodable = if self.ascii { None } else { std::str::from_utf8(self.bytes).err() };
        for (key, fault) in std::mem::take(&mut self.in_inherited_blocks) {
            if self.is_inherited(key) {
                self.found.push(fault);
            }
        }
        if (undecodable.is_some() || !self.found.is_empty())
            && let Some(encoding @ (Encoding::Utf16 | Encoding::Utf32)) = Encoding::of(self.bytes)
        {
            // No line is what it seems to be, and none of them is at fault.
            self.found = vec![Fault { line: 1, kind: FaultKind::Encoding(encoding) }];
            self.lost.headers.clear();
        } else if let Some(error) = undecodable {
            let before = Scan::new(self.bytes).take_while(|line| line.span.end() <= error.valid_up_to());
            let line = u32::try_from(before.count() + 1).unwrap_or(u32::MAX);
            // Text is decoded before it is read, so of the faults of one line this comes first.
            self.found.insert(0, Fault { line, kind: FaultKind::NotUtf8 });
        }
        (self.found, self.lost)
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

/// The character of a line that a merge puts around the versions of some lines: it is there seven times.
fn marker(text: &[u8]) -> Option<u8> {
    let mark = *text.first().filter(|mark| b"<|=>".contains(mark))?;
    let length = text.iter().take_while(|byte| **byte == mark).count();
    (length == 7 && text.get(7).is_none_or(|byte| *byte == b' ')).then_some(mark)
}

/// Whether nothing is behind a header, or what other formats take for a comment.
fn is_nothing(behind: &[u8]) -> bool {
    matches!(behind.trim_ascii_start(), [] | [b'#' | b';', ..])
}

/// The headers that the text has twice.
pub(super) fn repeated_sections<'h>(
    bytes: &'h [u8],
    headers: &'h [Header],
) -> impl Iterator<Item = Fault> + use<'h> {
    let name = |at: u32| headers[at as usize].name.of(bytes);
    let repeated = match headers {
        // A section that is edited is a document by itself, with the header below it. Thousands may be.
        [] | [_] => Vec::new(),
        [one, other] if one.name.of(bytes) != other.name.of(bytes) => Vec::new(),
        _ => {
            let names = (0..).zip(headers).map(|(at, header)| (at, header.name.of(bytes)));
            // Any number of these may be there.
            let names = Names::new(names.filter(|(_, name)| *name != INHERITED));
            names.repeated(|one, other| name(one) == name(other))
        }
    };
    repeated.into_iter().map(move |(at, first)| {
        let [at, first] = [at, first].map(|at| &headers[at as usize]);
        let name = String::from_utf8_lossy(at.name.of(bytes)).into_owned();
        Fault { line: at.number(), kind: FaultKind::RepeatedSection { name, first: first.number() } }
    })
}

#[cfg(test)]
mod tests {
    use crate::growth::assert_linear;
    use crate::ini::Document;

    #[test]
    fn a_header_that_may_be_there_any_number_of_times_is_read_by_linear_work() {
        assert_linear(|size| {
            let text = "[DEFAULT]\nregion = eu-west-1\n".repeat(size);
            move || assert_eq!(Document::parse(text.as_bytes().to_vec()).sections().len(), size)
        });
    }
}
