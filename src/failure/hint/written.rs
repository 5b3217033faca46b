//! Commands that change what an edit wrote, which are of no use while the edit is only shown.

use super::{Command, Hint, Part};

impl Hint {
    /// Adds a command that removes or renames what the hint is about, with the text around it: what is left without them has to make
    /// sense.
    #[must_use]
    pub fn on_written(mut self, before: &'static str, command: Command, after: &'static str) -> Hint {
        self.0.push(Part::OnWritten { before, command, after });
        self
    }

    /// The hint about an edit that is only shown.
    pub fn foreseen(mut self) -> Option<Hint> {
        self.0.retain(|part| !matches!(part, Part::OnWritten { .. }));
        (!self.0.is_empty()).then_some(self)
    }
}
