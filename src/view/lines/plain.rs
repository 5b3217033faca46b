//! Files that all SDKs read alike, recognized without reading them.

use crate::ini::dialect::is_identifier;
use crate::profile::{File, FileKind};
use crate::text::search;

/// Whether a file has only lines in the form that all SDKs read alike. One that hasn't may nevertheless be read alike.
pub(super) fn is_plain(file: &File<'_>) -> bool {
    let bytes = file.document.bytes();
    if !file.document.faults().is_empty() || std::str::from_utf8(bytes).is_err() {
        return false;
    }
    let mut lines = Lines { kind: file.kind, open: Open::Nothing, defaults: [false; 2] };
    let is_plain = search::one(b'\n').iter(bytes).chain([bytes.len()]).try_fold(0, |start, end| {
        let line = &bytes[start..end];
        lines.take(line.strip_suffix(b"\r").unwrap_or(line)).then_some((end + 1).min(bytes.len()))
    });
    // Both spellings of one profile.
    is_plain.is_some() && lines.open != Open::Empty && lines.defaults != [true; 2]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// A key without a value, below which nothing was seen yet. To JavaScript it is none, unless it has sub-keys.
    Empty,
    /// A key without a value, with sub-keys below it.
    Block,
}

struct Lines {
    kind: FileKind,
    open: Open,
    /// Whether `[default]` and `[profile default]` were seen.
    defaults: [bool; 2],
}

impl Lines {
    fn take(&mut self, line: &[u8]) -> bool {
        match line {
            [] | [b'#' | b';', ..] => !line.contains(&b'\r'),
            [b' ' | b'\t', ..] => {
                let is_block = self.open != Open::Nothing;
                self.open = Open::Block;
                is_block && is_plain_key(line.trim_ascii_start()) == Some(true)
            }
            [b'[', header @ .., b']'] => self.leaves() && self.header(header),
            _ => {
                let has_value = is_plain_key(line);
                self.leaves() && {
                    self.open = if has_value == Some(true) { Open::Nothing } else { Open::Empty };
                    has_value.is_some()
                }
            }
        }
    }

    /// Whether no key without a value is left behind.
    fn leaves(&mut self) -> bool {
        let is_empty = self.open == Open::Empty;
        self.open = Open::Nothing;
        !is_empty
    }

    fn header(&mut self, header: &[u8]) -> bool {
        if header.is_empty() || header == b"DEFAULT" {
            return false;
        }
        if self.kind == FileKind::Credentials {
            return is_identifier(header);
        }
        self.defaults[0] |= header == b"default";
        self.defaults[1] |= header == b"profile default";
        match header.iter().position(|byte| *byte == b' ') {
            // Neither `[profilex]` nor `[profile.x]`, which one of them may read.
            None => {
                is_identifier(header)
                    && !header.contains(&b'.')
                    && PREFIXES.iter().all(|prefix| !header.starts_with(prefix))
            }
            Some(at) => {
                let name = &header[at + 1..];
                PREFIXES.contains(&&header[..at]) && !name.is_empty() && is_identifier(name)
            }
        }
    }
}

const PREFIXES: [&[u8]; 3] = [b"profile", b"sso-session", b"services"];

/// Whether a line without indentation is a plain key, and whether it has a value.
fn is_plain_key(line: &[u8]) -> Option<bool> {
    let is_of_key = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(byte);
    let end = line.iter().position(|byte| !is_of_key(byte)).filter(|end| *end > 0)?;
    let value = line[end..].trim_ascii_start().strip_prefix(b"=")?;
    let value = value.trim_ascii();
    let ([first, ..], [.., last]) = (value, value) else {
        return (line.last() == Some(&b'=')).then_some(false);
    };
    let is_graphic = first.is_ascii_graphic() && last.is_ascii_graphic();
    let is_quoted = value.len() > 1 && first == last && matches!(first, b'"' | b'\'');
    // A comment begins behind a blank, and other characters may be blanks to some.
    let has_comment = search::two(b'#', b';').iter(line).any(|at| !line[at - 1].is_ascii_graphic());
    // All bytes are looked at: without a way out the compiler takes many at once.
    let is_odd = line.iter().fold(false, |odd, byte| odd | matches!(byte, 0..=8 | 10..=31 | 127));
    (is_graphic && !is_quoted && !has_comment && !is_odd).then_some(true)
}
