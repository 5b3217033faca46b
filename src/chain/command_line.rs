//! The command line of a `credential_process`, and what its failures are.

use serde_json::Value;

use super::context::Context;
use super::error::{Error, Process};
use super::processes::process_circle;
use super::program::{Ended, Fault, Program, is_plain, question};
use super::unstartable::Unstartable;
use crate::origin::Located;
use crate::profile::{SectionName, is_subcommand};
use crate::secret::{hold, without_values};
use crate::settings::{CREDENTIAL_PROCESS, is_secret, withheld_arguments, without_shell_program};

pub(super) struct CommandLine<'c> {
    /// As it is written.
    pub(super) command: &'c Located<String>,
    /// The program, as it may be shown.
    pub(super) name: &'c str,
    /// What is run.
    pub(super) words: &'c [String],
    pub(super) has_shell: bool,
}

impl CommandLine<'_> {
    /// What [`run`](CommandLine::run) refuses before it runs anything, and what xcred would refuse if the line ran it.
    pub(super) fn check(&self, context: &Context<'_>) -> Result<(), Error> {
        let (world, setting) = (context.client.world, CREDENTIAL_PROCESS.name);
        context.circle.enter(world, setting)?;
        let profile = context.circle.profile();
        let circle = process_circle(context.client.files, world, profile, &self.command.value);
        circle.map_or(Ok(()), |chain| Err(Error::Circle { setting, chain }))
    }

    /// Runs it, unless it has run before in this resolution. Nothing is shown meanwhile: it may ask on the terminal.
    pub(super) fn run(&self, context: &Context<'_>) -> Result<Ended, Error> {
        let variable = context.circle.enter(context.client.world, CREDENTIAL_PROCESS.name)?;
        let program = Program {
            words: self.words,
            variables: &[variable],
            limit: context.process_limit,
            keeps_errors: true,
            reads: context.interaction.lends_input(),
        };
        let run = || {
            let ran = program
                .run(context.interaction.attend())
                .map(|ended| Ended { said: self.without_line(ended.said, context), ..ended });
            ran.map_err(|fault| match fault {
                Fault::NotStarted(source) => {
                    let program = if self.has_shell { &self.words[0] } else { self.name }.to_owned();
                    let origin = self.command.origin.clone();
                    let why = Unstartable::of(self.words, context.client.world);
                    Error::NotStarted { program, why, source, origin }
                }
                Fault::Slow { limit, said } => {
                    let said = self.without_line(said, context);
                    self.failed(Process::Stopped(Fault::Slow { limit, said }))
                }
                fault => self.failed(Process::Stopped(fault)),
            })
        };
        let ended = match self.without_shell(context) {
            Some(ended) => ended?,
            None => context.once(&question(&self.command.value, self.has_shell), run)?,
        };
        if ended.status.success() {
            return Ok(ended);
        }
        let Ended { status, said, .. } = ended;
        Err(self.failed(Process::Status { status, said }))
    }

    /// How the program ended for an SDK without a shell, if a shell would only start it. A command that the system can't start
    /// may be one of the shell's own, or a script that the shell reads.
    fn without_shell(&self, context: &Context<'_>) -> Option<Result<Ended, Error>> {
        let memo = context.memo.filter(|_| self.has_shell && is_plain(&self.command.value))?;
        let known = memo.known(&question(&self.command.value, false))?;
        let has_started =
            known.as_ref().err().is_none_or(|error| !matches!(error.peeled(), Error::NotStarted { .. }));
        has_started.then_some(known)
    }

    /// What it said, without what it or a shell repeats of the line and may be a secret.
    fn without_line(&self, said: String, context: &Context<'_>) -> String {
        if said.is_empty() {
            return said;
        }
        let files = context.client.files;
        let is_known =
            |name: &str| is_subcommand(name) || files.find(&SectionName::Profile(name.to_owned())).exists();
        let withheld = withheld_arguments(self.words, &is_known);
        let said =
            if self.has_shell { without_shell_program(&said, &self.command.value) } else { said.into() };
        without_values(&said, &withheld).into_owned()
    }

    pub(super) fn failed(&self, fault: Process) -> Error {
        self.unusable(fault, String::new())
    }

    /// The error of what the program printed. It `said` something, too, which may be the reason.
    pub(super) fn unusable(&self, fault: Process, said: String) -> Error {
        let (program, origin) = (self.name.to_owned(), self.command.origin.clone());
        Error::Process { program, fault, said, origin }
    }
}

/// Masks the secrets that a program printed: an error about its output repeats what it said on standard error, and it may have
/// said them there, too.
pub(super) fn hold_secrets(document: &Value) {
    let members = document.as_object().into_iter().flatten();
    for (name, value) in members {
        match value {
            Value::String(text) if is_secret(name) => hold(text),
            // The answer of a service has them one level below.
            Value::Object(_) => hold_secrets(value),
            _ => {}
        }
    }
}
