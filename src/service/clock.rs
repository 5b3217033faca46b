//! Time and randomness, so that tests can fix them.

use std::time::Duration;

use jiff::Timestamp;

use crate::world::World;

/// Several threads may share it.
pub trait Clock: Sync {
    fn now(&self) -> Timestamp;

    fn sleep(&self, duration: Duration);

    /// A number from 0 up to, but not including, 1.
    fn chance(&self) -> f64;
}

impl Clock for World {
    fn now(&self) -> Timestamp {
        World::now(self)
    }

    fn sleep(&self, duration: Duration) {
        World::sleep(self, duration);
    }

    fn chance(&self) -> f64 {
        World::chance(self)
    }
}
