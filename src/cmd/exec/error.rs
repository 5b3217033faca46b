//! Why a command isn't run, or gets no new credentials.

use std::borrow::Cow;
use std::io;

use crate::failure::{Code, Exit, Explain, Hint};
use crate::secret::MASK;
use crate::settings::assigned;

/// The command can't be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRun {
    #[error("`{}` was not found on PATH", shown(program))]
    Absent { program: String },
    #[error("`{}` can't be run", shown(program))]
    Refused { program: String, source: io::Error },
}

/// The name of a program. An assignment in its place may have a secret in it.
fn shown(program: &str) -> Cow<'_, str> {
    match assigned(program) {
        Some(variable) => format!("{variable}={MASK}").into(),
        None => program.into(),
    }
}

/// What shells have built in, or as a part of their language, and what no folder of PATH has on most systems.
const BUILT_IN: [&str; 24] = [
    ".", ":", "alias", "builtin", "cd", "declare", "eval", "exit", "export", "for", "function", "history",
    "if", "popd", "pushd", "set", "setopt", "shopt", "source", "ulimit", "umask", "unalias", "unset",
    "while",
];

const ONE_WORD: &str = "it is one word: leave out the quotes, or let a shell run it: `sh -c 'COMMANDS'`";

/// Whether this is a command and arguments with a path among them, which make it look like a path.
fn is_line(program: &str) -> bool {
    program
        .split_once(char::is_whitespace)
        .is_some_and(|(first, rest)| !first.contains('/') && rest.contains('/'))
}

impl NotRun {
    /// `is_found` is whether there is such a program, which may need another one that is missing.
    pub(super) fn new(program: String, source: io::Error, is_found: bool) -> NotRun {
        let is_missing = source.kind() == io::ErrorKind::NotFound;
        // The value of an assignment may be a path.
        let is_name = !program.contains('/') && !is_found || assigned(&program).is_some();
        if is_missing && is_name { NotRun::Absent { program } } else { NotRun::Refused { program, source } }
    }

    pub(super) fn is_missing(&self) -> bool {
        match self {
            NotRun::Absent { .. } => true,
            NotRun::Refused { source, .. } => source.kind() == io::ErrorKind::NotFound,
        }
    }
}

impl Explain for NotRun {
    fn code(&self) -> Code {
        Code::Io
    }

    /// As in shells, `env` and `sudo`.
    fn exit(&self) -> Exit {
        match self {
            NotRun::Refused { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => {
                Exit::CommandNotExecutable
            }
            _ if self.is_missing() => Exit::CommandNotFound,
            _ => Exit::Other,
        }
    }

    fn help(&self) -> Option<Hint> {
        let program = match self {
            NotRun::Absent { program } => program,
            NotRun::Refused { program, .. } if self.is_missing() && is_line(program) => {
                return Some(ONE_WORD.into());
            }
            NotRun::Refused { .. } => return None,
        };
        Some(match assigned(program) {
            Some(_) => {
                "to set a variable for the command, write `env` before it: `env NAME=VALUE COMMAND`".into()
            }
            None if BUILT_IN.contains(&&**program) => {
                "only shells have it; let one run the whole line: `sh -c 'COMMANDS'`".into()
            }
            None if program.contains(char::is_whitespace) => ONE_WORD.into(),
            None => "check the spelling; a shell's aliases and functions are not programs".into(),
        })
    }
}

/// New credentials that the command must not get.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRenewed {
    /// Somebody has changed the profile since the command was started.
    #[error("the profile is another identity now: its {what} changed from {old} to {new}")]
    OtherIdentity { what: &'static str, old: String, new: String },
    /// The profile was changed since the command was started, and the values say nothing to people.
    #[error("the profile is another identity now: its {what} has changed")]
    OtherSource { what: &'static str },
    /// Other temporary keys are in the file, and STS did not say whose they or the old ones are.
    #[error("the profile has other temporary keys now, and it is not known whose they are")]
    Unknown,
    #[error("the new credentials have already expired")]
    Expired,
    #[error("the old credentials have expired, and the renewal has not ended yet")]
    Slow,
}

impl Explain for NotRenewed {
    fn code(&self) -> Code {
        match self {
            NotRenewed::OtherIdentity { .. } | NotRenewed::OtherSource { .. } => Code::InvalidConfig,
            NotRenewed::Unknown | NotRenewed::Expired | NotRenewed::Slow => Code::ProviderFailed,
        }
    }

    fn help(&self) -> Option<Hint> {
        match self {
            NotRenewed::OtherIdentity { .. } | NotRenewed::OtherSource { .. } | NotRenewed::Unknown => {
                Some("run the command again, if that is intended".into())
            }
            NotRenewed::Expired | NotRenewed::Slow => None,
        }
    }
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_no_folder_has_is_told_from_one_that_does_not_start() {
        let run = |program: &str, code: i32, is_found| {
            let error = NotRun::new(program.to_owned(), io::Error::from_raw_os_error(code), is_found);
            let help = error.help().map(|help| help.to_string()).unwrap_or_default();
            (error.to_string(), error.exit().code(), help)
        };
        for (program, code, is_found, message, exit, help) in [
            ("terraform", 2, false, "`terraform` was not found on PATH", 127, "check the spelling"),
            ("ls -l", 2, false, "`ls -l` was not found on PATH", 127, "it is one word"),
            ("echo hi && ls", 2, false, "`echo hi && ls` was not found on PATH", 127, "it is one word"),
            ("ls /tmp", 2, false, "`ls /tmp` can't be run", 127, "it is one word"),
            ("./my script", 2, false, "`./my script` can't be run", 127, ""),
            ("my script", 2, true, "`my script` can't be run", 127, ""),
            ("ls /tmp", 13, false, "`ls /tmp` can't be run", 126, ""),
            ("cd", 2, false, "`cd` was not found on PATH", 127, "`sh -c 'COMMANDS'`"),
            ("X=hunter2", 2, false, "`X=********` was not found on PATH", 127, "`env NAME=VALUE COMMAND`"),
            ("X=/hunter2", 2, false, "`X=********` was not found on PATH", 127, "`env NAME=VALUE COMMAND`"),
            // A script whose interpreter is missing, a path, a file without the right to run it.
            ("script", 2, true, "`script` can't be run", 127, ""),
            ("./script", 2, false, "`./script` can't be run", 127, ""),
            ("script", 13, true, "`script` can't be run", 126, ""),
        ] {
            let found = run(program, code, is_found);
            assert_eq!((&*found.0, found.1), (message, exit), "{program}");
            assert!(
                found.2.contains(help) && found.2.is_empty() == help.is_empty(),
                "{program}: {}",
                found.2
            );
        }
    }
}
