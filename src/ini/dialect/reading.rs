//! What a reader makes of a text.

use std::borrow::Cow;

use super::super::document::Document;
use super::super::span::Span;
use super::KeyCase;

/// What a reader makes of a document: spans of it. `Debug` shows none of its text.
#[derive(Debug)]
pub struct Reading<'d> {
    /// Each header with the keys below it, in file order.
    pub sections: Vec<Block<'d>>,
    /// The first malformed header, or line above all headers. The lines below a header are the business of [`Block::fault`].
    pub fault: Option<Malformed>,
    /// All malformed lines, those below headers, too, in file order.
    pub malformed: Vec<Malformed>,
}

/// A header with the keys below it.
#[derive(Debug)]
pub struct Block<'d> {
    pub(super) document: &'d Document,
    /// The header's line number, counted from 1.
    pub line: u32,
    /// The text between the brackets, untrimmed.
    pub header: Span,
    pub pairs: Vec<Pair<'d>>,
    /// The first malformed line below the header.
    pub fault: Option<Malformed>,
}

/// A key with its value, which may be on several lines, and the keys of an indented block below it.
#[derive(Debug)]
pub struct Pair<'d> {
    /// The key with what of the value is on its line.
    pub first: Keyed<'d>,
    /// What the lines that continue it add.
    pub more: Vec<Span>,
    pub subs: Vec<Keyed<'d>>,
}

/// A key with what of its value is on its line; also one of the indented block below a key without a value.
#[derive(Debug)]
pub struct Keyed<'d> {
    pub(super) document: &'d Document,
    pub(super) case: KeyCase,
    /// Counted from 1.
    pub line: u32,
    pub key: Span,
    pub value: Span,
}

/// A line for which a reader rejects the whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Counted from 1.
    pub line: u32,
    pub what: What,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    #[error("a key above all section headers")]
    NoSection,
    #[error("an indented line above all section headers")]
    IndentedAbove,
    #[error("a byte order mark at the start of the file")]
    ByteOrderMark,
    #[error("a section header without `]`")]
    Unclosed,
    #[error("a line without `=`")]
    NoDelimiter,
    #[error("nothing before `=`")]
    NoKey,
    #[error("not UTF-8")]
    NotUtf8,
    #[error("an indented line that continues no value")]
    NothingOpen,
    #[error("a line without `key =` in the indented block below a key")]
    NoSubKey,
}

impl<'d> Block<'d> {
    /// The text between the brackets, untrimmed.
    pub fn text(&self) -> Cow<'d, str> {
        self.document.text(self.header)
    }
}

impl<'d> Pair<'d> {
    /// The value; its lines are joined by line feeds.
    pub fn text(&self) -> Cow<'d, str> {
        let mut text = self.first.text();
        for more in &self.more {
            let text = text.to_mut();
            text.push('\n');
            text.push_str(&self.first.document.text(*more));
        }
        text
    }
}

impl<'d> Keyed<'d> {
    pub fn name(&self) -> Cow<'d, str> {
        self.case.apply(self.document.text(self.key))
    }

    pub fn text(&self) -> Cow<'d, str> {
        self.document.text(self.value)
    }
}

impl KeyCase {
    fn apply(self, key: Cow<'_, str>) -> Cow<'_, str> {
        match self {
            KeyCase::AsciiLowered if key.contains(|c: char| c.is_ascii_uppercase()) => {
                key.to_ascii_lowercase().into()
            }
            KeyCase::Lowered if key.contains(char::is_uppercase) => key.to_lowercase().into(),
            _ => key,
        }
    }
}
