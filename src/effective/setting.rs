//! A setting with its value, the values that it overrides, and how they are shown.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use crate::ini::{Nested, Value};
use crate::origin::{Located, Origin};
use crate::secret::{MASK, Secret, is_hidden_key_id};
use crate::settings::{self, AWS_ACCESS_KEY_ID, Variable};

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

    /// Leaves only the program of a command line: its arguments may hold a secret.
    #[must_use]
    pub fn without_arguments(mut self) -> Setting {
        let is_undelimited = settings::undelimited_command(&self.name).is_some();
        if is_undelimited || settings::is_command(&self.name) {
            let shadowed = self.shadowed.iter_mut().map(|shadowed| &mut shadowed.value);
            for located in std::iter::once(&mut self.winner).chain(shadowed) {
                let Some(command) = located.value.as_text() else { continue };
                if is_undelimited {
                    located.value = text(settings::REST);
                    continue;
                }
                if let Cow::Owned(program) = settings::without_arguments(command.expose()) {
                    located.value = text(&program);
                }
            }
        }
        self
    }

    /// Its values that have no effect where another one is used, from wherever that is. Secrets among them are masked for good:
    /// what the guards check is the credentials that are used.
    pub fn overridden_by(self, used: &Origin) -> Vec<Shadowed> {
        let (winner, secret) = (self.winner, self.secret);
        let winner = Shadowed { value: winner, why: Why::Overridden(used.clone()) };
        let all = std::iter::once(winner).chain(self.shadowed).filter(|other| other.value.origin != *used);
        let all = all.map(|Shadowed { value, why }| Shadowed {
            value: if secret { value.map(|_| text(MASK)) } else { value },
            why: if why == Why::ExplicitProfile { why } else { Why::Overridden(used.clone()) },
        });
        all.collect()
    }

    /// The effective value, and those that have no effect.
    pub fn values(&self) -> impl Iterator<Item = &Located<Value>> {
        std::iter::once(&self.winner).chain(self.shadowed.iter().map(|shadowed| &shadowed.value))
    }

    /// Its name as it may be shown.
    pub fn shown_name(&self, reveal: bool) -> Cow<'_, str> {
        name_as_shown(&self.name, reveal)
    }

    /// The effective value as it may be shown; `None` for a block.
    pub fn shown_value(&self, reveal: bool) -> Option<String> {
        self.shown(&self.winner.value, reveal)
    }

    /// A value of it as it may be shown; `None` for a block.
    fn shown(&self, value: &Value, reveal: bool) -> Option<String> {
        let text = value.as_text()?;
        let is_swapped = self.row == Some(&AWS_ACCESS_KEY_ID) && is_hidden_key_id(text.expose());
        let is_masked = !reveal && (self.secret || is_swapped);
        Some(if is_masked { MASK.to_owned() } else { listed(&self.name, text.expose(), reveal).into_owned() })
    }

    /// A line of a block as it may be shown: its dotted name, and its value.
    fn shown_line<'l>(&self, line: &'l Nested, reveal: bool) -> (String, Cow<'l, str>) {
        let name = name_as_shown(&format!("{}.{}", self.name, line.key), reveal).into_owned();
        let is_masked = !reveal && (self.secret || settings::is_secret(&line.key));
        (name, if is_masked { MASK.into() } else { listed(&line.key, line.value.expose(), reveal) })
    }

    /// The lines of a list: one, or one for each key of a block.
    pub fn lines(&self, reveal: bool) -> Vec<(String, String)> {
        match &self.winner.value {
            Value::Text(_) => {
                vec![(self.shown_name(reveal).into_owned(), self.shown_value(reveal).unwrap_or_default())]
            }
            Value::Block(lines) => {
                let lines = lines.iter().map(|line| self.shown_line(line, reveal));
                lines.map(|(name, value)| (name, value.into_owned())).collect()
            }
        }
    }

    /// The values that have no effect, as they may be shown, where they are, and why. A block has no value.
    pub fn shown_shadowed(&self, reveal: bool) -> impl Iterator<Item = (Option<String>, &Origin, &Why)> {
        self.shadowed
            .iter()
            .map(move |Shadowed { value, why }| (self.shown(&value.value, reveal), &value.origin, why))
    }

    /// Its name, and what [`to_json`](Setting::to_json) says of it.
    pub fn member(&self, reveal: bool) -> (String, Json) {
        (self.shown_name(reveal).into_owned(), Json::Object(self.to_json(reveal)))
    }

    /// The members `value`, `origin` and, if there are any, `shadowed`.
    pub fn to_json(&self, reveal: bool) -> Map<String, Json> {
        let member = |value: &Located<Value>| {
            let shown = match &value.value {
                Value::Text(_) => json!(self.shown(&value.value, reveal)),
                Value::Block(lines) => {
                    let lines = lines.iter().map(|line| self.shown_line(line, reveal));
                    let nested = |name: String| match name.strip_prefix(&*self.name) {
                        Some(nested) => nested.trim_start_matches('.').to_owned(),
                        None => name,
                    };
                    lines.map(|(name, value)| (nested(name), json!(value))).collect::<Map<_, _>>().into()
                }
            };
            let mut origin = json!(value.origin);
            if let Some(Json::String(key)) = origin.get_mut("key") {
                *key = name_as_shown(key, reveal).into_owned();
            }
            Map::from_iter([("value".to_owned(), shown), ("origin".to_owned(), origin)])
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

fn name_as_shown(name: &str, reveal: bool) -> Cow<'_, str> {
    if reveal { name.into() } else { settings::shown_name(name) }
}

fn listed<'v>(key: &str, value: &'v str, reveal: bool) -> Cow<'v, str> {
    if reveal { value.into() } else { settings::shown_value(key, value) }
}

pub(super) fn text(value: &str) -> Value {
    Value::Text(Secret::new(value))
}
