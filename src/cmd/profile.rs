//! `xcred profile`: removes, renames and copies whole profiles, in both files.

use super::{diff, set};
use crate::cli::Profile;
use crate::failure::{Exit, Failure};
use crate::origin::Place;
use crate::profile::{Error, Files};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: Profile, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    match args {
        Profile::Remove { name, force, dry_run } => {
            let change = |files: &mut Files| files.remove_profile(&name, force);
            apply(change, dry_run, world, ui, |place| format!("removed {place}"))
        }
        Profile::Rename { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.rename_profile(&name, &new_name);
            apply(change, dry_run, world, ui, |place| format!("{place} follows"))
        }
        Profile::Copy { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.copy_profile(&name, &new_name);
            apply(change, dry_run, world, ui, |place| format!("wrote {place}"))
        }
    }
}

/// Makes the change and tells the places that it concerned, or shows what it would be.
fn apply(
    change: impl FnMut(&mut Files) -> Result<Vec<Place>, Error>,
    dry_run: bool,
    world: &World,
    ui: &Ui,
    told: impl Fn(&Place) -> String,
) -> Result<Exit, Failure> {
    if dry_run {
        let (_, edited) = Files::rehearse(world, change)?;
        set::tell_marks(&edited, ui);
        ui.write(&diff::of(&edited, ui))?;
    } else {
        let (places, edited) = Files::edit(world, change)?;
        set::tell_marks(&edited, ui);
        for place in &places {
            ui.note(told(place));
        }
    }
    Ok(Exit::Success)
}
