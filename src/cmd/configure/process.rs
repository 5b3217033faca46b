//! `xcred configure process`: a profile that gets its credentials from a program.

use super::cx::Cx;
use super::questions::{Question, Questions};
use super::target::Target;
use crate::chain::Unstartable;
use crate::checks::MEANT_LITERALLY;
use crate::cli::configure::Process;
use crate::failure::{Exit, Failure, Hint};
use crate::finding::{Finding, Kind, Severity};
use crate::sdk::Provider;
use crate::settings;
use crate::text::words;
use crate::world::World;

const GIVE_COMMAND: &str = "`--credential-process COMMAND`";

pub(super) fn run(args: Process, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let target = Target::for_identity(cx, Provider::CustomProcess)?;
    let mut questions =
        Questions::open(cx, target, args.credential_process.is_some(), &settings::CREDENTIAL_PROCESS)?;
    questions.greet("Let's get its credentials from a program.")?;
    let check = |answer: &str| unlikely(answer, cx.world).map(Finding::new).into_iter().collect();
    let command = Question::new(&settings::CREDENTIAL_PROCESS, "Credential process").needed(GIVE_COMMAND);
    questions.ask(&command.checked(&check), args.credential_process)?;
    questions.ask(&Question::region(), cx.global.region.clone())?;
    questions.finish(&[GIVE_COMMAND], Some(Provider::CustomProcess), None)
}

/// Why a command would not run, or not as intended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnlikelyCommand {
    #[error("{why}")]
    Unstartable {
        why: Unstartable,
        /// The command with the path that it is in a shell.
        meant: Option<String>,
    },
    #[error("most SDKs run this in a shell, but boto3 and AWS CLI pass the `{0}` on literally")]
    Shell(char),
    #[error("the relative path `{0}` depends on the folder that each program runs in")]
    RelativePath(String),
}

impl Kind for UnlikelyCommand {
    fn code(&self) -> &'static str {
        "unlikely-command"
    }

    fn severity(&self) -> Severity {
        match self {
            // No program that is installed later changes that.
            UnlikelyCommand::Unstartable { why: Unstartable::Unclosed | Unstartable::Nameless, .. } => {
                Severity::Error
            }
            _ => Severity::Warning,
        }
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            UnlikelyCommand::Unstartable { why, .. } => why.help(),
            UnlikelyCommand::Shell(_) => Some(MEANT_LITERALLY.into()),
            UnlikelyCommand::RelativePath(_) => Some("give the absolute path".into()),
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            UnlikelyCommand::Unstartable { meant, .. } => meant.as_deref(),
            _ => None,
        }
    }
}

/// As boto3 takes it: split into words and started without a shell.
fn unlikely(command: &str, world: &World) -> Option<UnlikelyCommand> {
    let Some(words) = words::split(command) else {
        return Some(UnlikelyCommand::Unstartable { why: Unstartable::Unclosed, meant: None });
    };
    if let Some(why) = Unstartable::of(&words, world) {
        let program = words.first().filter(|_| why == Unstartable::Tilde);
        let meant = program.and_then(|program| expanded(command, program, world));
        return Some(UnlikelyCommand::Unstartable { why, meant });
    }
    let is_relative = words.first().is_some_and(|program| program.contains('/') && !program.starts_with('/'));
    let relative = || UnlikelyCommand::RelativePath(settings::program_name(&words));
    words::meant_for_a_shell(command).map(UnlikelyCommand::Shell).or_else(|| is_relative.then(relative))
}

/// The command with its program's path as a shell expands it, if that can be run.
fn expanded(command: &str, program: &str, world: &World) -> Option<String> {
    let rest = command.trim_start().strip_prefix(program)?;
    let path = world.expand_user(program).ok()?.into_os_string().into_string().ok()?;
    world.located(&path)?;
    Some(words::quote_for_shells(&path) + rest)
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_below_the_home_folder_is_offered_with_its_path() {
        let world = World::of([("HOME", "/bin")]);
        assert_eq!(expanded("~/sh -c '~ x'", "~/sh", &world).as_deref(), Some("/bin/sh -c '~ x'"));
        assert_eq!(expanded("~/no-such-program", "~/no-such-program", &world), None);
    }

    #[test]
    fn commands_are_judged_as_doctor_judges_them() {
        let world = World::of([("PATH", "/usr/bin:/bin")]);
        let said = |command: &str| unlikely(command, &world).map(|found| found.to_string());
        for (command, expected) in [
            ("cat /etc/passwd", None),
            (
                "STAGE=dev cat",
                Some("`STAGE=********` is not a program: `credential_process` is not run by a shell"),
            ),
            ("/etc/passwd", Some("/etc/passwd is not executable")),
            ("'cat /etc/passwd'", Some("`credential_process` is one word, because it is quoted as a whole")),
            ("$HOME/bin/x", Some("variables are not expanded in `credential_process`")),
            ("", Some("`credential_process` doesn't name a program")),
            ("bin/x", Some("the relative path `bin/x` depends on the folder that each program runs in")),
        ] {
            assert_eq!(said(command).as_deref(), expected, "{command}");
        }
        assert!(matches!(unlikely("cat x | cat", &world), Some(UnlikelyCommand::Shell('|'))));
    }
}
