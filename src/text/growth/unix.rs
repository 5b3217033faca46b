//! The clock of a thread.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// For how long this thread has computed, in seconds.
pub(super) fn computed() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a time").as_secs_f64()
}
