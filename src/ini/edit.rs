//! Edits of a [`Document`]: each is one splice of the bytes, and is refused if anything that was not asked about
//! would read differently afterwards.

use super::contents::NestedSpan;
use super::document::{Document, Entry};
use super::guard::{self, Asked};
use super::loss::Intent;
use super::lost::Cause;
use super::representable::{check_header, check_key, check_value};
use super::same_key;
use super::splice::Splice;

/// The name of a value inside a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<'k> {
    /// The key, in lower case.
    pub name: &'k str,
    /// The key inside the nested block below `name`.
    pub nested: Option<&'k str>,
}

impl<'k> Key<'k> {
    /// A key of the section itself.
    pub fn plain(name: &'k str) -> Key<'k> {
        Key { name, nested: None }
    }
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The line, counted from 1, on which the key stands now or stood before it was removed.
    pub line: u32,
    /// The lines, as counted before the edit, of repetitions of the key that were removed.
    pub repetitions: Vec<u32>,
}

/// Why an edit was not made. The document is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The format has no way to hold the character.
    #[error("{part} can't hold {character}: no reader would read it back")]
    Unrepresentable {
        /// What was to hold it: a value, a key or a section name.
        part: &'static str,
        /// The character's name.
        character: &'static str,
    },
    /// Readers trim what they read.
    #[error("{part} can't begin or end with white space: readers trim it")]
    EdgeSpace {
        /// What was to hold it.
        part: &'static str,
    },
    /// A name of no characters.
    #[error("{part} can't be empty")]
    Empty {
        /// What was empty.
        part: &'static str,
    },
    /// The first character would make the line something else.
    #[error("a key can't begin with `{0}`: readers would take the line for something else")]
    KeyStart(char),
    /// A nested block was to go, for a plain value or because another one has its key.
    #[error("`{key}` is a nested block, and the {count} settings in it would be removed")]
    BlockInTheWay {
        /// The key.
        key: String,
        /// Its line, counted from 1.
        line: u32,
        /// How many settings the block holds.
        count: usize,
    },
    /// A nested value was to go below a key that holds a plain value.
    #[error("`{key}` holds a plain value, so nothing can be nested in it")]
    TextInTheWay {
        /// The key.
        key: String,
        /// Its line, counted from 1.
        line: u32,
    },
    /// A header that isn't read as one is among the lines that would change.
    #[error("`{header}` {cause}; this change would also change or remove lines that belong below `{header}`")]
    LostHeader {
        /// The header as it is written, with the brackets that it has.
        header: String,
        /// Its line, counted from 1.
        line: u32,
        /// Why it isn't read.
        cause: Cause,
    },
    /// What looks like a setting is part of the value that would go.
    #[error(
        "{} is indented, so it is part of the value of `{key}` on line {owner} and would be removed with it",
        lost.as_deref().map_or("what looks like a setting".to_owned(), |lost| format!("`{lost}`"))
    )]
    LostSetting {
        /// The key whose value it is a part of.
        key: String,
        /// The line of that key, counted from 1.
        owner: u32,
        /// The key of what would be removed, unless it might be a piece of a secret.
        lost: Option<String>,
        /// Its line, counted from 1.
        line: u32,
    },
    /// The text around the place is such that other lines would be read differently.
    #[error("the lines around it are laid out in such a way that other settings would change")]
    Entangled {
        /// The first line, counted from 1, that would be read differently.
        line: u32,
    },
}

impl Refusal {
    /// The line, counted from 1, that is in the way.
    pub fn line(&self) -> Option<u32> {
        match self {
            Refusal::BlockInTheWay { line, .. }
            | Refusal::TextInTheWay { line, .. }
            | Refusal::LostHeader { line, .. }
            | Refusal::LostSetting { line, .. }
            | Refusal::Entangled { line } => Some(*line),
            _ => None,
        }
    }
}

impl Document {
    /// Makes `key` of the section at `section` read back as `value`.
    ///
    /// A key that is there keeps its line, spacing and indentation; repetitions of it, which make a file
    /// unreadable, are removed. A new key goes behind the section's last entry, in the style of its neighbours.
    /// `replace` lets a plain value take the place of a nested block, and of what is lost in the old value: headers and
    /// settings that are part of it because they are indented.
    pub fn set(
        &mut self,
        section: usize,
        key: Key<'_>,
        value: &str,
        replace: bool,
    ) -> Result<Change, Refusal> {
        check_key(key)?;
        check_value(value, key.nested.is_some())?;
        if !replace {
            self.check_losses(section, key, Intent::Set)?;
        }
        let mut edited = self.duplicate();
        let repetitions = edited.remove_repetitions(section, key)?;
        let splice = match (edited.section(section).entry(key.name), key.nested) {
            (None, _) => edited.insertion(section, key, value),
            (Some(entry), None) => {
                let count = entry.nested_spans().flatten().count();
                if entry.is_block() && count > 0 && !replace {
                    return Err(Refusal::BlockInTheWay {
                        key: key.name.to_owned(),
                        line: entry.line(),
                        count,
                    });
                }
                entry.value_replacement(value)
            }
            (Some(entry), Some(nested)) => {
                if !entry.is_block() && !entry.value.is_empty() {
                    return Err(Refusal::TextInTheWay { key: key.name.to_owned(), line: entry.line() });
                }
                match entry
                    .nested_spans()
                    .filter_map(Result::ok)
                    .filter(|span| edited.text(span.key) == nested)
                    .last()
                {
                    Some(span) => edited.filled(span.value, value),
                    None => entry.nested_insertion(nested, value),
                }
            }
        };
        let asked = Asked::Key { section, key };
        if let Err(refusal) = edited.apply(&splice, &asked) {
            // Above a lost header there may be no place for it; below there is.
            let last = edited.insertion_below(section, key, value).ok_or(refusal)?;
            edited.apply(&last, &asked)?;
        }
        let line = edited.line_of(section, key, value).ok_or(Refusal::Entangled { line: 1 })?;
        *self = edited;
        Ok(Change { line, repetitions })
    }

    /// Removes `key` from the section at `section`, in all its repetitions; `None` if it was not there.
    ///
    /// A nested block that holds nothing any more goes too. Comments stay. `replace` lets go what is lost in the value.
    pub fn unset(&mut self, section: usize, key: Key<'_>, replace: bool) -> Result<Option<Change>, Refusal> {
        if !replace {
            self.check_losses(section, key, Intent::Unset)?;
        }
        let mut edited = self.duplicate();
        let repetitions = edited.remove_repetitions(section, key)?;
        let Some(entry) = edited.section(section).entry(key.name) else {
            return Ok(None);
        };
        let (line, splice) = match key.nested {
            None => (entry.line(), entry.removal()),
            Some(nested) => {
                let spans: Vec<NestedSpan> = entry.nested_spans().filter_map(Result::ok).collect();
                let (gone, kept): (Vec<&NestedSpan>, Vec<&NestedSpan>) =
                    spans.iter().partition(|span| edited.text(span.key) == nested);
                let Some(last) = gone.last() else { return Ok(None) };
                let splice = if kept.is_empty() {
                    entry.removal()
                } else {
                    entry.without_lines(&gone.iter().map(|span| span.at).collect::<Vec<_>>())
                };
                (Document::number(last.at), splice)
            }
        };
        edited.apply(&splice, &Asked::Key { section, key })?;
        *self = edited;
        Ok(Some(Change { line, repetitions }))
    }

    /// Adds an empty section at the end and returns its index. It is set off by an empty line if the document's
    /// last section is.
    pub fn add_section(&mut self, header: &str) -> Result<usize, Refusal> {
        check_header(header)?;
        self.apply(&self.new_section(header, None), &Asked::NewSection)?;
        Ok(self.sections().len() - 1)
    }

    /// Adds a section with the header given and the entries and comments of the section at `section`.
    pub fn copy_section(&mut self, section: usize, header: &str) -> Result<usize, Refusal> {
        check_header(header)?;
        self.section(section).check_losses()?;
        self.apply(&self.new_section(header, Some(&self.section(section))), &Asked::NewSection)?;
        Ok(self.sections().len() - 1)
    }

    /// Removes the section at `section` with its entries and the comments among them. Comments behind its last
    /// entry stay: they stand before the next header and may be about it.
    pub fn remove_section(&mut self, section: usize) -> Result<(), Refusal> {
        self.section(section).check_losses()?;
        let splice = self.section(section).removal();
        self.apply(&splice, &Asked::Lines { range: splice.range.clone() })
    }

    /// Gives the section at `section` another header; what stands behind its bracket stays.
    pub fn rename_section(&mut self, section: usize, header: &str) -> Result<(), Refusal> {
        check_header(header)?;
        let name = self.section(section).name_span();
        self.apply(&Splice::new(name.start()..name.end(), header), &Asked::Header { section })
    }

    /// Removes all but the last of several entries with one key.
    fn remove_repetitions(&mut self, section: usize, key: Key<'_>) -> Result<Vec<u32>, Refusal> {
        let (mut lines, mut above) = (Vec::new(), 0);
        loop {
            let (line, splice) = {
                let found = self.section(section);
                let mut same = found.entries().filter(|entry| same_key(entry.key(), key.name));
                let (Some(first), Some(_)) = (same.next(), same.next()) else {
                    return Ok(lines);
                };
                (first.line(), first.removal())
            };
            lines.push(line + above);
            let before = self.lines().len();
            self.apply(&splice, &Asked::Key { section, key: Key::plain(key.name) })?;
            above += u32::try_from(before - self.lines().len()).unwrap_or(0);
        }
    }

    /// Makes a splice, unless it changes more than was asked for.
    fn apply(&mut self, splice: &Splice, asked: &Asked<'_>) -> Result<(), Refusal> {
        let after = self.spliced(splice);
        guard::check(self, &after, asked)?;
        *self = after;
        Ok(())
    }

    /// The line on which `key` stands, if it reads back as `value`.
    fn line_of(&self, section: usize, key: Key<'_>, value: &str) -> Option<u32> {
        let entry: Entry<'_> = self.section(section).entry(key.name)?;
        let read = entry.value();
        match key.nested {
            None => read.as_text().is_some_and(|text| text.expose() == value).then_some(entry.line()),
            Some(nested) => {
                read.nested(nested).filter(|found| found.value.expose() == value).map(|found| found.line)
            }
        }
    }
}
