//! The journals as holders of keys: a key in one of them is in use, and its secret may be nowhere else.

use std::path::PathBuf;

use super::entry::{Creation, Entry, Record};
use super::journal::Journal;
use super::unfinished::Unfinished;
use crate::profile::Files;
use crate::world::World;

/// What is unfinished and has the key `id` in its journal. Nothing is known of a journal that can't be used.
pub fn holding(world: &World, files: &Files, id: &str) -> Option<Unfinished> {
    found::<Entry>(world, files, &|entry| entry.holds(id))
        .or_else(|| found::<Creation>(world, files, &|entry| entry.holds(id)))
}

/// The unfinished creation for a user whose key may exist, its secret being lost.
pub fn lost_of(world: &World, files: &Files, account: &str, user: &str) -> Option<Unfinished> {
    found::<Creation>(world, files, &|entry| {
        entry.new.is_none() && entry.account == account && entry.user.as_deref() == Some(user)
    })
}

/// The journal that has the key `id`.
pub(super) fn path_of(world: &World, id: &str) -> Option<PathBuf> {
    let rotations = usable::<Entry>(world).into_iter().map(|journal| (journal.entry.holds(id), journal.path));
    let creations =
        usable::<Creation>(world).into_iter().map(|journal| (journal.entry.holds(id), journal.path));
    rotations.chain(creations).find_map(|(holds, path)| holds.then_some(path))
}

fn found<R: Record>(world: &World, files: &Files, is_it: &dyn Fn(&R) -> bool) -> Option<Unfinished> {
    let mut journal = usable::<R>(world).into_iter().find(|journal| is_it(&journal.entry))?;
    let again = journal.meet(files, None);
    Some(journal.report(again))
}

fn usable<R: Record>(world: &World) -> Vec<Journal<R>> {
    Journal::each(world).unwrap_or_default().into_iter().flatten().collect()
}
