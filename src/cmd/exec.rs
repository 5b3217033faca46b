//! `xcred exec`: becomes a program that has one identity in its environment.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use super::session::{Opening, ResolveOptions, Session};
use crate::cli::{Exec, Global};
use crate::failure::{Code, Exit, Explain, Failure};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command; returns only if there is nothing to become.
pub(super) fn run(args: &Exec, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let session =
        Session::for_credentials(Opening { world, ui, global, sdk: args.sdk, keys: Some(&args.keys) })?;
    let environment = session.environment(ResolveOptions { no_cache: args.no_cache, offline: false })?;
    let Some((program, arguments)) = args.command.split_first() else {
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
    let source = command.exec();
    Err(NotRun { program: program.to_string_lossy().into_owned(), source }.into())
}

/// There is no such program, or it can't be run.
#[derive(Debug, thiserror::Error)]
#[error("`{program}` can't be run")]
struct NotRun {
    program: String,
    source: io::Error,
}

impl Explain for NotRun {
    fn code(&self) -> Code {
        Code::Io
    }

    /// As shells, `env` and `sudo` have it.
    fn exit(&self) -> Exit {
        match self.source.kind() {
            io::ErrorKind::NotFound => Exit::CommandNotFound,
            io::ErrorKind::PermissionDenied => Exit::CommandNotExecutable,
            _ => Exit::Other,
        }
    }
}
