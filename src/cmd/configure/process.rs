//! `xcred configure process`: a profile that gets its credentials from a program.

use super::cx::Cx;
use super::questions::{Question, Questions};
use super::save::Next;
use super::target::Target;
use crate::cli::configure::Process;
use crate::failure::{Exit, Failure, Hint};
use crate::finding::{Finding, Kind, Severity};
use crate::sdk::Provider;
use crate::settings;
use crate::text::words;
use crate::world::World;

const GIVE_COMMAND: &str = "`--credential-process COMMAND`";

pub(super) fn run(args: Process, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let target = Target::for_identity(cx)?;
    let mut questions =
        Questions::open(cx, target, args.credential_process.is_some(), &settings::CREDENTIAL_PROCESS)?;
    questions.greet("Let's get its credentials from a program.")?;
    let check = |answer: &str| unlikely(answer, cx.world).map(Finding::new).into_iter().collect();
    let command = Question::new(&settings::CREDENTIAL_PROCESS, "Credential process").needed(GIVE_COMMAND);
    questions.ask(&command.checked(&check), args.credential_process)?;
    questions.ask(&Question::region(), cx.global.region.clone())?;
    let next = Next::Prove(questions.section.clone());
    questions.finish(&[GIVE_COMMAND], Some(Provider::CustomProcess), &next)
}

/// Why a command would not run, or not as intended.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnlikelyCommand {
    #[error("it has an unclosed quote or a trailing backslash")]
    Open,
    #[error("it doesn't name a program")]
    Nameless,
    #[error("`~` is not expanded here")]
    Unexpanded {
        /// The command with the path that it is in a shell.
        meant: Option<String>,
    },
    #[error("most SDKs run this in a shell, but boto3 and AWS CLI pass the `{0}` on literally")]
    Shell(char),
    #[error("the relative path `{0}` depends on the folder that each program runs in")]
    RelativePath(String),
    #[error("`{0}` was not found")]
    NotFound(String),
}

impl Kind for UnlikelyCommand {
    fn code(&self) -> &'static str {
        "unlikely-command"
    }

    fn severity(&self) -> Severity {
        match self {
            UnlikelyCommand::Open | UnlikelyCommand::Nameless => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            UnlikelyCommand::Unexpanded { .. } | UnlikelyCommand::RelativePath(_) => {
                Some("give the absolute path".into())
            }
            UnlikelyCommand::Shell(_) => {
                Some("if it is meant literally, put the word in single quotes, else write sh -c '...'".into())
            }
            _ => None,
        }
    }

    fn meant(&self) -> Option<&str> {
        match self {
            UnlikelyCommand::Unexpanded { meant } => meant.as_deref(),
            _ => None,
        }
    }
}

/// As boto3 takes it: split into words and started without a shell.
fn unlikely(command: &str, world: &World) -> Option<UnlikelyCommand> {
    let Some(words) = words::split(command) else { return Some(UnlikelyCommand::Open) };
    let Some(program) = words.first().filter(|program| !program.is_empty()) else {
        return Some(UnlikelyCommand::Nameless);
    };
    if program.starts_with('~') {
        Some(UnlikelyCommand::Unexpanded { meant: expanded(command, program, world) })
    } else if let Some(sign) = words::meant_for_a_shell(command) {
        Some(UnlikelyCommand::Shell(sign))
    } else if program.contains('/') && !program.starts_with('/') {
        Some(UnlikelyCommand::RelativePath(settings::program_name(&words)))
    } else if world.located(program).is_none() {
        Some(UnlikelyCommand::NotFound(settings::program_name(&words)))
    } else {
        None
    }
}

/// The command with its program's path as a shell expands it, if that is there.
fn expanded(command: &str, program: &str, world: &World) -> Option<String> {
    let rest = command.trim_start().strip_prefix(program)?;
    let path = world.expand_user(program).ok().filter(|path| path.is_file())?;
    Some(words::quote_for_shells(path.to_str()?) + rest)
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::expanded;
    use crate::world::World;

    #[test]
    fn a_program_below_the_home_folder_is_offered_with_its_path() {
        let world = World::of([("HOME", "/bin")]);
        assert_eq!(expanded("~/sh -c '~ x'", "~/sh", &world).as_deref(), Some("/bin/sh -c '~ x'"));
        assert_eq!(expanded("~/no-such-program", "~/no-such-program", &world), None);
    }
}
