//! The terminal as it was before a dialogue.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use console::{Key, Term};

use crate::ui::system::{Terminal, flag_interruptions};

/// The terminal's state before a dialogue. It is static because Ctrl-C is handled on another thread.
static BEFORE: Mutex<Option<Before>> = Mutex::new(None);

/// Whether there was an interruption. It is set as soon as the signal arrives.
static IS_ENDING: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
    let is_ending = Arc::default();
    // Without it, an interruption is noticed when its thread runs.
    let _ = flag_interruptions(&is_ending);
    is_ending
});

/// How long the terminal is looked at in one go. Meanwhile Ctrl-C can't restore it.
const GLANCE: Duration = Duration::from_millis(100);

pub(super) struct Before {
    pub(super) terminal: Terminal,
    /// Whether a list is drawn below the cursor.
    pub(super) draws_below: bool,
    /// The last line on the terminal after an interruption.
    pub(super) farewell: &'static str,
}

/// Notices interruptions from here on. Their handlers must be there already: later ones would replace it.
pub(super) fn notice_interruptions() {
    LazyLock::force(&IS_ENDING);
}

pub(super) fn before() -> MutexGuard<'static, Option<Before>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether Ctrl-C restores the terminal, or waits for its lock, which a loop that looks for keys must then leave free.
fn is_ending() -> bool {
    IS_ENDING.load(Ordering::SeqCst)
}

/// Whether there are keys that are not read yet, or will be within this time. It waits no longer than a glance.
pub(super) fn has_more(patience: Duration) -> bool {
    !is_ending() && before().as_ref().is_some_and(|before| before.terminal.has_more(patience.min(GLANCE)))
}

/// Forgets what was typed or pasted so far, to the end of a paste.
pub(super) fn forget_keys(patience: Duration) {
    while has_more(patience) {
        if let Some(before) = before().as_ref() {
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
    IS_ENDING.fetch_or(interrupted, Ordering::SeqCst);
    if let Some(before) = before().take() {
        if interrupted {
            // They may be a part of a secret, and would be typed into the shell.
            before.terminal.forget_keys();
        }
        let erase = if before.draws_below { "\r\u{1b}[J" } else { "" };
        let end = match before.farewell {
            _ if !interrupted => String::new(),
            "" => "\r\n".to_owned(),
            farewell => format!("\r\n{farewell}\r\n"),
        };
        before.terminal.restore(&format!("{erase}{end}"));
    }
}

/// Reads a key. The terminal is held only while one is there: `Term` changes its modes and changes them back, and Ctrl-C
/// must not restore them in between.
pub(super) fn next_key(term: &Term) -> io::Result<Key> {
    loop {
        let before = before();
        // With the lock: once the terminal is restored, it stays so.
        if is_ending() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if before.as_ref().is_none_or(|before| before.terminal.has_more(GLANCE)) {
            let key = term.read_key();
            // Enter after Ctrl-C confirms nothing.
            return if is_ending() { Err(io::ErrorKind::Interrupted.into()) } else { key };
        }
    }
}

/// Waits for a key, and returns whether one comes within this time. An interruption is left to [`next_key`].
pub(super) fn await_key(patience: Duration) -> bool {
    let start = Instant::now();
    loop {
        let left = patience.saturating_sub(start.elapsed());
        if has_more(left) || is_ending() {
            return true;
        }
        if left.is_zero() {
            return false;
        }
    }
}
