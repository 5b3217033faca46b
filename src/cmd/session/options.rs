//! How a session resolves.

use crate::chain::Memo;
use crate::cli::Resolving;

#[derive(Clone, Copy, Default)]
pub(in crate::cmd) struct ResolveOptions<'m> {
    /// Run no program and send no request.
    pub(in crate::cmd) offline: bool,
    /// Neither read nor write cached credentials.
    pub(in crate::cmd) no_cache: bool,
    /// Take credentials from the cache, but add none.
    pub(in crate::cmd) keeps_none: bool,
    /// The credentials as they are: nothing narrows them, and no session takes their place.
    pub(in crate::cmd) unnarrowed: bool,
    /// What was answered already in this run.
    pub(in crate::cmd) memo: Option<&'m Memo>,
}

impl ResolveOptions<'_> {
    /// What files and variables alone lead to: no program, request, cache or narrowing.
    pub(in crate::cmd) fn plain() -> Self {
        ResolveOptions { offline: true, no_cache: true, unnarrowed: true, ..ResolveOptions::default() }
    }

    /// For `exec --serve`: what is served is nowhere on the disk.
    pub(in crate::cmd) fn serving(resolving: &Resolving) -> Self {
        ResolveOptions { keeps_none: true, ..resolving.into() }
    }
}

impl From<&Resolving> for ResolveOptions<'_> {
    fn from(resolving: &Resolving) -> Self {
        ResolveOptions { no_cache: resolving.no_cache, ..ResolveOptions::default() }
    }
}
