//! A setting in and out of the text. TOML is read by toml_edit, which knows where each value stands; what is written
//! is spliced into the user's own bytes there, because a document that toml_edit renders has lost its carriage
//! returns and the order of scattered dotted keys.

use std::ops::Range;

use toml_edit::{Document, InlineTable, Item, Key, RawString, Table, TableLike, Value as Toml};

use super::source::Source;
use super::{Error, Name, Value};

/// The text with the setting.
pub(super) fn with(source: &Source<'_>, name: &Name, value: &Value) -> Result<String, Error> {
    let document = source.parse()?;
    let written = match value {
        Value::Switch(on) => Toml::from(*on),
        Value::Number(number) => Toml::from(i64::from(*number)),
        Value::Text(text) => Toml::from(text.as_str()),
    };
    match find(&document, name) {
        None => add(source, &document, name, written),
        Some((_, item)) => match item.as_value().and_then(Toml::span) {
            Some(span) => Ok(source.splice(span, &written.to_string())),
            None => Err(shape(source, name, item, false)),
        },
    }
}

/// The text without the setting; none where there is no such setting.
pub(super) fn without(source: &Source<'_>, name: &Name) -> Result<Option<String>, Error> {
    let document = source.parse()?;
    let Some((key, item)) = find(&document, name) else {
        return Ok(None);
    };
    if let Some((depth, span)) = inline(&document, name) {
        let table = change_inline(&source.text[span.clone()], &name.parts()[depth..], None);
        return Ok(table.map(|table| source.splice(span, &table)));
    }
    match (key.span(), item.as_value().and_then(Toml::span)) {
        (Some(key), Some(value)) => Ok(Some(source.splice(source.lines(key.start..value.end), ""))),
        _ => Err(shape(source, name, item, false)),
    }
}

/// Adds a line after the last one of its table, or a table at the end.
fn add(source: &Source<'_>, document: &Document<&str>, name: &Name, value: Toml) -> Result<String, Error> {
    let parts = name.parts();
    if let Some((depth, span)) = inline(document, name) {
        let place = source.place(span.start, name);
        return match change_inline(&source.text[span.clone()], &parts[depth..], Some(value)) {
            Some(table) => Ok(source.splice(span, &table)),
            None => Err(Error::Shape { place, name: name.clone(), table: true }),
        };
    }
    let tables = &parts[..parts.len().saturating_sub(1)];
    // The innermost table that there is, and how many parts lead to the innermost one that isn't made by dotted keys.
    let (mut inner, mut depth, mut is_whole) = (document.as_table(), 0, true);
    for (at, part) in tables.iter().enumerate() {
        match inner.get(part) {
            Some(Item::Table(table)) => inner = table,
            Some(item) => {
                return Err(shape(source, &Name::of(parts[..=at].iter().cloned()), item, true));
            }
            None => {
                is_whole = false;
                break;
            }
        }
        if !inner.is_dotted() {
            depth = at + 1;
        }
    }
    // A table that dotted keys made can't get a header any more; one that only its own tables' headers imply must.
    if (inner.is_dotted() || is_whole && !inner.is_implicit())
        && let Some(last) = LastLine::of(source, inner)
    {
        let name = Name::of(parts[depth..].iter().cloned());
        let line = format!("{}{name}{}{value}", last.indent, last.equals);
        return Ok(insert(source, last.end, &[&line]));
    }
    let header = format!("[{}]", Name::of(tables.iter().cloned()));
    let line = format!("{} = {value}", Name::of(parts.last().cloned()));
    let is_apart = source.text.is_empty() || source.text.ends_with("\n\n") || source.text.ends_with("\n\r\n");
    let lines = ["", &header, &line];
    Ok(insert(source, source.text.len(), &lines[usize::from(is_apart)..]))
}

/// The text with whole lines more, which begin at `at` and end as the line before them does.
fn insert(source: &Source<'_>, at: usize, lines: &[&str]) -> String {
    let before = &source.text[..at];
    let is_cut = !before.is_empty() && !before.ends_with('\n');
    let like = if is_cut { source.text.split_inclusive('\n').next().unwrap_or_default() } else { before };
    let ending = if like.ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut text = if is_cut { ending.to_owned() } else { String::new() };
    for line in lines {
        text.push_str(line);
        text.push_str(ending);
    }
    source.splice(at..at, &text)
}

/// What a new line of a table has to follow, and to be like.
struct LastLine<'t> {
    end: usize,
    indent: &'t str,
    equals: &'static str,
}

impl<'t> LastLine<'t> {
    /// The line of the table's last value, or of its header.
    fn of(source: &Source<'t>, table: &Table) -> Option<LastLine<'t>> {
        let spans = |(path, value): &(Vec<&Key>, &Toml)| Some((path.last()?.span()?, value.span()?));
        let last = table.get_values().iter().filter_map(spans).max_by_key(|(_, value)| value.end);
        let Some((key, value)) = last else {
            let header = table.span()?;
            return Some(LastLine { end: source.lines(header).end, indent: "", equals: " = " });
        };
        let lines = source.lines(key.start..value.end);
        let line = &source.text[lines.clone()];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let equals = if &source.text[key.end..value.start] == "=" { "=" } else { " = " };
        Some(LastLine { end: lines.end, indent, equals })
    }
}

/// The key and the item that a name leads to.
pub(super) fn find<'d>(document: &'d Document<&str>, name: &Name) -> Option<(&'d Key, &'d Item)> {
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
        Some(value) => {
            // The blank before the closing brace would become one before the comma.
            let before = table.iter_mut().last().map(|(_, before)| before.decor_mut());
            if let Some(decor) = before.filter(|decor| is_blank(decor.suffix())) {
                decor.set_suffix("");
            }
            table.insert(last.as_str(), value)
        }
        None => table.remove(last),
    };
    let changed = changed.to_string();
    Some(if text.contains("\r\n") { changed.replace('\n', "\r\n") } else { changed })
}

fn is_blank(decor: Option<&RawString>) -> bool {
    decor.and_then(RawString::as_str).is_some_and(|text| text.trim().is_empty())
}

/// Something else stands where a table, or a value, should.
fn shape(source: &Source<'_>, name: &Name, item: &Item, table: bool) -> Error {
    let place = source.place(item.span().map_or(0, |span| span.start), name);
    Error::Shape { place, name: name.clone(), table }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[track_caller]
    fn set(text: &str, name: &str, value: &Value) -> String {
        let (source, name) =
            (Source::of(Path::new("/c"), text.as_bytes()).unwrap(), Name::parse(name).unwrap());
        let edited = with(&source, &name, value).unwrap();
        let again = Source::of(Path::new("/c"), edited.as_bytes()).unwrap();
        assert_eq!(with(&again, &name, value).unwrap(), edited, "set again");
        edited
    }

    #[track_caller]
    fn switch(text: &str, name: &str) -> String {
        set(text, name, &Value::Switch(true))
    }

    #[track_caller]
    fn unset(text: &str, name: &str) -> Option<String> {
        let source = Source::of(Path::new("/c"), text.as_bytes()).unwrap();
        without(&source, &Name::parse(name).unwrap()).unwrap()
    }

    #[test]
    fn a_value_that_is_there_is_replaced_and_nothing_else() {
        for (before, after) in [
            ("[cache] # c\n\troles=false # d\n", "[cache] # c\n\troles=true # d\n"),
            ("# a\r\n[cache]\r\nroles = false\r\n", "# a\r\n[cache]\r\nroles = true\r\n"),
            ("\u{feff}cache.roles = false", "\u{feff}cache.roles = true"),
            ("cache = {roles=false , x=1}", "cache = {roles=true , x=1}"),
            ("cache.roles = [\n1,\n]\nb = 1", "cache.roles = true\nb = 1"),
            ("cache.roles = 1\nz = 1\ncache.x = 1\n", "cache.roles = true\nz = 1\ncache.x = 1\n"),
        ] {
            assert_eq!(switch(before, "cache.roles"), after);
        }
    }

    #[test]
    fn a_new_value_joins_its_table() {
        for (before, after) in [
            ("", "[cache]\nroles = true\n"),
            ("# only a comment", "# only a comment\n\n[cache]\nroles = true\n"),
            ("[a]\r\nb = 1\r\n", "[a]\r\nb = 1\r\n\r\n[cache]\r\nroles = true\r\n"),
            ("[cache]\n\n# end\n", "[cache]\nroles = true\n\n# end\n"),
            ("[cache]\n  x=1 # x\n\n[b]\n", "[cache]\n  x=1 # x\n  roles=true\n\n[b]\n"),
            ("[cache]\r\nx = 1\r\n# end\n", "[cache]\r\nx = 1\r\nroles = true\r\n# end\n"),
            ("[cache]\nx = 1", "[cache]\nx = 1\nroles = true\n"),
            ("cache.x = 1\nz = 1\n", "cache.x = 1\ncache.roles = true\nz = 1\n"),
            ("cache = {}\n", "cache = { roles = true }\n"),
            ("cache = { x = 1 } # c\n", "cache = { x = 1, roles = true } # c\n"),
            ("[cache.x]\ny = 1\n", "[cache.x]\ny = 1\n\n[cache]\nroles = true\n"),
            ("\u{feff}", "\u{feff}[cache]\nroles = true\n"),
        ] {
            assert_eq!(switch(before, "cache.roles"), after);
        }
    }

    #[test]
    fn a_device_joins_the_others() {
        let set = |before: &str| set(before, "mfa.devices.a:b", &Value::Text("code -x".into()));
        for (before, after) in [
            ("", "[mfa.devices]\n@"),
            ("[mfa]\ncommand = 'c'\n", "[mfa]\ncommand = 'c'\n\n[mfa.devices]\n@"),
            ("[mfa]\ndevices.c = 'c'\n[z]\n", "[mfa]\ndevices.c = 'c'\ndevices.@[z]\n"),
            ("mfa.command = 'c'\nz = 1\n", "mfa.command = 'c'\nmfa.devices.@z = 1\n"),
            ("mfa.command = 'c'\n[mfa.devices]\n[z]\n", "mfa.command = 'c'\n[mfa.devices]\n@[z]\n"),
        ] {
            assert_eq!(set(before), after.replace('@', "\"a:b\" = \"code -x\"\n"));
        }
    }

    #[test]
    fn a_removed_value_takes_its_line_along_and_no_other() {
        for (before, after) in [
            ("[cache]\n# a\nroles = true # b\n# c\n", Some("[cache]\n# a\n# c\n")),
            ("[cache]\r\nroles = true\r\n\r\n", Some("[cache]\r\n\r\n")),
            ("\u{feff}cache.roles = [\n1]", Some("\u{feff}")),
            ("cache = { roles = true, x = 1 }\n", Some("cache = { x = 1 }\n")),
            ("[cache]\nrole = true\n", None),
        ] {
            assert_eq!(unset(before, "cache.roles").as_deref(), after);
        }
    }

    #[test]
    fn what_is_in_the_way_is_told_with_its_line() {
        let told = |text: &str| {
            let source = Source::of(Path::new("/c"), text.as_bytes()).unwrap();
            let name = Name::parse("cache.roles").unwrap();
            with(&source, &name, &Value::Switch(true)).unwrap_err().to_string()
        };
        assert_eq!(told("\ncache = 1\n"), "/c:2: `cache` should be a table");
        assert_eq!(told("[[cache]]\n"), "/c:1: `cache` should be a table");
        assert_eq!(told("a=1\n[cache.roles]\n"), "/c:2: `cache.roles` should be a value, not a table");
    }
}
