//! The commands: one file for each, named as it is typed.

mod checks;
mod config;
mod configure;
mod credential_process;
mod diff;
mod exec;
pub(crate) mod export_env;
mod exposure;
mod findings;
mod get;
pub(crate) mod held;
mod keys;
mod list_profiles;
mod piped;
mod profile;
mod prompter;
mod resolve;
mod session;
mod set;
mod unset;
mod whoami;

use crate::cli::{Cli, Command, Elsewhere};
use crate::failure::{Exit, Failure};
use crate::profile::SectionName;
use crate::ui::Ui;
use crate::world::World;

/// Runs the command that was typed.
pub fn run(cli: Cli, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let global = cli.global;
    match cli.command {
        Command::Configure(args) => configure::run(args, &global, world, ui),
        Command::ListProfiles(args) => list_profiles::run(&args, world, ui),
        Command::Get(args) => get::run(&args, &global, world, ui),
        Command::Resolve(args) => resolve::run(&args, &global, world, ui),
        Command::WhoAmI(args) => whoami::run(&args, &global, world, ui),
        Command::ExportEnv(args) => export_env::run(&args, &global, world, ui),
        Command::Exec(args) => exec::run(&args, &global, world, ui),
        Command::CredentialProcess(args) => credential_process::run(&args, &global, world, ui),
        Command::Keys(args) => keys::run(&args, &global, world, ui),
        Command::Set(args) => set::run(args, &global, world, ui),
        Command::Unset(args) => unset::run(&args, &global, world, ui),
        Command::Profile(args) => profile::run(args, world, ui),
        Command::Config(args) => config::run(&args, world, ui),
    }
}

impl Elsewhere {
    /// The section that an option names instead of a profile.
    fn section(&self) -> Option<SectionName> {
        let session = self.sso_session.clone().map(SectionName::SsoSession);
        session.or_else(|| self.services.clone().map(SectionName::Services))
    }
}
