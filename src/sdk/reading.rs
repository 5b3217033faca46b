//! Which lines SDKs read differently, or not as their author meant, and what each makes of them.

use std::collections::BTreeMap;
use std::fmt;

use super::oddity::{Oddity, Reader};
use super::{botocore, rust};
use crate::failure::Hint;
use crate::finding::{self, Finding, Severity};
use crate::ini::{Document, Kind, Value, lowered};
use crate::origin::Place;
use crate::profile::{File, FileKind, Heading};
use crate::text::{looks_commented, unquoted};

/// The readers whose readings are shown: boto3 and AWS CLI share one.
static READERS: [&Reader; 2] = [&botocore::READER, &rust::READER];

/// An odd line, with what each reader does with it.
#[derive(Debug)]
pub(crate) struct Read(Oddity);

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl finding::Kind for Read {
    fn code(&self) -> &'static str {
        self.0.code()
    }

    fn severity(&self) -> Severity {
        match self.0 {
            Oddity::Nameless { .. } | Oddity::Respelled { .. } | Oddity::PrefixInCredentials { .. } => {
                Severity::Warning
            }
            _ => Severity::Note,
        }
    }

    fn readings(&self) -> Vec<(&'static str, &'static str)> {
        READERS.iter().map(|reader| (reader.sdk, (reader.reads)(&self.0))).collect()
    }

    fn fix(&self) -> Option<Hint> {
        match &self.0 {
            Oddity::PrefixInCredentials { name } => {
                Some(format!("write `[{}]`", name.trim_start_matches("profile").trim()).into())
            }
            _ => None,
        }
    }

    fn notes(&self) -> Vec<String> {
        READERS.iter().map(|reader| format!("{} {}", reader.name, (reader.reads)(&self.0))).collect()
    }
}

/// The odd headers of a file, in line order.
pub fn odd_headers(file: &File<'_>) -> Vec<Finding> {
    let place = |line| Place { path: file.path.clone(), line, section: None, key: None };
    headers(file).into_iter().map(|(line, oddity)| Finding::at(place(line), Read(oddity))).collect()
}

/// The oddities of a valid file, in line order.
pub fn oddities(file: &File<'_>) -> Vec<Finding> {
    let mut found = headers(file);
    found.extend(values(file.document));
    found.extend(lines(file.document));
    found.sort_by_key(|(line, _)| *line);
    let place = |line| Place { path: file.path.clone(), line, section: None, key: None };
    found.into_iter().map(|(line, oddity)| Finding::at(place(line), Read(oddity))).collect()
}

fn headers(file: &File<'_>) -> Vec<(u32, Oddity)> {
    let mut found = Vec::new();
    let mut profiles: BTreeMap<String, u32> = BTreeMap::new();
    for section in file.document.sections() {
        let (header, line) = (file.document.text_of(&section), section.line());
        let oddity = match Heading::read(file.kind, &header) {
            Heading::Ignored => Oddity::Nameless { header: header.into_owned() },
            Heading::Inherited => Oddity::Inherited,
            Heading::Other(name) if !matches!(name, "plugins" | "preview") => {
                Oddity::NoPrefix { name: name.to_owned() }
            }
            Heading::Profile(name) if file.kind == FileKind::Config => {
                let name = name.into_owned();
                match profiles.get(&name) {
                    Some(first) => Oddity::Respelled { name, first: *first },
                    None => {
                        profiles.insert(name, line);
                        continue;
                    }
                }
            }
            Heading::Profile(name) if name.starts_with("profile ") => {
                Oddity::PrefixInCredentials { name: name.into_owned() }
            }
            _ => continue,
        };
        found.push((line, oddity));
    }
    found
}

fn values(document: &Document) -> Vec<(u32, Oddity)> {
    let mut found = Vec::new();
    for entry in document.sections().flat_map(|section| section.entries()) {
        let (line, value) = (entry.line(), entry.value());
        let Value::Text(text) = &value else { continue };
        let (text, key) = (text.expose(), || lowered(entry.key()).into_owned());
        if looks_commented(text) {
            found.push((line, Oddity::Comment { key: key() }));
        }
        if unquoted(text).is_some() {
            found.push((line, Oddity::Quotes { key: key() }));
        }
    }
    found
}

fn lines(document: &Document) -> Vec<(u32, Oddity)> {
    let bytes = document.bytes();
    let odd = document.lines().iter().enumerate().filter_map(|(at, line)| {
        let Kind::Entry { key, value } = line.kind else { return None };
        let separator = bytes[key.end()..value.start()].iter().find(|byte| matches!(byte, b'=' | b':'));
        let oddity = if key.start() > line.span.start() {
            Oddity::Indented
        } else if separator == Some(&b':') {
            Oddity::Colon
        } else {
            return None;
        };
        Some((Document::number(at), oddity))
    });
    odd.collect()
}

#[cfg(test)]
mod examples;
