//! What looks like a header or a setting and is a part of something else.

use std::borrow::Cow;
use std::iter;

use super::contents::NestedSpan;
use super::document::{Document, Entry, Section};
use super::line::Kind;
use super::lost::{Cause, LostHeader};
use super::span::Span;
use super::text;
use crate::text::search;

/// A setting in the text that is part of another one's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostSetting<'d> {
    /// The line number, counted from 1.
    pub line: u32,
    /// Its key, unless it might be a piece of a secret.
    pub key: Option<&'d str>,
    /// Why it is part of that value.
    pub cause: Cause,
}

impl Document {
    /// A lost header as it is written, with the brackets that it has.
    pub fn lost_text(&self, lost: &LostHeader) -> Cow<'_, str> {
        self.text(lost.header)
    }
}

impl<'d> Section<'d> {
    /// The headers that are lost among the section's lines.
    pub fn lost_headers(&self) -> impl Iterator<Item = LostHeader> + use<'d> {
        let lines = self.line()..=Document::number(self.end().saturating_sub(1));
        let all = self.document.lost_headers();
        let first = all.partition_point(|lost| lost.line < self.line());
        all[first..].iter().copied().take_while(move |lost| lines.contains(&lost.line))
    }
}

impl<'d> Entry<'d> {
    /// What looks like settings in the value, which is plain: each is lost with it.
    pub fn lost_settings(&self) -> impl Iterator<Item = LostSetting<'d>> + use<'d> {
        let (bytes, of) = (self.document.bytes(), self.line());
        let pieces = move |at: usize, span: Span| {
            let causes = iter::once(Cause::Indented { of }).chain(iter::repeat(Cause::InLine { of }));
            let pieces = text::split_lines(bytes, span).into_iter().zip(causes);
            pieces.map(move |(piece, cause)| (at, text::trim(bytes, piece), cause))
        };
        let is_block = self.is_block();
        let own = pieces(self.at, self.value).skip(1).collect::<Vec<_>>();
        let below = self.tail().filter_map(move |(at, line)| match line.kind {
            Kind::Continuation { text } if !is_block => Some(pieces(at, text)),
            _ => None,
        });
        own.into_iter().chain(below.flatten()).filter_map(move |(at, piece, cause)| {
            let key = setting_in(piece.of(bytes))?;
            Some(LostSetting { line: Document::number(at), key: is_tellable(key).then_some(key), cause })
        })
    }

    /// The last line of the nested block, above the line `barrier` if there is one.
    pub(super) fn spans_above(&self, barrier: Option<u32>) -> Option<NestedSpan> {
        let spans = self.nested_spans().filter_map(Result::ok);
        spans.take_while(|span| barrier.is_none_or(|barrier| Document::number(span.at) < barrier)).last()
    }

    /// The first of its lines that is a lost header or has no meaning.
    pub(super) fn barrier_within(&self) -> Option<u32> {
        let end = self.last();
        let lines = self.line() + 1..=Document::number(end);
        let lost =
            self.document.lost_headers().iter().map(|lost| lost.line).find(|line| lines.contains(line));
        let stray = self.tail().take_while(|(at, _)| *at <= end);
        let stray =
            stray.filter(|(_, line)| matches!(line.kind, Kind::Stray(_))).map(|(at, _)| Document::number(at));
        lost.into_iter().chain(stray).min()
    }
}

/// The key of a text that looks like `key = value` or `key: value`. An argument such as `--key=value`, an address and
/// the end of a key in Base64 look otherwise.
pub fn setting_in(text: &[u8]) -> Option<&str> {
    let delimiter = search::two(b'=', b':').find(text)?;
    let key = std::str::from_utf8(&text[..delimiter]).ok()?.trim_end();
    let value = &text[delimiter + 1..];
    let spaced = key.len() < delimiter;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    let is_padding =
        !spaced && matches!(value, b"" | b"=") && text.len().is_multiple_of(4) && text.len() >= 16;
    let is_address = text[delimiter] == b':' && !spaced && !value.first().is_none_or(u8::is_ascii_whitespace);
    (is_key && !is_padding && !is_address).then_some(key)
}

/// Whether a key can be shown: AWS's keys are such, pieces of secrets are not.
fn is_tellable(key: &str) -> bool {
    key.len() <= 40 && key.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte))
}

#[cfg(test)]
mod tests;
