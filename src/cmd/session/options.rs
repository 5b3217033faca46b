//! How a session resolves.

use crate::chain::Memo;
use crate::cli::Resolving;

#[derive(Clone, Copy, Default)]
pub(in crate::cmd) struct ResolveOptions<'m> {
    /// Run no program and send no request.
    pub(in crate::cmd) offline: bool,
    /// Neither read nor write cached credentials.
    pub(in crate::cmd) no_cache: bool,
    /// The credentials as they are: nothing narrows them, and no session takes their place.
    pub(in crate::cmd) unnarrowed: bool,
    /// What was answered already in this run.
    pub(in crate::cmd) memo: Option<&'m Memo>,
}

impl From<&Resolving> for ResolveOptions<'_> {
    fn from(resolving: &Resolving) -> Self {
        ResolveOptions { no_cache: resolving.no_cache, ..ResolveOptions::default() }
    }
}
