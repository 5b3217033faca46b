//! The name of a setting: the keys that lead to it in the file.

use std::fmt;
use std::str::FromStr;

use toml_edit::Key;

use super::guards::TABLES;
use super::table::SETTINGS;
use super::{Error, Setting};

/// A dotted name such as `cache.roles` or `mfa.devices."arn:aws:iam::1:mfa/me"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name(Vec<String>);

impl Name {
    pub(super) fn of<const N: usize>(parts: [&str; N]) -> Name {
        Name(parts.map(str::to_owned).to_vec())
    }

    pub(super) fn child(&self, key: &str) -> Name {
        Name(self.0.iter().cloned().chain([key.to_owned()]).collect())
    }

    /// The profile, if it is the name of a guard.
    pub(crate) fn guarded_profile(&self) -> Option<&str> {
        match &*self.0 {
            [table, profile, _] if table == "profiles" => Some(profile),
            _ => None,
        }
    }

    /// Whether it is of something among the guards, of profiles or agents.
    pub(super) fn is_guards(&self) -> bool {
        self.tables().first().is_some_and(|table| TABLES.contains(&table.as_str()))
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

/// As in TOML. Shells remove the quotes of `mfa.devices."arn:…"` and `profiles."team.dev".account`, so whatever stands for
/// the name of a device, a session or a profile is that name, unless it is TOML that is a setting.
impl FromStr for Name {
    type Err = Error;

    fn from_str(text: &str) -> Result<Name, Error> {
        let toml = Key::parse(text).map(|keys| Name(keys.iter().map(|key| key.get().to_owned()).collect()));
        if let Ok(name) = &toml
            && Setting::of(name).is_some()
        {
            return Ok(name.clone());
        }
        let unquoted = SETTINGS.iter().find_map(|setting| setting.unquoted(text));
        unquoted.or(toml.ok()).ok_or_else(|| Error::Name { text: text.to_owned() })
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
