//! Changing one setting. TOML is read by toml_edit, which knows where each value stands; what is written is spliced
//! into the user's own bytes there, because a document that toml_edit renders has lost its carriage returns and the
//! order of scattered dotted keys.

use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, InlineTable, Item, Key, Table, TableLike, Value as Toml};

use super::source::{Source, path};
use super::{Error, Name, Row, Value, nearest};
use crate::origin::Place;
use crate::store;
use crate::world::World;

/// Sets a setting to what was typed; tells where it stands then.
pub fn set(world: &World, name: &Name, typed: &str) -> Result<Place, Error> {
    let Some(row) = Row::of(name) else {
        return Err(Error::Unknown { name: name.clone(), nearest: nearest(name) });
    };
    let Some(value) = row.kind.typed(typed) else {
        return Err(Error::Value { name: name.clone(), kind: row.kind });
    };
    let path = path(world).ok_or(Error::NoHome)?;
    let save = |files: &mut [Vec<u8>]| {
        let edited = with(&Source::of(&path, &files[0])?, name, &value)?;
        let place = check(&path, &edited, name, Some(&value))?;
        files[0] = edited.into_bytes();
        Ok(place)
    };
    store::edit(&[&path], save).map(|(place, _)| place)
}

/// Removes a setting, also one that xcred doesn't know; tells whether there was anything to remove.
pub fn unset(world: &World, name: &Name) -> Result<bool, Error> {
    let path = path(world).ok_or(Error::NoHome)?;
    let save = |files: &mut [Vec<u8>]| {
        let Some(edited) = without(&Source::of(&path, &files[0])?, name)? else {
            return Ok(false);
        };
        check(&path, &edited, name, None)?;
        files[0] = edited.into_bytes();
        Ok(true)
    };
    store::edit(&[&path], save).map(|(removed, _)| removed)
}

/// The text with the setting.
fn with(source: &Source<'_>, name: &Name, value: &Value) -> Result<String, Error> {
    let document = source.parse()?;
    let written = match value {
        Value::Switch(on) => Toml::from(*on),
        Value::Text(text) => Toml::from(text.as_str()),
    };
    match find(&document, name) {
        Some((_, Item::Value(old))) => match old.span() {
            Some(span) => Ok(source.splice(span, &written.to_string())),
            None => Err(shape(source, name, old.span(), false)),
        },
        Some((_, item)) => Err(shape(source, name, item.span(), false)),
        None => add(source, &document, name, written),
    }
}

/// The text without the setting; none where there is no such setting.
fn without(source: &Source<'_>, name: &Name) -> Result<Option<String>, Error> {
    let document = source.parse()?;
    let Some((key, item)) = find(&document, name) else {
        return Ok(None);
    };
    if let Some((depth, span)) = inline(&document, name) {
        let table = change_inline(&source.text[span.clone()], &name.parts()[depth..], None);
        return Ok(table.map(|table| source.splice(span, &table)));
    }
    match (item, key.span(), item.span()) {
        (Item::Value(_), Some(key), Some(value)) => {
            Ok(Some(source.splice(source.lines(key.start..value.end), "")))
        }
        _ => Err(shape(source, name, item.span(), false)),
    }
}

/// Adds a line next to its like, or a table at the end.
fn add(source: &Source<'_>, document: &Document<&str>, name: &Name, value: Toml) -> Result<String, Error> {
    let parts = name.parts();
    if let Some((depth, span)) = inline(document, name) {
        let table = change_inline(&source.text[span.clone()], &parts[depth..], Some(value));
        let table = table.ok_or_else(|| shape(source, name, Some(span.clone()), true))?;
        return Ok(source.splice(span, &table));
    }
    let tables = &parts[..parts.len().saturating_sub(1)];
    // The innermost table that there is, the innermost one with a header, and how deep that is.
    let (mut inner, mut headed, mut depth) = (document.as_table(), document.as_table(), 0);
    let mut missing = false;
    for (at, part) in tables.iter().enumerate() {
        match inner.get(part) {
            None => {
                missing = true;
                break;
            }
            Some(Item::Table(table)) => inner = table,
            Some(item) => {
                return Err(shape(source, &Name::of(parts[..=at].iter().cloned()), item.span(), true));
            }
        }
        if !inner.is_dotted() {
            (headed, depth) = (inner, at + 1);
        }
    }
    // A table made by dotted keys can't be given a header any more.
    let open = inner.is_dotted() || (!missing && !headed.is_implicit());
    match neighbour(source, inner).filter(|_| open) {
        Some(like) => {
            let name = Name::of(parts[depth..].iter().cloned());
            Ok(source
                .splice(like.end..like.end, &like.line(source, &format!("{name}{}{value}", like.equals))))
        }
        None => {
            let table = Name::of(tables.iter().cloned());
            let key = Name::of(parts.last().cloned());
            let end = source.text.len();
            let like = Neighbour { end, indent: "", equals: " = " };
            let blank = if end == 0 || source.text.ends_with("\n\n") || source.text.ends_with("\n\r\n") {
                ""
            } else {
                like.ending(source)
            };
            let header = like.line(source, &format!("[{table}]"));
            let line = format!("{key} = {value}{}", like.ending(source));
            // The line ending that the last line may lack belongs before the blank line.
            let lacks = if like.lacks_ending(source) { like.ending(source) } else { "" };
            Ok(source.splice(end..end, &format!("{lacks}{blank}{}{line}", header.trim_start())))
        }
    }
}

/// A line to write another one after.
struct Neighbour<'t> {
    /// Where the next line begins.
    end: usize,
    indent: &'t str,
    equals: &'static str,
}

impl Neighbour<'_> {
    /// A whole line to be put after this one.
    fn line(&self, source: &Source<'_>, text: &str) -> String {
        let lacks = if self.lacks_ending(source) { self.ending(source) } else { "" };
        format!("{lacks}{}{text}{}", self.indent, self.ending(source))
    }

    fn lacks_ending(&self, source: &Source<'_>) -> bool {
        self.end > 0 && !source.text[..self.end].ends_with('\n')
    }

    /// The line ending of this line, or of the first one if this is the last and lacks it.
    fn ending(&self, source: &Source<'_>) -> &'static str {
        let text = &source.text[..self.end];
        let line = if text.ends_with('\n') { Some(text) } else { source.text.split_inclusive('\n').next() };
        if line.is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" }
    }
}

/// The last line of a table: of its last value, or its header.
fn neighbour<'t>(source: &Source<'t>, table: &Table) -> Option<Neighbour<'t>> {
    let spans = |(path, value): &(Vec<&Key>, &Toml)| Some((path.last()?.span()?, value.span()?));
    let last = table.get_values().iter().filter_map(spans).max_by_key(|(_, value)| value.end);
    let Some((key, value)) = last else {
        return table.span().map(|span| Neighbour { end: source.lines(span).end, indent: "", equals: " = " });
    };
    let lines = source.lines(key.start..value.end);
    let line = &source.text[lines.clone()];
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let equals = if &source.text[key.end..value.start] == "=" { "=" } else { " = " };
    Some(Neighbour { end: lines.end, indent, equals })
}

/// The key and the item that a name leads to.
fn find<'d>(document: &'d Document<&str>, name: &Name) -> Option<(&'d Key, &'d Item)> {
    let (last, tables) = name.parts().split_last()?;
    let mut table: &dyn TableLike = document.as_table();
    for part in tables {
        table = table.get(part)?.as_table_like()?;
    }
    table.get_key_value(last)
}

/// The outermost inline table on the way to a name, and how many parts of the name lead to it.
fn inline(document: &Document<&str>, name: &Name) -> Option<(usize, Range<usize>)> {
    let mut item = document.as_item();
    for (at, part) in name.parts().iter().enumerate() {
        item = item.get(part)?;
        if item.is_inline_table() {
            let is_last = at + 1 == name.parts().len();
            return item.span().filter(|_| !is_last).map(|span| (at + 1, span));
        }
    }
    None
}

/// An inline table with the value that `parts` lead to set or removed; none where something else is in the way.
fn change_inline(text: &str, parts: &[String], value: Option<Toml>) -> Option<String> {
    let mut changed: Toml = text.parse().ok()?;
    let (last, tables) = parts.split_last()?;
    let mut table = changed.as_inline_table_mut()?;
    for part in tables {
        let inner = match value {
            Some(_) => table.entry(part.as_str()).or_insert_with(|| InlineTable::new().into()),
            None => table.get_mut(part)?,
        };
        table = inner.as_inline_table_mut()?;
    }
    match value {
        Some(value) => table.insert(last.as_str(), value),
        None => table.remove(last),
    };
    let changed = changed.to_string();
    Some(if text.contains("\r\n") { changed.replace('\n', "\r\n") } else { changed })
}

fn shape(source: &Source<'_>, name: &Name, span: Option<Range<usize>>, table: bool) -> Error {
    let place = source.place(span.map_or(0, |span| span.start), name);
    Error::Shape { place, name: name.clone(), table }
}

/// Reads what is to be written: only a document that says what was asked for is saved.
fn check(path: &Path, edited: &str, name: &Name, wanted: Option<&Value>) -> Result<Place, Error> {
    let source = Source::of(path, edited.as_bytes())?;
    let entangled = || Error::Entangled { place: source.place(0, name), name: name.clone() };
    let document = source.parse().map_err(|_| entangled())?;
    let found = find(&document, name);
    let value = found.and_then(|(_, item)| match (item.as_bool(), item.as_str()) {
        (Some(on), _) => Some(Value::Switch(on)),
        (_, Some(text)) => Some(Value::Text(text.to_owned())),
        _ => None,
    });
    let is_there = found.is_some() == wanted.is_some();
    if !is_there || value.as_ref() != wanted {
        return Err(entangled());
    }
    let at = found.and_then(|(key, _)| key.span()).map_or(0, |span| span.start);
    Ok(source.place(at, name))
}
