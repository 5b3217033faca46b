//! The chain of the SDKs whose rules are data ([`Ruled`]): all but botocore's.
//!
//! A chain has links; one of them is the profile, which has several ways to credentials. A link or way has credentials,
//! or nothing that it needs, or a [`Problem`](crate::sdk::Problem): then the rules say whether the chain goes on.

mod account;
mod environment;
mod inside;
mod keys;
mod lead;
mod loading;
mod login;
mod machine;
mod process;
mod role;
mod settings;
mod sight;
mod sso;
mod sts;
mod trail;
mod web_identity;

use serde_json::Value;

use super::ask::{Loaded, Stage};
use super::context::Context;
use super::error::Error;
use super::fingerprint::Fingerprint;
use super::reason::Reason;
use super::run::{as_looked_for, half_sso, hand_out, looked_for};
use super::trace::{Resolution, Step, Verdict};
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::sdk::{Flow, Link, Provider, Ruled};
use crate::settings::ROLE_ARN;
use crate::view::View;
use sight::Sight;
use trail::{Got, Trail};

pub use lead::lead;

/// Finds a profile's credentials by the rules of an SDK, with how each provider ended.
pub(super) fn resolve(context: &Context<'_>, rules: &'static Ruled, view: &View) -> Resolution {
    if let Some(keys) = context.explicit {
        return explicit(context, keys);
    }
    let sight = Sight { context, rules, view, profile: &context.client.profile.name.value };
    let (found, trail) = sight.without_source().unwrap_or_else(|| sight.asked());
    let chain = trail.into_steps();
    let error = match found {
        // The request that got them has narrowed them.
        Ok(Some(Got { provider, credentials, narrowed: Some(by), key, .. })) => {
            let fingerprint = Some(Fingerprint::of(&key));
            return Resolution {
                outcome: Ok((provider, credentials)),
                chain,
                narrowed: Some(*by),
                fingerprint,
            };
        }
        Ok(Some(Got { provider, credentials, identity, key, .. })) => {
            let loaded = Loaded { identity, key: Some(key), stage: Stage::Ready(credentials) };
            return hand_out(context, (provider, loaded), chain);
        }
        Ok(None) => {
            let profile = context.client.profile.is_named().then(|| sight.profile.to_owned());
            let missing = chain.iter().filter(|step| matches!(step.reason, Reason::NoSection { .. }));
            // botocore would say so at once.
            let missing = missing.filter(|_| profile.is_some()).map(as_looked_for);
            let looked_for = missing.chain(looked_for(&chain)).collect();
            let half_sso = half_sso(context);
            let sdk = Some(context.client.sdk.name());
            // What a header means is botocore's reading.
            Error::NoCredentials { looked_for, profile, half_sso, header: None, sdk }
        }
        Err(Error::Offline { provider, what }) => return unasked(context, (provider, what), chain),
        Err(error) => error,
    };
    Resolution::failed(error, chain)
}

/// A plan that `--offline` ends. What would be asked narrows a role itself, unless one more role is assumed, and nothing else
/// that isn't known yet.
fn unasked(context: &Context<'_>, asked: (Provider, String), chain: Vec<Step>) -> Resolution {
    let winner = chain.iter().find(|step| step.verdict == Verdict::WouldAsk).map(|step| step.provider);
    let is_role = |winner| matches!(winner, Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity);
    let has_another_role =
        |winner| matches!((context.narrowing)(winner), Ok(Some(narrowing)) if narrowing.role_arn.is_some());
    match winner.filter(|winner| !is_role(*winner) || has_another_role(*winner)) {
        None => {
            let (provider, what) = asked;
            Resolution::failed(Error::Offline { provider, what }, chain)
        }
        Some(winner) => {
            let loaded = Loaded::unasked(asked.1.clone(), Value::Null, asked);
            hand_out(context, (winner, loaded), chain)
        }
    }
}

/// Credentials that options give disable all providers, as those that a program gives its clients.
fn explicit(context: &Context<'_>, keys: &Credentials) -> Resolution {
    let reason = Reason::Keys(keys.access_key_id.clone());
    let origin = Origin::Option { name: "--access-key-id" };
    let step = Step::new(Provider::Explicit, Verdict::Found, reason, Some(origin));
    hand_out(context, (Provider::Explicit, Loaded::keys(keys.clone())), vec![step])
}

impl Sight<'_> {
    fn asked(&self) -> (Result<Option<Got>, Error>, Trail) {
        let mut trail = Trail::default();
        let found = self.chain(&mut trail);
        (found, trail)
    }

    /// A role that is cached, and whose source would have to be asked for credentials that nothing needs.
    fn without_source(&self) -> Option<(Result<Option<Got>, Error>, Trail)> {
        let Sight { context, view, profile, .. } = *self;
        let has_role = view.profile(profile).is_some_and(|section| self.has(section, ROLE_ARN.name));
        if context.client.offline || context.cache.is_none() || !has_role {
            return None;
        }
        let (found, trail) = context.offline(|context| Sight { context, ..*self }.asked());
        (matches!(found, Ok(Some(_))) && trail.is_without_source()).then_some((found, trail))
    }

    /// The links in turn. `None` if none of them has credentials.
    fn chain(&self, trail: &mut Trail) -> Result<Option<Got>, Error> {
        if !self.rules.checks_only_for_sts {
            self.check_settings()?;
        }
        if self.rules.files_come_first
            && let Err(miss) = self.file_fault()
        {
            trail.record(Provider::SharedCredentialsFile, Err(miss), |_| Flow::Stop)?;
        }
        if self.rules.checks_profile_first {
            self.check_profile()?;
        }
        let links = match &self.context.client.profile.name.origin {
            Origin::Option { .. } => self.rules.chain_for_option,
            Origin::Environment { .. } => self.rules.chain_for_variable,
            _ => self.rules.chain,
        };
        for link in links {
            trail.enter();
            if let Some(got) = self.link(*link, trail)? {
                return Ok(Some(got));
            }
        }
        Ok(None)
    }

    fn link(&self, link: Link, trail: &mut Trail) -> Result<Option<Got>, Error> {
        let flow = self.rules.flow;
        match link {
            Link::Environment => trail.record(Provider::Env, self.environment(), flow),
            Link::Profile => self.inside(trail),
            Link::Process => match self.view.profile(self.profile) {
                Some(section) => trail.record(Provider::CustomProcess, self.process(section), flow),
                None => Ok(None),
            },
            Link::WebIdentity => {
                trail.record(Provider::AssumeRoleWithWebIdentity, self.web_identity_of_variables(), flow)
            }
            Link::Container => trail.record(Provider::ContainerRole, self.container(), flow),
            Link::Instance => trail.record(Provider::IamRole, self.instance(), flow),
        }
    }
}
