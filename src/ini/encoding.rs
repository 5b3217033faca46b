//! Files that are not UTF-8 text. An edit would put UTF-8 among other bytes, and neither could be read.

use crate::text::search;

/// What Windows programs put in front of UTF-8. Python takes it for text.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a text that can't be edited is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Encoding {
    /// UTF-16, with a byte order mark or without.
    #[error("the file is UTF-16, not UTF-8")]
    Utf16,
    /// UTF-32, with a byte order mark or without.
    #[error("the file is UTF-32, not UTF-8")]
    Utf32,
    /// UTF-8, perhaps, but with NUL bytes in it.
    #[error("the file contains NUL bytes")]
    Nul {
        /// The line number of the first one, counted from 1.
        line: u32,
    },
}

impl Encoding {
    /// What `bytes` are, if no edit can be made in them.
    pub fn of(bytes: &[u8]) -> Option<Encoding> {
        match bytes {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some(Encoding::Utf32),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some(Encoding::Utf16),
            _ => {}
        }
        let nul = search::one(0).find(bytes)?;
        // ASCII, of which these files mostly consist, is every second or every fourth byte of the others.
        let is_ascii = |start: usize, step: usize| {
            let unit = |at: usize| bytes.get(at..at + step);
            let zeros = |unit: &[u8]| memchr::memchr_iter(0, unit).count() == step - 1;
            let units = (start..bytes.len()).step_by(step).take(16).filter_map(unit);
            let (all, ascii) =
                units.fold((0, 0), |(all, ascii), unit| (all + 1, ascii + usize::from(zeros(unit))));
            all > 0 && ascii * 4 >= all * 3
        };
        Some(if is_ascii(0, 4) {
            Encoding::Utf32
        } else if is_ascii(0, 2) {
            Encoding::Utf16
        } else {
            let breaks = memchr::memchr_iter(b'\n', &bytes[..nul]).count();
            Encoding::Nul { line: u32::try_from(breaks + 1).unwrap_or(u32::MAX) }
        })
    }

    /// The line to blame, counted from 1.
    pub fn line(self) -> u32 {
        match self {
            Encoding::Nul { line } => line,
            _ => 1,
        }
    }

    /// What the user can do about it.
    pub fn help(self) -> &'static str {
        match self {
            Encoding::Utf16 => {
                "save the file as UTF-8; PowerShell's `>` writes UTF-16, `Set-Content -Encoding utf8` doesn't"
            }
            Encoding::Utf32 => "save the file as UTF-8",
            Encoding::Nul { .. } => "remove the NUL bytes in an editor, and save the file as UTF-8",
        }
    }
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::Encoding;
    use crate::ini::{Document, FaultKind};

    #[test]
    fn encodings_are_told_apart_with_and_without_their_marks() {
        let text = "[default]\nregion = \u{e9}\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let bytes =
            |each: &dyn Fn(u16) -> [u8; 2]| utf16.iter().flat_map(|unit| each(*unit)).collect::<Vec<u8>>();
        let (little, big) = (bytes(&u16::to_le_bytes), bytes(&u16::to_be_bytes));
        let wide: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let wide_big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, expected) in [
            (marked(b"\xff\xfe", &little), Some(Encoding::Utf16)),
            (marked(b"\xfe\xff", &big), Some(Encoding::Utf16)),
            (little, Some(Encoding::Utf16)),
            (big, Some(Encoding::Utf16)),
            (marked(b"\xff\xfe\0\0", &wide), Some(Encoding::Utf32)),
            (marked(b"\0\0\xfe\xff", &wide_big), Some(Encoding::Utf32)),
            (wide, Some(Encoding::Utf32)),
            (wide_big, Some(Encoding::Utf32)),
            (b"\xff\xfe".to_vec(), Some(Encoding::Utf16)),
            (b"[a]\nx = \0\n".to_vec(), Some(Encoding::Nul { line: 2 })),
            (b"\0".to_vec(), Some(Encoding::Nul { line: 1 })),
            (text.as_bytes().to_vec(), None),
            (marked(b"\xef\xbb\xbf", text.as_bytes()), None),
            (b"[a]\nx = \xff\n".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(Encoding::of(&bytes), expected, "{bytes:?}");
            // It is the only fault, and no line is told to be another one than it is.
            if let Some(encoding @ (Encoding::Utf16 | Encoding::Utf32)) = expected {
                let document = Document::parse(bytes);
                let faults: Vec<_> = document.faults().iter().map(|one| (one.line, &one.kind)).collect();
                assert_eq!(faults, [(1, &FaultKind::Encoding(encoding))]);
                assert!(document.lost_headers().is_empty());
            }
        }
    }
}
