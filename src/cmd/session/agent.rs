//! Programs that narrow what they print themselves, because an agent runs them.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::Session;
use crate::cli::{self, Cli};
use crate::config::Config;
use crate::guard::Agent;
use crate::world::World;

impl Session<'_> {
    /// Whether a `credential_process` is this program, which gets the variables that show an agent, and so narrows what it
    /// prints to the policy `ReadOnlyAccess`, or prints nothing.
    pub(super) fn is_read_only_program(&self, words: &[String], config: &Config) -> bool {
        let is_agent = || Agent::of(self.world, config.agent_variables()).is_some();
        let is_narrowed = self.is_narrowed_by_agent && config.agent_demand().is_some() && is_agent();
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
