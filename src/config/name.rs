//! The name of a setting: the keys that lead to it in the file.

use std::fmt;

use toml_edit::Key;

/// The table of the guards.
pub(super) const TABLE: &str = "profiles";

/// The tables in which nothing unknown is ignored.
pub(super) const TABLES: [&str; 2] = [TABLE, "agents"];

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
            [table, profile, _] if table == TABLE => Some(profile),
            _ => None,
        }
    }

    /// The same guard of another profile.
    pub(crate) fn for_profile(&self, profile: &str) -> Name {
        Name([TABLE, profile, self.last()].map(str::to_owned).to_vec())
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

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.0.iter().enumerate() {
            let key = Key::new(part.as_str());
            write!(f, "{}{}", if at > 0 { "." } else { "" }, key.display_repr())?;
        }
        Ok(())
    }
}
