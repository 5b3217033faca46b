//! `xcred exec`: replaces itself with a command that has a profile's credentials, or serves them to it.

mod background;
mod error;
mod hidden;
mod leads;
mod place;
mod renewal;
mod serve;
#[cfg_attr(unix, path = "unix/mod.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

pub use system::answer;

use std::ffi::OsStr;
use std::process::Command;

use super::Cx;
use super::export_env::replacing;
use super::session::{ResolveOptions, Session};
use crate::cli::Exec;
use crate::failure::{Exit, Failure};
use crate::shell::{BEARER_TOKENS, Environment};
use crate::world::World;

#[cfg(test)]
pub(crate) use error::NotRenewed;
pub(crate) use error::NotRun;
pub(super) use hidden::{sees_all, unhidden};
use place::Place;

/// Runs the command. Without `--serve` it returns only on failure.
pub(super) fn run(args: &Exec, cx: Cx<'_>) -> Result<Exit, Failure> {
    let world = replacing(cx);
    let cx = Cx { world: &world, ..cx };
    let session = Session::to_hand_out(cx, &args.resolving, &args.narrow)?;
    let place = Place { global: cx.global, args, files: &session.files };
    let may_be_profile = !session.selection.is_named();
    if may_be_profile {
        place.refuse_profile(cx.world)?;
    }
    let resolving = &args.resolving;
    let how = if args.serve { ResolveOptions::serving(resolving) } else { resolving.into() };
    let similar = || place.similar(&args.command, cx.world).filter(|_| may_be_profile);
    let meant = || place.meant(&args.command).filter(|_| may_be_profile).or_else(similar);
    let handed = session.hand_out(how).map_err(|failure| failure.helped(meant()))?;
    let hidden = if args.serve { hidden::variables(&session, cx) } else { Vec::new() };
    session.warn_of_left_out(&handed, hidden::has_config(&hidden));
    // Without a command, the user's shell.
    let shell = cx.world.path("SHELL").filter(|shell| !shell.is_empty()).unwrap_or(OsStr::new("/bin/sh"));
    let shell = [shell.to_owned()];
    let words = if args.command.is_empty() { &shell[..] } else { &args.command };
    let Some((program, arguments)) = words.split_first() else {
        return Err(Failure::usage("no command to run"));
    };
    let mut command = Command::new(program);
    command.args(arguments);
    hidden::restore(&mut command, cx.world);
    let receipt = session.receipt(&handed)?;
    let say = || {
        cx.ui.print_kept(None);
        if !args.quiet {
            cx.ui.line(receipt.line(cx.world.now()));
        }
    };
    let source = if args.serve {
        let endpoint = serve::open(&session, handed, args, cx)?;
        set(&mut command, &endpoint.environment, cx.world);
        command.envs(hidden);
        say();
        match endpoint.run(command)? {
            Ok(exit) => return Ok(exit),
            Err(source) => source,
        }
    } else {
        set(&mut command, &session.environment(&handed)?, cx.world);
        say();
        system::replace(command)
    };
    let program = program.to_string_lossy().into_owned();
    let is_found = cx.world.starts_here(&program);
    let error = NotRun::new(program, source, is_found);
    let meant = if error.is_missing() { place.meant(words).or_else(similar) } else { None };
    Err(Failure::from(error).helped(meant))
}

/// Gives the program one identity. Tokens for a service of tomorrow are another one, too.
fn set(command: &mut Command, environment: &Environment, world: &World) {
    for (name, _) in world.variables().filter(|(name, _)| name.starts_with(BEARER_TOKENS)) {
        command.env_remove(name);
    }
    for name in environment.removed() {
        command.env_remove(name);
    }
    for (name, value) in environment.set() {
        command.env(name, value.expose());
    }
}
