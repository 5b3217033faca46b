//! Oddities: lines that are legal to some reader and mean something else to another, or to nobody what their
//! author meant.

use std::fmt;

use super::{File, FileKind, Heading};
use crate::ini::{Document, Kind, Value, lowered};
use crate::origin::Place;

/// A program that reads the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// boto3 and AWS CLI, which share botocore's reader.
    Botocore,
    /// The AWS SDK for Rust.
    RustSdk,
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reader::Botocore => "boto3 and AWS CLI",
            Reader::RustSdk => "the Rust SDK",
        })
    }
}

/// A line worth a look, and what each reader makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oddity {
    /// Where it stands.
    pub place: Place,
    /// What is odd.
    pub what: String,
    /// What the readers make of it.
    pub readings: Vec<(Reader, &'static str)>,
}

impl File<'_> {
    /// All oddities of the file in line order, beginning with the faults that make it unreadable to botocore.
    pub fn oddities(&self) -> Vec<Oddity> {
        let mut found: Vec<Oddity> = self
            .document
            .faults()
            .iter()
            .map(|fault| {
                let rust = match fault.kind {
                    crate::ini::FaultKind::RepeatedSection { .. }
                    | crate::ini::FaultKind::RepeatedKey { .. } => "merges them, the last one wins",
                    crate::ini::FaultKind::NotUtf8 => "treats the whole file as empty",
                    _ => "refuses the whole file",
                };
                self.oddity(fault.line, fault.kind.to_string(), "refuse the whole file", rust)
            })
            .collect();
        found.extend(self.header_oddities());
        found.extend(self.entry_oddities());
        found.sort_by_key(|oddity| oddity.place.line);
        found
    }

    fn oddity(
        &self,
        line: u32,
        what: impl Into<String>,
        botocore: &'static str,
        rust: &'static str,
    ) -> Oddity {
        let place = Place { path: self.path.clone(), line, section: None, key: None };
        Oddity {
            place,
            what: what.into(),
            readings: vec![(Reader::Botocore, botocore), (Reader::RustSdk, rust)],
        }
    }

    fn header_oddities(&self) -> Vec<Oddity> {
        let mut found = Vec::new();
        let mut names: Vec<(String, u32)> = Vec::new();
        for section in self.document.sections() {
            let header = self.document.text_of(&section);
            let line = section.line();
            match Heading::read(self.kind, &header) {
                Heading::Ignored => found.push(self.oddity(
                    line,
                    format!("`[{header}]` names no profile: write one word behind the prefix, or quote it"),
                    "ignore the section",
                    "ignores the section",
                )),
                Heading::Inherited => found.push(self.oddity(
                    line,
                    "`[DEFAULT]` is not the profile `default`",
                    "let every section of the file inherit its keys",
                    "ignores the section",
                )),
                Heading::Other(name) if looks_like_a_profile(name) => found.push(self.oddity(
                    line,
                    format!("`[{name}]` is no profile in the config file: write `[profile {}]`", name.trim()),
                    "don't take it for a profile",
                    "ignores the section",
                )),
                Heading::Profile(name) if self.kind == FileKind::Config => {
                    if let Some((_, first)) = names.iter().find(|(seen, _)| *seen == name) {
                        found.push(self.oddity(
                            line,
                            format!("profile `{name}` stands on line {first} already, spelled differently"),
                            "take this one, whole, and forget the other",
                            "merges them; `[profile default]` wins over `[default]`",
                        ));
                    }
                    names.push((name.into_owned(), line));
                }
                Heading::Profile(name) if name.starts_with("profile ") => found.push(self.oddity(
                    line,
                    format!(
                        "in the credentials file `[{name}]` is a profile whose name begins with `profile `"
                    ),
                    "take the whole text for the name",
                    "ignores the section",
                )),
                _ => {}
            }
        }
        found
    }

    fn entry_oddities(&self) -> Vec<Oddity> {
        let mut found = Vec::new();
        for entry in self.document.sections().flat_map(|section| section.entries()) {
            let (key, line) = (lowered(entry.key()), entry.line());
            if let Value::Text(text) = entry.value() {
                let text = text.expose();
                if text.contains(" #") || text.contains(" ;") {
                    found.push(self.oddity(
                        line,
                        format!("`{key}` has what looks like a comment behind its value"),
                        "take it for a part of the value",
                        "strips it",
                    ));
                }
                if text.len() > 1
                    && (text.starts_with('"') && text.ends_with('"')
                        || text.starts_with('\'') && text.ends_with('\''))
                {
                    found.push(self.oddity(
                        line,
                        format!("the quotes around `{key}`'s value are a part of it"),
                        "keep the quotes",
                        "keeps the quotes",
                    ));
                }
            }
        }
        found.extend(self.line_oddities());
        found
    }

    fn line_oddities(&self) -> impl Iterator<Item = Oddity> {
        let bytes = self.document.bytes();
        self.document.lines().iter().enumerate().filter_map(move |(at, line)| {
            let Kind::Entry { key, value } = line.kind else {
                return None;
            };
            let number = Document::number(at);
            let indented = key.start() > line.span.start();
            let colon = bytes[key.end()..value.start()].iter().find(|byte| matches!(byte, b'=' | b':'))
                == Some(&b':');
            if indented {
                Some(self.oddity(number, "an indented key", "read it", "refuses the whole file"))
            } else if colon {
                Some(self.oddity(number, "`:` between key and value", "read it", "refuses the whole file"))
            } else {
                None
            }
        })
    }
}

/// Whether a section of the config file was probably meant to be a profile.
fn looks_like_a_profile(name: &str) -> bool {
    !matches!(name, "plugins" | "preview")
}
