//! The lines of a text, and what each can be.

use super::span::Span;
use super::text;

/// Every other section of its file inherits the keys of this one.
pub(super) const INHERITED: &[u8] = b"DEFAULT";

/// One line: its bytes, terminator included, and its part in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where the line is; the spans of all lines tile the document.
    pub span: Span,
    pub kind: Kind,
}

/// What a line is to Python's raw INI reader, which reads the AWS files for botocore and AWS CLI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing but whitespace. Inside a value it adds an empty line to it.
    Blank,
    /// `#` or `;` as the first character, at any indentation.
    Comment,
    /// A section header; the name goes up to the last `]`, untrimmed.
    Header {
        /// The text between the brackets.
        name: Span,
    },
    /// `key = value` or `key: value`.
    Entry {
        /// The key as written, trimmed.
        key: Span,
        /// The value's first line, trimmed.
        value: Span,
    },
    /// A line indented deeper than the entry that it continues.
    Continuation {
        /// Its text, trimmed.
        text: Span,
    },
    /// A line that makes the file unreadable to Python.
    Stray(Stray),
}

/// Why a line has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stray {
    /// Text before the first header.
    #[error("text before the first `[section]`")]
    NoSection,
    /// Neither `=` nor `:`.
    #[error("not a `key = value` line, section header or comment")]
    NoDelimiter,
    /// Nothing before the delimiter.
    #[error("no key before the delimiter")]
    NoKey,
}

impl Line {
    pub(super) fn is_entry_or_header(&self) -> bool {
        matches!(self.kind, Kind::Entry { .. } | Kind::Header { .. })
    }

    pub(super) fn indent(self, bytes: &[u8]) -> &[u8] {
        let line = self.span.of(bytes);
        &line[..text::leading_space(line).0]
    }

    pub(super) fn terminator(self, bytes: &[u8]) -> &[u8] {
        let line = self.span.of(bytes);
        let length = line.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        &line[line.len() - length.min(2)..]
    }
}

/// Where a section begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// The index of its line.
    pub(super) line: u32,
    pub(super) span: Span,
    /// The text between its brackets.
    pub(super) name: Span,
}

impl Header {
    /// Its line number, counted from 1.
    pub(super) fn number(&self) -> u32 {
        self.line + 1
    }
}
