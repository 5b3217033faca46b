//! `xcred set`: sets one key of a section.

use std::io::IsTerminal as _;

use super::context::command_on;
use super::findings::Found;
use super::{Cx, diff, exposure, piped};
use crate::cli::{Elsewhere, Global, Set};
use crate::effective::{self, Selection};
use crate::failure::{Code, Exit, Failure, Hint};
use crate::finding::Finding;
use crate::origin::{Place, shown};
use crate::profile::{Edited, Files, KeyPath, Placed, SectionName, Wanted};
use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::settings;
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: Set, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, global } = cx;
    let from_argument = args.value.expose() != "-";
    let (section, key) = target(&args.key, &args.elsewhere, global, world)?;
    let value = if from_argument { args.value } else { value_for(&key.dotted(), &section, ui)? };
    let change = |files: &mut Files| {
        let placed = files.set(&section, &key, value.expose(), args.replace)?;
        Ok((placed, files.shadow(&section, &key)))
    };
    let ((placed, shadow), edited) = diff::attempt(change, args.dry_run, world)?;
    if from_argument && settings::is_secret(&key.name) {
        let found = Found::VisibleValue { key: key.dotted(), section: section.clone() };
        ui.finding(&Finding::new(found));
    }
    ui.findings(&settings::doubts(&key.dotted(), value.expose()));
    if args.dry_run {
        diff::report_marks(&edited, ui);
        ui.write(&diff::of(&edited, ui))?;
        return Ok(Exit::Success);
    }
    report(&placed, ui);
    exposure::warn([&placed.place], ui);
    if let Some(place) = shadow {
        let found = Found::Shadowed { key: key.dotted(), section: section.clone() };
        ui.finding(&Finding::at(place, found));
    }
    diff::report_marks(&edited, ui);
    for edited in &edited {
        warn_if_unreadable(edited, ui);
    }
    Ok(Exit::Success)
}

/// The section and key to edit.
pub(super) fn target(
    key: &str,
    elsewhere: &Elsewhere,
    global: &Global,
    world: &World,
) -> Result<(SectionName, KeyPath), Failure> {
    if let Some(section) = elsewhere.section() {
        return Ok((section, KeyPath::parse(key)?));
    }
    let files = Files::load_for_edit(world)?;
    let current = effective::select(world, global.profile.as_deref(), Sdk::default())?.section();
    match Wanted::to_write(key, &files, global.profile.as_deref(), &current)? {
        Wanted { section: Some(section), key } => Ok((section, key)),
        Wanted { section: None, key } => Ok((to_write(global, world)?, key)),
    }
}

/// The profile to edit.
pub(super) fn to_write(global: &Global, world: &World) -> Result<SectionName, Failure> {
    selected(global, world).map(|selection| selection.section())
}

/// The profile to edit, and who names it. An AWS_PROFILE that is set but empty isn't a name to write under.
pub(super) fn selected(global: &Global, world: &World) -> Result<Selection, Failure> {
    let selection = effective::select(world, global.profile.as_deref(), Sdk::default())?;
    if selection.name.value.is_empty() {
        let message = format!("{} is set but empty, so it names no profile", selection.name.origin);
        return Err(Failure::plain(Code::InvalidConfig, message)
            .with_help("unset the variable, or give `--profile NAME`"));
    }
    Ok(selection)
}

/// Reads the value: typed without echo on a terminal, otherwise from standard input. No input is an error: the program
/// that should print the value may have failed.
fn value_for(key: &str, section: &SectionName, ui: &Ui) -> Result<Secret, Failure> {
    let nothing = || {
        let failure = Failure::usage(format!("no value for `{key}` on standard input"));
        let command = command_on("set", section, key).argument("");
        failure.with_help(Hint::from("to set an empty value: ").run(command))
    };
    let dialogue = if std::io::stdin().is_terminal() { ui.dialogue()? } else { None };
    if let Some(dialogue) = dialogue {
        return dialogue.secret(key, None)?.ok_or_else(nothing);
    }
    Some(piped::value()?).filter(|value| !value.expose().is_empty()).ok_or_else(nothing)
}

/// Reports the line that was written, and duplicates that were removed.
pub(super) fn report(placed: &Placed, ui: &Ui) {
    ui.detail(format_args!("{}", placed.place));
    for line in &placed.repetitions {
        let key = placed.place.key.as_deref().unwrap_or_default();
        ui.warning(format_args!("{}:{line}: removed a duplicate of `{key}`", shown(&placed.place.path)));
    }
}

fn warn_if_unreadable(edited: &Edited, ui: &Ui) {
    if let Some(fault) = edited.after.faults().first() {
        let place = Place { path: edited.path.clone(), line: fault.line, section: None, key: None };
        ui.finding(&Finding::at(place, Found::InvalidFile(fault.kind.clone())));
    }
}
