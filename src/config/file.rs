//! The file: reading it with line numbers, and changing one setting in it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml_edit::{Document, DocumentMut, Item, Key, TableLike, Value, de};

use super::insertion::insert;
use super::lines::Lines;
use super::table::SETTINGS;
use super::typed::{invalid_item, is_valid, items};
use super::{Config, Error, Name, Setting, duplicate, emptied};
use crate::origin::Place;

const BOM: &str = "\u{feff}";

#[derive(Clone)]
pub(super) struct File {
    path: Arc<Path>,
    /// `BOM` or nothing.
    mark: &'static str,
    text: String,
    lines: Lines,
    /// Knows the span of everything in `text`.
    document: Document<String>,
}

impl File {
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<File, Error> {
        let path: Arc<Path> = path.into();
        let malformed = |at: usize, reason: &str| {
            let place = Place::line(path.clone(), Lines::of(bytes).at(at));
            Error::Malformed { place, reason: reason.to_owned() }
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|error| malformed(error.valid_up_to(), "the file is not UTF-8"))?;
        let (mark, text) = text.strip_prefix(BOM).map_or(("", text), |text| (BOM, text));
        let document = Document::parse(text.to_owned()).map_err(|error| {
            let at = error.span().map_or(0, |span| mark.len() + span.start);
            malformed(at, &duplicate::reason(error.message(), text, error.span()))
        })?;
        Ok(File { path, mark, text: text.to_owned(), lines: Lines::of(text.as_bytes()), document })
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [self.mark, &self.text].concat().into_bytes()
    }

    pub(super) fn path(&self) -> &Arc<Path> {
        &self.path
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn config(&self) -> Result<Config, Error> {
        // serde would accept an array in place of a table.
        self.check_tables(|name| SETTINGS.iter().any(|setting| setting.is_in(name)))?;
        self.check_guards()?;
        let mut config = de::from_document::<Config>(self.document.clone()).map_err(|error| {
            let at = error.span().unwrap_or_default().start;
            let is_at = |span: Option<Range<usize>>| span.is_some_and(|span| span.contains(&at));
            let mut items = self.items().into_iter();
            // The innermost is the last.
            let found = items.rfind(|(_, key, item)| is_at(key.span()) || is_at(item.span()));
            let setting = found.and_then(|(name, key, item)| Some((Setting::of(&name)?, name, key, item)));
            let Some((setting, name, key, item)) = setting else {
                let line = self.lines.at(at);
                let place = Place::line(self.path.clone(), line);
                return Error::Malformed { place, reason: error.message().to_owned() };
            };
            let place = self.place_of(&name, key, item);
            match item.as_array().and_then(|list| invalid_item(&name, list)) {
                Some(item) => Error::MismatchedItem { place, name, item, expected: setting.expected() },
                None => self.mismatch(&name, key, item, &setting.expected()),
            }
        })?;
        let values = self.items().into_iter().filter(|(_, _, item)| !item.is_table_like());
        let places = values.map(|(name, key, item)| (name.clone(), self.place_of(&name, key, item)));
        config.places = places.collect();
        Ok(config)
    }

    /// An error if a value is where `is_table` expects a table.
    fn check_tables(&self, is_table: impl Fn(&Name) -> bool) -> Result<(), Error> {
        match self.items().iter().find(|(name, _, item)| !item.is_table_like() && is_table(name)) {
            Some((name, key, item)) => Err(self.mismatch(name, key, item, "a table")),
            None => Ok(()),
        }
    }

    fn mismatch(&self, name: &Name, key: &Key, item: &Item, expected: &str) -> Error {
        let (place, name) = (self.place_of(name, key, item), name.clone());
        if let Some(list) = item.as_str().map(items).filter(|list| is_valid(&name, &list.clone().into())) {
            let items = list.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
            return Error::NotAList { place, name, items };
        }
        let text = item.as_integer().map(|number| number.to_string());
        match text.filter(|text| is_valid(&name, &Value::from(text))) {
            Some(value) => Error::Unquoted { place, name, value },
            None => Error::Mismatch { place, name, expected: expected.to_owned() },
        }
    }

    /// Values that are not a setting of xcred's.
    pub(super) fn unknown(&self) -> Vec<(Name, Place)> {
        let unknown = self
            .items()
            .into_iter()
            .filter(|(name, _, item)| !item.is_table_like() && Setting::of(name).is_none());
        unknown.map(|(name, key, item)| (name.clone(), self.place_of(&name, key, item))).collect()
    }

    /// The value of a setting as TOML, if it is set.
    pub(super) fn value(&self, name: &Name) -> Option<String> {
        self.values().remove(name.parts())
    }

    /// Where a setting is, if it is set.
    pub(super) fn place(&self, name: &Name) -> Option<Place> {
        let (key, item) = self.find(name)?;
        Some(self.place_of(name, key, item))
    }

    /// The file with a setting changed or added.
    pub(super) fn with(&self, name: &Name, value: &Value) -> Result<File, Error> {
        let text = match self.find(name) {
            Some((_, Item::Value(old))) => {
                let span = old.span().ok_or_else(|| self.entangled(name))?;
                [&self.text[..span.start], &value.to_string(), &self.text[span.end..]].concat()
            }
            Some((key, item)) => return Err(self.not_a_value(name, key, item)),
            None => {
                self.check_tables(|table| name.tables().starts_with(table.parts()))?;
                let mut document = self.document.clone().into_mut();
                insert(&mut document, name, value).ok_or_else(|| self.entangled(name))?;
                self.rendered(&document)
            }
        };
        self.checked(&text, name, Some(value))
    }

    /// The file without a setting; `None` if it isn't set.
    pub(super) fn without(&self, name: &Name) -> Result<Option<File>, Error> {
        let Some((key, item)) = self.find(name) else { return Ok(None) };
        let is_filled = !self.settings_in(name).is_empty();
        if item.is_table() && !is_filled {
            return Ok(None);
        }
        let (Some(key), Item::Value(_), Some(value), false) = (key.span(), item, item.span(), is_filled)
        else {
            return Err(self.not_a_value(name, key, item));
        };
        let text = if self.is_inline(name) {
            let mut document = self.document.clone().into_mut();
            let table =
                name.tables().iter().try_fold(document.as_item_mut(), |item, part| item.get_mut(part));
            table.and_then(Item::as_table_like_mut).and_then(|table| table.remove(name.last()));
            self.rendered(&document)
        } else {
            // The whole lines, so that a comment above them stays.
            let start = self.text[..key.start].rfind('\n').map_or(0, |at| at + 1);
            let end = self.text[value.end..].find('\n').map_or(self.text.len(), |at| value.end + at + 1);
            [&self.text[..start], &self.text[end..]].concat()
        };
        let edited = self.checked(&text, name, None)?;
        let emptied = edited.header(name.tables()).and_then(|header| emptied::lines(&edited.text, header));
        match emptied {
            Some(lines) => {
                let text = [&edited.text[..lines.start], &edited.text[lines.end..]].concat();
                self.checked(&text, name, None).map(Some)
            }
            None => Ok(Some(edited)),
        }
    }

    /// The values in a table.
    fn settings_in(&self, table: &Name) -> Vec<Name> {
        let values = self.items().into_iter().filter(|(_, _, item)| !item.is_table_like());
        let names = values.map(|(name, ..)| name);
        names.filter(|name| name != table && name.parts().starts_with(table.parts())).collect()
    }

    fn not_a_value(&self, name: &Name, key: &Key, item: &Item) -> Error {
        match self.settings_in(name) {
            settings if settings.is_empty() => self.mismatch(name, key, item, "a value, not a table"),
            settings => Error::Table { name: name.clone(), settings },
        }
    }

    /// Where the header of a table begins, if the table has one.
    fn header(&self, tables: &[String]) -> Option<usize> {
        let first = self.document.as_item();
        let item = tables.iter().try_fold(first, |item, part| item.as_table_like()?.get(part))?;
        let table = item.as_table().filter(|table| !table.is_implicit() && !table.is_dotted())?;
        Some(table.span()?.start)
    }

    pub(super) fn entangled(&self, name: &Name) -> Error {
        Error::Entangled { path: self.path.to_path_buf(), name: name.clone() }
    }

    /// The edited file, unless anything changed in it besides the setting.
    fn checked(&self, text: &str, name: &Name, value: Option<&Value>) -> Result<File, Error> {
        let edited = File::parse(&self.path, [self.mark, text].concat().as_bytes())
            .map_err(|_| self.entangled(name))?;
        let mut expected = self.values();
        expected.remove(name.parts());
        if let Some(value) = value {
            expected.insert(name.parts().to_vec(), value.to_string());
        }
        if edited.values() == expected { Ok(edited) } else { Err(self.entangled(name)) }
    }

    /// The edited file, unless anything changed in it besides the names of settings.
    pub(super) fn checked_as(&self, text: &str, rename: impl Fn(&mut Vec<String>)) -> Option<File> {
        let edited = File::parse(&self.path, [self.mark, text].concat().as_bytes()).ok()?;
        let renamed = self.values().into_iter().map(|(mut parts, value)| {
            rename(&mut parts);
            (parts, value)
        });
        (edited.values() == renamed.collect()).then_some(edited)
    }

    /// Every value, as TOML.
    fn values(&self) -> BTreeMap<Vec<String>, String> {
        let values = self.items().into_iter().filter(|(_, _, item)| !item.is_table_like());
        let text = |item: &Item| match item {
            Item::Value(value) => value.clone().decorated("", "").to_string(),
            other => other.to_string(),
        };
        values.map(|(name, _, item)| (name.parts().to_vec(), text(item))).collect()
    }

    /// The document as text. toml_edit writes `\n` everywhere.
    fn rendered(&self, document: &DocumentMut) -> String {
        let text = document.to_string();
        let has_crlf = self.text.contains("\r\n") && !self.text.replace("\r\n", "").contains('\n');
        if has_crlf { text.replace('\n', "\r\n") } else { text }
    }

    pub(super) fn tables(&self) -> &dyn TableLike {
        self.document.as_table()
    }

    /// All tables and values, each table before what is in it.
    pub(super) fn items(&self) -> Vec<(Name, &Key, &Item)> {
        fn collect<'d>(table: &'d dyn TableLike, outer: &Name, found: &mut Vec<(Name, &'d Key, &'d Item)>) {
            for (key, item) in table.iter().filter_map(|(key, _)| table.get_key_value(key)) {
                let name = outer.child(key.get());
                found.push((name.clone(), key, item));
                if let Some(inner) = item.as_table_like() {
                    collect(inner, &name, found);
                }
            }
        }
        let mut found = Vec::new();
        collect(self.document.as_table(), &Name::of([]), &mut found);
        found
    }

    fn find(&self, name: &Name) -> Option<(&Key, &Item)> {
        let mut table: &dyn TableLike = self.document.as_table();
        for part in name.tables() {
            table = table.get(part)?.as_table_like()?;
        }
        table.get_key_value(name.last())
    }

    fn is_inline(&self, name: &Name) -> bool {
        let mut item = self.document.as_item();
        name.tables().iter().any(|part| {
            item = &item[part.as_str()];
            item.is_inline_table()
        })
    }

    pub(super) fn place_of(&self, name: &Name, key: &Key, item: &Item) -> Place {
        let at = key.span().or_else(|| item.span()).map_or(0, |span| span.start);
        let line = self.lines.at(at);
        Place { path: self.path.clone(), line, section: None, key: Some(name.to_string().into()) }
    }
}
