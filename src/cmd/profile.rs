//! `xcred profile`: removes, renames and copies whole profiles, in both files.

use super::{diff, set};
use crate::cli::Profile;
use crate::config::Config;
use crate::failure::{Exit, Failure};
use crate::origin::Place;
use crate::profile::{Error, Files, Reference, Renamed, mentions};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: Profile, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    match args {
        Profile::Remove { name, force, dry_run } => {
            let change = |files: &mut Files| files.remove_profile(&name, force);
            tell(&apply(change, dry_run, world, ui)?, dry_run, ui, |place| format!("removed {place}"));
            outside(&name, None, world, ui);
        }
        Profile::Rename { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.rename_profile(&name, &new_name);
            let Renamed { followed, left } = apply(change, dry_run, world, ui)?;
            tell(&followed, dry_run, ui, |place| format!("{place} follows"));
            for reference in &left {
                named_still(reference, &name, &new_name, ui);
            }
            outside(&name, Some(&new_name), world, ui);
        }
        Profile::Copy { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.copy_profile(&name, &new_name);
            tell(&apply(change, dry_run, world, ui)?, dry_run, ui, |place| format!("wrote {place}"));
        }
    }
    Ok(Exit::Success)
}

/// Makes the change, or shows what it would be.
fn apply<T>(
    change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
    ui: &Ui,
) -> Result<T, Failure> {
    let (outcome, edited) =
        if dry_run { Files::rehearse(world, change)? } else { Files::edit(world, change)? };
    set::tell_marks(&edited, ui);
    if dry_run {
        ui.write(&diff::of(&edited, ui))?;
    }
    Ok(outcome)
}

fn tell(places: &[Place], dry_run: bool, ui: &Ui, told: impl Fn(&Place) -> String) {
    if !dry_run {
        for place in places {
            ui.note(told(place));
        }
    }
}

/// A command line that xcred can't change.
fn named_still(reference: &Reference, old: &str, new: &str, ui: &Ui) {
    let program = reference.program.as_deref().unwrap_or_default();
    ui.warning(format_args!("{}: `{program}` still names profile `{old}`", reference.place));
    ui.help(format_args!("change `{old}` to `{new}` in that line with an editor"));
}

/// What names the profile outside the two files: variables, which this process can't change for its shell, and
/// xcred's own settings.
fn outside(old: &str, new: Option<&str>, world: &World, ui: &Ui) {
    for variable in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
        if world.non_empty(variable) == Some(old) {
            ui.warning(format_args!("{variable} still names profile `{old}`"));
            ui.help(match new {
                Some(new) => format!("set {variable} to `{new}`, or unset it"),
                None => format!("`unset {variable}`"),
            });
        }
    }
    let Ok(config) = Config::load(world) else { return };
    for (name, command) in config.mfa_commands() {
        if let Some(mention) = mentions(command, old).into_iter().next() {
            ui.warning(format_args!("setting `{name}`: `{}` still names profile `{old}`", mention.program));
        }
    }
}
