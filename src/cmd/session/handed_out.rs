//! Credentials to hand out or sign with.

use super::{ResolveOptions, Session};
use crate::chain::Provider;
use crate::cmd::findings;
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::render::Receipt;
use crate::shell::Environment;

/// Credentials that may be handed out.
pub(in crate::cmd) struct HandedOut {
    pub(in crate::cmd) provider: Provider,
    pub(in crate::cmd) credentials: Credentials,
    /// Their account, if it is known.
    account: Option<String>,
}

impl Session<'_> {
    /// The credentials, whatever account they belong to.
    pub(in crate::cmd) fn unguarded(
        &self,
        how: ResolveOptions<'_>,
    ) -> Result<(Provider, Credentials), Failure> {
        let ui = self.ui;
        self.report_unread();
        let mut findings = self.findings();
        findings.retain(|found| !findings::BY_CREDENTIALS.contains(&found.code()));
        self.warn(findings);
        let (provider, mut credentials) = self.resolve(how)?.outcome?;
        if let Some(finding) = findings::expired(&credentials, self.world.now()) {
            ui.finding(&finding);
            // boto3 would use the keys; a program that knows the date would reject them.
            credentials.expiration = None;
        }
        if let Some(finding) = findings::packed(&credentials) {
            ui.finding(&finding);
        }
        if let Some(finding) = findings::misplaced(&credentials, &self.selection) {
            ui.finding(&finding);
        }
        Ok((provider, credentials))
    }

    /// The credentials to sign with.
    pub(in crate::cmd) fn credentials(
        &self,
        how: ResolveOptions<'_>,
    ) -> Result<(Provider, Credentials), Failure> {
        let (provider, credentials) = self.unguarded(how)?;
        self.check_account(provider, &credentials, how)?;
        Ok((provider, credentials))
    }

    /// The credentials to hand out to others, once they are confirmed.
    pub(in crate::cmd) fn hand_out(&self, how: ResolveOptions<'_>) -> Result<HandedOut, Failure> {
        let (provider, credentials) = self.unguarded(how)?;
        let account = self.check_account(provider, &credentials, how)?;
        self.confirm(provider, account.as_deref())?;
        Ok(HandedOut { provider, credentials, account })
    }

    /// The environment of the identity, with the name of its profile: credentials from options have none, and those from
    /// the environment may have come with one.
    pub(in crate::cmd) fn environment(
        &self,
        handed: &HandedOut,
        how: ResolveOptions<'_>,
    ) -> Result<Environment, Failure> {
        let profile = self.profile_of(handed.provider);
        let region = self.region(how).map(|region| region.value);
        let environment = Environment::of(&handed.credentials, region.as_deref(), profile)?;
        self.for_prompts(environment, profile)
    }

    /// The same with the variable that other tools' prompts know.
    pub(in crate::cmd) fn for_prompts(
        &self,
        environment: Environment,
        profile: Option<&str>,
    ) -> Result<Environment, Failure> {
        Ok(match (self.config()?.export_variable(), profile) {
            (Some(variable), Some(profile)) => environment.with(variable, profile)?,
            _ => environment,
        })
    }

    /// What is handed out, for people.
    pub(in crate::cmd) fn receipt(
        &self,
        handed: &HandedOut,
        how: ResolveOptions<'_>,
    ) -> Result<Receipt, Failure> {
        Ok(Receipt {
            provider: handed.provider,
            profile: self.profile_of(handed.provider).map(str::to_owned),
            account: handed.account.clone(),
            role: self.identity(handed.provider).role.map(std::borrow::Cow::into_owned),
            region: self.region(how).map(|region| region.value),
            expiration: handed.credentials.expiration.as_ref().map(|at| at.value),
            agent: self.agent()?,
        })
    }

    /// How long the credentials were asked to last, in seconds.
    pub(in crate::cmd) fn seconds(&self) -> Option<i64> {
        Some(self.narrowing.as_ref()?.duration.as_ref()?.value.into())
    }

    /// The name of the profile that the credentials of a provider belong to.
    pub(in crate::cmd) fn profile_of(&self, provider: Provider) -> Option<&str> {
        let loaded = self.world.non_empty("XCRED_PROFILE");
        match provider {
            Provider::Explicit => None,
            Provider::Env => loaded,
            Provider::ContainerRole if !self.selection.is_named() && loaded.is_some() => loaded,
            _ => Some(&self.selection.name.value),
        }
    }
}
