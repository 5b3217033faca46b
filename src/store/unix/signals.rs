//! Signals wait while files take each other's place.

use nix::sys::signal::{SigSet, SigmaskHow, Signal};
#[cfg(target_os = "linux")]
use nix::sys::signalfd::{SfdFlags, SignalFd};

/// The signals that end or stop a program, except those that nothing can hold back.
const HELD: [Signal; 5] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM, Signal::SIGTSTP];

/// Those that end a program.
const ENDING: [Signal; 4] = [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTERM];

/// Until it is dropped, these signals wait for this thread. Then they do what they would have done.
pub struct Calm(SigSet);

impl Calm {
    /// `None` if the system refuses: then a signal may leave an edit to be completed by the next one.
    pub fn new() -> Option<Calm> {
        let held: SigSet = HELD.into_iter().collect();
        held.thread_swap_mask(SigmaskHow::SIG_BLOCK).ok().map(Calm)
    }

    /// Forgets the signals that wait to end the program, whose work is done: it goes on to its end, and says what it did. Around
    /// several edits only the outer one forgets them.
    pub fn forget(&self) {
        let is_inner = ENDING.iter().all(|signal| self.0.contains(*signal));
        if !is_inner {
            forget_waiting();
        }
    }
}

impl Drop for Calm {
    fn drop(&mut self) {
        let _ = self.0.thread_set_mask();
    }
}

/// Takes the signals that wait to end the program. It waits for none: another thread may have taken one meanwhile.
#[cfg(target_os = "linux")]
fn forget_waiting() {
    let ending: SigSet = ENDING.into_iter().collect();
    if let Ok(waiting) = SignalFd::with_flags(&ending, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC) {
        while let Ok(Some(_)) = waiting.read_signal() {}
    }
}

/// Elsewhere they can't be taken without a wait, and end the program.
#[cfg(not(target_os = "linux"))]
fn forget_waiting() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use nix::sys::signal::raise;

    use super::*;

    /// Whether a signal waits for this thread.
    fn is_waiting(signal: Signal) -> bool {
        let status = fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
        let masks = status.lines().filter_map(|line| {
            let mask = line.strip_prefix("SigPnd:").or_else(|| line.strip_prefix("ShdPnd:"))?;
            u64::from_str_radix(mask.trim(), 16).ok()
        });
        masks.fold(0, |all, mask| all | mask) >> (signal as i32 - 1) & 1 == 1
    }

    #[test]
    fn only_the_outer_one_forgets_the_signals_that_came() {
        // On a thread of its own, whose mask ends with it.
        let outcome = std::thread::spawn(|| {
            let outer = Calm::new().unwrap();
            let inner = Calm::new().unwrap();
            // To this thread alone.
            for signal in ENDING {
                raise(signal).unwrap();
            }
            inner.forget();
            drop(inner);
            let waited = ENDING.map(is_waiting);
            outer.forget();
            (waited, ENDING.map(is_waiting))
        });
        assert_eq!(outcome.join().unwrap(), ([true; 4], [false; 4]));
    }
}
