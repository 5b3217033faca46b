//! `xcred credential-process`: the document that SDKs expect of a `credential_process`.

use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{CredentialProcess, Global};
use crate::failure::{Exit, Failure};
use crate::render;
use crate::ui::{Ui, harmless_json};
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
    session.circle().check("credential_process")?;
    let (_, credentials) = session.credentials(ResolveOptions { no_cache: args.no_cache, offline: false })?;
    let document = render::process_document(&credentials)?;
    ui.write(harmless_json(document.expose()).as_bytes())?;
    Ok(Exit::Success)
}
