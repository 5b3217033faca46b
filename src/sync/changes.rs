//! What a plan says, for people and for JSON.

use crate::origin::Place;

/// A profile that is added, changed or removed, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub profile: String,
    pub account_id: String,
    pub account_name: Option<String>,
    pub role_name: String,
    /// The old name, if it is renamed.
    pub renamed_from: Option<String>,
    /// The keys that are set, if it existed.
    pub keys: Vec<String>,
}

/// A role that gets no profile, or a profile that doesn't get its new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The name that it can't have.
    pub profile: String,
    pub account_id: String,
    pub role_name: String,
    /// What has the name; nothing if several roles of the listing would have it, or no profile can.
    pub place: Option<Place>,
}

/// A profile that is kept, or keeps its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub profile: String,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Another header of the profile is spelled differently: with one new name for both the file could not be read.
    DefinedTwice(Place),
    /// Its role is gone.
    ChangedByHand,
    /// Its role is gone; the profile that names it.
    SourceOf(String),
}
