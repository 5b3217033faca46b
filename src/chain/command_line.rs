//! The command line of a `credential_process`, and what its failures are.

use super::context::Context;
use super::error::{Error, Process};
use super::program::{Ended, Fault, Program, question};
use super::text::runs_this_program;
use super::unstartable::Unstartable;
use crate::origin::Located;
use crate::settings::CREDENTIAL_PROCESS;

pub(super) struct CommandLine<'c> {
    /// As it is written.
    pub(super) command: &'c Located<String>,
    /// The program, as messages name it.
    pub(super) name: &'c str,
    /// What is run.
    pub(super) words: &'c [String],
    pub(super) has_shell: bool,
}

impl CommandLine<'_> {
    /// What [`run`](CommandLine::run) refuses before it runs anything.
    pub(super) fn check(context: &Context<'_>) -> Result<(), Error> {
        context.circle.enter(context.client.world, CREDENTIAL_PROCESS.name).map(drop)
    }

    /// Runs it, unless it has run before in this resolution.
    pub(super) fn run(&self, context: &Context<'_>) -> Result<Ended, Error> {
        let variable = context.circle.enter(context.client.world, CREDENTIAL_PROCESS.name)?;
        let is_silent = if self.has_shell {
            runs_this_program(self.command.value.split_whitespace())
        } else {
            runs_this_program(self.words.iter().map(String::as_str))
        };
        let progress = context.client.progress;
        let _progress = (!is_silent).then(|| progress.show(&format!("the program `{}`", self.name)));
        let program = Program {
            words: self.words,
            variables: &[variable],
            limit: context.process_limit,
            keeps_errors: true,
            reads: context.interaction.lends_input(),
        };
        let run = || {
            program.run().map_err(|fault| match fault {
                Fault::NotStarted(source) => {
                    let (program, origin) = (self.words[0].clone(), self.command.origin.clone());
                    let why = Unstartable::of(self.words, context.client.world);
                    Error::NotStarted { program, why, source, origin }
                }
                fault => self.failed(Process::Stopped(fault)),
            })
        };
        let ended = context.once(&question(&self.command.value, self.has_shell), run)?;
        if ended.status.success() {
            return Ok(ended);
        }
        let Ended { status, said, .. } = ended;
        Err(self.failed(Process::Status { status, said }))
    }

    pub(super) fn failed(&self, fault: Process) -> Error {
        let (program, origin) = (self.name.to_owned(), self.command.origin.clone());
        Error::Process { program, fault, origin }
    }
}
