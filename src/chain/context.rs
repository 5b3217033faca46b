//! What a resolution depends on.

use std::time::Duration;

use serde_json::Value;

use super::cache::Cache;
use super::circle::Circle;
use super::error::Error;
use super::interaction::Interaction;
use crate::client;
use crate::credentials::Credentials;
use crate::origin::Located;
use crate::secret::Secret;

pub struct Context<'c> {
    /// The profile and the network.
    pub client: client::Context<'c>,
    /// Credentials from options. With them no provider is asked.
    pub explicit: Option<&'c Explicit>,
    /// The cache of role credentials; none with `--no-cache`.
    pub cache: Option<Cache>,
    /// The profiles of the programs that started this run.
    pub circle: &'c Circle,
    /// How long a program may take.
    pub process_limit: Duration,
    pub interaction: &'c dyn Interaction,
}

/// Credentials from options.
#[derive(Clone, Debug)]
pub struct Explicit {
    pub access_key_id: Option<Located<String>>,
    pub secret_access_key: Option<Located<Secret>>,
    pub session_token: Option<Located<Secret>>,
    pub account_id: Option<Located<String>>,
}

impl Context<'_> {
    /// The credentials that are cached under `key`, else those that `fetch` gets, or `offline` where it must not.
    pub(super) fn cached(
        &self,
        key: &Value,
        offline: impl Fn() -> Error,
        fetch: impl FnOnce() -> Result<Credentials, Error>,
    ) -> Result<Credentials, Error> {
        let now = self.client.world.now();
        match &self.cache {
            Some(cache) if self.client.offline => cache.look(key, now).ok_or_else(offline),
            None if self.client.offline => Err(offline()),
            Some(cache) => cache.get(key, now, self.client.progress, self.interaction, fetch),
            None => fetch(),
        }
    }
}
