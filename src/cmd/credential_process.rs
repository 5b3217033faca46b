//! `xcred credential-process`: the document that SDKs expect of a `credential_process`.

use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{CredentialProcess, Global};
use crate::failure::{Exit, Failure};
use crate::render::{self, json};
use crate::settings;
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(
    args: &CredentialProcess,
    global: &Global,
    world: &World,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let session =
        Session::for_credentials(Opening { world, ui, global, sdk: args.sdk, keys: Some(&args.keys) })?;
    // As in AWS CLI, before it is known whether there is a program to run.
    session.circle().check(settings::CREDENTIAL_PROCESS.name)?;
    let (_, credentials) = session.credentials(ResolveOptions { no_cache: args.no_cache, offline: false })?;
    let document = render::process_document(&credentials)?;
    ui.write(json::harmless(document.expose()).as_bytes())?;
    Ok(Exit::Success)
}
