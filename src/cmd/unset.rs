//! `xcred unset`: removes one key of a section from both files.

use super::outcome::{self, KeyChange};
use super::{Cx, diff, get, precedence, set};
use crate::checks::{self, Scene};
use crate::cli::Unset;
use crate::effective::Selection;
use crate::failure::{Exit, Failure, Hint};
use crate::origin::Origin;
use crate::profile::{self, Files};
use crate::settings::{self, Doubt};

pub(super) fn run(args: &Unset, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, global } = cx;
    let (section, key) = set::target(&args.key, &args.elsewhere, global, world)?;
    Files::require_both(world)?;
    let sdk = cx.checked_sdk();
    let selection = Selection::unnamed();
    // Who refers to the profile is looked for in all of a large file.
    let may_break = section.profile().is_none() || precedence::may_decide(&section, &key.name);
    let change = |files: &mut Files| {
        files.require(&section, &Origin::Option { name: "--profile" })?;
        let before = may_break.then(|| files.clone());
        let removed = files.unset(&section, &key, args.replace).map_err(profile::Error::or_replace)?;
        let broken = before.map(|before| {
            let switched = precedence::switched(&before, files, &section);
            let [before, after] =
                [&before, &*files].map(|files| Scene::new(world, files, &[], &selection, sdk));
            switched.into_iter().chain(checks::broken(before, after, &section)).collect::<Vec<_>>()
        });
        Ok((removed, files.inherited(&section, &key), broken.unwrap_or_default()))
    };
    let (removed, inherited, broken) = diff::apply(change, args.dry_run, world, ui)?;
    for placed in &removed {
        set::report(placed, args.dry_run, ui);
    }
    if !args.dry_run {
        for outcome in outcome::of_keys(KeyChange::Removed, removed.iter().map(|placed| &placed.place)) {
            ui.aside(outcome);
        }
    }
    ui.findings(&broken);
    if removed.is_empty() {
        let path = key.dotted();
        ui.note(format_args!("`{path}` was not set in {section}"));
        if args.elsewhere.section().is_none() {
            get::hint_at_profile(&args.key, &key, &Files::load_for_edit(world)?, ui);
        }
        if let Some(Doubt::UnknownKey { similar, .. }) = settings::misspelled(&path) {
            ui.help(Hint::meant(&args.key, similar));
        }
    }
    if let Some(place) = inherited {
        let key = key.dotted();
        ui.warning(format_args!("{place}: `{key}` is set in [DEFAULT], from which {section} inherits it"));
    }
    Ok(Exit::Success)
}
