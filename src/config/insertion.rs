//! Where a new setting goes in the file.

use toml_edit::{DocumentMut, InlineTable, Item, RawString, Table, Value};

use super::Name;

/// Adds a setting. `None` if something that isn't a table is in its way.
pub(super) fn insert(document: &mut DocumentMut, name: &Name, value: &Value) -> Option<()> {
    let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
    let gap = if document.is_empty() && trailing.is_empty() { "" } else { "\n" };
    let newline = if trailing.is_empty() || trailing.ends_with('\n') { "" } else { "\n" };
    let mut has_new_header = false;
    let mut item = document.as_item_mut();
    for part in name.tables() {
        close_up(item);
        let is_inline = item.is_inline_table();
        let is_dotted = item.as_table().is_some_and(Table::is_dotted);
        item = item.as_table_like_mut()?.entry(part).or_insert_with(|| {
            if is_inline {
                return Item::Value(InlineTable::new().into());
            }
            has_new_header = !is_dotted;
            let mut table = Table::new();
            // Without a header, if it only holds another table.
            table.set_implicit(true);
            table.set_dotted(is_dotted);
            // Comments at the end of the file stay above the new table.
            table.decor_mut().set_prefix(format!("{trailing}{newline}{gap}"));
            Item::Table(table)
        });
    }
    close_up(item);
    let table = item.as_table_like_mut()?;
    let last = table.iter().last().and_then(|(key, _)| table.key(key));
    let indent =
        last.and_then(|key| Some(key.leaf_decor().prefix()?.as_str()?.rsplit('\n').next()?.to_owned()));
    let mut value = value.clone();
    // The space that toml_edit puts around values.
    value.decor_mut().clear();
    table.insert(name.last(), value.into());
    if let (Some(indent), Some(mut key)) = (indent, table.key_mut(name.last())) {
        key.leaf_decor_mut().set_prefix(indent);
    }
    if has_new_header {
        document.set_trailing("");
    }
    Some(())
}

/// Removes the space before the closing brace of an inline table: it would end up before the comma.
fn close_up(item: &mut Item) {
    let last = item.as_inline_table_mut().and_then(|table| table.iter_mut().last());
    if let Some((_, last)) = last
        && last.decor().suffix().and_then(RawString::as_str).is_some_and(|suffix| suffix.trim().is_empty())
    {
        last.decor_mut().set_suffix("");
    }
}
