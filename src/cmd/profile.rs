//! `xcred profile`: removes, renames and copies profiles in both files.

use std::fmt::Display;
use std::io::IsTerminal as _;

use super::diff::{self, apply};
use super::guards::{announce_guards, drop_guards, foresee, give_guards, note_guards};
use super::outcome::updated;
use super::{Cx, exposure, get, journals, list_profiles};
use crate::checks::{self, Scene};
use crate::cli::{Get, Profile};
use crate::config::{self, Config, Following};
use crate::effective::Selection;
use crate::failure::{Command, Exit, Failure, Hint};
use crate::finding::Finding;
use crate::guard::{ALLOWED, Allowed};
use crate::origin::Place;
use crate::profile::{Error, Files, Followed, Left, Reference, SectionName, mentions};
use crate::store::Together;
use crate::sync;
use crate::ui::{UNCHANGED, Ui};
use crate::world::World;

pub(super) fn run(args: Profile, cx: Cx<'_>) -> Result<Exit, Failure> {
    if !matches!(args, Profile::List(_) | Profile::Show { .. }) {
        Files::require_both(cx.world)?;
    }
    // With another name it could be used.
    if let Profile::Rename { name, .. } | Profile::Copy { name, .. } = &args {
        Allowed::of(cx.world).check(name)?;
    }
    match args {
        Profile::Remove { name, force, yes, dry_run } => return remove(&name, force, yes, dry_run, cx),
        Profile::Rename { name, new_name, dry_run } => rename(&name, &new_name, dry_run, cx)?,
        Profile::Copy { name, new_name, dry_run } => copy(&name, &new_name, dry_run, cx)?,
        Profile::List(args) => return list_profiles::run(&args, cx),
        Profile::Show { .. } => {
            return get::run(&Get { all: true, stored: true, ..Get::default() }, cx);
        }
    }
    Ok(Exit::Success)
}

fn remove(name: &str, force: bool, yes: bool, dry_run: bool, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    if !force {
        journals::require_finished(name, world)?;
    }
    if !yes && !dry_run && !is_confirmed(name, force, world, ui)? {
        ui.note("nothing was removed");
        return Ok(Exit::Interrupted);
    }
    let sdk = cx.checked_sdk();
    let selection = Selection::unnamed();
    let section = SectionName::Profile(name.to_owned());
    let change = |files: &mut Files| {
        let left = files.decorated_references(name);
        let before = files.clone();
        let places = files.remove_profile(name, force)?;
        let [before, after] = [&before, &*files].map(|files| Scene::new(world, files, &[], &selection, sdk));
        Ok((places, left, checks::broken(before, after, &section)))
    };
    let together = Together::new();
    let (places, left, broken) = apply(change, dry_run, world, ui)?;
    if !dry_run {
        report(format_args!("removed `{name}`"), &places, ui);
    }
    ui.findings(&broken);
    for Reference { user, place, .. } in &left {
        ui.warning(format_args!("{place}: to some SDKs, profile `{user}` still refers to `{name}`"));
    }
    if dry_run {
        foresee(&Following { removed: vec![name], ..Following::default() }, world, ui)?;
        announce_guards(name, world, ui);
    } else {
        drop_guards(name, world, ui);
        together.saved();
    }
    warn_of_names_outside(name, None, world, ui);
    if !dry_run {
        journals::warn_of([name].into_iter(), world, ui);
    }
    Ok(Exit::Success)
}

fn rename(name: &str, new_name: &str, dry_run: bool, cx: Cx<'_>) -> Result<(), Failure> {
    let Cx { world, ui, .. } = cx;
    let (sdk, selection) = (cx.checked_sdk(), Selection::unnamed());
    let change = |files: &mut Files| {
        let followed = files.rename_profile(name, new_name)?;
        let circles = checks::circles(Scene::new(world, files, &[], &selection, sdk), new_name);
        Ok((followed, exposure::places(new_name, files), circles))
    };
    let held = if dry_run { None } else { journals::hold(name, world)? };
    let together = Together::new();
    let given = give_guards(name, new_name, change, dry_run, world)?;
    let pair = (name.to_owned(), new_name.to_owned());
    // Removed, the profile would be lost: it was there under its old name.
    let undo = Command::xcred(["profile", "rename"]).argument(new_name).argument(name);
    let changed = apply_with(change, dry_run, world, ui, |found| {
        let Some(similar) = found.meant().map(str::to_owned) else { return Some(found) };
        let hint = Hint::from(format!("did you mean `{similar}`?"));
        Some(found.fixed_by(Some(hint.on_written(" ", undo.clone(), " undoes it"))))
    });
    let (Followed { places, left }, written, circles) = given.kept_if(changed, world)?;
    if !dry_run {
        report(format_args!("renamed `{name}` to `{new_name}`"), &[], ui);
        if given.is_guarded {
            config::settle(world, &[&pair], given.carried.as_ref())?;
        }
        journals::follow(std::slice::from_ref(&pair), held, world, ui);
        together.saved();
    }
    exposure::warn(&written, dry_run, ui);
    if given.is_guarded {
        if dry_run {
            let given = std::slice::from_ref(&pair);
            foresee(&Following { given, settled: &[&pair], ..Following::default() }, world, ui)?;
        }
        note_guards(new_name, dry_run, ui);
    }
    if !dry_run {
        ui.notes(places.iter().map(updated));
    }
    ui.findings(&circles);
    warn_of_left(&left, ui);
    warn_of_names_outside(name, Some(new_name), world, ui);
    Ok(())
}

/// Makes a change as [`apply`](diff::apply) does, with what `as_told` makes of each finding about new profiles.
fn apply_with<T>(
    change: impl FnMut(&mut Files) -> Result<T, Error>,
    dry_run: bool,
    world: &World,
    ui: &Ui,
    as_told: impl Fn(Finding) -> Option<Finding>,
) -> Result<T, Failure> {
    let (outcome, edited, of_new) = diff::attempt_for_user(change, dry_run, world)?;
    let of_new: Vec<_> = of_new.into_iter().filter_map(as_told).collect();
    diff::tell(&edited, &of_new, dry_run, ui)?;
    Ok(outcome)
}

fn copy(name: &str, new_name: &str, dry_run: bool, cx: Cx<'_>) -> Result<(), Failure> {
    let Cx { world, ui, .. } = cx;
    let (sdk, selection) = (cx.checked_sdk(), Selection::unnamed());
    let change = |files: &mut Files| {
        let is_synced = files.profile(name).comments().any(|comment| sync::is_mark(&comment));
        let places = files.copy_profile(name, new_name, sync::is_mark)?;
        let circles = checks::circles(Scene::new(world, files, &[], &selection, sdk), new_name);
        Ok((places, exposure::places(new_name, files), is_synced, circles))
    };
    let together = Together::new();
    let given = give_guards(name, new_name, change, dry_run, world)?;
    // A copy inherits what the profile does, which was asked for, and may well have nearly its name.
    let is_news = |found: &Finding| found.code() != "inherited" && found.meant() != Some(name);
    let changed = apply_with(change, dry_run, world, ui, |found| Some(found).filter(is_news));
    let (places, written, is_synced, circles) = given.kept_if(changed, world)?;
    if !dry_run {
        report(format_args!("copied `{name}` to `{new_name}`"), &places, ui);
        together.saved();
    }
    exposure::warn(&written, dry_run, ui);
    ui.findings(&circles);
    if is_synced {
        ui.note(format_args!("`{new_name}` is your own: `xcred sso sync` changes and removes only `{name}`"));
    }
    if given.is_guarded {
        if dry_run {
            let pair = (name.to_owned(), new_name.to_owned());
            let given = std::slice::from_ref(&pair);
            foresee(&Following { given, ..Following::default() }, world, ui)?;
        }
        note_guards(new_name, dry_run, ui);
    }
    Ok(())
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
    let is_guarded = config::has_guards(world, name).unwrap_or(false);
    let Some(dialogue) = ui.dialogue(UNCHANGED)? else { return Ok(true) };
    for place in &places {
        dialogue.say(&place.to_string())?;
    }
    for reference in &users {
        let Reference { user, place, .. } = reference;
        dialogue.say(&format!("profile `{user}` refers to it: {place}"))?;
    }
    if is_guarded {
        dialogue.say("it has guards, which are removed, too")?;
    }
    Ok(dialogue.confirm(&format!("Remove profile `{name}`?"))?)
}

/// Says what was done, and with `-v` in which lines.
fn report(outcome: impl Display, places: &[Place], ui: &Ui) {
    ui.note(outcome);
    for place in places {
        ui.detail(place);
    }
}

/// Warns of what still has an old name, such as command lines that xcred can't change.
pub(super) fn warn_of_left(left: &[Left], ui: &Ui) {
    for Left { place, program, name, new_name } in left {
        ui.warning(format_args!("{place}: `{program}` still names profile `{name}`"));
        ui.help(format_args!("change `{name}` to `{new_name}` there with an editor"));
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
    if Allowed::of(world).names().contains(&old) {
        ui.warning(format_args!("{ALLOWED} still allows profile `{old}`"));
        ui.help(match new {
            Some(new) => format!("replace `{old}` by `{new}` in it"),
            None => format!("remove `{old}` from it"),
        });
    }
    let Ok(config) = Config::load(world) else { return };
    for (name, command) in config.mfa_commands() {
        if let Some(mention) = mentions(command, old).into_iter().next() {
            ui.warning(format_args!("setting `{name}`: `{}` still names profile `{old}`", mention.program));
        }
    }
}
