//! `xcred credential-process`: prints credentials in `credential_process` format.

use super::Cx;
use super::session::Session;
use crate::cli::CredentialProcess;
use crate::failure::{Exit, Failure};
use crate::render::{self, json};
use crate::settings;

pub(super) fn run(args: &CredentialProcess, cx: Cx<'_>) -> Result<Exit, Failure> {
    let session = Session::to_hand_out(cx, &args.resolving, &args.narrow)?;
    // As in AWS CLI, before looking for a program to run.
    session.circle().check(settings::CREDENTIAL_PROCESS.name)?;
    let handed = session.hand_out((&args.resolving).into())?;
    let document = render::process_document(&handed.credentials)?;
    cx.ui.write(json::harmless(document.expose()).as_bytes())?;
    Ok(Exit::Success)
}
