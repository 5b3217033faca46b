//! How the time of something grows with its input, for tests. It is compared only with itself: the machine may be busy.

use std::time::Instant;

/// The smaller of the two sizes.
const SIZE: usize = 500;

/// How often another process may disturb the comparison.
const TRIES: usize = 5;

/// Refuses what takes far more than four times as long for an input of four times the size: what grows with the square
/// takes sixteen times as long. `prepare` makes the input, and returns what is measured.
pub(crate) fn assert_linear<R: FnMut()>(prepare: impl Fn(usize) -> R) {
    let mut sizes = [prepare(SIZE), prepare(4 * SIZE)];
    let factors = (0..TRIES).map(|_| {
        let [small, large] = sizes.each_mut().map(|run| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        });
        large / small
    });
    let factors: Vec<f64> = factors.collect();
    assert!(
        factors.iter().any(|factor| *factor < 9.0),
        "four times the input takes {factors:.1?} times as long"
    );
}
