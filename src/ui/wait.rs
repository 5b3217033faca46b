//! Shows on a terminal what the program is waiting for.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use console::measure_text_width;

use super::interrupt::{Undo, handle_unless_ignored};
use super::lent::terminal_is_lent;
use super::streams;
use super::text::{fitting, one_line};
use crate::secret::redacted;

/// How long a wait may take before it is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on the terminal that appears when a wait takes long, and disappears at its end. Meanwhile Ctrl-C ends the
/// program.
pub struct Wait(Option<(Sender<()>, JoinHandle<()>)>);

impl Wait {
    pub fn new(what: &str) -> Wait {
        let what = what.to_owned();
        Wait::changing(move || what.clone())
    }

    /// A wait for something whose text changes meanwhile, such as a count.
    pub fn changing(what: impl Fn() -> String + Send + 'static) -> Wait {
        handle_unless_ignored();
        if terminal_is_lent() || !streams::err().is_terminal() {
            return Wait(None);
        }
        let (over, ended) = mpsc::channel();
        let show = move || {
            let mut shown: Option<Shown> = None;
            while ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                let line = one_line(&redacted(&format!("waiting for {} …", what()))).into_owned();
                if shown.as_ref().is_none_or(|shown| shown.line != line) {
                    drop(shown.take());
                    shown = Some(Shown::of(line));
                }
            }
        };
        // Where no thread can be created, there is no line.
        Wait(Builder::new().spawn(show).ok().map(|thread| (over, thread)))
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

/// A line that is on the terminal until this is dropped.
struct Shown {
    line: String,
    width: usize,
    _undo: Undo,
}

impl Shown {
    fn of(line: String) -> Shown {
        // A line that wraps could not be erased, nor one to which the terminal adds `^C`.
        let columns = streams::err_columns().unwrap_or(80).saturating_sub(3);
        let fitted = fitting(&line, columns);
        let width = measure_text_width(&fitted) + 2;
        let _ = streams::err().write_all(format!("\r{fitted}").as_bytes());
        Shown { line, width, _undo: Undo::new(move || take_away(width)) }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        take_away(self.width);
    }
}

/// Writes blanks over the line, which every terminal can.
fn take_away(width: usize) {
    let _ = streams::err().write_all(format!("\r{:width$}\r", "").as_bytes());
}
