//! Lines on standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

use console::{Style, Term};

use super::text::foreign;
use super::wrap;

/// A text that begins with what it is.
pub(super) fn labelled(style: &Style, label: &str, text: impl Display) -> String {
    format!("{} {}", style.apply_to(format_args!("{label}:")), foreign(&text.to_string()))
}

/// One write for each line, so that lines of several processes don't mix. It isn't an error if standard error is
/// closed.
pub(super) fn print(text: impl Display) {
    let text = text.to_string();
    let text = match columns(&Term::stderr()) {
        Some(columns) => wrap::wrapped(&text, columns),
        None => text,
    };
    let _ = io::stderr().write_all(format!("{text}\n").as_bytes());
}

/// The width of a terminal; `None` for a file or a pipe.
pub(super) fn columns(term: &Term) -> Option<usize> {
    term.size_checked().map(|(_, columns)| columns.into())
}
