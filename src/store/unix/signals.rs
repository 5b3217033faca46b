//! Signals wait while files take each other's place.

use nix::sys::signal::{SigSet, SigmaskHow, Signal};

/// The signals that end or stop a program, except those that nothing can hold back.
const HELD: [Signal; 5] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM, Signal::SIGTSTP];

/// Until it is dropped, these signals wait for this thread. Then they do what they would have done.
pub struct Calm(SigSet);

impl Calm {
    /// `None` if the system refuses: then a signal may leave an edit to be completed by the next one.
    pub fn new() -> Option<Calm> {
        let held: SigSet = HELD.into_iter().collect();
        held.thread_swap_mask(SigmaskHow::SIG_BLOCK).ok().map(Calm)
    }
}

impl Drop for Calm {
    fn drop(&mut self) {
        let _ = self.0.thread_set_mask();
    }
}
