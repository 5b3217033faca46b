//! The terminal as it was before a dialogue.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::ui::system::Terminal;

/// The terminal's state before a dialogue. It is static because Ctrl-C is handled on another thread.
static BEFORE: Mutex<Option<Before>> = Mutex::new(None);

/// How long the terminal is looked at in one go. Meanwhile Ctrl-C can't restore it.
pub(super) const GLANCE: Duration = Duration::from_millis(100);

pub(super) struct Before {
    pub(super) terminal: Terminal,
    /// Whether a list is drawn below the cursor.
    pub(super) draws_below: bool,
    /// The last line on the terminal after an interruption.
    pub(super) farewell: &'static str,
}

pub(super) fn before() -> MutexGuard<'static, Option<Before>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn has_more(patience: Duration) -> bool {
    before().as_ref().is_some_and(|before| before.terminal.has_more(patience))
}

/// Forgets what was typed or pasted so far, to the end of a paste.
pub(super) fn forget_keys(patience: Duration) {
    if let Some(before) = before().as_ref() {
        while before.terminal.has_more(patience) {
            before.terminal.forget_keys();
        }
    }
}

pub(super) fn draws_below(draws: bool) {
    if let Some(before) = before().as_mut() {
        before.draws_below = draws;
    }
}

/// Restores the terminal. After an interruption the cursor may be in the middle of a line.
pub(super) fn restore(interrupted: bool) {
    if let Some(before) = before().take() {
        let erase = if before.draws_below { "\r\u{1b}[J" } else { "" };
        let end = match before.farewell {
            _ if !interrupted => String::new(),
            "" => "\r\n".to_owned(),
            farewell => format!("\r\n{farewell}\r\n"),
        };
        before.terminal.restore(&format!("{erase}{end}"));
    }
}

/// Waits for a key; an error of the kind `TimedOut` if none comes within this time.
pub(super) fn await_key(patience: Duration) -> io::Result<()> {
    let start = Instant::now();
    loop {
        let left = patience.saturating_sub(start.elapsed());
        if has_more(left.min(GLANCE)) {
            return Ok(());
        }
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
    }
}
