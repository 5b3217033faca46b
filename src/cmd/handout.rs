//! The environment of an identity that a command hands out, and what it is made of.

use super::session::{ResolveOptions, Session};
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::shell::Environment;

pub(super) struct Handout {
    pub(super) environment: Environment,
    pub(super) credentials: Credentials,
    pub(super) region: Option<String>,
}

impl Session<'_> {
    /// The environment of the identity, with the name of its profile: credentials from options have none, and those from
    /// the environment may have come with one.
    pub(super) fn environment(&self, how: ResolveOptions<'_>) -> Result<Environment, Failure> {
        Ok(self.handout(how)?.environment)
    }

    /// The same with what it is made of.
    pub(super) fn handout(&self, how: ResolveOptions<'_>) -> Result<Handout, Failure> {
        let (provider, credentials) = self.credentials(how)?;
        let profile = self.profile_of(provider);
        let region = self.region(how).map(|region| region.value);
        let mut environment = Environment::of(&credentials, region.as_deref(), profile)?;
        if let (Some(variable), Some(profile)) = (self.config()?.export_variable(), profile) {
            environment = environment.with(variable, profile)?;
        }
        Ok(Handout { environment, credentials, region })
    }
}
