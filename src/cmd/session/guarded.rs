//! The checks of the guards, before credentials are handed out, shown or sign: they refuse, narrow and ask.

use super::agent::agent_demand;
use super::{ResolveOptions, Session, Waits};
use crate::chain::{self, Guarded, Provider};
use crate::cli::Expecting;
use crate::client;
use crate::config::{Config, Guard};
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::guard::{self, Allowed, Error, KnownAccounts, Required};
use crate::narrowing::{self, Demand, Narrowing};
use crate::service::{Caller, Service, sts};
use crate::settings::TOKENS;

impl Session<'_> {
    /// The session, whose credentials must belong to the account that an option names.
    pub(in crate::cmd) fn expecting(mut self, expecting: &Expecting) -> Self {
        self.expected.clone_from(&expecting.expect_account);
        self
    }

    /// Refuses a profile that may not be used here, and keys from options where only profiles may.
    pub(in crate::cmd) fn check_allowed(&self) -> Result<(), Failure> {
        let allowed = Allowed::of(self.world);
        if self.explicit.as_ref().is_some_and(|keys| keys.access_key_id.is_some()) {
            allowed.check_provider(Provider::Explicit)?;
        }
        Ok(allowed.check(&self.selection.name.value)?)
    }

    /// Refuses credentials that `exec --serve` serves for another profile than the one that was named. SDKs
    /// would use them for every profile.
    pub(super) fn check_served(&self, provider: Provider) -> Result<(), Failure> {
        let name = &self.selection.name.value;
        let served = self.world.served_profile().filter(|served| *served != &**name);
        match served.filter(|_| provider == Provider::ContainerRole && self.selection.is_named()) {
            Some(served) => Err(Error::Served { profile: name.clone(), served: served.to_owned() }.into()),
            None => Ok(()),
        }
    }

    /// The profiles whose guards hold for the credentials of a provider: the profile that is named, even if its credentials
    /// are overridden by others, and the one that those in the environment were loaded with.
    fn guarded(&self, provider: Provider) -> Vec<String> {
        let own = self.profile_of(provider);
        let selected = &*self.selection.name.value;
        let mut names: Vec<String> = own.into_iter().map(str::to_owned).collect();
        if own == Some(selected) || self.selection.is_named() {
            names.extend(self.selected().into_iter().filter(|name| own != Some(name)));
        }
        names
    }

    /// The names of the profile.
    pub(super) fn selected(&self) -> Vec<String> {
        self.names_of(&self.selection.name.value)
    }

    /// The name of a profile, and those of the sections that the SDK reads for it: guards go by botocore's names.
    pub(super) fn names_of(&self, profile: &str) -> Vec<String> {
        let others = self.view.as_ref().map(|view| view.other_names(profile)).unwrap_or_default();
        std::iter::once(profile.to_owned()).chain(others).collect()
    }

    /// The guard by which the user is asked.
    pub(super) fn confirm_guard(&self) -> Result<Option<Guard<()>>, Failure> {
        let config = self.config()?;
        Ok(self.selected().iter().find_map(|name| config.confirm_guard(name)))
    }

    /// What narrows the credentials of a provider: options, guards of profiles, and the agent that runs this program.
    pub(super) fn demanded(
        &self,
        provider: Provider,
        config: &Config,
    ) -> Result<Option<Narrowing>, narrowing::Error> {
        let demands = self.demands(provider, config);
        if demands.is_empty() {
            // The options are checked already.
            return Ok(self.narrowing.clone());
        }
        Narrowing::demanded(self.narrowing.clone(), &demands)
    }

    /// What guards and the agent demand of the credentials of a provider.
    pub(super) fn demands(&self, provider: Provider, config: &Config) -> Vec<Demand> {
        // What this program has handed out before was narrowed then.
        let has = |name: &&str| self.world.non_empty(name).is_some();
        let is_handed_out = match provider {
            Provider::Env => TOKENS.iter().flat_map(|row| row.environment).any(has),
            Provider::ContainerRole => self.world.served_profile().is_some(),
            _ => false,
        };
        let own = self.profile_of(provider).filter(|_| is_handed_out);
        let named = |profile: &String| Some(&**profile) != own || self.selection.is_named();
        let guarded = self.guarded(provider).into_iter().filter(named);
        let guards = guarded.flat_map(|profile| config.demands(&profile));
        guards.chain(agent_demand(config, self.world)).collect()
    }

    /// Refuses what only whole credentials can do, where a guard narrows those of a provider.
    pub(in crate::cmd) fn require_whole(
        &self,
        provider: Provider,
        what: &'static str,
    ) -> Result<(), Failure> {
        let Some(narrowing) = self.demanded(provider, self.config()?)? else { return Ok(()) };
        let mut origins =
            narrowing.read_only.iter().chain(narrowing.policy_arns.iter().map(|found| &found.origin));
        match origins.next().cloned() {
            Some(origin) => Err(Error::OnlyNarrowed { origin, what }.into()),
            None => Ok(()),
        }
    }

    /// Checks what shows the secrets of credentials as what hands them out.
    pub(in crate::cmd) fn check_shown(
        &self,
        provider: Provider,
        credentials: &Credentials,
        how: ResolveOptions<'_>,
    ) -> Result<(), Failure> {
        let required = self.required(provider)?;
        if let Some(account) = required.account().filter(|_| how.offline)
            && self.known_account(provider, credentials).is_none()
        {
            return Err(Error::NotAsked { required: Box::new(account.clone()) }.into());
        }
        let account = self.check_account(provider, credentials, how)?;
        self.confirm(provider, account.as_deref())
    }

    /// The account that the credentials of a provider must belong to.
    pub(in crate::cmd) fn required(&self, provider: Provider) -> Result<Required, Failure> {
        let option = self.expected.as_ref().map(|id| ("--expect-account", id));
        let guarded = self.guarded(provider);
        Ok(Required::of(option, guarded.iter().map(String::as_str), self.config()?)?)
    }

    /// Refuses credentials of another account than the required one. Returns their account, if it is known.
    ///
    /// # Errors
    /// Also if the account is required and can't be learned.
    pub(in crate::cmd) fn check_account(
        &self,
        provider: Provider,
        credentials: &Credentials,
        how: ResolveOptions<'_>,
    ) -> Result<Option<String>, Failure> {
        let required = self.required(provider)?;
        let Some(account) = required.account() else {
            return Ok(guard::proved(provider, credentials).map(str::to_owned));
        };
        let learned = self.account(provider, credentials, how);
        let found = learned.map_err(|source| Error::UnknownAccount {
            required: Box::new(account.clone()),
            source: Box::new(source),
        })?;
        required.check(&found)?;
        Ok(Some(found))
    }

    /// Refuses credentials of a source profile that belong to another account than its guard requires, before they sign.
    pub(super) fn check_source(
        &self,
        profile: &str,
        provider: Provider,
        credentials: &Credentials,
        (config, how): (&Config, ResolveOptions<'_>),
    ) -> Result<(), chain::Error> {
        let required = self.required_of(profile, config)?;
        let Some(account) = required.account() else { return Ok(()) };
        // What is known of the account is shown, and nothing is refused.
        if how.offline {
            return Ok(());
        }
        let found = self.account(provider, credentials, how).map_err(|source| {
            Guarded::by(Error::UnknownAccount {
                required: Box::new(account.clone()),
                source: Box::new(source),
            })
        })?;
        required.check(&found).map_err(Guarded::by)
    }

    /// The account that the credentials of a source profile must belong to.
    pub(super) fn required_of(&self, profile: &str, config: &Config) -> Result<Required, chain::Error> {
        let names = self.names_of(profile);
        Required::of(None, names.iter().map(String::as_str), config).map_err(Guarded::by)
    }

    /// The account of credentials: what proves it, or what STS says or has said before.
    fn account(
        &self,
        provider: Provider,
        credentials: &Credentials,
        how: ResolveOptions<'_>,
    ) -> Result<String, client::Error> {
        if let Some(account) = self.known_account(provider, credentials) {
            return Ok(account);
        }
        let account = self.caller(credentials, how)?.account;
        self.keep_account(credentials, &account);
        Ok(account)
    }

    /// What STS says of credentials.
    pub(super) fn caller(
        &self,
        credentials: &Credentials,
        how: ResolveOptions<'_>,
    ) -> Result<sts::CallerIdentity, client::Error> {
        let context = self.client(&Waits, how);
        let call = |caller: &Caller<'_>| sts::get_caller_identity(caller, credentials);
        client::call(&context, Service::Sts, call)
    }

    /// The account of credentials, as far as it is known without a request.
    pub(in crate::cmd) fn known_account(
        &self,
        provider: Provider,
        credentials: &Credentials,
    ) -> Option<String> {
        if let Some(account) = guard::proved(provider, credentials) {
            return Some(account.to_owned());
        }
        let id = &credentials.access_key_id.as_ref()?.value;
        KnownAccounts::of(self.world)?.get(id, || self.sts())
    }

    /// The endpoint of STS as the settings have it, without a request for the region.
    pub(super) fn sts(&self) -> Option<String> {
        let context = self.client(&Waits, ResolveOptions::plain());
        Some(client::of(&context, Service::Sts, context.region()).ok()?.endpoint.url)
    }

    /// Remembers whose keys they are.
    pub(in crate::cmd) fn keep_account(&self, credentials: &Credentials, account: &str) {
        let found = (&credentials.access_key_id, KnownAccounts::of(self.world), self.sts());
        if let (Some(id), Some(known), Some(endpoint)) = found {
            known.keep(&id.value, &endpoint, account);
        }
    }

    /// Asks whether the credentials of a profile are to be used, if it has such a guard. Those that were handed out before, and
    /// those from options, are not the profile's.
    pub(super) fn confirm(&self, provider: Provider, account: Option<&str>) -> Result<(), Failure> {
        let is_own = !matches!(provider, Provider::Env | Provider::Explicit);
        let guard = self.confirm_guard()?.filter(|_| is_own);
        self.ask_about(guard, account)
    }

    pub(super) fn ask_about(&self, guard: Option<Guard<()>>, account: Option<&str>) -> Result<(), Failure> {
        let Some(Guard { profile, place, .. }) = guard else { return Ok(()) };
        let account = account.map(|account| format!(" (account {account})")).unwrap_or_default();
        let Some(dialogue) = self.ui.dialogue("canceled")? else {
            return Err(Error::NoTerminal { profile, place }.into());
        };
        if dialogue.confirm(&format!("Use profile `{profile}`{account}?"))? {
            Ok(())
        } else {
            Err(Error::Declined { profile }.into())
        }
    }
}
