//! What all steps need: the options, the files, and who is asked.

use std::borrow::Cow;

use super::super::cx::Cx;
use super::super::questions::Question;
use crate::cli::configure::Sso;
use crate::failure::Failure;
use crate::profile::{Files, SectionName};
use crate::settings::Variable;
use crate::ui::Dialogue;

/// The parts of a run that all steps need.
pub(super) struct Wizard<'w> {
    pub(super) cx: &'w Cx<'w>,
    pub(super) args: &'w Sso,
    pub(super) files: &'w Files,
    pub(super) dialogue: Option<Dialogue>,
    /// The profile that an option or a variable names.
    pub(super) named: Option<SectionName>,
}

impl Wizard<'_> {
    /// The answer of an option, else of the user; `current` is offered. `None` if there is neither.
    pub(super) fn answer(
        &self,
        question: &Question<'_>,
        given: Option<&String>,
        current: Option<&str>,
    ) -> Result<Option<String>, Failure> {
        match (given, &self.dialogue) {
            (Some(given), _) => question.accept(given.trim(), self.cx.ui).map(Some),
            (None, Some(dialogue)) => {
                Ok(question.put(dialogue, current)?.or_else(|| current.map(str::to_owned)))
            }
            (None, None) => Ok(current.map(str::to_owned)),
        }
    }

    /// What the named profile has for a key.
    pub(super) fn current(&self, row: &Variable) -> Option<String> {
        self.files.find(self.named.as_ref()?).text(row.name).map(Cow::into_owned)
    }
}

/// The error of a question without an answer, where questions aren't asked.
pub(super) fn unanswered(cx: &Cx<'_>, what: &str, option: &str) -> Failure {
    let message = format!("{what} must be chosen, and {}", cx.why_not_asked());
    Failure::usage(message).with_help(format!("give `{option}`"))
}
