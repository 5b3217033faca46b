//! What a sync did, for people and as JSON.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::listing::Listed;
use crate::cmd::outcome::updated;
use crate::cmd::profile::{warn_of_left, warn_of_names_outside};
use crate::failure::{Command, Hint};
use crate::origin::Origin;
use crate::profile::Followed;
use crate::sync::{Change, Conflict, Kept, Plan, Portal, Why};
use crate::ui::Ui;
use crate::world::World;

/// So many new profiles are named; more of them are counted, and named with `-v`.
const NAMED: usize = 20;

/// The document of a sync.
pub(super) fn document(plan: &Plan, portal: &Portal, listed: &[Listed], dry_run: bool) -> Json {
    let added: Vec<Json> = plan.added.iter().map(role).collect();
    let removed: Vec<Json> = plan.removed.iter().map(role).collect();
    let changed: Vec<Json> = plan
        .changed
        .iter()
        .map(|change| {
            let mut document = role(change);
            document["renamed_from"] = json!(change.renamed_from);
            document["keys"] = json!(change.keys);
            document
        })
        .collect();
    let kept: Vec<Json> = plan
        .kept
        .iter()
        .map(|Kept { profile, why }| {
            let why = match why {
                Why::DefinedTwice(_) => "defined-twice",
                Why::ChangedByHand => "changed-by-hand",
                Why::SourceOf(_) => "source-of-others",
            };
            json!({"profile": profile, "why": why})
        })
        .collect();
    let conflicts: Vec<Json> = plan
        .conflicts
        .iter()
        .map(|Conflict { profile, account_id, role_name, place }| {
            let origin = place.clone().map(Origin::File);
            json!({"profile": profile, "account_id": account_id, "role_name": role_name, "origin": origin})
        })
        .collect();
    json!({
        "session": portal.session,
        "dry_run": dry_run,
        "added": added,
        "changed": changed,
        "removed": removed,
        "kept": kept,
        "conflicts": conflicts,
        "unchanged": plan.unchanged,
        "skipped": skipped(listed),
    })
}

fn role(change: &Change) -> Json {
    json!({
        "profile": change.profile,
        "account_id": change.account_id,
        "account_name": change.account_name,
        "role_name": change.role_name,
    })
}

/// The accounts whose roles the service refused to list.
pub(super) fn skipped(listed: &[Listed]) -> Vec<Json> {
    let refused = listed.iter().filter(|listed| listed.roles.is_err());
    refused
        .map(|Listed { account, .. }| json!({"account_id": account.id, "account_name": account.name}))
        .collect()
}

/// Says what was done, in the order of the document.
pub(super) fn say_done(plan: &Plan, followed: &Followed, ui: &Ui, world: &World) {
    for change in &plan.added {
        let line = format!("added `{}`", change.profile);
        if plan.added.len() <= NAMED { ui.note(line) } else { ui.detail(line) }
    }
    for change in &plan.changed {
        if let Some(name) = &change.renamed_from {
            ui.note(format_args!("renamed `{name}` to `{}`", change.profile));
        }
        if !change.keys.is_empty() {
            ui.note(format_args!("set {} in `{}`", change.keys.join(", "), change.profile));
        }
    }
    for place in &followed.places {
        ui.note(updated(place));
    }
    for change in &plan.removed {
        ui.note(format_args!("removed `{}`", change.profile));
    }
    let [added, changed, removed] = [&plan.added, &plan.changed, &plan.removed].map(Vec::len);
    ui.note(format_args!(
        "profiles: {added} added, {changed} changed, {removed} removed, {} unchanged",
        plan.unchanged
    ));
    warn_of_left(&followed.left, ui);
    for change in &plan.changed {
        if let Some(old) = &change.renamed_from {
            warn_of_names_outside(old, Some(&change.profile), world, ui);
        }
    }
    for change in &plan.removed {
        warn_of_names_outside(&change.profile, None, world, ui);
    }
}

/// Says what a dry run would do, where the difference shows it one by one.
pub(super) fn say_wanted(plan: &Plan, ui: &Ui) {
    let [add, change, remove] = [&plan.added, &plan.changed, &plan.removed].map(Vec::len);
    ui.note(format_args!(
        "profiles: {add} to add, {change} to change, {remove} to remove, {} unchanged",
        plan.unchanged
    ));
}

/// Warns of what was not done. `prune` is the command that would prune, unless this one does.
pub(super) fn warn(plan: &Plan, prune: Option<Command>, ui: &Ui) {
    let mut several = HashSet::new();
    for Conflict { profile, account_id, role_name, place } in &plan.conflicts {
        match place {
            Some(place) => ui.warning(format_args!(
                "{place}: there is another profile `{profile}`, so {role_name} in {account_id} doesn't get this name"
            )),
            None if profile == "default" => ui.warning(format_args!(
                "{role_name} in {account_id} gets no profile: its name would be `default`"
            )),
            None if several.insert(profile) => {
                ui.warning(format_args!("several roles would have the profile `{profile}`, so none has"));
                ui.help("give a `--name` with {account_name} or {account_id}, and {role_name}");
            }
            None => {}
        }
    }
    for Kept { profile, why } in &plan.kept {
        match why {
            Why::DefinedTwice(place) => {
                ui.warning(format_args!(
                    "{place}: profile `{profile}` is defined here, too, spelled differently, so it keeps its name"
                ));
                ui.help("join the two sections first");
            }
            Why::ChangedByHand => ui.warning(format_args!(
                "kept `{profile}`, although its role is gone: it has keys, values or comments of your own"
            )),
            Why::SourceOf(user) => ui.warning(format_args!(
                "kept `{profile}`, although its role is gone: profile `{user}` uses it"
            )),
        }
    }
    if let Some(prune) = prune.filter(|_| !plan.gone.is_empty()) {
        ui.note(format_args!("profiles whose role is gone: {}", plan.gone.join(", ")));
        ui.help(Hint::from(prune).say(" removes them"));
    }
}
