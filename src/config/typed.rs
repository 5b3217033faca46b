//! What is typed on the command line: names of settings, and values.

use std::str::FromStr;

use toml_edit::{Array, DocumentMut, Key, Value, de};

use super::insertion::insert;
use super::nearest::settings_in;
use super::table::SETTINGS;
use super::{Config, Error, Name, Setting, nearest};

/// A name as TOML spells it. Shells remove the quotes of `mfa.devices."arn:…"` and `profiles."team.dev".account`, so unless
/// the text is a setting in TOML, all of it in the place of `*` is the name of a device, a session or a profile.
impl FromStr for Name {
    type Err = Error;

    fn from_str(text: &str) -> Result<Name, Error> {
        let toml =
            Key::parse(text).map(|keys| keys.iter().fold(Name::of([]), |name, key| name.child(key.get())));
        if let Ok(name) = &toml
            && Setting::of(name).is_some()
        {
            return Ok(name.clone());
        }
        let unquoted = SETTINGS.iter().find_map(|setting| setting.unquoted(text));
        unquoted.or(toml.ok()).ok_or_else(|| Error::Name { text: text.to_owned() })
    }
}

impl Error {
    /// The error of a command that was to set `text`: if the setting that was meant can't have this value, the help names it
    /// without the value.
    pub(super) fn about_value(self, text: &str) -> Error {
        match self {
            Error::Unknown { name, nearest: Some(meant), settings }
                if Setting::require(&meant).is_ok_and(|setting| setting.value(&meant, text).is_err()) =>
            {
                let settings = settings.into_iter().chain([meant.to_string()]).collect();
                Error::Unknown { name, nearest: None, settings }
            }
            error => error,
        }
    }
}

impl Setting {
    /// The setting with this name, each part of which has a letter.
    pub(crate) fn require(name: &Name) -> Result<&'static Setting, Error> {
        let is_whole = !name.parts().iter().any(String::is_empty);
        Setting::of(name).filter(|_| is_whole).ok_or_else(|| Error::Unknown {
            name: name.clone(),
            nearest: nearest(name),
            settings: settings_in(name),
        })
    }

    /// The value for `text` from the command line. A list is separated by commas.
    pub(super) fn value(&self, name: &Name, text: &str) -> Result<Value, Error> {
        let switch = text.parse::<bool>().map(Value::from).ok();
        let number = text.parse::<i64>().map(Value::from).ok();
        let list = items(text);
        [switch, number, Some(Value::from(text)), Some(list.clone().into())]
            .into_iter()
            .flatten()
            .find(|value| is_valid(name, value))
            .ok_or_else(|| self.invalid(name, &list))
    }

    fn invalid(&self, name: &Name, list: &Array) -> Error {
        let (name, expected) = (name.clone(), self.expected());
        match invalid_item(&name, list) {
            Some(item) => Error::Item { name, item, expected },
            None => Error::Value { name, expected },
        }
    }
}

/// What a text has between its commas.
pub(super) fn items(text: &str) -> Array {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}

pub(super) fn is_valid(name: &Name, value: &Value) -> bool {
    let mut document = DocumentMut::new();
    insert(&mut document, name, value);
    de::from_document::<Config>(document).is_ok()
}

/// The first item of a list that is invalid on its own, if others can be valid: the setting is a list.
pub(super) fn invalid_item(name: &Name, list: &Array) -> Option<String> {
    let is_list = |item: &Value| is_valid(name, &[item.clone()].into_iter().collect());
    let is_of_texts = is_list(&"A".into());
    let invalid = list.iter().find(|item| !is_list(item)).filter(|_| is_of_texts)?;
    Some(invalid.as_str().map_or_else(|| invalid.clone().decorated("", "").to_string(), str::to_owned))
}

/// The valid values of a setting, if they can be listed.
pub(crate) fn values(name: &str) -> &'static [&'static str] {
    name.parse().ok().and_then(|name| Setting::of(&name)).map_or(&[], Setting::words)
}
