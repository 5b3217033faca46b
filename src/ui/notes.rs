//! Messages that are no warnings.

use std::fmt::Display;

use super::Ui;
use super::print::print;
use super::text::{harmless, one_line};
use crate::secret::redacted;

#[expect(clippy::unused_self, reason = "only who was given the streams may write")]
impl Ui {
    /// Prints text that stays on one line, whatever is in it.
    pub fn line(&self, text: impl Display) {
        print(one_line(&redacted(&text.to_string())));
    }

    /// Prints what was done, if somebody is watching: a script that edits one key after the other wants silence.
    pub fn aside(&self, text: impl Display) {
        if self.err_is_terminal {
            self.note(text);
        }
    }

    /// Prints that there is nothing to print, if somebody is watching or `-v` is given. A script that takes the output at a
    /// terminal has the exit status.
    pub fn absence(&self, text: impl Display) {
        if self.verbose {
            self.note(text);
        } else if self.out_is_terminal() {
            self.aside(text);
        }
    }

    /// Prints text whose lines are all the program's own, so none is indented.
    pub fn lines(&self, text: impl Display) {
        print(harmless(&redacted(&text.to_string())));
    }

    /// Prints a detail if `-v` is given.
    pub fn detail(&self, text: impl Display) {
        if self.verbose {
            self.note(text);
        }
    }
}
