//! What looks like a guard and isn't one, anywhere in the file. A dotted key belongs to the table whose header is above it, so a
//! guard that is appended to the file is often none.

use toml_edit::{Item, Key, TableLike, Value};

use super::name::TABLES;
use super::table::SETTINGS;
use super::values::AccountId;
use super::{Name, Setting};
use crate::text::slips;

/// The first item that looks like a guard, or a table of guards, in a table that has none.
pub(super) fn find(document: &dyn TableLike) -> Option<(Name, &Key, &Item)> {
    below(document, &Name::of([]))
}

fn below<'d>(table: &'d dyn TableLike, outer: &Name) -> Option<(Name, &'d Key, &'d Item)> {
    let items = table.iter().filter_map(|(key, _)| table.get_key_value(key));
    // What is among the guards is checked on its own.
    let others = items.filter(|(key, _)| !(outer.parts().is_empty() && TABLES.contains(&key.get())));
    for (key, item) in others {
        let name = outer.child(key.get());
        if is_like_guard(&name, item) {
            return Some((name, key, item));
        }
        if let Some(found) = tables(item).into_iter().find_map(|table| below(table, &name)) {
            return Some(found);
        }
    }
    None
}

/// The tables in an item: itself, or those in its lists.
fn tables(item: &Item) -> Vec<&dyn TableLike> {
    fn of_value(value: &Value) -> Vec<&dyn TableLike> {
        match value {
            Value::InlineTable(table) => vec![table],
            Value::Array(values) => values.iter().flat_map(of_value).collect(),
            _ => Vec::new(),
        }
    }
    match item {
        Item::Table(table) => vec![table],
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Item::Value(value) => of_value(value),
        Item::None => Vec::new(),
    }
}

fn is_like_guard(name: &Name, item: &Item) -> bool {
    let words: Vec<String> = name.last().split(['.', ' ', '\t']).map(str::to_lowercase).collect();
    let is_table = |word: &String| is_like_table(word, name);
    let is_account = || item.as_str().is_some_and(|text| text.parse::<AccountId>().is_ok());
    match (is_known(name), &words[..]) {
        // Devices and sessions have any name, but an account is neither a program nor a template.
        (true, [word]) => ends_as_guard(word) && is_account(),
        (true, [table, .., guard]) => is_table(table) && ends_as_guard(guard),
        (false, words) => words.iter().any(is_table) || words.last().is_some_and(|word| ends_as_guard(word)),
        (true, []) => false,
    }
}

fn is_known(name: &Name) -> bool {
    Setting::of(name).is_some() || SETTINGS.iter().any(|setting| setting.is_in(name))
}

/// Whether a word is the name of a table of guards, or a slip for it.
fn is_like_table(word: &str, name: &Name) -> bool {
    let is_near = |known: &str, most: usize| slips(word, known, most).is_some();
    let most = if name.tables().is_empty() { 2 } else { 1 };
    word.contains("profile") || word.contains("agents") || is_near(TABLES[0], 2) || is_near(TABLES[1], most)
}

/// Whether a word ends in the name of a guard, however its parts are joined.
fn ends_as_guard(word: &str) -> bool {
    let joined = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let guards = SETTINGS.iter().filter_map(|setting| {
        let mut parts = setting.parts();
        parts.next().filter(|table| *table == TABLES[0]).and(parts.last())
    });
    guards.map(joined).any(|guard| joined(word).ends_with(&guard))
}
