//! Sections, with the values of both files.

use std::collections::BTreeMap;

use crate::ini::Value;
use crate::origin::{Located, Origin, Place};
use crate::secret::Secret;

/// The values of a key.
#[derive(Clone, Debug)]
pub(super) struct Values {
    /// The effective one, then those that it overrides.
    pub(super) all: Vec<Located<Value>>,
    /// What the effective one is as a text, if it is a block.
    pub(super) lines: Option<Secret>,
}

impl Values {
    /// Whether the key has a text. To some SDKs a key with nothing but a block has none, and overrides nothing.
    pub(super) fn is_text(&self) -> bool {
        self.lines.is_some() || self.all.first().is_some_and(|first| first.value.as_text().is_some())
    }

    fn text(&self) -> Option<Located<String>> {
        let first = self.all.first()?;
        let text = self.lines.as_ref().or(first.value.as_text())?;
        Some(Located::new(text.expose().to_owned(), first.origin.clone()))
    }
}

/// What one file has of a section. Sections with one name are one.
#[derive(Clone, Debug)]
pub struct Part {
    pub(super) places: Vec<Place>,
    pub(super) values: BTreeMap<Box<str>, Values>,
}

impl Part {
    /// The value that counts in this file.
    pub fn value(&self, key: &str) -> Option<&Located<Value>> {
        self.values.get(key)?.all.first()
    }

    /// Whether the key is set in this file, if only to nothing.
    pub fn has(&self, key: &str) -> bool {
        self.values.get(key).is_some_and(Values::is_text)
    }
}

/// A profile, session or set of services, as both files define it.
#[derive(Clone, Debug, Default)]
pub struct Section {
    pub(super) places: Vec<Place>,
    pub(super) values: BTreeMap<Box<str>, Values>,
    pub(super) torn: Option<Place>,
}

impl Section {
    /// The effective value: a block where the key has nothing behind its `=` and sub-keys below.
    pub fn value(&self, key: &str) -> Option<&Located<Value>> {
        self.values(key).first()
    }

    /// The text of the effective value. A block is to Rust and Java the text of its lines, to Go an empty text, and to
    /// JavaScript none.
    pub fn text(&self, key: &str) -> Option<Located<String>> {
        self.values.get(key)?.text()
    }

    /// The value of a sub-key.
    pub fn nested(&self, key: &str, sub_key: &str) -> Option<Located<String>> {
        if let Some(dotted) = self.text(&format!("{key}.{sub_key}")) {
            return Some(dotted);
        }
        let Located { value, origin } = self.value(key)?;
        let nested = value.nested(sub_key)?;
        let Origin::File(place) = origin else { return None };
        let dotted = Some(format!("{key}.{sub_key}").into());
        let place = Place { line: nested.line, key: dotted, ..place.clone() };
        Some(Located::new(nested.value.expose().to_owned(), Origin::File(place)))
    }

    /// All values of a key that could be the effective one: that one, then those that it overrides, the nearest first.
    pub fn values(&self, key: &str) -> &[Located<Value>] {
        self.values.get(key).map_or(&[], |values| &values.all)
    }

    /// The keys in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|key| &**key)
    }

    /// Its headers, the config file's first.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The half of a pair of access keys for which Go refuses the section: the file that is read last and has the section,
    /// has one of the two keys.
    pub fn torn(&self) -> Option<&Place> {
        self.torn.as_ref()
    }
}
