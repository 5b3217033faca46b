//! What the completion scripts call, and `xcred completions`, which prints them.

use std::ffi::OsString;

use super::Cx;
use crate::cli::{Cli, Completions};
use crate::completion::{COMMAND, reply};
use crate::failure::{Exit, Failure};
use crate::ui::{ColorChoice, Ui};
use crate::world::World;

/// Runs `xcred completions`.
pub(super) fn run(args: &Completions, cx: Cx<'_>) -> Result<Exit, Failure> {
    cx.ui.write(args.shell.text().as_bytes())?;
    Ok(Exit::Success)
}

/// Replies to a completion script, if one asks. Whoever presses Tab is not to be disturbed, so there are no errors.
pub fn answer(arguments: &[OsString], world: &World) -> Option<Exit> {
    let [_, command, question @ ..] = arguments else { return None };
    let reply = if command == COMMAND { reply(Cli::definition(), question, world)? } else { return None };
    let ui = Ui::new(world, ColorChoice::Never, false);
    Some(ui.write(reply.as_bytes()).map_or(Exit::Other, |()| Exit::Success))
}
