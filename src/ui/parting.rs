//! What is said if a signal ends the program while something is unfinished.

use super::Ui;
use super::document::set_pending;
use super::interrupt::{Undo, undo_on_interrupt};
use super::print::print;
use crate::failure::{self, Explain};

impl Ui {
    /// Says a line if a signal ends the program before the result is dropped. What the terminal shows of Ctrl-C keeps its own.
    pub fn farewell_on_interrupt(&self, farewell: &'static str) -> Undo {
        let line = if self.err_is_terminal { format!("\n{farewell}") } else { farewell.to_owned() };
        undo_on_interrupt(move || print(&line))
    }

    /// Prints the document if a signal ends the program while it waits for a service, a program or the user, unless something is
    /// written to standard output before. Signals are handled from the first wait on, as for all commands: it takes a thread, which
    /// those that only read files do without.
    #[expect(clippy::unused_self, reason = "only who was given the streams may write")]
    pub fn document_on_interrupt(&self, document: String) {
        set_pending(document);
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
