//! The time in which an edit must not be interrupted: from the first name in the folder to the last that is synced. A process
//! that is killed meanwhile leaves an edit that the next one completes, but until then half of it is in place.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use super::system;

static BUSY: Mutex<()> = Mutex::new(());

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
    match BUSY.try_lock() {
        Ok(free) => (free, false),
        Err(TryLockError::Poisoned(free)) => (free.into_inner(), false),
        Err(TryLockError::WouldBlock) => (BUSY.lock().unwrap_or_else(PoisonError::into_inner), true),
    }
}

/// Several edits that belong together: until this is dropped, signals wait for this thread.
pub struct Together(Option<system::Calm>);

impl Together {
    pub fn new() -> Together {
        Together(system::Calm::new())
    }

    /// Ends it after everything was saved: signals that came meanwhile are forgotten.
    pub fn saved(self) {
        self.0.iter().for_each(system::Calm::forget);
    }
}
