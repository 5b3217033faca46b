//! The streams: standard output has the result and nothing else; messages go to standard error. Control characters from
//! files are never sent to a terminal.

mod before;
mod color;
mod document;
mod findings;
mod guard;
mod hidden;
pub mod input;
mod interrupt;
mod lent;
mod line;
mod list;
mod notes;
mod output;
mod parting;
mod picker;
mod pieces;
mod print;
mod prompt;
mod sequence;
mod streams;
#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod system;
mod text;
mod wait;
mod wrap;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

pub use console::Style;

use crate::failure::{self, Code, Command, Exit, Explain, Failure, Hint};
use crate::finding::Finding;
use crate::world::World;

pub use before::UNCHANGED;
pub use color::ColorChoice;
pub use document::Writing;
pub use interrupt::{
    Undo, last_words, report_panics, say_last_words, undo_all, undo_on_interrupt, wait_before_end,
};
pub use lent::{lend_terminal, terminal_is_lent};
pub use output::OutputError;
pub use prompt::{Dialogue, PromptError};
#[cfg(unix)]
pub use system::{Modes, prepare};
pub use text::{harmless, is_blank, mfa_code, one_line, without_blanks};
pub use wait::Wait;
pub use wrap::{HANG, last_cell};

use print::{labeled, print, print_all};
use text::foreign;

/// Writes results to standard output and messages to standard error.
#[derive(Debug, Default)]
pub struct Ui {
    out_colored: bool,
    err_colored: bool,
    out_is_terminal: bool,
    err_is_terminal: bool,
    /// Whether the terminal can't move its cursor, or shouldn't.
    plain: bool,
    verbose: bool,
    /// Whether standard output has anything.
    has_written: Cell<bool>,
    /// Findings that are printed when the command has ended: its error may say the same.
    later: RefCell<Later>,
}

#[derive(Debug, Default)]
struct Later {
    findings: Vec<Finding>,
    /// The command that shows all.
    all: Option<Command>,
}

#[expect(clippy::unused_self, reason = "only who was given the streams may write")]
impl Ui {
    pub fn new(world: &World, color: ColorChoice, verbose: bool) -> Ui {
        let out_is_terminal = streams::out().is_terminal();
        let err_is_terminal = streams::err().is_terminal();
        let plain = world.variable("TERM") == Some("dumb") || world.non_empty("XCRED_PLAIN").is_some();
        let allowed = world.non_empty("NO_COLOR").is_none() && !plain;
        let colored = |is_terminal: bool| match color {
            ColorChoice::Auto => is_terminal && allowed,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        Ui {
            out_colored: colored(out_is_terminal),
            err_colored: colored(err_is_terminal),
            out_is_terminal,
            err_is_terminal,
            plain,
            verbose,
            has_written: Cell::default(),
            later: RefCell::default(),
        }
    }

    /// The text broken at words to the width of standard output, if it is a terminal.
    pub fn wrapped<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.out_columns().map_or(Cow::Borrowed(text), |columns| wrap::wrapped(text, columns).into())
    }

    /// The width of standard output, if it is a terminal.
    pub fn out_columns(&self) -> Option<usize> {
        self.out_is_terminal.then(streams::out_columns).flatten()
    }

    /// The width of standard error, if it is a terminal.
    pub fn err_columns(&self) -> Option<usize> {
        self.err_is_terminal.then(streams::err_columns).flatten()
    }

    pub fn out_is_terminal(&self) -> bool {
        self.out_is_terminal
    }

    /// Whether another program reads standard output.
    pub fn out_is_pipe(&self) -> bool {
        system::out_is_pipe()
    }

    /// Whether the process was started without standard output: what is printed is lost.
    pub fn out_is_closed(&self) -> bool {
        system::out_was_closed()
    }

    /// Whether standard output may be colored.
    pub fn out_is_colored(&self) -> bool {
        self.out_colored
    }

    /// Whether `-v` was given.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Opens the terminal for questions, if there is one and a user may be at it. `farewell` is the line that Ctrl-C leaves
    /// there; the empty one leaves none.
    pub fn dialogue(&self, farewell: &'static str) -> Result<Option<Dialogue>, PromptError> {
        Dialogue::open(self.err_colored, self.plain, farewell)
    }

    /// Whether somebody may be at a terminal.
    pub fn has_user(&self) -> bool {
        !lent::terminal_is_lent() && (self.err_is_terminal || io::stdin().is_terminal())
    }

    /// A style for standard output.
    pub fn style(&self) -> Style {
        Style::new().force_styling(self.out_colored)
    }

    /// Writes the bytes to standard output, unchanged.
    pub fn write(&self, bytes: &[u8]) -> Result<(), OutputError> {
        let _writing = self.begin_output();
        let mut out = streams::out().lock();
        out.write_all(bytes)?;
        Ok(out.flush()?)
    }

    /// Has to be held while a result is written to standard output that a signal must not break off with a document of its own.
    pub fn begin_output(&self) -> Writing {
        self.has_written.set(true);
        document::begin_output()
    }

    /// Whether anything was written to standard output.
    pub fn has_written(&self) -> bool {
        self.has_written.get()
    }

    /// Text from a file for standard output: unchanged for a pipe, without control characters for a terminal.
    pub fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.out_is_terminal { harmless(text) } else { Cow::Borrowed(text) }
    }

    /// Prints an error, its causes and its help.
    pub fn failure(&self, failure: &Failure) {
        if failure.exit() == Exit::Success || failure.code() == Code::Interrupted {
            return;
        }
        let style = self.err_style().red().bold();
        let lines = self.lines_of(&style, "error", failure.chain(), failure.notes(), failure.help());
        lines.iter().for_each(print);
    }

    /// Prints an error that doesn't stop the command, as a warning.
    pub fn problem(&self, problem: &impl Explain) {
        let chain = failure::chain(problem).into_iter();
        let (style, help) = (self.err_style().yellow().bold(), problem.help());
        self.lines_of(&style, "warning", chain, &problem.notes(), help.as_ref()).iter().for_each(print);
    }

    fn lines_of(
        &self,
        style: &Style,
        label: &str,
        mut chain: impl Iterator<Item = String>,
        notes: &[String],
        help: Option<&Hint>,
    ) -> Vec<String> {
        let mut lines = vec![labeled(style, label, chain.next().unwrap_or_default())];
        lines.extend(chain.map(|cause| format!("  caused by: {}", foreign(&cause))));
        lines.extend(notes.iter().map(|note| format!("  {}", foreign(note))));
        lines.extend(help.map(|help| labeled(&self.help_style(), "help", help)));
        lines
    }

    /// Warns of something that may be a mistake.
    pub fn warning(&self, text: impl Display) {
        print(labeled(&self.err_style().yellow().bold(), "warning", text));
    }

    /// Prints what the user can do.
    pub fn help(&self, hint: impl Display) {
        print(labeled(&self.help_style(), "help", hint));
    }

    /// Prints what was done.
    pub fn note(&self, text: impl Display) {
        print(foreign(&text.to_string()));
    }

    /// Prints what was done, perhaps in thousands of places.
    pub fn notes<T: Display>(&self, texts: impl Iterator<Item = T>) {
        print_all(texts.map(|text| foreign(&text.to_string())));
    }

    /// Prints an address to be opened. A part of it may be in a secret, too, such as a client's ID, and must not be masked.
    pub fn address(&self, address: &str) {
        print(one_line(address));
    }

    fn help_style(&self) -> Style {
        self.err_style().cyan().bold()
    }

    fn err_style(&self) -> Style {
        Style::new().force_styling(self.err_colored)
    }
}

/// The printed lines of an error, without color.
#[cfg(test)]
pub(crate) fn plain_lines(failure: &Failure) -> Vec<String> {
    let ui = Ui::default();
    ui.lines_of(&ui.err_style(), "error", failure.chain(), failure.notes(), failure.help())
}
