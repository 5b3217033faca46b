//! What a cached file tells of its sign-in.

use std::path::PathBuf;

use crate::credentials::Expiration;

/// What is known of a cached sign-in without asking anybody.
pub struct Facts {
    pub path: PathBuf,
    /// `None` if the file is not that of a sign-in.
    pub ends: Option<Expiration>,
    /// Whether it can be refreshed without the user.
    pub is_refreshable: bool,
    /// When the registration of the client ends.
    pub registered_until: Option<Expiration>,
    /// Where a console sign-in was made.
    pub region: Option<String>,
}

/// What is cached of a sign-in.
pub enum Kept {
    Until {
        at: Expiration,
        is_refreshable: bool,
        /// The start URL in the file, if it is not that of the configuration.
        other_portal: Option<String>,
    },
    /// The file doesn't have what a sign-in has.
    Unusable,
}

impl Kept {
    /// The end, and whether it can be refreshed without the user.
    pub(super) fn parts(&self) -> (Option<Expiration>, bool) {
        match self {
            Kept::Until { at, is_refreshable, .. } => (Some(*at), *is_refreshable),
            Kept::Unusable => (None, false),
        }
    }
}
