//! Changing one setting in the file.

use std::path::Path;

use super::source::{Source, path};
use super::splice::{find, with, without};
use super::{Error, Name, Row, Value};
use crate::origin::Place;
use crate::store;
use crate::world::World;

/// Sets a setting to what was typed; tells where it stands then.
pub fn set(world: &World, name: &Name, typed: &str) -> Result<Place, Error> {
    let row = Row::require(name)?;
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

/// Reads what is to be written: only a document that says what was asked for is saved.
fn check(path: &Path, edited: &str, name: &Name, wanted: Option<&Value>) -> Result<Place, Error> {
    let source = Source::of(path, edited.as_bytes())?;
    let entangled = || Error::Entangled { place: source.place(0, name), name: name.clone() };
    let document = source.parse().map_err(|_| entangled())?;
    let found = find(&document, name);
    let value = found.and_then(|(_, item)| {
        let switch = item.as_bool().map(Value::Switch);
        let number = || item.as_integer().and_then(|number| number.try_into().ok()).map(Value::Number);
        let text = || item.as_str().map(|text| Value::Text(text.to_owned()));
        switch.or_else(number).or_else(text)
    });
    let is_there = found.is_some() == wanted.is_some();
    if !is_there || value.as_ref() != wanted {
        return Err(entangled());
    }
    let at = found.and_then(|(key, _)| key.span()).map_or(0, |span| span.start);
    Ok(source.place(at, name))
}
