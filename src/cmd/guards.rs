//! The guards of profiles that are renamed, copied or removed follow them.

use super::diff;
use crate::config::{self, Carried, Following};
use crate::failure::Failure;
use crate::profile::{Error, Files};
use crate::ui::Ui;
use crate::world::World;

/// Gives the guards of a profile to its new name before it has that name, so that it is never without. The new name must be
/// possible: otherwise another profile would get them.
pub(super) fn give_guards<T>(
    name: &str,
    new_name: &str,
    change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
) -> Result<Given, Failure> {
    if !config::has_guards(world, name)? {
        return Ok(Given::to(Vec::new()));
    }
    Files::rehearse(world, change)?;
    let mut given = Given { is_guarded: true, ..Given::to(Vec::new()) };
    if !dry_run {
        given.names = unguarded([new_name].into_iter(), world)?;
        given.carried = config::carry(world, &[(name.to_owned(), new_name.to_owned())])?;
    }
    Ok(given)
}

/// Guards that profiles got before they have their names.
pub(super) struct Given {
    /// Whether there are any.
    pub(super) is_guarded: bool,
    /// The names that had none before.
    names: Vec<String>,
    pub(super) carried: Option<Carried>,
}

impl Given {
    pub(super) fn to(names: Vec<String>) -> Given {
        Given { is_guarded: false, names, carried: None }
    }

    /// Takes them back if the change failed that makes the profiles. One that exists nevertheless keeps them.
    pub(super) fn kept_if<T>(&self, changed: Result<T, Failure>, world: &World) -> Result<T, Failure> {
        if changed.is_err()
            && let Ok(files) = Files::load(world)
        {
            for name in self.names.iter().filter(|name| !files.profile(name).exists()) {
                // Without a profile they do no harm.
                let _ = config::drop_guards(world, name);
            }
        }
        changed
    }
}

/// The names that have no guards.
pub(super) fn unguarded<'n>(
    names: impl Iterator<Item = &'n str>,
    world: &World,
) -> Result<Vec<String>, config::Error> {
    let mut unguarded = Vec::new();
    for name in names {
        if !config::has_guards(world, name)? {
            unguarded.push(name.to_owned());
        }
    }
    Ok(unguarded)
}

/// Says that the guards have the new name, too.
pub(super) fn note_guards(new_name: &str, dry_run: bool, ui: &Ui) {
    let verb = if dry_run { "would have" } else { "has" };
    ui.note(format_args!("`{new_name}` {verb} the same guards"));
}

/// Says that the guards of a profile would be removed with it.
pub(super) fn announce_guards(name: &str, world: &World, ui: &Ui) {
    match config::has_guards(world, name) {
        Ok(false) => {}
        Ok(true) => ui.note(format_args!("the guards of `{name}` would be removed, too")),
        Err(error) => ui.problem(&error),
    }
}

/// Removes the guards of a profile that is removed.
pub(super) fn drop_guards(name: &str, world: &World, ui: &Ui) {
    match config::drop_guards(world, name) {
        Ok(false) => {}
        Ok(true) => ui.note(format_args!("removed the guards of `{name}`, too")),
        // They are left: a guard without a profile does no harm.
        Err(error) => ui.problem(&error),
    }
}

/// Shows what would become of the guards.
pub(super) fn foresee(following: &Following<'_>, world: &World, ui: &Ui) -> Result<(), Failure> {
    if let Some(foreseen) = following.foreseen(world)? {
        ui.write(&diff::of_guards(&foreseen, ui))?;
    }
    Ok(())
}
