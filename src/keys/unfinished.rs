//! An unfinished rotation or creation, as it is reported.

use std::path::PathBuf;

use jiff::Timestamp;

use super::again::Again;

/// An unfinished rotation or creation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {} of {what} that began at {begun:.0} is not finished{}", again.work, new.as_ref().map(|new| format!(": its new key is {new}")).unwrap_or_default())]
pub struct Unfinished {
    pub again: Again,
    /// The old key, or whose key was created.
    pub what: String,
    /// The new key, if it was created.
    pub new: Option<String>,
    /// When the new key was requested.
    pub begun: Timestamp,
    /// The journal.
    pub path: PathBuf,
}

impl Unfinished {
    /// How a sentence refers to a key in its journal.
    pub fn reference(&self) -> String {
        format!("a key of an unfinished {}", self.again.work)
    }
}
