//! What becomes of unfinished rotations and creations of keys when their profile gets another name, or goes.

use crate::failure::Failure;
use crate::finding::Finding;
use crate::keys;
use crate::profile::Files;
use crate::store::Held;
use crate::ui::Ui;
use crate::world::World;

/// Refuses the removal of a profile that an unfinished rotation or creation needs.
pub(super) fn require_finished(profile: &str, world: &World) -> Result<(), Failure> {
    if !keys::may_be_unfinished(world) {
        return Ok(());
    }
    // A file that can't be read is the removal's own error.
    let Ok(files) = Files::load(world) else { return Ok(()) };
    Ok(keys::require_finished(world, &files, profile)?)
}

/// Locks out other work on the keys of a profile that is about to get another name.
pub(super) fn hold(profile: &str, world: &World) -> Result<Option<Held>, keys::Error> {
    keys::hold_named(world, profile)
}

/// Gives profiles their new names in the journals, after they have them in the files: each pair is the old name and the new
/// one. Until then, and if it fails, their keys show who they are.
pub(super) fn follow(pairs: &[(String, String)], held: Option<Held>, world: &World, ui: &Ui) {
    match held.as_ref().map(|_| keys::carry(world, pairs)).transpose() {
        Ok(left) => left.into_iter().flatten().for_each(|(what, save_as)| {
            ui.note(format_args!("the unfinished creation of {what} still saves it as `{save_as}`"));
        }),
        Err(error) => ui.problem(&error),
    }
    drop(held);
    warn_of(pairs.iter().map(|(_, new)| new.as_str()), world, ui);
}

/// Gives profiles their new names in the journals, where the names were not known before, and locks out other work only now.
pub(super) fn follow_late(pairs: &[(String, String)], world: &World, ui: &Ui) {
    let held = pairs.iter().map(|(old, _)| hold(old, world)).find(|held| !matches!(held, Ok(None)));
    match held.transpose() {
        Ok(held) => follow(pairs, held.flatten(), world, ui),
        Err(error) => ui.problem(&error),
    }
}

/// Warns of what is unfinished, if one of these profiles began it.
pub(super) fn warn_of<'n>(names: impl Iterator<Item = &'n str>, world: &World, ui: &Ui) {
    let names: Vec<&str> = names.collect();
    if names.is_empty() || !keys::may_be_unfinished(world) {
        return;
    }
    let Ok(files) = Files::load(world) else { return };
    let left = keys::leftovers(world, &files).into_iter();
    let theirs = left.filter(|(profile, _)| profile.as_ref().is_some_and(|name| names.contains(&&**name)));
    ui.findings(&theirs.map(|(_, finding)| finding).collect::<Vec<Finding>>());
}
