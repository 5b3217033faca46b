//! Why the profile of a command is unknown.

use crate::failure::{Code, Command, Explain, Hint};
use crate::origin::Origin;
use crate::world::NotText;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`--profile` is empty")]
    EmptyOption,
    #[error(transparent)]
    NotText(#[from] NotText),
    /// Nothing names the profile, and the shell is another one than the default.
    #[error("XCRED_PROFILE says that this shell is `{shell}`, but this command is for `{profile}`")]
    OtherShell { shell: String, profile: String },
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::EmptyOption | Error::OtherShell { .. } => Code::Usage,
            Error::NotText(_) => Code::InvalidConfig,
        }
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            Error::EmptyOption => "name a profile, or omit the option".into(),
            Error::NotText(error) => format!("give `--profile`, or correct {}", error.variable).into(),
            Error::OtherShell { shell, profile } => {
                let [shell, profile] = [shell, profile].map(|name| Command::new([]).profile(name));
                Hint::from("say which one is meant: ").run(shell).say(" or ").run(profile)
            }
        })
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::EmptyOption => None,
            Error::NotText(error) => Some(Origin::environment(error.variable)),
            Error::OtherShell { .. } => Some(Origin::environment("XCRED_PROFILE")),
        }
    }
}

#[cfg(test)]
mod examples;
