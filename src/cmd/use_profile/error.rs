//! Why a shell isn't switched.

use crate::failure::{Code, Command, Explain, Hint};
use crate::shell::Init;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output isn't evaluated.
    #[error("`xcred use` can't change this shell: the function that `xcred init` prints isn't loaded")]
    NotSetUp {
        /// The calling shell, if it can have the function.
        shell: Option<&'static Init>,
    },
    /// A file would get the secrets, and the shell nothing.
    #[error("the output of `xcred use` is redirected, so {} can't evaluate it", shell.name)]
    Redirected { shell: &'static Init },
    /// No profile has this name, and others contain it: none of them is guessed.
    #[error("profile `{name}` not found")]
    Ambiguous { name: String, similar: Vec<String> },
    #[error("there is no previous profile in this shell")]
    NoPrevious,
    /// Neither an argument nor a terminal to choose on.
    #[error("no profile is named, and there is no terminal to choose one on")]
    NoTerminal,
    #[error("there is no profile to choose")]
    NoProfiles,
}

/// How many similar names are listed.
const MOST: usize = 10;

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::NotSetUp { .. } | Error::Redirected { .. } => Code::Usage,
            Error::Ambiguous { .. } => Code::ProfileNotFound,
            Error::NoPrevious | Error::NoProfiles => Code::InvalidConfig,
            Error::NoTerminal => Code::NeedsTerminal,
        }
    }

    fn notes(&self) -> Vec<String> {
        let Error::Ambiguous { similar, .. } = self else { return Vec::new() };
        let mut listed = similar.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
        if similar.len() > MOST {
            listed.push_str(&format!(" and {} more", similar.len() - MOST));
        }
        vec![format!("profiles with similar names: {listed}")]
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            Error::NotSetUp { shell: Some(shell) } => {
                format!("add this line to {}, and start a new shell: `{}`", shell.file, shell.line).into()
            }
            Error::NotSetUp { shell: None } => {
                Hint::from(Command::xcred(["init"]).flag("--help")).say(" shows the line for each shell")
            }
            Error::Redirected { .. } => "don't redirect it; `-q` prints nothing".into(),
            Error::Ambiguous { similar, .. } => match &similar[..] {
                [only] => Hint::did_you_mean(Command::xcred(["use"]).argument(only)),
                _ => Hint::from("give the whole name, or choose from a list: ").run(Command::xcred(["use"])),
            },
            Error::NoPrevious | Error::NoTerminal => {
                Hint::from("name a profile: ").run(Command::xcred(["use"]).argument("NAME"))
            }
            Error::NoProfiles => Hint::from(Command::xcred(["configure"])).say(" sets one up"),
        })
    }
}

#[cfg(test)]
mod examples;
