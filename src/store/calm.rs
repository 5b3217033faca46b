//! The time in which an edit must not be interrupted: from the first name in the folder to the last that is synced. A process
//! that is killed meanwhile leaves an edit that the next one completes, but until then half of it is in place.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use super::system;

static BUSY: Mutex<()> = Mutex::new(());

/// Held around several edits, and taken before [`BUSY`].
static TOGETHER: Mutex<()> = Mutex::new(());

thread_local! {
    static SERIES: RefCell<Series> = const { RefCell::new(Series::None) };
}

/// The edits of a thread that belong together.
#[derive(Default)]
enum Series {
    #[default]
    None,
    /// None of them is saved: a signal ends the program, and nothing is written.
    Open,
    /// The first is saved, and the others have to follow.
    Begun(Held),
}

/// Signals wait until this is dropped, as they do for one edit.
struct Held {
    // Dropped in this order.
    _together: MutexGuard<'static, ()>,
    signals: Option<system::Calm>,
}

/// Signals wait until this is dropped: those of the thread itself, and those that another thread handles, which calls
/// [`wait_for_saves`].
pub(super) struct Calm {
    // Dropped in this order.
    busy: MutexGuard<'static, ()>,
    signals: Option<system::Calm>,
    /// For the first of several edits, which goes on holding signals back when it is saved.
    held: Option<Held>,
}

impl Calm {
    pub(super) fn new() -> Calm {
        let held = SERIES.with_borrow(|series| matches!(series, Series::Open).then(Held::new));
        let signals = system::Calm::new();
        Calm { busy: BUSY.lock().unwrap_or_else(PoisonError::into_inner), signals, held }
    }

    /// Ends it after everything was saved: a signal that came meanwhile must not end the program without a word.
    pub(super) fn saved(self) {
        let Calm { busy, signals, held } = self;
        signals.iter().for_each(system::Calm::forget);
        if let Some(held) = held {
            SERIES.set(Series::Begun(held));
        }
        drop(busy);
        drop(signals);
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

/// Several edits of this thread that belong together: from the first that is saved on, signals wait until this is dropped.
/// Before, such as while a lock is waited for, they end the program. Not within another one.
///
/// It stays on its thread, hence the pointer.
pub struct Together(PhantomData<*const ()>);

impl Together {
    pub fn new() -> Together {
        SERIES.set(Series::Open);
        Together(PhantomData)
    }

    /// Ends it after everything was saved: signals that came meanwhile are forgotten.
    pub fn saved(self) {
        if let Series::Begun(held) = SERIES.take() {
            held.signals.iter().for_each(system::Calm::forget);
        }
        drop(self);
    }
}

impl Drop for Together {
    fn drop(&mut self) {
        SERIES.take();
    }
}

impl Held {
    fn new() -> Held {
        let signals = system::Calm::new();
        Held { _together: TOGETHER.lock().unwrap_or_else(PoisonError::into_inner), signals }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_handles_a_signal_waits_for_edits_that_belong_together_as_soon_as_one_is_saved() {
        let together = Together::new();
        // An edit that isn't saved.
        drop(Calm::new());
        let handle = || {
            let (ended, waiting) = mpsc::channel();
            (thread::spawn(move || ended.send(wait_for_saves().1)), waiting)
        };
        let (handler, waiting) = handle();
        assert!(waiting.recv_timeout(Duration::from_secs(20)).is_ok());
        handler.join().unwrap().unwrap();
        Calm::new().saved();
        let (handler, waiting) = handle();
        // The first edit is over, the second not begun.
        assert!(waiting.recv_timeout(Duration::from_millis(50)).is_err());
        together.saved();
        assert_eq!(waiting.recv(), Ok(true));
        handler.join().unwrap().unwrap();
    }
}
