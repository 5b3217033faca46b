//! Shows on a terminal what the program is waiting for.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use console::{Term, measure_text_width};

use super::interrupt::{Undo, handle_unless_ignored};
use super::text::{fitting, one_line};
use crate::secret::redacted;

/// How long a wait may take before it is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on the terminal that appears when a wait takes long, and disappears at its end. Meanwhile Ctrl-C ends the
/// program.
pub struct Wait(Option<(Sender<()>, JoinHandle<()>)>);

impl Wait {
    pub fn new(what: &str) -> Wait {
        handle_unless_ignored();
        if !io::stderr().is_terminal() {
            return Wait(None);
        }
        let (over, ended) = mpsc::channel();
        let line = one_line(&redacted(&format!("waiting for {what} …"))).into_owned();
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                // A line that wraps could not be erased, nor one to which the terminal adds `^C`.
                let columns = usize::from(Term::stderr().size().1).saturating_sub(3);
                let line = fitting(&line, columns);
                let width = measure_text_width(&line) + 2;
                let _ = io::stderr().write_all(format!("\r{line}").as_bytes());
                let undo = Undo::new(move || take_away(width));
                let _ = ended.recv();
                drop(undo);
                take_away(width);
            }
        });
        Wait(Some((over, thread)))
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some((over, thread)) = self.0.take() {
            drop(over);
            let _ = thread.join();
        }
    }
}

/// Writes blanks over the line, which every terminal can.
fn take_away(width: usize) {
    let _ = io::stderr().write_all(format!("\r{:width$}\r", "").as_bytes());
}
