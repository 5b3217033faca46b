//! How the time of something grows with its input, for tests. It is compared only with itself: the machine may be busy.

use std::time::Instant;

/// The smaller of the two sizes.
const SIZE: usize = 500;

/// How often each is measured: the shortest time is the one that other processes disturbed least.
const TRIES: usize = 5;

/// Refuses what takes far more than four times as long for an input of four times the size: what grows with the square
/// takes sixteen times as long. `prepare` makes the input, and returns what is measured.
pub(crate) fn assert_linear<R: FnMut()>(prepare: impl Fn(usize) -> R) {
    let mut sizes = [prepare(SIZE), prepare(4 * SIZE)];
    let shortest = |run: &mut R| {
        let times = (0..TRIES).map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        });
        times.min().unwrap_or_default().as_secs_f64()
    };
    let [small, large] = sizes.each_mut().map(shortest);
    let factor = large / small;
    assert!(factor < 9.0, "four times the input takes {factor:.1} times as long");
}
