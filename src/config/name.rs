//! The name of a setting: the keys that lead to it in the file.

use std::fmt;
use std::str::FromStr;

use toml_edit::Key;

use super::Error;

/// A dotted name such as `cache.roles` or `mfa.devices."arn:aws:iam::1:mfa/me"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name(Vec<String>);

impl Name {
    pub(super) fn of<const N: usize>(parts: [&str; N]) -> Name {
        Name(parts.map(str::to_owned).to_vec())
    }

    pub(super) fn child(&self, key: &str) -> Name {
        Name(self.0.iter().cloned().chain([key.to_owned()]).collect())
    }

    pub(super) fn parts(&self) -> &[String] {
        &self.0
    }

    pub(super) fn tables(&self) -> &[String] {
        self.0.split_last().map_or(&[], |(_, tables)| tables)
    }

    pub(super) fn last(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

/// As in TOML. Shells remove the quotes of `mfa.devices."arn:…"`, so whatever isn't TOML after `mfa.devices.` is a
/// serial number, and after `sync.sessions.` the name of a session.
impl FromStr for Name {
    type Err = Error;

    fn from_str(text: &str) -> Result<Name, Error> {
        if let Ok(keys) = Key::parse(text) {
            return Ok(Name(keys.iter().map(|key| key.get().to_owned()).collect()));
        }
        let last = |tables: [&str; 2]| {
            let last = text.strip_prefix(&format!("{}.", tables.join(".")))?;
            let is_name = !last.is_empty() && !last.contains(['"', '\'']);
            is_name.then(|| Name::of([tables[0], tables[1], last]))
        };
        let found = [["mfa", "devices"], ["sync", "sessions"]].into_iter().find_map(last);
        found.ok_or_else(|| Error::Name { text: text.to_owned() })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let key = Key::new(part.as_str());
            write!(f, "{}{}", if at > 0 { "." } else { "" }, key.display_repr())?;
        }
        Ok(())
    }
}
