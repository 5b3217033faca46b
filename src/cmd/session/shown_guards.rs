//! The guards of a profile as `status` and `resolve` show them, with what is known without a request. Nothing is refused here.

use super::Session;
use super::agent::agent_demand;
use crate::chain::{self, Identity, Provider, Reason, Source, Step, Verdict, noted};
use crate::credentials::{Credentials, Expiration};
use crate::failure::Failure;
use crate::guard::{Allowed, Expected, Guards, KnownAccounts, Required};
use crate::narrowing::Narrowed;
use crate::origin::{Located, Origin};

/// What a resolution has led to without a request.
#[derive(Clone, Copy)]
pub(in crate::cmd) struct ResolvedSoFar<'r> {
    pub(in crate::cmd) found: Option<(Provider, &'r Credentials)>,
    /// The provider that would be asked, where there are none yet.
    pub(in crate::cmd) pending: Option<Provider>,
    pub(in crate::cmd) narrowed: Option<&'r Narrowed>,
    pub(in crate::cmd) chain: &'r [Step],
}

impl Session<'_> {
    /// The guards of the profile, with what is known without a request.
    pub(in crate::cmd) fn guards(&self, resolved: ResolvedSoFar<'_>) -> Result<Guards, Failure> {
        let ResolvedSoFar { found, pending, narrowed, chain } = resolved;
        let config = self.config()?;
        let provider = found.map(|(provider, _)| provider).or(pending);
        let required = match provider {
            Some(provider) => self.required(provider)?,
            None => Required::of(None, self.selected().iter().map(String::as_str), config)?,
        };
        let account = required.account().map(|account| {
            let found = match (found, pending) {
                (Some((provider, credentials)), _) => self.known_account(provider, credentials),
                (None, Some(provider)) => self.named_account(provider, narrowed),
                (None, None) => None,
            };
            Expected { required: account.clone(), found }
        });
        let demands = match provider {
            Some(provider) => self.demands(provider, config),
            None => {
                let own = self.selected().into_iter().flat_map(|name| config.demands(&name));
                own.chain(agent_demand(config, self.world)).collect()
            }
        };
        let allowed = Allowed::of(self.world);
        let names = || allowed.names().iter().map(|name| (*name).to_owned()).collect();
        Ok(Guards {
            account,
            sources: self.sources(chain)?,
            confirm: self.confirm_guard()?.map(|guard| guard.place),
            demands,
            allowed: (!allowed.is_everything()).then(names),
            is_pending: pending.is_some(),
        })
    }

    /// The account that options and settings name for the credentials of a provider that was not asked yet.
    fn named_account(&self, provider: Provider, narrowed: Option<&Narrowed>) -> Option<String> {
        let assumed = narrowed.and_then(Narrowed::role_arn);
        let by_variable = || {
            let is_read = provider == Provider::AssumeRoleWithWebIdentity && !self.selection.is_explicit();
            self.world.non_empty(chain::WEB_IDENTITY_ROLE).filter(|_| is_read)
        };
        let identity = match assumed.or_else(by_variable) {
            Some(role) => Identity::of_role(role),
            None => self.identity(provider),
        };
        identity.account.map(std::borrow::Cow::into_owned)
    }

    /// The accounts that guards require of the profiles whose credentials assume a role, the nearest first.
    fn sources(&self, chain: &[Step]) -> Result<Vec<Expected>, Failure> {
        let mut expected = Vec::new();
        let (mut chain, mut above) = (chain, self.selection.name.value.as_str());
        while let Some(Source { name, is_profile, chain: below, .. }) =
            used(chain).and_then(|step| step.via.as_ref())
        {
            if *is_profile && name != above {
                let required = self.required_of(name, self.config()?)?;
                let account = required.account().cloned();
                expected.extend(account.map(|required| {
                    let found = used(below).and_then(|step| self.account_of_source(name, step));
                    Expected { required, found }
                }));
            }
            (chain, above) = (below, name);
        }
        Ok(expected)
    }

    /// The account of a source profile, as far as it is known without a request.
    fn account_of_source(&self, profile: &str, used: &Step) -> Option<String> {
        match &used.reason {
            Reason::Keys(id) => KnownAccounts::of(self.world)?.get(&id.as_ref()?.value, || self.sts()),
            _ => self.identity_of(profile, used.provider).account.map(std::borrow::Cow::into_owned),
        }
    }

    /// The end of the keys in a file that would assume a role, if it has passed.
    pub(in crate::cmd) fn end_of_source(&self, chain: &[Step]) -> Option<Located<Expiration>> {
        let mut source = used(chain)?.via.as_ref()?;
        while let Some(inner) = used(&source.chain)?.via.as_ref() {
            source = inner;
        }
        let has_keys = matches!(used(&source.chain)?.reason, Reason::Keys(_)) && source.is_profile;
        let now = self.world.now();
        let noted = noted(&self.files.profile(&source.name), now)
            .filter(|noted| has_keys && noted.at.has_passed(now))?;
        Some(Located::new(noted.at, Origin::File(noted.place)))
    }

    /// The account and the role that the profile's settings name, if the credentials of this provider are theirs.
    pub(super) fn identity(&self, provider: Provider) -> Identity<'_> {
        self.identity_of(&self.selection.name.value, provider)
    }

    fn identity_of(&self, profile: &str, provider: Provider) -> Identity<'_> {
        match (provider, self.view.as_ref()) {
            (Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity | Provider::Sso, None) => {
                Identity::of(&self.files.profile(profile))
            }
            (Provider::AssumeRole | Provider::AssumeRoleWithWebIdentity | Provider::Sso, Some(view)) => {
                view.profile(profile).map(Identity::seen).unwrap_or_default()
            }
            _ => Identity::default(),
        }
    }
}

/// The step whose provider has the credentials, or would be asked for them.
fn used(chain: &[Step]) -> Option<&Step> {
    chain.iter().find(|step| matches!(step.verdict, Verdict::Found | Verdict::WouldAsk))
}
