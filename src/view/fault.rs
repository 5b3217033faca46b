//! Why an SDK refuses the files.

use crate::failure::{Code, Explain, Hint};
use crate::ini::dialect::What;
use crate::origin::{Origin, Place};
use crate::store::Problem;

/// What makes an SDK refuse both files.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("{place}: {what}")]
    Malformed { place: Place, what: What },
    #[error(transparent)]
    Unreadable(#[from] Problem),
}

impl Fault {
    /// The line to blame.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Fault::Malformed { place, .. } => Some(place),
            Fault::Unreadable(_) => None,
        }
    }
}

impl Explain for Fault {
    fn code(&self) -> Code {
        Code::ConfigParse
    }

    fn help(&self) -> Option<Hint> {
        match self {
            Fault::Malformed { place, .. } => Some(format!("correct line {} of the file", place.line).into()),
            Fault::Unreadable(problem) => problem.help(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        self.place().cloned().map(Origin::File)
    }
}

#[cfg(test)]
mod examples;
