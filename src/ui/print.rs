//! Lines on standard error.

use std::fmt::Display;
use std::io::Write as _;

use console::Style;

use super::text::foreign;
use super::{streams, wrap};

/// A text behind its label, such as `error:`.
pub(super) fn labeled(style: &Style, label: &str, text: impl Display) -> String {
    format!("{} {}", style.apply_to(format_args!("{label}:")), foreign(&text.to_string()))
}

/// One write for each line, so that lines of several processes don't mix. It isn't an error if standard error is
/// closed.
pub(super) fn print(text: impl Display) {
    let text = text.to_string();
    let text = match streams::err_columns() {
        Some(columns) => wrap::wrapped(&text, columns),
        None => text,
    };
    let _ = streams::err().write_all(format!("{text}\n").as_bytes());
}

/// Prints each text as [`print`] does, but many at once. A pipe takes so many bytes in one piece, so these lines don't mix
/// with those of other processes, either.
pub(super) fn print_all(texts: impl Iterator<Item = String>) {
    const AT_ONCE: usize = 4096;
    let columns = streams::err_columns();
    let mut lines = String::new();
    for text in texts {
        let text = match columns {
            Some(columns) => wrap::wrapped(&text, columns),
            None => text,
        };
        if !lines.is_empty() && lines.len() + text.len() >= AT_ONCE {
            let _ = streams::err().write_all(lines.as_bytes());
            lines.clear();
        }
        lines.push_str(&text);
        lines.push('\n');
    }
    let _ = streams::err().write_all(lines.as_bytes());
}
