//! What is said if a signal ends the program while something is unfinished.

use super::Ui;
use super::document::set_pending;
use super::interrupt::{Undo, handle_unless_ignored, undo_on_interrupt};
use super::print::print;
use crate::failure::{self, Explain};

impl Ui {
    /// Says a line if a signal ends the program before the result is dropped. What the terminal shows of Ctrl-C keeps its own.
    pub fn farewell_on_interrupt(&self, farewell: &'static str) -> Undo {
        let line = if self.err_is_terminal { format!("\n{farewell}") } else { farewell.to_owned() };
        undo_on_interrupt(move || print(&line))
    }

    /// Prints the document if a signal ends the program before anything is written to standard output.
    #[expect(clippy::unused_self, reason = "only who was given the streams may write")]
    pub fn document_on_interrupt(&self, document: String) {
        set_pending(document);
        handle_unless_ignored();
    }

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
