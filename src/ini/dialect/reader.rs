//! The reader of all dialects.

use super::super::document::Document;
use super::super::span::Span;
use super::lines::{Line, Lines};
use super::reading::{Block, Keyed, Malformed, Pair, Reading, What};
use super::{CommentLines, Dialect, HeaderLines, Indented, OddKeys, OnMalformed, is_identifier};
use crate::text::search;

/// Reads a document by the rules of a dialect. Bytes that are not UTF-8 are the replacement character in all texts.
pub fn read<'d>(document: &'d Document, dialect: &Dialect) -> Reading<'d> {
    let reading = Reading { sections: Vec::new(), fault: None, malformed: Vec::new() };
    let mut reader = Reader { document, bytes: document.bytes(), dialect, reading, open: Open::Nothing };
    for line in Lines::of(document.bytes(), dialect.ends) {
        reader.line(line);
    }
    reader.reading
}

pub(super) struct Reader<'d, 'r> {
    document: &'d Document,
    pub(super) bytes: &'d [u8],
    pub(super) dialect: &'r Dialect,
    reading: Reading<'d>,
    pub(super) open: Open,
}

/// What an indented line may belong to.
#[derive(Clone, Copy)]
pub(super) enum Open {
    Nothing,
    /// The pair at this index of the last section.
    Pair(usize),
    /// A key that is left out, or below which an indented line is.
    LeftOut {
        has_value: bool,
    },
}

/// A key and its value on one line.
pub(super) struct Split {
    key: Span,
    pub(super) value: Span,
}

impl Reader<'_, '_> {
    fn line(&mut self, line: Line) {
        let text = line.text.of(self.bytes);
        if self.dialect.empty_lines.leading(text) == text.len() || self.is_comment(text) {
            return self.keyless();
        }
        if self.header(line) {
            return;
        }
        let is_indented = self.dialect.indent.leading(text) > 0;
        if self.reading.sections.is_empty() {
            let what = match text {
                [0xef, 0xbb, 0xbf, ..] => What::ByteOrderMark,
                _ if is_indented => What::IndentedAbove,
                _ => What::NoSection,
            };
            self.malformed(line, what);
        } else {
            match self.dialect.indented {
                Indented::Continuation { sub_keys_before_comments } if is_indented => {
                    self.continuation(line, sub_keys_before_comments);
                }
                Indented::KeyOrContinuation if is_indented => self.key_or_continuation(line),
                Indented::Key => self.key_with_subs(line, is_indented),
                Indented::SubKey if is_indented => self.sub_key(line),
                Indented::SubKey => self.key_for_subs(line),
                _ => self.key(line),
            }
        }
    }

    fn is_comment(&self, text: &[u8]) -> bool {
        let indent = match self.dialect.comment_lines {
            CommentLines::All => self.dialect.indent.leading(text),
            CommentLines::Unindented => 0,
            CommentLines::Keys => return false,
        };
        matches!(text.get(indent), Some(b'#' | b';'))
    }

    /// Opens a section, if the line is a header, and tells whether it is one, if only a malformed one.
    fn header(&mut self, line: Line) -> bool {
        let uncut = self.trim(line.text);
        if uncut.of(self.bytes).first() != Some(&b'[') {
            return false;
        }
        let text = match self.dialect.headers {
            HeaderLines::Unindented if line.text.of(self.bytes).first() != Some(&b'[') => return false,
            HeaderLines::Bracketed { blank_before_comment: true } => self.uncommented(uncut),
            HeaderLines::Whole => match self.whole_header(line) {
                Some(header) => header,
                None => return false,
            },
            _ => {
                let text = uncut.of(self.bytes);
                let end = search::two(b'#', b';').find(text).unwrap_or(text.len());
                self.trim(Span::new(uncut.start(), uncut.start() + end))
            }
        };
        // The text begins with the opening bracket, so a closing one is another byte.
        if text.of(self.bytes).last() == Some(&b']') {
            let header = Span::new(text.start() + 1, text.end() - 1);
            let open = self.open;
            let block =
                Block { document: self.document, line: line.number, header, pairs: Vec::new(), fault: None };
            self.reading.sections.push(block);
            // To a reader that only looks for keys a header is between two of them.
            let is_looked_over =
                self.dialect.indented == Indented::SubKey && matches!(open, Open::LeftOut { .. });
            self.open = if is_looked_over { open } else { Open::Nothing };
            return true;
        }
        let is_header = self.dialect.headers == HeaderLines::Unindented;
        if is_header {
            self.malformed(line, What::Unclosed);
        }
        is_header
    }

    /// Reads a line with a key.
    fn key(&mut self, line: Line) {
        match self.split(self.uncommented(self.trim(line.text))) {
            Ok(split) => self.add(line, &split),
            Err(what) => self.malformed(line, what),
        }
    }

    fn key_with_subs(&mut self, line: Line, is_indented: bool) {
        let split = match self.split(self.uncommented(self.trim(line.text))) {
            Ok(split) => split,
            Err(what) => return self.malformed(line, what),
        };
        if split.value.is_empty() {
            return self.add(line, &split);
        }
        if !is_indented {
            self.open = Open::Nothing;
        }
        if let Open::Pair(at) = self.open {
            self.add_sub(at, line, &split);
        } else {
            self.add(line, &split);
            self.open = Open::Nothing;
        }
    }

    fn key_or_continuation(&mut self, line: Line) {
        let whole = self.trim(line.text);
        let open = match self.open {
            Open::Pair(at) => {
                self.pair(at).map(|pair| (at, pair.first.value.is_empty(), pair.subs.is_empty()))
            }
            _ => None,
        };
        match (self.split(whole), open) {
            (Ok(split), Some((at, true, _))) => self.add_sub(at, line, &split),
            (Ok(split), _) => {
                // The quotes were looked for first, so those before a comment stay.
                let value = self.uncommented(split.value);
                self.add(line, &Split { value, ..split });
            }
            (Err(_), Some((at, false, true))) => {
                // Only the blanks before it are removed.
                let text = Span::new(whole.start(), line.text.end());
                if let Some(pair) = self.pair(at) {
                    pair.more.push(text);
                }
            }
            (Err(what), _) => self.malformed(line, what),
        }
    }

    fn continuation(&mut self, line: Line, sub_keys_before_comments: bool) {
        let text = self.trim(line.text);
        let (at, has_value) = match self.open {
            Open::Nothing => return self.malformed(line, What::NothingOpen),
            Open::LeftOut { .. } if self.dialect.odd_keys == OddKeys::LeftOutWhole => return,
            Open::LeftOut { has_value } => (None, has_value),
            Open::Pair(at) => (Some(at), self.pair(at).is_some_and(|pair| !pair.first.value.is_empty())),
        };
        if !has_value {
            let checked = if sub_keys_before_comments { self.uncommented(text) } else { text };
            match (self.split(checked), self.split(text)) {
                (Ok(_), Ok(split)) => at.into_iter().for_each(|at| self.add_sub(at, line, &split)),
                _ => return self.malformed(line, What::NoSubKey),
            }
        }
        if let Some(pair) = at.and_then(|at| self.pair(at)) {
            pair.more.push(text);
        }
    }

    pub(super) fn trim(&self, span: Span) -> Span {
        self.dialect.blanks.trim(self.bytes, span)
    }

    /// What is before the comment that a text ends with.
    pub(super) fn uncommented(&self, span: Span) -> Span {
        let text = span.of(self.bytes);
        let begins = |at: &usize| self.dialect.comment_blanks.ends(&text[..*at]);
        let marks = search::two(b'#', b';');
        match marks.iter(text).filter(|at| self.dialect.comment_marks.contains(&text[*at])).find(begins) {
            Some(at) => self.trim(Span::new(span.start(), span.start() + at)),
            None => span,
        }
    }

    /// Splits a line at its first delimiter.
    pub(super) fn split(&self, span: Span) -> Result<Split, What> {
        let is_delimiter = |byte: &u8| self.dialect.delimiters.contains(byte);
        let at = span.of(self.bytes).iter().position(is_delimiter).ok_or(What::NoDelimiter)?;
        let key = self.trim(Span::new(span.start(), span.start() + at));
        if key.is_empty() && !self.dialect.nameless_keys {
            return Err(What::NoKey);
        }
        let whole = Span::new(span.start() + at + 1, span.end());
        let mut value = self.trim(whole);
        if self.dialect.keeps_last_blank && value.is_empty() && whole.end() > whole.start() {
            value = Span::new(whole.end() - 1, whole.end());
        }
        if self.dialect.removes_quotes
            && let [first @ (b'"' | b'\''), .., last] = value.of(self.bytes)
            && first == last
        {
            value = Span::new(value.start() + 1, value.end() - 1);
        }
        Ok(Split { key, value })
    }

    pub(super) fn add(&mut self, line: Line, split: &Split) {
        let Split { key, value } = *split;
        if self.dialect.odd_keys != OddKeys::Kept && !is_identifier(key.of(self.bytes)) {
            self.open = Open::LeftOut { has_value: !value.is_empty() };
            return;
        }
        let (document, case) = (self.document, self.dialect.key_case);
        let Some(block) = self.reading.sections.last_mut() else { return };
        // A key without a name can't be continued.
        self.open = if key.is_empty() { Open::Nothing } else { Open::Pair(block.pairs.len()) };
        let first = Keyed { document, case, line: line.number, key, value };
        block.pairs.push(Pair { first, more: Vec::new(), subs: Vec::new() });
    }

    pub(super) fn add_sub(&mut self, at: usize, line: Line, split: &Split) {
        let Split { key, value } = *split;
        if self.dialect.odd_keys == OddKeys::LeftOutWhole && !is_identifier(key.of(self.bytes)) {
            return;
        }
        let case = self.dialect.sub_key_case;
        let sub = Keyed { document: self.document, case, line: line.number, key, value };
        if let Some(pair) = self.pair(at) {
            pair.subs.push(sub);
        }
    }

    pub(super) fn malformed(&mut self, line: Line, what: What) {
        if self.dialect.on_malformed == OnMalformed::Fails {
            self.fail(line, what);
        }
    }

    pub(super) fn fail(&mut self, line: Line, what: What) {
        self.reading.malformed.push(Malformed { line: line.number, what });
        let fault = match self.reading.sections.last_mut() {
            Some(block) if what != What::Unclosed => &mut block.fault,
            _ => &mut self.reading.fault,
        };
        fault.get_or_insert(Malformed { line: line.number, what });
    }
}

impl<'d> Reader<'d, '_> {
    fn pair(&mut self, at: usize) -> Option<&mut Pair<'d>> {
        self.reading.sections.last_mut()?.pairs.get_mut(at)
    }
}
