//! `xcred profile`: removes, renames and copies profiles in both files.

use std::io::IsTerminal as _;

use super::diff::apply;
use super::outcome::Outcome;
use super::{Cx, get, list_profiles};
use crate::cli::{Get, Profile};
use crate::config::Config;
use crate::failure::{Exit, Failure};
use crate::origin::Place;
use crate::profile::{Files, Reference, Renamed, mentions};
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: Profile, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    match args {
        Profile::Remove { name, force, yes, dry_run } => {
            if !yes && !dry_run && !is_confirmed(&name, force, world, ui)? {
                ui.note("nothing was removed");
                return Ok(Exit::Interrupted);
            }
            let change = |files: &mut Files| files.remove_profile(&name, force);
            let places = apply(change, dry_run, world, ui)?;
            report(&Outcome::Removed { name: &name }, &places, dry_run, ui);
            warn_of_names_outside(&name, None, world, ui);
        }
        Profile::Rename { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.rename_profile(&name, &new_name);
            let Renamed { followed, left } = apply(change, dry_run, world, ui)?;
            report(&Outcome::Renamed { name: &name, new_name: &new_name }, &[], dry_run, ui);
            ui.notes(followed.iter().filter(|_| !dry_run).map(Outcome::Updated));
            // Command lines, which xcred can't change.
            for reference in &left {
                let program = reference.program.as_deref().unwrap_or_default();
                ui.warning(format_args!("{}: `{program}` still names profile `{name}`", reference.place));
                ui.help(format_args!("change `{name}` to `{new_name}` there with an editor"));
            }
            warn_of_names_outside(&name, Some(&new_name), world, ui);
        }
        Profile::Copy { name, new_name, dry_run } => {
            let change = |files: &mut Files| files.copy_profile(&name, &new_name);
            let places = apply(change, dry_run, world, ui)?;
            report(&Outcome::Copied { name: &name, new_name: &new_name }, &places, dry_run, ui);
        }
        Profile::List(args) => return list_profiles::run(&args, cx),
        Profile::Show { .. } => {
            return get::run(&Get { all: true, stored: true, ..Get::default() }, cx);
        }
    }
    Ok(Exit::Success)
}

/// Shows on a terminal what a removal removes and what refers to it, and asks whether to do it. Fails as the removal would.
fn is_confirmed(name: &str, force: bool, world: &World, ui: &Ui) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(true);
    }
    let remove = |files: &mut Files| {
        let mut users = files.references(name);
        users.retain(|reference| reference.user != name);
        Ok((files.remove_profile(name, force)?, users))
    };
    let ((places, users), _) = Files::rehearse(world, remove)?;
    let Some(dialogue) = ui.dialogue()? else { return Ok(true) };
    for place in &places {
        dialogue.say(&place.to_string())?;
    }
    for reference in &users {
        let Reference { user, place, .. } = reference;
        dialogue.say(&format!("profile `{user}` refers to it: {place}"))?;
    }
    Ok(dialogue.confirm(&format!("Remove profile `{name}`?"))?)
}

/// Says what was done, and with `-v` in which lines.
fn report(outcome: &Outcome<'_>, places: &[Place], dry_run: bool, ui: &Ui) {
    if !dry_run {
        ui.note(outcome);
        for place in places {
            ui.detail(place);
        }
    }
}

/// Warns of what names the profile outside the two files: variables of the shell, and xcred's own settings.
pub(super) fn warn_of_names_outside(old: &str, new: Option<&str>, world: &World, ui: &Ui) {
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
