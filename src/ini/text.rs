//! Whitespace as Python's `str.strip` sees it, on bytes that need not be UTF-8.

use super::span::Span;

/// Python's whitespace: Unicode's, and the four information separators.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1c..=0x1f | b' ')
}

/// Whether a byte is the whole of a character that is not whitespace: nearly all are, so it is asked first.
#[inline]
fn is_plain(byte: u8) -> bool {
    (0x21..0x80).contains(&byte)
}

/// The whitespace that `bytes` begin with: its length in bytes and in characters.
#[inline]
pub(super) fn leading_space(bytes: &[u8]) -> (usize, u32) {
    match bytes {
        [] => (0, 0),
        [first, ..] if is_plain(*first) => (0, 0),
        [b' ', next, ..] if is_plain(*next) => (1, 1),
        _ => some_leading_space(bytes),
    }
}

#[cold]
fn some_leading_space(bytes: &[u8]) -> (usize, u32) {
    let (mut length, mut characters) = (0, 0);
    while let Some(&byte) = bytes.get(length) {
        let step = if byte < 0x80 {
            usize::from(is_ascii_space(byte))
        } else {
            first_char(&bytes[length..]).filter(|c| is_space(*c)).map_or(0, char::len_utf8)
        };
        if step == 0 {
            break;
        }
        length += step;
        characters += 1;
    }
    (length, characters)
}

/// The length in bytes of the whitespace that `bytes` end with.
#[inline]
pub(super) fn trailing_space(bytes: &[u8]) -> usize {
    match bytes {
        [] => 0,
        [.., last] if is_plain(*last) => 0,
        [.., before, b' '] if is_plain(*before) => 1,
        _ => some_trailing_space(bytes),
    }
}

#[cold]
fn some_trailing_space(bytes: &[u8]) -> usize {
    let mut end = bytes.len();
    while end > 0 {
        let byte = bytes[end - 1];
        let step = if byte < 0x80 {
            usize::from(is_ascii_space(byte))
        } else {
            last_char(&bytes[..end]).filter(|c| is_space(*c)).map_or(0, char::len_utf8)
        };
        if step == 0 {
            break;
        }
        end -= step;
    }
    bytes.len() - end
}

/// Narrows `span` of `bytes` to what is left without whitespace at its ends. Of nothing but whitespace the
/// empty span at its end is left.
#[inline]
pub(super) fn trim(bytes: &[u8], span: Span) -> Span {
    let text = span.of(bytes);
    let end = span.end() - trailing_space(text);
    let start = (span.start() + leading_space(text).0).min(end);
    if start == end { Span::new(span.end(), span.end()) } else { Span::new(start, end) }
}

pub(super) fn first_char(bytes: &[u8]) -> Option<char> {
    let piece = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&piece[..error.valid_up_to()]).ok()?,
    };
    valid.chars().next()
}

pub(super) fn last_char(bytes: &[u8]) -> Option<char> {
    // All whitespace outside ASCII takes two or three bytes.
    (2..=3.min(bytes.len())).find_map(|length| {
        let mut chars = std::str::from_utf8(&bytes[bytes.len() - length..]).ok()?.chars();
        chars.next().filter(|_| chars.next().is_none())
    })
}

/// `str.splitlines`: the spans of the lines in `span`, terminators left out.
pub(super) fn split_lines(bytes: &[u8], span: Span) -> Vec<Span> {
    let text = span.of(bytes);
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        let length = match &text[at..] {
            [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => 2,
            [b'\n' | b'\r' | 0x0b | 0x0c | 0x1c..=0x1e, ..] => 1,
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
            _ => 0,
        };
        if length == 0 {
            at += 1;
            continue;
        }
        lines.push(Span::new(span.start() + start, span.start() + at));
        at += length;
        start = at;
    }
    if start < text.len() {
        lines.push(Span::new(span.start() + start, span.end()));
    }
    lines
}

/// The lines of a text as Python's `str.splitlines` sees them.
pub fn lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let spans = split_lines(text.as_bytes(), Span::new(0, text.len()));
    spans.into_iter().map(|span| &text[span.start()..span.end()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trimmed(text: &[u8]) -> &[u8] {
        trim(text, Span::new(0, text.len())).of(text)
    }

    #[test]
    fn trims_what_python_trims() {
        assert_eq!(trimmed("\u{a0}\u{1f} x\u{2003}y \u{2028}\u{85}".as_bytes()), "x\u{2003}y".as_bytes());
        assert_eq!(trimmed(b" \t\x0b\x0c"), b"");
        assert_eq!(trimmed("\u{feff}x\u{200b}".as_bytes()), "\u{feff}x\u{200b}".as_bytes());
        assert_eq!(trimmed(b"\xa0x\x85"), b"\xa0x\x85", "bytes that are not UTF-8 are not whitespace");
    }

    #[test]
    fn indentation_counts_characters() {
        assert_eq!(leading_space("\t \u{2003}x".as_bytes()), (5, 3));
    }

    #[test]
    fn splits_lines_where_python_does() {
        let text = "a\r\nb\u{85}c\u{2028}\u{b}d\n".as_bytes();
        let lines: Vec<_> =
            split_lines(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect();
        assert_eq!(lines, [&b"a"[..], b"b", b"c", b"", b"d"]);
    }
}
