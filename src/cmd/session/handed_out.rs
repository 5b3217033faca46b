//! The credentials that a session hands out.

use super::{ResolveOptions, Session};
use crate::chain::Provider;
use crate::cmd::findings;
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::shell::Environment;

impl Session<'_> {
    /// The credentials to hand out or sign with.
    pub(in crate::cmd) fn credentials(
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

    /// The environment of the identity, with the name of its profile: credentials from options have none, and those from
    /// the environment may have come with one.
    pub(in crate::cmd) fn environment(&self, how: ResolveOptions<'_>) -> Result<Environment, Failure> {
        let (provider, credentials) = self.credentials(how)?;
        let profile = self.profile_of(provider);
        Ok(Environment::of(&credentials, self.region(how).map(|region| region.value).as_deref(), profile)?)
    }

    /// How long the credentials were asked to last, in seconds.
    pub(in crate::cmd) fn seconds(&self) -> Option<i64> {
        Some(self.narrowing.as_ref()?.duration.as_ref()?.value.into())
    }

    /// The name of the profile that the credentials of a provider belong to.
    pub(in crate::cmd) fn profile_of(&self, provider: Provider) -> Option<&str> {
        match provider {
            Provider::Explicit => None,
            Provider::Env => self.world.non_empty("XCRED_PROFILE"),
            _ => Some(&self.selection.name.value),
        }
    }
}
