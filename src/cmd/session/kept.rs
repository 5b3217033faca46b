//! What a session that renews credentials has of the one that got the first ones.

use super::Session;
use super::agent::agent_demand;
use crate::chain::Provider;
use crate::cli::Resolving;
use crate::cmd::Cx;
use crate::config::Config;
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::narrowing::Narrowing;
use crate::sdk::Sdk;

/// What a session keeps from its start, even if the files change.
pub(in crate::cmd) struct Kept {
    sdk: Sdk,
    /// A secret is read or typed only once.
    explicit: Option<Credentials>,
    /// A policy's file may have changed since.
    narrowing: Option<Narrowing>,
    /// With the guards of the start.
    config: Config,
}

impl Session<'_> {
    pub(in crate::cmd) fn kept(&self) -> Result<Kept, Failure> {
        Ok(Kept {
            sdk: self.sdk,
            explicit: self.explicit.clone(),
            narrowing: self.narrowing.clone(),
            config: self.config()?.clone(),
        })
    }

    /// Who temporary keys of a file belong to, as STS says: another program renews them, and nothing else tells. `None` if
    /// they can't change.
    pub(in crate::cmd) fn owner(
        &self,
        provider: Provider,
        credentials: &Credentials,
        how: super::ResolveOptions<'_>,
    ) -> Result<Option<String>, Failure> {
        let is_fixed = matches!(provider, Provider::Env | Provider::Explicit);
        if is_fixed || credentials.expiration.is_none() {
            return Ok(None);
        }
        Ok(Some(self.caller(credentials, how)?.arn))
    }
}

impl<'w> Session<'w> {
    /// The session of credentials that are renewed: from the same source, narrowed and guarded as they were, all else as it
    /// is now.
    pub(in crate::cmd) fn renewing(
        cx: Cx<'w>,
        resolving: &Resolving,
        kept: &Kept,
    ) -> Result<Session<'w>, Failure> {
        let now = Config::load(cx.world)?;
        // A program that is this one reads them as they are now.
        let is_narrowed_by_agent = agent_demand(&now, cx.world).is_some();
        let config = now.guarded_as(&kept.config);
        let resolving = Resolving { sdk: Some(kept.sdk), ..resolving.clone() };
        let session = Session::with_config(cx, &resolving, config, || Ok(kept.explicit.clone()))?;
        Ok(Session { narrowing: kept.narrowing.clone(), is_narrowed_by_agent, ..session })
    }
}
