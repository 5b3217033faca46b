//! What a cached file tells of its sign-in.

use std::path::PathBuf;

use jiff::Timestamp;

use super::error::Error;
use crate::credentials::Expiration;

/// What is known of a cached sign-in without asking anybody.
pub struct Facts {
    pub path: PathBuf,
    pub kept: Kept,
    /// When the registration of the client ends.
    pub registered_until: Option<Expiration>,
    /// Where a console sign-in was made.
    pub region: Option<String>,
}

/// What is cached of a sign-in.
pub enum Kept {
    Until {
        /// `None` if it has no end that the SDK reads.
        at: Option<Expiration>,
        is_refreshable: bool,
        /// Why it can't be refreshed, if signing in again wouldn't change that.
        hindrance: Option<Box<Error>>,
        /// The start URL in the file, if it is not that of the configuration.
        other_portal: Option<String>,
    },
    /// The SDK can't use it, and why.
    Unusable(Box<Error>),
}

impl Kept {
    /// A sign-in that `can_refresh`, or why not.
    pub(super) fn until(at: Option<Expiration>, can_refresh: Result<(), Error>) -> Kept {
        let is_refreshable = can_refresh.is_ok();
        let hindrance = can_refresh.err().filter(|error| !matches!(error, Error::Required { .. }));
        Kept::Until { at, is_refreshable, hindrance: hindrance.map(Box::new), other_portal: None }
    }

    /// `None` if it is not that of a sign-in, or has no end that the SDK reads.
    pub fn ends(&self) -> Option<Expiration> {
        if let Kept::Until { at, .. } = self { *at } else { None }
    }

    /// Whether it has expired.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends().is_some_and(|at| at.has_passed(now))
    }

    /// Whether it gives credentials: it has not expired, or can be refreshed.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        match self {
            Kept::Until { is_refreshable, .. } => *is_refreshable || !self.is_over(now),
            Kept::Unusable(_) => false,
        }
    }

    /// Why it can't be used, or can't be refreshed.
    pub fn reason(&self) -> Option<String> {
        match self {
            Kept::Unusable(error) => Some(error.reason()),
            Kept::Until { hindrance, .. } => Some(hindrance.as_ref()?.to_string()),
        }
    }

    /// Whether it can be refreshed without the user.
    pub fn is_refreshable(&self) -> bool {
        matches!(self, Kept::Until { is_refreshable: true, .. })
    }
}
