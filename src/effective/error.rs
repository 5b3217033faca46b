//! Why the profile of a command is unknown.

use crate::failure::{Code, Explain, Hint};
use crate::origin::Origin;
use crate::world::NotText;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("`--profile` is empty")]
    EmptyOption,
    #[error(transparent)]
    NotText(#[from] NotText),
}

impl Explain for Error {
    fn code(&self) -> Code {
        match self {
            Error::EmptyOption => Code::Usage,
            Error::NotText(_) => Code::InvalidConfig,
        }
    }

    fn help(&self) -> Option<Hint> {
        Some(match self {
            Error::EmptyOption => "name a profile, or omit the option".into(),
            Error::NotText(error) => format!("give `--profile`, or correct {}", error.variable).into(),
        })
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            Error::EmptyOption => None,
            Error::NotText(error) => Some(Origin::environment(error.variable)),
        }
    }
}

#[cfg(test)]
mod examples;
