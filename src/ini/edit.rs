//! Edits of a [`Document`]. However many are made together, each section is cut out once, edited by itself, and put
//! back; and they are refused if anything that was not asked about would read differently afterwards.

use std::collections::BTreeMap;

use super::document::Document;
use super::fault::FaultKind;
use super::guard;
use super::key::Key;
use super::layout::{Layout, is_terminated, lines_from_end};
use super::part::Part;
use super::refusal::Refusal;
use super::span::Span;

/// Edits of one document, which are made together or not at all. Sections are known by their index in the document as
/// it was; those that are added come behind.
pub struct Draft<'d> {
    document: &'d Document,
    layout: Layout<'d>,
    /// The line of the first mark of a merge that isn't settled.
    conflict: Option<u32>,
    touched: BTreeMap<usize, Part>,
    added: Vec<Part>,
}

impl Document {
    /// Makes several edits together, or none if one is refused.
    pub fn edit<T>(
        &mut self,
        change: impl FnOnce(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut draft = Draft::of(self);
        let outcome = change(&mut draft)?;
        *self = draft.finish()?;
        Ok(outcome)
    }
}

impl<'d> Draft<'d> {
    /// A draft without edits.
    pub fn of(document: &'d Document) -> Draft<'d> {
        let conflict = document.faults().iter().find(|fault| fault.kind == FaultKind::Conflict);
        Draft {
            document,
            layout: Layout::of(document),
            conflict: conflict.map(|fault| fault.line),
            touched: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// Makes `key` of the section at `section` read back as `value`. Returns the lines, as counted before, of repetitions
    /// of the key: they made the file unreadable, and are removed.
    ///
    /// An existing key keeps its line, spacing and indentation. A new key goes behind the section's last entry, in the
    /// style of its neighbors. `replace` lets a plain value take the place of a nested block, and of what is lost in the
    /// old value: headers and settings that are part of it because they are indented.
    pub fn set(
        &mut self,
        section: usize,
        key: Key<'_>,
        value: &str,
        replace: bool,
    ) -> Result<Vec<u32>, Refusal> {
        self.with(section, |part, layout| part.set(key, value, replace, layout))
            .map(|(lines, above)| lines.into_iter().map(|line| line + above).collect())
    }

    /// Removes `key` from the section at `section`; `None` if it doesn't have it, else the lines of repetitions, which go
    /// too.
    ///
    /// A nested block that is left empty goes too. Comments stay. `replace` also removes what is lost in the value.
    pub fn unset(
        &mut self,
        section: usize,
        key: Key<'_>,
        replace: bool,
    ) -> Result<Option<Vec<u32>>, Refusal> {
        let (removed, above) = self.with(section, |part, _| part.unset(key, replace))?;
        Ok(removed.map(|lines| lines.into_iter().map(|line| line + above).collect()))
    }

    /// Adds an empty section at the end and returns its index. It is set off by an empty line if the document's
    /// last section is.
    pub fn add(&mut self, header: &str) -> Result<usize, Refusal> {
        let part = Part::new(header, b"", self.layout.newline())?;
        self.push(part)
    }

    /// Adds a section with a comment directly below its header, and entries in this order. An empty line is above it.
    pub fn add_commented(
        &mut self,
        header: &str,
        comment: &str,
        entries: &[(Key<'_>, &str)],
    ) -> Result<usize, Refusal> {
        let part = Part::commented(header, comment, entries, &self.layout)?;
        self.push(part)
    }

    /// Adds a section with this header and the entries and comments of the section at `section`, but not the comments that
    /// are to be left out.
    pub fn copy(
        &mut self,
        section: usize,
        header: &str,
        is_left_out: fn(&str) -> bool,
    ) -> Result<usize, Refusal> {
        let newline = self.layout.newline();
        let (part, _) = self.with(section, |part, _| part.copy(header, newline, is_left_out))?;
        self.push(part)
    }

    /// Removes the section at `section` with its entries and the comments among them. Comments behind its last
    /// entry stay: they are above the next header and may be about it.
    pub fn remove(&mut self, section: usize) -> Result<(), Refusal> {
        self.with(section, |part, _| part.remove()).map(|_| ())
    }

    /// Gives the section at `section` another header; what is behind its bracket stays.
    pub fn rename(&mut self, section: usize, header: &str) -> Result<(), Refusal> {
        self.with(section, |part, _| part.rename(header)).map(|_| ())
    }

    /// Gives the section at `section` the header that its author meant. A comment behind the bracket stays, on a line of its own
    /// if it was taken for a part of the name.
    pub fn repair_header(&mut self, section: usize, header: &str) -> Result<(), Refusal> {
        let newline = self.layout.newline();
        self.with(section, |part, _| part.repair_header(header, newline)).map(|_| ())
    }

    /// Whether nothing was edited.
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty() && self.added.is_empty()
    }

    fn push(&mut self, part: Part) -> Result<usize, Refusal> {
        self.check_settled()?;
        self.added.push(part);
        Ok(self.document.sections().len() + self.added.len() - 1)
    }

    /// Refuses a document with two versions of some lines: whatever is edited is in one of them only, or between them.
    fn check_settled(&self) -> Result<(), Refusal> {
        self.conflict.map_or(Ok(()), |line| Err(Refusal::Conflict { line }))
    }

    /// Edits one section; also returns how many lines the document has above it.
    fn with<T>(
        &mut self,
        section: usize,
        edit: impl FnOnce(&mut Part, &Layout<'d>) -> Result<T, Refusal>,
    ) -> Result<(T, u32), Refusal> {
        self.check_settled()?;
        let document = self.document;
        let (part, above) = match section.checked_sub(document.sections().len()) {
            Some(nth) => (&mut self.added[nth], document.line_count()),
            None => {
                let part = self.touched.entry(section).or_insert_with(|| Part::of(document, section));
                (part, document.section(section).line() - 1)
            }
        };
        assert!(!part.is_removed, "a section that is removed can't be edited");
        let outcome = edit(part, &self.layout).map_err(|refusal| refusal.below(above as usize))?;
        part.set_aside();
        Ok((outcome, above))
    }

    /// The document with all edits. Whatever was not touched has its bytes, and every header is where it is expected: so
    /// every section reads as it did by itself.
    pub fn finish(self) -> Result<Document, Refusal> {
        let (document, sections) = (self.document, self.document.sections().len());
        let mut whole = Assembly::of(document);
        let mut next = 0;
        for (index, part) in &self.touched {
            whole.keep(next..*index);
            next = index + 1;
            if part.is_removed {
                whole.append_rest(part.text(), next == sections)?;
            } else {
                whole.append(part);
            }
        }
        whole.keep(next..sections);
        for part in &self.added {
            whole.append_apart(part, self.layout.newline());
        }
        whole.finish()
    }
}

/// A document being put together.
struct Assembly<'d> {
    document: &'d Document,
    text: Vec<u8>,
    /// Where the names of the headers are expected.
    names: Vec<Span>,
    /// Where the last section begins, or what is above the first one.
    last: usize,
}

impl<'d> Assembly<'d> {
    fn of(document: &'d Document) -> Assembly<'d> {
        let first = document.sections().next().map_or(document.bytes().len(), |first| first.start());
        let mut text = Vec::with_capacity(document.bytes().len() + 256);
        text.extend_from_slice(&document.bytes()[..first]);
        Assembly { document, text, names: Vec::with_capacity(document.sections().len() + 1), last: 0 }
    }

    /// Appends sections as they are.
    fn keep(&mut self, sections: std::ops::Range<usize>) {
        let Some(last) = sections.clone().next_back() else { return };
        let start = self.document.section(sections.start).start();
        let is_end = last + 1 == self.document.sections().len();
        let end = if is_end { self.document.bytes().len() } else { self.document.section(last + 1).start() };
        let by = self.text.len().wrapping_sub(start).cast_signed();
        self.names.extend(sections.map(|at| self.document.section(at).name_span().shifted(by)));
        self.last = self.document.section(last).start().wrapping_add_signed(by);
        self.text.extend_from_slice(&self.document.bytes()[start..end]);
    }

    fn append(&mut self, part: &Part) {
        self.last = self.text.len();
        self.names.push(part.section().name_span().shifted(self.last.cast_signed()));
        self.text.extend_from_slice(part.text());
    }

    /// Appends what a removed section leaves behind, which belongs to the section above from now on. If the document ends
    /// there, empty lines above go too.
    fn append_rest(&mut self, rest: &[u8], is_end: bool) -> Result<(), Refusal> {
        if !rest.is_empty() {
            let parts = [&self.text[self.last..], rest].map(|text| Document::parse(text.to_vec()));
            self.text.extend_from_slice(rest);
            let above = lines_from_end(&self.text[..self.last]).count();
            let joined = Document::parse(self.text[self.last..].to_vec());
            return guard::check_joined(&parts, &joined).map_err(|refusal| refusal.below(above));
        }
        if is_end {
            let blank = lines_from_end(&self.text).take_while(|(_, line)| line.is_empty()).last();
            let end = blank.map_or(self.text.len(), |(start, _)| start);
            self.text.truncate(end);
        }
        Ok(())
    }

    /// Appends a new section, behind an empty line if it has to be, or if the last one is.
    fn append_apart(&mut self, part: &Part, newline: &[u8]) {
        if !self.text.is_empty() && !is_terminated(&self.text) {
            self.text.extend_from_slice(newline);
        }
        let is_apart = part.is_apart
            || self.names.len() > 1 && {
                let mut above = lines_from_end(&self.text[..self.last]).map(|(_, line)| line);
                above
                    .find(|line| !line.starts_with(b"#") && !line.starts_with(b";"))
                    .is_some_and(<[u8]>::is_empty)
            };
        if is_apart && lines_from_end(&self.text).next().is_some_and(|(_, line)| !line.is_empty()) {
            self.text.extend_from_slice(newline);
        }
        self.append(part);
    }

    fn finish(self) -> Result<Document, Refusal> {
        let after = Document::parse(self.text);
        let found = after.sections().map(|section| section.name_span());
        if found.eq(self.names.iter().copied()) {
            guard::check_encoding(self.document, &after)?;
            return guard::check_sections(self.document, &after).map(|()| after);
        }
        let differs = after.sections().zip(&self.names).find(|(section, name)| section.name_span() != **name);
        Err(Refusal::Entangled { line: differs.map_or(1, |(section, _)| section.line()) })
    }
}

#[cfg(test)]
mod examples;
