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
    _signals: Option<system::Calm>,
}

impl Calm {
    pub(super) fn new() -> Calm {
        let signals = system::Calm::new();
        Calm { _busy: BUSY.lock().unwrap_or_else(PoisonError::into_inner), _signals: signals }
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
