//! `xcred exec`: replaces itself with a command that has a profile's credentials, or serves them to it.

mod error;
mod hidden;
mod leads;
mod renewal;
mod serve;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use super::Cx;
use super::export_env::replacing;
use super::session::{ResolveOptions, Session};
use crate::checks::located;
use crate::cli::Exec;
use crate::failure::{Command as Cmd, Exit, Failure, Hint};
use crate::shell::Environment;
use crate::text::nearest;
use crate::world::World;

#[cfg(test)]
pub(crate) use error::NotRenewed;
pub(crate) use error::NotRun;
pub(super) use hidden::{sees_all, unhidden};

/// Runs the command. Without `--serve` it returns only on failure.
pub(super) fn run(args: &Exec, cx: Cx<'_>) -> Result<Exit, Failure> {
    let world = replacing(cx);
    let cx = Cx { world: &world, ..cx };
    let session = Session::to_hand_out(cx, &args.resolving, &args.narrow)?;
    // The name of a profile in the command's place, as other tools have it.
    let on_profile = |profile: &str, hint: Hint, command: &[OsString]| {
        let shell = Cmd::xcred(["exec"]);
        let shell = if args.serve { shell.flag("--serve") } else { shell };
        let shell = args.narrow.on(shell.profile(profile));
        match command {
            // The arguments of a command may be secrets. An option is not a command.
            [program] if !program.as_encoded_bytes().starts_with(b"-") => {
                hint.run(shell.after_dashes().argument(program))
            }
            _ => hint.run(shell).say(" starts a shell; `-- COMMAND` after it runs a command"),
        }
    };
    let meant = |words: &[OsString]| {
        let (profile, command) = words.split_first()?;
        let profile = profile.to_str().filter(|name| session.files.profile(name).exists())?;
        Some(on_profile(profile, format!("`{profile}` is a profile: ").into(), command))
    };
    let similar = |words: &[OsString]| {
        let (name, command) = words.split_first()?;
        let profile = nearest(name.to_str()?, session.files.profiles())?;
        Some(on_profile(&profile, format!("did you mean profile `{profile}`? ").into(), command))
    };
    let first = args.command.first().filter(|_| !session.selection.is_named());
    if let Some(first) = first {
        refuse_profile(args, first, meant(&args.command), cx.world)?;
    }
    let resolving = &args.resolving;
    let how = if args.serve { ResolveOptions::serving(resolving) } else { resolving.into() };
    let handed =
        session.hand_out(how).map_err(|failure| helped(failure, first.and_then(|_| meant(&args.command))))?;
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
    let receipt = session.receipt(&handed, how)?;
    let say = || {
        cx.ui.print_kept(None);
        if !args.quiet {
            cx.ui.line(receipt.line(cx.world.now()));
        }
    };
    let source = if args.serve {
        let endpoint = serve::open(&session, handed, args, cx)?;
        set(&mut command, &endpoint.environment);
        command.envs(hidden::variables(&session, cx));
        say();
        match endpoint.run(command)? {
            Ok(exit) => return Ok(exit),
            Err(source) => source,
        }
    } else {
        set(&mut command, &session.environment(&handed, how)?);
        say();
        system::replace(command)
    };
    let error = NotRun { program: program.to_string_lossy().into_owned(), source };
    let meant = || meant(words).or_else(|| first.and_then(|_| similar(words)));
    let meant = if error.is_missing() { meant() } else { None };
    Err(helped(error.into(), meant))
}

fn helped(failure: Failure, hint: Option<Hint>) -> Failure {
    match hint {
        Some(hint) => failure.with_help(hint),
        None => failure,
    }
}

/// Refuses the name of a profile where the command is expected, if it has options or there is no such command. `meant` is
/// what to type instead; none if it names no profile.
fn refuse_profile(args: &Exec, first: &OsStr, meant: Option<Hint>, world: &World) -> Result<(), Failure> {
    let (Some(meant), name) = (meant, first.to_string_lossy()) else { return Ok(()) };
    if let Some(option) = args.misplaced() {
        let failure = Failure::usage(format!("`{option}` is an argument of the command `{name}` here"));
        let command = args.narrow.on(Cmd::xcred(["exec"]).profile(&*name));
        let hint = Hint::from(format!("`{name}` is a profile: options come before its name, or behind "));
        return Err(failure.with_help(hint.run(command)));
    }
    // Before anything is asked for the other profile: a code for its MFA device, for example.
    if located(&name, world).is_none() && !Path::new(first).exists() {
        return Err(Failure::usage(format!("`{name}` is not a command")).with_help(meant));
    }
    Ok(())
}

fn set(command: &mut Command, environment: &Environment) {
    for name in environment.removed() {
        command.env_remove(name);
    }
    for (name, value) in environment.set() {
        command.env(name, value.expose());
    }
}
