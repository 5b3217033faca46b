//! What a cached file tells of its sign-in.

use std::path::PathBuf;

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
        at: Expiration,
        is_refreshable: bool,
        /// Why it can't be refreshed, if that is only because the file can't be saved.
        unsaved: Option<String>,
        /// The start URL in the file, if it is not that of the configuration.
        other_portal: Option<String>,
    },
    /// The file doesn't have what a sign-in has.
    Unusable,
}

impl Kept {
    /// `None` if the file is not that of a sign-in.
    pub fn ends(&self) -> Option<Expiration> {
        if let Kept::Until { at, .. } = self { Some(*at) } else { None }
    }

    /// Whether it can be refreshed without the user.
    pub fn is_refreshable(&self) -> bool {
        matches!(self, Kept::Until { is_refreshable: true, .. })
    }
}
