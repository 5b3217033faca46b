//! The folder of the journals: its lock, and what a killed process left there.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;
use crate::store::{self, Held, Problem};
use crate::world::World;

/// How long to wait for another command that manages keys.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Locks out other rotations and creations in this home folder. Waits for `patience`.
pub fn hold(world: &World, patience: Duration) -> Result<Held, Error> {
    let folder = folder(world)?;
    let held = wait_for(&folder.join("lock"), world, patience)?;
    for path in store::list(&folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some((journal, _)) = name.strip_prefix('.').and_then(|name| name.split_once(".xcred-")) {
            // From a process that was killed while it saved: any edit completes or discards it.
            store::edit(&[&folder.join(journal)], |_| Ok::<_, Error>(()))?;
        }
    }
    Ok(held)
}

/// Whether a rotation or creation is at work.
pub(super) fn is_held(world: &World) -> bool {
    folder(world).is_ok_and(|folder| store::is_held(&folder.join("lock")))
}

fn wait_for(path: &Path, world: &World, patience: Duration) -> Result<Held, Error> {
    let step = Duration::from_millis(100);
    let mut left = patience;
    loop {
        match store::hold(path) {
            Err(Problem::Held { .. }) if !left.is_zero() => world.sleep(step.min(left)),
            outcome => return Ok(outcome?),
        }
        left = left.saturating_sub(step);
    }
}

pub(super) fn folder(world: &World) -> Result<PathBuf, Error> {
    world.state_folder().map(|folder| folder.join("rotations")).ok_or(Error::NoHome)
}
