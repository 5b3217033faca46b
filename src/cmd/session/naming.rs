//! How the settings name sessions and let them share an MFA code.

use super::Session;
use crate::config::Config;
use crate::guard::Agent;
use crate::narrowing::Naming;
use crate::origin::Origin;
use crate::sdk::Sdk;

impl Session<'_> {
    /// The setting by which the roles of a user share a session with an MFA code. Other tools have no such sessions.
    pub(super) fn mfa_session(&self, config: &Config) -> Option<Origin> {
        config.mfa_session().filter(|_| self.sdk == Sdk::default()).cloned().map(Origin::File)
    }

    /// The names of sessions, if a setting has them: those of other tools with their rules.
    pub(super) fn naming(&self, config: &Config) -> Option<Naming> {
        let template = config.session_name().filter(|_| self.sdk == Sdk::default())?.clone();
        let agent = Agent::of(self.world, config.agent_variables());
        let agent = agent.map(|Agent { variable, name }| name.unwrap_or(variable)).unwrap_or_default();
        let host = self.world.host();
        Some(Naming {
            template,
            user: self.world.user().unwrap_or_default(),
            host: host.split('.').next().unwrap_or_default().to_owned(),
            agent,
            pid: std::process::id(),
        })
    }
}
