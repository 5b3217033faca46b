//! What is said if a signal ends the program while something is unfinished.

use super::Ui;
use super::interrupt::{Undo, undo_on_interrupt};
use super::print::print;
use crate::failure::{self, Explain};

impl Ui {
    /// Warns of a problem if a signal ends the program before the result is dropped, unless it is solved by then.
    pub fn problem_on_interrupt(
        &self,
        problem: &impl Explain,
        is_solved: impl Fn() -> bool + Send + 'static,
    ) -> Undo {
        let chain = failure::chain(problem).into_iter();
        let (style, help) = (self.err_style().yellow().bold(), problem.help());
        let lines = self.lines_of(&style, "warning", chain, &problem.notes(), help.as_ref());
        undo_on_interrupt(move || {
            if !is_solved() {
                lines.iter().for_each(print);
            }
        })
    }
}
