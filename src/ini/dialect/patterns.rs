//! Lines as a reader takes them that looks for keys and headers by patterns ([`Indented::SubKey`]).

use super::super::span::Span;
use super::Indented;
use super::lines::Line;
use super::reader::{Open, Reader};
use super::reading::What;

impl Reader<'_, '_> {
    /// The brackets of a header and what is between them, if that is all of the line but for a comment.
    pub(super) fn whole_header(&self, line: Line) -> Option<Span> {
        let text = self.uncommented(line.text).of(self.bytes);
        let inner = text.strip_prefix(b"[")?;
        let end = inner.iter().position(|byte| matches!(byte, b'[' | b']')).filter(|end| *end > 0)?;
        let rest = inner[end..].strip_prefix(b"]")?;
        let behind = &rest[self.dialect.blanks.leading(rest)..];
        let is_whole = behind.is_empty() || behind.len() > 1 && behind.starts_with(b"#");
        is_whole.then(|| Span::new(line.text.start(), line.text.start() + end + 2))
    }

    /// Reads a line without indentation, below which sub-keys may be.
    pub(super) fn key_for_subs(&mut self, line: Line) {
        match self.split(self.uncommented(line.text)) {
            Ok(split) => {
                let has_value = !self.trim(split.value).of(self.bytes).is_empty();
                self.add(line, &split);
                if has_value {
                    self.open = Open::LeftOut { has_value };
                }
            }
            Err(what) => {
                self.malformed(line, what);
                self.keyless();
            }
        }
    }

    /// Reads an indented line, which is a sub-key or nothing.
    pub(super) fn sub_key(&mut self, line: Line) {
        let split = self.split(self.uncommented(line.text)).ok();
        let Some(split) = split.filter(|split| !split.value.of(self.bytes).is_empty()) else {
            return self.keyless();
        };
        match self.open {
            Open::Pair(at) => self.add_sub(at, line, &split),
            Open::LeftOut { .. } => {}
            Open::Nothing => self.fail(line, What::NothingOpen),
        }
    }

    /// Notes that the line above the next one is not a key.
    pub(super) fn keyless(&mut self) {
        if self.dialect.indented == Indented::SubKey && matches!(self.open, Open::LeftOut { .. }) {
            self.open = Open::Nothing;
        }
    }
}
