//! Text with its escapes undone: those of URLs, JSON, HTML, and line breaks.

/// A byte, and the range of the text that it is unescaped from.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) fn units(text: &str) -> Vec<Unit> {
    text.bytes().enumerate().map(|(at, byte)| Unit { byte, start: at, end: at + 1 }).collect()
}

/// Whether an escape or a line break begins with this byte.
fn may_begin(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'%' | b'\\' | b'&')
}

/// Whether anything may be escaped in a text.
pub(super) fn may_be_in(text: &str) -> bool {
    text.bytes().any(may_begin)
}

/// Unescapes one level, and joins lines. `None` if nothing is escaped.
pub(super) fn unescaped(units: &[Unit]) -> Option<Vec<Unit>> {
    if !units.iter().any(|unit| may_begin(unit.byte)) {
        return None;
    }
    let mut result = Vec::with_capacity(units.len());
    let (mut at, mut changed) = (0, false);
    while at < units.len() {
        let (byte, length) = escape(&units[at..]).unwrap_or((Some(units[at].byte), 1));
        changed |= length > 1 || byte.is_none();
        let end = units[at + length - 1].end;
        result.extend(byte.map(|byte| Unit { byte, start: units[at].start, end }));
        at += length;
    }
    changed.then_some(result)
}

/// The byte that the escape at the start means, and the length of the escape. A line break means no byte.
fn escape(units: &[Unit]) -> Option<(Option<u8>, usize)> {
    let byte = |at: usize| units.get(at).map(|unit| unit.byte);
    let number = |from: usize, to: usize, radix: u32| {
        let digits: String = units.get(from..to)?.iter().map(|unit| char::from(unit.byte)).collect();
        u32::from_str_radix(&digits, radix).ok().and_then(|number| u8::try_from(number).ok())
    };
    let line_break = |length: usize| {
        let blanks =
            units[length..].iter().take_while(|unit| matches!(unit.byte, b' ' | b'\t' | b'\r' | b'\n'));
        Some((None, length + blanks.count()))
    };
    match (byte(0)?, byte(1)) {
        (b'\n' | b'\r', _) => line_break(1),
        (b'%', _) => Some((Some(number(1, 3, 16)?), 3)),
        (b'\\', Some(b'n' | b'r')) => line_break(2),
        (b'\\', Some(b'u')) => Some((Some(number(2, 6, 16)?), 6)),
        (b'\\', Some(b'x')) => Some((Some(number(2, 4, 16)?), 4)),
        (b'\\', Some(mark)) if mark.is_ascii_punctuation() => Some((Some(mark), 2)),
        (b'&', Some(b'#')) => {
            let end = units.iter().take(8).position(|unit| unit.byte == b';')?;
            let decoded = match byte(2)? {
                b'x' | b'X' => number(3, end, 16),
                _ => number(2, end, 10),
            };
            Some((Some(decoded?), end + 1))
        }
        (b'&', _) => {
            let named =
                [("&amp;", b'&'), ("&lt;", b'<'), ("&gt;", b'>'), ("&quot;", b'"'), ("&apos;", b'\'')];
            let is_here = |name: &str| name.bytes().enumerate().all(|(at, mark)| byte(at) == Some(mark));
            named.iter().find(|(name, _)| is_here(name)).map(|(name, mark)| (Some(*mark), name.len()))
        }
        _ => None,
    }
}
