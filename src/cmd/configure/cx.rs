//! What every method of `configure` needs to know.

use crate::cli::Global;
use crate::cli::configure::ConfigureOptions;
use crate::ui::{Dialogue, PromptError, Ui};
use crate::world::World;

/// What Ctrl-C leaves on the terminal: answers are written after the last question.
pub(super) const FAREWELL: &str = "canceled; nothing was written";

pub(super) struct Cx<'c> {
    pub(super) options: ConfigureOptions,
    pub(super) global: &'c Global,
    pub(super) world: &'c World,
    pub(super) ui: &'c Ui,
}

impl Cx<'_> {
    /// The terminal, if there is one and questions are allowed. Ctrl-C leaves `farewell` on it.
    pub(super) fn dialogue(&self, farewell: &'static str) -> Result<Option<Dialogue>, PromptError> {
        if self.options.no_input { Ok(None) } else { self.ui.dialogue(farewell) }
    }

    /// Why a question without an answer is an error.
    pub(super) fn why_not_asked(&self) -> &'static str {
        if self.options.no_input {
            "`--no-input` forbids asking"
        } else {
            "there is no terminal to prompt on"
        }
    }
}
