//! `xcred exec`: replaces itself with a command that has a profile's credentials.

use std::ffi::OsStr;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use super::Cx;
use super::session::Session;
use crate::cli::{Exec, Narrow};
use crate::failure::{Code, Command as Cmd, Exit, Explain, Failure, Hint};

/// Runs the command. It returns only on failure.
pub(super) fn run(args: &Exec, cx: Cx<'_>) -> Result<Exit, Failure> {
    let session = Session::to_hand_out(cx, &args.resolving, &args.narrow)?;
    // The name of a profile in the command's place, as other tools have it.
    let meant = |program: &OsStr| {
        let profile = program.to_str().filter(|name| session.files.profile(name).exists())?;
        let shell = args.narrow.on(Cmd::xcred(["exec"]).profile(profile));
        let hint = Hint::from(format!("`{profile}` is a profile: ")).run(shell);
        Some(hint.say(" starts a shell, and `-- CMD` behind it a command"))
    };
    if let Some(option) = Narrow::misplaced(&args.command)
        && let Some(profile) = args.command.first().filter(|_| !session.selection.is_named())
        && meant(profile).is_some()
    {
        let profile = profile.to_string_lossy();
        let failure = Failure::usage(format!("`{option}` is an argument of the command `{profile}` here"));
        let command = Cmd::xcred(["exec"]).profile(&*profile);
        return Err(failure.with_help(
            Hint::from(format!("`{profile}` is a profile: options come before its name, or with "))
                .run(command),
        ));
    }
    let how = (&args.resolving).into();
    let handed = session.hand_out(how).map_err(|failure| {
        let first = args.command.first().filter(|_| !session.selection.is_named());
        match first.and_then(|first| meant(first)) {
            Some(hint) => failure.with_help(hint),
            None => failure,
        }
    })?;
    let environment = session.environment(&handed, how)?;
    // Without a command, the user's shell.
    let shell = cx.world.path("SHELL").filter(|shell| !shell.is_empty()).unwrap_or(OsStr::new("/bin/sh"));
    let shell = [shell.to_owned()];
    let command = if args.command.is_empty() { &shell[..] } else { &args.command };
    let Some((program, arguments)) = command.split_first() else {
        return Err(Failure::usage("no command to run"));
    };
    let mut command = Command::new(program);
    command.args(arguments);
    for name in environment.removed() {
        command.env_remove(name);
    }
    for (name, value) in environment.set() {
        command.env(name, value.expose());
    }
    cx.ui.print_kept(None);
    if !args.quiet {
        cx.ui.line(session.receipt(&handed, how)?.line(cx.world.now()));
    }
    let source = command.exec();
    let is_missing = source.kind() == io::ErrorKind::NotFound;
    let failure = Failure::from(NotRun { program: program.to_string_lossy().into_owned(), source });
    Err(match meant(program).filter(|_| is_missing) {
        Some(hint) => failure.with_help(hint),
        None => failure,
    })
}

#[derive(Debug, thiserror::Error)]
#[error("`{program}` can't be run")]
pub(crate) struct NotRun {
    program: String,
    source: io::Error,
}

impl Explain for NotRun {
    fn code(&self) -> Code {
        Code::Io
    }

    /// As in shells, `env` and `sudo`.
    fn exit(&self) -> Exit {
        match self.source.kind() {
            io::ErrorKind::NotFound => Exit::CommandNotFound,
            io::ErrorKind::PermissionDenied => Exit::CommandNotExecutable,
            _ => Exit::Other,
        }
    }
}

#[cfg(test)]
mod examples;
