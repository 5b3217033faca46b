//! The time in which an edit must not be interrupted: from the first name in the folder to the last that is synced. A process
//! that is killed meanwhile leaves an edit that the next one completes, but until then half of it is in place.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use super::system;

static BUSY: Mutex<()> = Mutex::new(());

/// Held around several edits, and taken before [`BUSY`].
static TOGETHER: Mutex<()> = Mutex::new(());

/// Signals wait until this is dropped: those of the thread itself, and those that another thread handles, which calls
/// [`wait_for_saves`].
pub(super) struct Calm {
    // Dropped in this order.
    _busy: MutexGuard<'static, ()>,
    signals: Option<system::Calm>,
}

impl Calm {
    pub(super) fn new() -> Calm {
        let signals = system::Calm::new();
        Calm { _busy: BUSY.lock().unwrap_or_else(PoisonError::into_inner), signals }
    }

    /// Ends it after everything was saved: a signal that came meanwhile must not end the program without a word.
    pub(super) fn saved(self) {
        self.signals.iter().for_each(system::Calm::forget);
    }
}

/// Waits until no edit is being saved, and keeps others from it until the result is dropped. Returns also whether it had to
/// wait: then it would be wrong to say that nothing was changed.
pub fn wait_for_saves() -> (impl Sized, bool) {
    let (together, has_waited) = taken(&TOGETHER);
    let (busy, has_waited_again) = taken(&BUSY);
    ((together, busy), has_waited || has_waited_again)
}

/// The lock, and whether it had to be waited for.
fn taken(lock: &'static Mutex<()>) -> (MutexGuard<'static, ()>, bool) {
    match lock.try_lock() {
        Ok(free) => (free, false),
        Err(TryLockError::Poisoned(free)) => (free.into_inner(), false),
        Err(TryLockError::WouldBlock) => (lock.lock().unwrap_or_else(PoisonError::into_inner), true),
    }
}

/// Several edits that belong together: signals wait until this is dropped, as they do for one edit. Not within another one.
pub struct Together {
    // Dropped in this order.
    _together: MutexGuard<'static, ()>,
    signals: Option<system::Calm>,
}

impl Together {
    pub fn new() -> Together {
        let signals = system::Calm::new();
        Together { _together: TOGETHER.lock().unwrap_or_else(PoisonError::into_inner), signals }
    }

    /// Ends it after everything was saved: signals that came meanwhile are forgotten.
    pub fn saved(self) {
        self.signals.iter().for_each(system::Calm::forget);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_handles_a_signal_waits_for_all_edits_that_belong_together() {
        let together = Together::new();
        drop(Calm::new());
        let (ended, waiting) = mpsc::channel();
        let handler = thread::spawn(move || ended.send(wait_for_saves().1));
        // The first edit is over, the second not begun.
        assert!(waiting.recv_timeout(Duration::from_millis(50)).is_err());
        together.saved();
        assert_eq!(waiting.recv(), Ok(true));
        handler.join().unwrap().unwrap();
    }
}
