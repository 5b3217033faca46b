//! A setting with its value, the values that it overrides, and how they are shown.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use crate::address::redacted;
use crate::ini::{Nested, Value};
use crate::origin::{Located, Origin};
use crate::secret::{MASK, Secret, is_impossible_key_id};
use crate::settings::{self, AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, Variable};
use crate::text::words;

/// A setting that has a value.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Nested keys dotted.
    pub name: String,
    /// Its row, if AWS has such a setting.
    pub row: Option<&'static Variable>,
    /// Whether the value is masked in lists.
    pub secret: bool,
    /// The effective value.
    pub winner: Located<Value>,
    pub shadowed: Vec<Shadowed>,
}

/// A value that has no effect.
#[derive(Clone, Debug)]
pub struct Shadowed {
    pub value: Located<Value>,
    pub why: Why,
}

/// Why a value has no effect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    #[error("overridden by {0}")]
    Overridden(Origin),
    /// The credentials of the environment are not read then.
    #[error("the profile is named by an option")]
    ExplicitProfile,
}

impl Setting {
    /// A setting with its values in order of precedence.
    pub(super) fn of(
        name: &str,
        row: Option<&'static Variable>,
        values: impl IntoIterator<Item = Located<Value>>,
    ) -> Option<Setting> {
        let mut values = values.into_iter();
        let winner = values.next()?;
        let why = |value| Shadowed { value, why: Why::Overridden(winner.origin.clone()) };
        let shadowed = values.map(why).collect();
        let secret = row.map_or_else(|| settings::is_secret(name), |row| row.secret);
        let name = row.map_or(name, |row| row.name).to_owned();
        Some(Setting { name, row, secret, winner, shadowed })
    }

    /// Leaves only the program of a `credential_process`: its arguments may hold a secret.
    #[must_use]
    pub fn without_arguments(mut self) -> Setting {
        if self.row == Some(&CREDENTIAL_PROCESS) {
            let shadowed = self.shadowed.iter_mut().map(|shadowed| &mut shadowed.value);
            for located in std::iter::once(&mut self.winner).chain(shadowed) {
                let Some(command) = located.value.as_text() else { continue };
                let program = match words::split(command.expose()).as_deref() {
                    Some([program, _, ..]) => words::quote(program),
                    Some(_) => continue,
                    // The command has an open quote and can't be run.
                    None => command.expose().split_whitespace().next().unwrap_or_default().to_owned(),
                };
                located.value = text(&format!("{program} …"));
            }
        }
        self
    }

    /// The value as it may be shown; `None` for a block.
    fn shown(&self, value: &Value, reveal: bool) -> Option<String> {
        let text = value.as_text()?;
        let is_swapped = self.row == Some(&AWS_ACCESS_KEY_ID) && is_impossible_key_id(text.expose());
        let is_masked =
            !reveal && (self.secret || is_swapped || settings::continues_into_a_secret(text.expose()));
        Some(if is_masked { MASK.to_owned() } else { listed(&self.name, text.expose(), reveal) })
    }

    /// A line of a block as it may be shown.
    fn shown_line<'l>(&self, line: &'l Nested, reveal: bool) -> Cow<'l, str> {
        let is_masked = !reveal && (self.secret || settings::is_secret(&line.key));
        if is_masked { MASK.into() } else { listed(&line.key, line.value.expose(), reveal).into() }
    }

    /// The lines of a list: one, or one for each key of a block.
    pub fn lines(&self, reveal: bool) -> Vec<(String, String)> {
        match &self.winner.value {
            Value::Text(_) => {
                vec![(self.name.clone(), self.shown(&self.winner.value, reveal).unwrap_or_default())]
            }
            Value::Block(lines) => {
                let nested = lines.iter().map(|line| {
                    (format!("{}.{}", self.name, line.key), self.shown_line(line, reveal).into_owned())
                });
                nested.collect()
            }
        }
    }

    /// The members `value`, `origin` and, if there are any, `shadowed`.
    pub fn to_json(&self, reveal: bool) -> Map<String, Json> {
        let member = |value: &Located<Value>| {
            let shown = match &value.value {
                Value::Text(_) => json!(self.shown(&value.value, reveal)),
                Value::Block(lines) => lines
                    .iter()
                    .map(|line| (line.key.clone(), json!(self.shown_line(line, reveal))))
                    .collect::<Map<_, _>>()
                    .into(),
            };
            Map::from_iter([("value".to_owned(), shown), ("origin".to_owned(), json!(value.origin))])
        };
        let mut members = member(&self.winner);
        if !self.shadowed.is_empty() {
            let shadowed = self.shadowed.iter().map(|shadowed| {
                let mut members = member(&shadowed.value);
                members.insert("why".to_owned(), json!(shadowed.why.to_string()));
                Json::Object(members)
            });
            members.insert("shadowed".to_owned(), shadowed.collect());
        }
        members
    }
}

/// A value in a list. An address may hold a password even if its key isn't a secret's.
fn listed(key: &str, value: &str, reveal: bool) -> String {
    let looks_like_one = || value.contains("://") && value.contains(['@', '?']);
    if !reveal && (settings::is_address(key) || looks_like_one()) {
        redacted(value)
    } else {
        value.to_owned()
    }
}

pub(super) fn text(value: &str) -> Value {
    Value::Text(Secret::new(value))
}
