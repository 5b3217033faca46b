//! Where a key is besides IAM. A key in a journal is in use, and its secret may be nowhere else.

use std::path::PathBuf;

use super::entry::{Creation, Entry, Record};
use super::error::Error;
use super::journal::Journal;
use super::unfinished::Unfinished;
use crate::profile::{Files, KeyFiles};
use crate::world::World;

/// What is unfinished and has the key `id` in its journal.
///
/// # Errors
/// No journal has it, and one that can't be used might.
pub fn holding(world: &World, files: &Files, id: &str) -> Result<Option<Unfinished>, Error> {
    of_key(world, id, |journal| reported(journal, files), |journal| reported(journal, files))
}

/// The unfinished creation for a user whose key may exist, its secret being lost.
pub fn lost_of(world: &World, files: &Files, account: &str, user: &str) -> Option<Unfinished> {
    let is_it = |entry: &Creation| {
        entry.new.is_none() && entry.account == account && entry.user.as_deref() == Some(user)
    };
    Some(reported(found(world, is_it).ok()??, files))
}

/// Where a key is in use: in which of the files, or in the environment.
pub fn place_of(id: &str, files: &KeyFiles, world: &World) -> Option<String> {
    let held = files.holders(id).first().map(|holder| holder.place.to_string());
    let place = held.or_else(|| files.mentions(id).first().map(ToString::to_string));
    let is_set = world.non_empty("AWS_ACCESS_KEY_ID") == Some(id);
    place.or_else(|| is_set.then(|| "the variable AWS_ACCESS_KEY_ID".to_owned()))
}

/// The journal that has the key `id`. Errors as of [`holding`].
pub(super) fn path_of(world: &World, id: &str) -> Result<Option<PathBuf>, Error> {
    of_key(world, id, |journal| journal.path, |journal| journal.path)
}

fn of_key<T>(
    world: &World,
    id: &str,
    rotation: impl Fn(Journal<Entry>) -> T,
    creation: impl Fn(Journal<Creation>) -> T,
) -> Result<Option<T>, Error> {
    if let Some(journal) = found(world, |entry: &Entry| entry.holds(id))? {
        return Ok(Some(rotation(journal)));
    }
    if let Some(journal) = found(world, |entry: &Creation| entry.holds(id))? {
        return Ok(Some(creation(journal)));
    }
    require_usable(world)?;
    Ok(None)
}

fn found<R: Record>(world: &World, is_it: impl Fn(&R) -> bool) -> Result<Option<Journal<R>>, Error> {
    Ok(Journal::usable(world)?.into_iter().find(|journal| is_it(&journal.entry)))
}

fn reported<R: Record>(mut journal: Journal<R>, files: &Files) -> Unfinished {
    let again = journal.meet(files, None);
    journal.report(again)
}

/// An error if a journal can't be used. Without a home there are none.
fn require_usable(world: &World) -> Result<(), Error> {
    let rotations = Journal::<Entry>::all(world).map(drop);
    match rotations.and_then(|()| Journal::<Creation>::all(world).map(drop)) {
        Err(Error::NoHome) => Ok(()),
        all => all,
    }
}
