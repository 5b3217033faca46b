//! What a header may mean, and how certain that is.

use super::super::SectionName;

pub(super) type Make = fn(String) -> SectionName;

/// What the lines below a header say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// All are settings of a session of IAM Identity Center.
    OfSession,
    /// All are nested blocks, as those of services are.
    Nested,
    /// Some are settings that AWS has.
    Settings,
    /// None are settings that AWS has.
    Foreign,
    /// The header has no lines of its own, or nothing reads it as a header.
    Unknown,
}

impl Lines {
    pub(super) fn fit(self, make: Make) -> bool {
        match make(String::new()) {
            SectionName::SsoSession(_) => self == Lines::OfSession,
            SectionName::Services(_) => self == Lines::Nested,
            SectionName::Profile(_) | SectionName::Other(_) => true,
        }
    }
}

/// How certain it is that a meaning is the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Nothing else can be meant.
    Certain,
    Likely,
    /// The whole header may be a name, too.
    Guess,
    /// The whole header is a name, unless another section has the name that is a part of it.
    Related,
}

/// What a person may mean by a header.
#[derive(Clone, Debug)]
pub(super) struct Meant {
    pub(super) name: SectionName,
    pub(super) certainty: Certainty,
}

impl Meant {
    pub(super) fn new(name: SectionName, certainty: Certainty) -> Meant {
        Meant { name, certainty }
    }

    pub(super) fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain
    }
}

/// Whether it may be the section from which all others inherit, and not a profile.
pub(super) fn may_be_inherited(name: &str) -> bool {
    name == "DEFAULT"
}

/// The profile that is meant by its name in any case.
pub(super) const DEFAULT: &str = "default";

/// `default` in any case is `default`.
pub(super) fn default_case(name: String) -> String {
    if name.eq_ignore_ascii_case(DEFAULT) { DEFAULT.to_owned() } else { name }
}
