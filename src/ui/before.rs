//! The terminal as it was before a dialogue.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use console::{Key, Term};

use super::sequence::{GAP, completed};
use crate::ui::system::{Terminal, flag_interruptions, on_job_control};

/// The line that an interruption leaves where a command has changed nothing yet.
pub const UNCHANGED: &str = "canceled; nothing was changed";

/// The terminal's state before a dialogue. It is static because Ctrl-C is handled on another thread.
static BEFORE: Mutex<Option<Before>> = Mutex::new(None);

/// Whether the terminal is being restored because of an interruption.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// Whether a signal that ends a dialogue has arrived. It is set before the thread that handles the signal runs.
static HAS_SIGNAL: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether the program was stopped meanwhile: the shell has written to the terminal.
static HAS_CONTINUED: AtomicBool = AtomicBool::new(false);

/// Whether the thread that handles stops waits for the terminal.
static IS_AWAITED: AtomicBool = AtomicBool::new(false);

/// How long the terminal is looked at in one go. Meanwhile Ctrl-C can't restore it.
const GLANCE: Duration = Duration::from_millis(100);

pub(super) struct Before {
    pub(super) terminal: Terminal,
    /// Whether a list is drawn below the cursor.
    pub(super) draws_below: bool,
    /// The last line on the terminal after an interruption.
    pub(super) farewell: &'static str,
}

/// Gives the terminal to the shell as it was.
fn stopping() {
    if let Some(before) = before_at_once().as_ref() {
        before.terminal.unsilence();
    }
}

/// The shell may have changed the modes, and has if the program could not be asked before it was stopped.
fn continued() {
    if let Some(before) = before_at_once().as_ref() {
        // If the terminal is closed, no key will come either.
        let _ = before.terminal.silence();
        HAS_CONTINUED.store(true, Ordering::SeqCst);
    }
}

/// Notices interruptions and stops from here on. Their handlers must be there already: later ones would replace this.
pub(super) fn notice_interruptions() -> io::Result<()> {
    let mut noticed = Ok(());
    HAS_SIGNAL.get_or_init(|| {
        let has_signal = Arc::default();
        noticed = flag_interruptions(&has_signal).and_then(|()| on_job_control(stopping, continued));
        has_signal
    });
    noticed
}

pub(super) fn before() -> MutexGuard<'static, Option<Before>> {
    BEFORE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The state for the thread that handles stops. A loop that looks for keys could take the lock first again and again.
fn before_at_once() -> MutexGuard<'static, Option<Before>> {
    IS_AWAITED.store(true, Ordering::SeqCst);
    let before = before();
    IS_AWAITED.store(false, Ordering::SeqCst);
    before
}

/// The state for a loop that looks for keys.
fn before_after_others() -> MutexGuard<'static, Option<Before>> {
    while IS_AWAITED.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(1));
    }
    before()
}

/// Whether Ctrl-C restores the terminal, or waits for its lock, which a loop that looks for keys must then leave free.
fn is_ending() -> bool {
    let is_set = |flag: &AtomicBool| flag.load(Ordering::SeqCst);
    is_set(&IS_ENDING) || HAS_SIGNAL.get().is_some_and(|flag| is_set(flag))
}

/// Whether there are keys that are not read yet, or will be within this time. It waits no longer than a glance.
pub(super) fn has_more(patience: Duration) -> bool {
    !is_ending()
        && before_after_others().as_ref().is_some_and(|before| before.terminal.has_more(patience.min(GLANCE)))
}

/// Forgets what was typed or pasted so far, to the end of a paste.
pub(super) fn forget_keys(patience: Duration) {
    while has_more(patience) {
        if let Some(before) = before_after_others().as_ref() {
            before.terminal.forget_keys();
        }
    }
}

pub(super) fn draws_below(draws: bool) {
    if let Some(before) = before().as_mut() {
        before.draws_below = draws;
    }
}

/// The farewell may say that nothing was changed, and something was.
pub(super) fn forget_farewell() {
    if let Some(before) = before().as_mut() {
        before.farewell = "";
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

/// Reads a key; [`Key::Unknown`] where the question has to be drawn again. The terminal is held only while one is there: `Term`
/// changes its modes and changes them back, and Ctrl-C must not restore them in between.
pub(super) fn next_key(term: &Term) -> io::Result<Key> {
    loop {
        let before = before_after_others();
        // With the lock: once the terminal is restored, it stays so.
        if is_ending() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if HAS_CONTINUED.swap(false, Ordering::SeqCst) {
            return Ok(Key::Unknown);
        }
        if before.as_ref().is_none_or(|before| before.terminal.has_more(GLANCE)) {
            let has_more = || before.as_ref().is_some_and(|before| before.terminal.has_more(GAP));
            let follows = || has_more().then(|| term.read_key()).transpose();
            let key = term.read_key().and_then(|key| completed(key, follows));
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
        if has_more(left) || is_ending() || HAS_CONTINUED.load(Ordering::SeqCst) {
            return true;
        }
        if left.is_zero() {
            return false;
        }
    }
}
