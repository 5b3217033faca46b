//! How the work for something grows with its input, for unit tests. It is measured by the time for which the thread
//! computes, which doesn't pass while other processes do, and compared only with itself.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The smaller of the two sizes.
const SIZE: usize = 500;

/// How often each is measured: the shortest time is the one that other processes disturbed least, in the cache.
const TRIES: usize = 5;

/// Refuses what takes far more than four times the work for an input of four times the size: what grows with the square
/// takes sixteen times the work. `prepare` makes the input, and returns what is measured.
pub(crate) fn assert_linear<R: FnMut()>(prepare: impl Fn(usize) -> R) {
    let mut sizes = [prepare(SIZE), prepare(4 * SIZE)];
    let shortest = |run: &mut R| {
        let times = (0..TRIES).map(|_| {
            let start = computed();
            run();
            computed() - start
        });
        times.fold(f64::INFINITY, f64::min)
    };
    let [small, large] = sizes.each_mut().map(shortest);
    let factor = large / small;
    assert!(factor < 9.0, "four times the input takes {factor:.1} times the work");
}

/// For how long this thread has computed, in seconds.
fn computed() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a time").as_secs_f64()
}
