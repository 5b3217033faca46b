//! The document that a program gets if a signal ends this one before it has printed another.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::system;

/// Whether a program awaits a document.
static IS_AWAITED: AtomicBool = AtomicBool::new(false);

/// The document of an interruption. Locked while standard output is written.
static DOCUMENT: Mutex<Option<String>> = Mutex::new(None);

/// How long the end waits for a document that is being written. It may have no reader.
const PATIENCE: Duration = Duration::from_millis(200);

/// Standard output while it is written: a signal adds nothing to it.
pub struct Writing(
    #[expect(dead_code, reason = "held until it is dropped")] MutexGuard<'static, Option<String>>,
);

/// Has the document printed if a signal ends the program before anything is written to standard output.
pub(super) fn set_pending(document: String) {
    IS_AWAITED.store(true, Ordering::SeqCst);
    *locked() = Some(document);
}

/// Whether a program awaits a document.
pub(super) fn is_awaited() -> bool {
    IS_AWAITED.load(Ordering::SeqCst)
}

/// From here on standard output has something else than the document of an interruption. Doesn't return if a signal is
/// printing that one.
pub(super) fn begin_output() -> Writing {
    let mut pending = locked();
    pending.take();
    Writing(pending)
}

/// Prints the document of an interruption, unless another one was written, or is written meanwhile. Nothing is written to
/// standard output as long as the result is held.
#[must_use]
pub(super) fn print_pending() -> Option<Writing> {
    if !is_awaited() {
        return None;
    }
    let start = Instant::now();
    let mut pending = loop {
        match DOCUMENT.try_lock() {
            Ok(pending) => break pending,
            Err(TryLockError::Poisoned(poisoned)) => break poisoned.into_inner(),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(1));
            }
            Err(TryLockError::WouldBlock) => return None,
        }
    };
    if let (Some(document), Ok(mut output)) = (pending.take(), system::standard_output()) {
        // A pipe may be full and never be read: the end doesn't wait for that.
        let (written, end) = mpsc::channel();
        thread::spawn(move || {
            let _ = output.write_all(document.as_bytes());
            written.send(())
        });
        let _ = end.recv_timeout(PATIENCE);
    }
    Some(Writing(pending))
}

fn locked() -> MutexGuard<'static, Option<String>> {
    DOCUMENT.lock().unwrap_or_else(PoisonError::into_inner)
}
