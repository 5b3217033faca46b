//! Whether a hint is of use as it is.

use super::{Hint, Part};

impl Hint {
    /// Whether each command in it has the names that are meant. A name that is masked in all output may have a secret in it: the
    /// command would be about the name of the mask.
    pub fn is_whole(&self) -> bool {
        self.0.iter().all(|part| match part {
            Part::Command(command) | Part::OnWritten { command, .. } => !command.has_masked_name(),
            Part::Text(_) | Part::Meant { .. } => true,
        })
    }

    /// Whether it is just a command in which the value has still to be found.
    pub fn is_placeholder(&self) -> bool {
        match &self.0[..] {
            [Part::Command(command)] => command.arguments.last().is_some_and(|last| last == "VALUE"),
            _ => false,
        }
    }
}
