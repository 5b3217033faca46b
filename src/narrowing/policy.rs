//! Inline session policies.

use std::path::Path;

use serde_json::Value;

use super::error::{Error, Fault};
use super::unique::Unique;
use crate::origin::{Located, Origin, Place};
use crate::store;

/// STS accepts no longer policy, in characters.
const LONGEST: usize = 2048;

/// The limit of the file, in bytes: indentation is not sent.
const LARGEST_FILE: u64 = 64 << 10;

/// A policy document without whitespace between its tokens.
#[derive(Clone, Debug)]
pub struct Policy {
    text: String,
    document: Value,
}

impl Policy {
    /// Parses a document that an option or a setting has.
    pub fn parse(text: Located<&str>) -> Result<Located<Policy>, Error> {
        let at = |line: usize, fault: Fault| match line {
            0 | 1 => fault.at(text.origin.clone()),
            line => fault.at(text.origin.clone()).in_line(line),
        };
        match Policy::of(text.value) {
            Ok(policy) => Ok(Located::new(policy, text.origin)),
            Err((line, fault)) => Err(at(line, fault)),
        }
    }

    /// Reads a document from a file. `origin` is what names the file.
    pub fn read(path: &Path, origin: &Origin) -> Result<Located<Policy>, Error> {
        let unreadable = |source| Fault::File { path: path.to_owned(), source }.at(origin.clone());
        let bytes = store::read_small(path, LARGEST_FILE).map_err(unreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| {
            unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8"))
        })?;
        let place = |line: usize| Place {
            path: path.into(),
            line: u32::try_from(line).unwrap_or(u32::MAX).max(1),
            section: None,
            key: None,
        };
        match Policy::of(text) {
            Ok(policy) => Ok(Located::new(policy, origin.clone())),
            Err((line, fault)) => Err(fault.at(origin.clone()).in_file(place(line))),
        }
    }

    /// The policy, or what is wrong, and its line.
    fn of(text: &str) -> Result<Policy, (usize, Fault)> {
        let Unique(document) = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let text = error.to_string();
            let what = text.rsplit_once(" at line ").map_or(&*text, |(what, _)| what).to_owned();
            if error.is_data() {
                (line, Fault::KeyTwice { key: what, column })
            } else {
                (line, Fault::NotJson { what, column })
            }
        })?;
        let is_policy = match &document["Statement"] {
            Value::Array(all) => !all.is_empty() && all.iter().all(Value::is_object),
            found => found.is_object(),
        };
        if !is_policy {
            return Err((1, Fault::NotAPolicy));
        }
        let text = compact(text);
        if let Some(character) = text.chars().find(|c| !(' '..='\u{ff}').contains(c)) {
            return Err((1, Fault::Character { character }));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return Err((1, Fault::PolicyTooLong { length, most: LONGEST }));
        }
        Ok(Policy { text, document })
    }

    /// What is sent.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Whether a statement may allow something: it doesn't deny.
    pub(super) fn allows(&self) -> bool {
        let denies = |statement: &Value| statement["Effect"] == "Deny";
        match &self.document["Statement"] {
            Value::Array(all) => !all.iter().all(denies),
            statement => !denies(statement),
        }
    }
}

/// Valid JSON without the whitespace between its tokens. Everything else stays, byte for byte.
fn compact(json: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let mut keep = |c: char| {
        if is_text {
            is_text = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            return true;
        }
        is_text = c == '"';
        !c.is_ascii_whitespace()
    };
    json.chars().filter(|c| keep(*c)).collect()
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn session_policy() {
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(policy) = Policy::of(text) else { return };
            assert_eq!(serde_json::from_str::<Value>(policy.text()).unwrap(), policy.document);
            assert!(policy.text.len() <= text.len() && policy.text.chars().count() <= LONGEST);
        });
    }
}
