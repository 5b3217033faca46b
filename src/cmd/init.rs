//! `xcred init`: prints the function of a shell that `use` needs, and the shell's completions.

use super::Cx;
use crate::cli::{InitShell, Script};
use crate::failure::{Exit, Failure};

/// Runs the command.
pub(super) fn run(args: &InitShell, cx: Cx<'_>) -> Result<Exit, Failure> {
    let script = Script::of(args.shell);
    let completions = script.map(Script::text).unwrap_or_default();
    // In Nushell a definition replaces the one before it.
    cx.ui.write(completions.as_bytes())?;
    cx.ui.write(args.shell.function.as_bytes())?;
    Ok(Exit::Success)
}
