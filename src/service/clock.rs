//! Time and chance, so that tests can hold them still.

use std::time::Duration;

use jiff::Timestamp;

use crate::world::World;

/// What requests need of the world around them.
pub trait Clock {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits.
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
