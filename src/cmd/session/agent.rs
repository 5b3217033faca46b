//! What holds because an agent runs this program: what it gets is narrowed, by this run or by the program that this one starts.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::Session;
use crate::cli::{self, Cli};
use crate::config::Config;
use crate::failure::Failure;
use crate::guard::Agent;
use crate::narrowing::Demand;
use crate::world::World;

/// What narrows all credentials, by these settings.
pub(super) fn agent_demand(config: &Config, world: &World) -> Option<Demand> {
    config.agent_demand().filter(|_| Agent::of(world, config.agent_variables()).is_some())
}

impl Session<'_> {
    /// The agent that runs this program, if one is recognized.
    pub(in crate::cmd) fn agent(&self) -> Result<Option<Agent>, Failure> {
        Ok(Agent::of(self.world, self.config()?.agent_variables()))
    }

    /// Whether a `credential_process` is this program, which gets the variables that show an agent, and so narrows what it
    /// prints to the policy `ReadOnlyAccess`, or prints nothing.
    pub(super) fn is_read_only_program(&self, words: &[String], config: &Config) -> bool {
        let is_narrowed = self.is_narrowed_by_agent && agent_demand(config, self.world).is_some();
        is_narrowed && is_own_credential_process(words, self.world)
    }
}

/// Whether the words call this program by its absolute path, which no folder and no PATH can change, and for nothing but
/// credentials.
fn is_own_credential_process(words: &[String], world: &World) -> bool {
    let [program, name, ..] = words else { return false };
    let path = Path::new(program);
    let arguments: Vec<OsString> = words.iter().map(OsString::from).collect();
    let file = |path: &Path| fs::canonicalize(path).ok();
    path.is_absolute()
        && name == "credential-process"
        && Cli::of(&arguments).is_ok_and(|cli| matches!(cli.command, cli::Command::CredentialProcess(_)))
        && file(path).is_some_and(|path| world.program().and_then(|own| file(&own)) == Some(path))
}
