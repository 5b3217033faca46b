//! `xcred set`: sets one key of a section.

mod joined;

use std::borrow::Cow;

use super::findings::{Found, remove_profile};
use super::outcome::{self, KeyChange};
use super::{Cx, diff, exposure, piped, precedence};
use crate::chain;
use crate::checks::{self, Scene};
use crate::cli::{Elsewhere, Global, Set};
use crate::effective::{self, Selection};
use crate::failure::{Command, Exit, Failure, Hint};
use crate::finding::{Finding, INHERITED, Kind as _, Severity};
use crate::origin::{Place, shown};
use crate::profile::{self, FileKind, Files, KeyPath, Placed, SectionName, Wanted, is_credential};
use crate::sdk::Sdk;
use crate::secret::{Secret, looks_secret};
use crate::settings::{self, Doubt};
use crate::text::{nearest, without_wrapping};
use crate::ui::{UNCHANGED, Ui};
use crate::world::World;

pub(super) fn run(args: Set, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, global } = cx;
    let from_argument = args.value.expose() != "-";
    joined::refuse(&args, global.profile.as_deref(), world)?;
    let (section, key) = target(&args.key, &args.elsewhere, global, world)?;
    let value = if from_argument { args.value } else { value_for(&key.dotted(), &section, ui)? };
    let sdk = cx.checked_sdk();
    let selection = effective::select(world, global.profile.as_deref(), sdk)?;
    let change = |files: &mut Files| {
        let before = precedence::may_decide(&section, &key.name).then(|| files.clone());
        let placed =
            files.set(&section, &key, value.expose(), args.replace).map_err(profile::Error::or_replace)?;
        let scene = Scene::new(world, files, &[], &selection, sdk);
        let found = checks::of_line(scene, &section, &placed.place);
        let found = found.into_iter().map(|one| match one.code() {
            "overridden-credentials" => {
                one.at_least(Severity::Warning).fixed_by(precedence::way_out(files, &section, &placed.place))
            }
            _ => one,
        });
        let found: Vec<_> = found.collect();
        let switched = before.map(|before| precedence::switched(&before, files, &section));
        let is_foreign = [scene.is_another_vendors(&section), scene.has_endpoint(&section)];
        Ok((
            placed.clone(),
            set_twice(&placed.place, &section, &key, files),
            found,
            switched.unwrap_or_default(),
            is_foreign,
        ))
    };
    let ((placed, twice, found, switched, is_foreign), edited, of_new) =
        diff::attempt_for_user(change, args.dry_run, world)?;
    // In place of an ID, it is most likely the secret access key.
    let is_mistaken = key.name == settings::AWS_ACCESS_KEY_ID.name && looks_secret(value.expose());
    let mut told = Vec::new();
    if from_argument && (settings::is_secret(&key.name) || is_mistaken) {
        let key = if is_mistaken { settings::AWS_SECRET_ACCESS_KEY.name.to_owned() } else { key.dotted() };
        let found = Found::VisibleValue { key, section: section.clone() };
        told.push(Finding::new(found));
    }
    let doubts = doubts(&section, &key.dotted(), value.expose(), is_foreign);
    let found = found.into_iter().map(|one| as_asked(one, &section, &key));
    let (refused, others): (Vec<_>, Vec<_>) = found.partition(|one| one.severity() == Severity::Error);
    if refused.is_empty() {
        let has_fix = |all: &[Finding]| all.iter().any(|one| one.fix().is_some());
        // Both judge some values. What says how to fix it is shown; the doubts if both or neither do.
        let is_better = !has_fix(&doubts) && has_fix(&others);
        told.extend(if doubts.is_empty() || is_better { others } else { doubts });
    } else {
        // The whole command again, with the word that was meant.
        let meant = doubts.iter().find_map(Finding::meant);
        let refused = refused.into_iter().map(|one| {
            let fix = meant.map_or_else(|| one.fix(), |meant| Some(Hint::meant(value.expose(), meant)));
            one.fixed_by(fix)
        });
        told.extend(refused.chain(others));
    }
    if key.dotted().contains(char::is_whitespace) {
        told.push(Finding::new(Found::BlankInKey { key: key.dotted(), section: section.clone() }));
    }
    told.extend(likely_profile(&args.key, &section, &key, world)?);
    for one in of_new {
        told.push(about_new(one, &section, &key, world)?);
    }
    told.extend(switched);
    diff::findings(&told, args.dry_run, ui);
    report(&placed, args.dry_run, ui);
    if !args.dry_run {
        for outcome in outcome::of_keys(KeyChange::Wrote, [&placed.place]) {
            ui.aside(outcome);
        }
    }
    exposure::warn([&placed.place], args.dry_run, ui);
    diff::tell(&edited, twice.as_slice(), args.dry_run, ui)?;
    Ok(Exit::Success)
}

/// A finding about the new profile: with the whole command for the profile that was meant, unless that would give it other
/// credentials than it has.
fn about_new(
    found: Finding,
    section: &SectionName,
    key: &KeyPath,
    world: &World,
) -> Result<Finding, Failure> {
    let Some((name, similar)) = section.profile().zip(found.meant()) else { return Ok(found) };
    if precedence::may_decide(section, &key.name) {
        let files = Files::load_for_edit(world)?;
        if chain::leads(&files.profile(similar)).next().is_some() {
            return Ok(found);
        }
    }
    let hint = Hint::meant(name, similar).on_written(" ", remove_profile(name), " removes it");
    Ok(found.fixed_by(Some(hint)))
}

/// That the other file has the key as well.
pub(super) fn set_twice(
    placed: &Place,
    section: &SectionName,
    key: &KeyPath,
    files: &Files,
) -> Option<Finding> {
    let (kind, other) = files.elsewhere(section, key, placed)?;
    if key.name == settings::AWS_ACCESS_KEY_ID.name
        && let Some(left) = checks::left_behind(&files.find(section))
    {
        return Some(left);
    }
    let found = match kind {
        FileKind::Config => Found::Overridden { key: key.dotted() },
        // boto3 takes keys and tokens from the file that has the pair.
        FileKind::Credentials if is_credential(&key.name) => Found::SetTwice { key: key.dotted() },
        FileKind::Credentials if key.nested.is_some() => {
            Found::ShadowedBlock { block: key.name.clone(), key: key.dotted(), section: section.clone() }
        }
        FileKind::Credentials => Found::Shadowed { key: key.dotted(), section: section.clone() },
    };
    let found = Finding::at(other.place(), found);
    Some(if other.is_inherited() { found.fixed_by(Some(INHERITED.into())) } else { found })
}

/// What looks wrong about the value, and the commands that set it right. `is_foreign` is whether regions and keys may be another
/// vendor's.
fn doubts(section: &SectionName, key: &str, value: &str, is_foreign: [bool; 2]) -> Vec<Finding> {
    let with_command = |doubt: Doubt| {
        let fix = match &doubt {
            Doubt::EmptyRegion | Doubt::Empty { .. } => {
                Some(Hint::default().on_written("", section.unset(key), " removes it"))
            }
            Doubt::UnknownKey { similar, .. } => {
                // A secret is passed on standard input.
                let meant = if settings::is_secret(similar) || looks_secret(value) {
                    let set = section.set(similar, "-");
                    Some(Hint::did_you_mean(set))
                } else {
                    doubt.fix()
                };
                Some(meant.unwrap_or_default().on_written(" ", section.unset(key), " removes it"))
            }
            // Half a pair is of no use, and the value may be the other half.
            Doubt::NotAKeyId | Doubt::NotASecret(_) => {
                let SectionName::Profile(name) = section else { return Finding::new(doubt) };
                let configure = Command::xcred(["configure"]).profile(name.clone());
                Some(Hint::from("enter both again: ").run(configure))
            }
            Doubt::NotABlock { key } => {
                let set = section.set(&format!("{key}.NAME"), "VALUE");
                Some(Hint::from("set a key of the block: ").run(set))
            }
            Doubt::Quotes | Doubt::Comment if settings::is_secret(key) || looks_secret(value) => {
                Some(Hint::from("set it again without: ").run(section.set(key, "-")))
            }
            Doubt::Quotes | Doubt::Comment => {
                Some(Hint::did_you_mean(section.set(key, without_wrapping(value))))
            }
            _ => None,
        };
        Finding::new(doubt).fixed_by(fix)
    };
    let [has_regions, has_keys] = is_foreign;
    let doubts = settings::doubts(key, value);
    let is_wrapping = |doubt: &Doubt| matches!(doubt, Doubt::Quotes | Doubt::Comment);
    // Whatever else is wrong is so because of them.
    let is_wrapped = doubts.iter().any(is_wrapping);
    let doubts = doubts.into_iter().filter(|doubt| is_wrapping(doubt) || !is_wrapped);
    let doubts = doubts.filter(|doubt| match doubt {
        Doubt::UnknownRegion { .. } | Doubt::NotASecret(_) => !has_regions,
        Doubt::NotAKeyId => !has_keys,
        _ => true,
    });
    doubts.map(with_command).collect()
}

/// What is found about the line. A setting of the profile in a block that has no such setting was put there by the command, and
/// not by mistake.
fn as_asked(found: Finding, section: &SectionName, key: &KeyPath) -> Finding {
    match &key.nested {
        Some(nested) if found.code() == "lost-setting" => Finding::new(Found::OutsideBlock {
            key: key.dotted(),
            block: key.name.clone(),
            setting: nested.clone(),
            section: section.clone(),
        }),
        _ => found,
    }
}

/// A nested key that looks like a setting of another profile: `dve.region`. Or a key that looks like a profile.
fn likely_profile(
    typed: &str,
    section: &SectionName,
    key: &KeyPath,
    world: &World,
) -> Result<Vec<Finding>, Failure> {
    let is_setting = |name: &String| settings::variable(name).is_some();
    if key.nested.is_none() && section.profile().is_some() && !is_setting(&key.name) {
        // Where the profile of this name is the one that was named, nothing was forgotten.
        let is_a_profile = section.profile() != Some(typed)
            && (typed == "profile" || Files::load_for_edit(world)?.profile(typed).exists());
        let found = Found::ProfileAsKey { key: key.name.clone(), section: section.clone() };
        return Ok(is_a_profile.then(|| Finding::new(found)).into_iter().collect());
    }
    let Some(nested) = key.nested.as_ref().filter(|name| is_setting(name)) else { return Ok(Vec::new()) };
    let SectionName::Profile(_) = section else { return Ok(Vec::new()) };
    if !typed.eq_ignore_ascii_case(&key.dotted()) || KeyPath::is_known_block(&key.name) {
        return Ok(Vec::new());
    }
    let files = Files::load_for_edit(world)?;
    let similar = nearest(&key.name, files.profiles()).map(Cow::into_owned);
    let found = Found::LikelyProfile {
        name: key.name.clone(),
        nested: nested.clone(),
        similar,
        section: section.clone(),
    };
    Ok(vec![Finding::new(found)])
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
    Ok(selected(global, world)?.for_edit(world)?.section())
}

/// The profile that is selected, and who names it. An AWS_PROFILE that is set but empty isn't a name to write under.
pub(super) fn selected(global: &Global, world: &World) -> Result<Selection, Failure> {
    let selection = effective::select(world, global.profile.as_deref(), Sdk::default())?;
    if selection.name.value.is_empty() {
        let variable = selection.name.origin.to_string().into();
        return Err(profile::Error::Blank { variable }.into());
    }
    Ok(selection)
}

/// Reads the value: typed without echo on a terminal, otherwise from standard input. No input is an error: the program
/// that should print the value may have failed.
fn value_for(key: &str, section: &SectionName, ui: &Ui) -> Result<Secret, Failure> {
    let nothing = || {
        let failure = Failure::usage(format!("no value for `{key}` on standard input"));
        let command = section.set(key, "");
        failure.with_help(Hint::from("to set an empty value: ").run(command))
    };
    piped::value(key, UNCHANGED, ui)?.ok_or_else(nothing)
}

/// Reports the line that was written, and duplicates that were removed, or with `--dry-run` would be.
pub(super) fn report(placed: &Placed, dry_run: bool, ui: &Ui) {
    if !dry_run {
        ui.detail(&placed.place);
    }
    let verb = if dry_run { "would remove" } else { "removed" };
    for line in &placed.repetitions {
        let key = placed.place.key.as_deref().unwrap_or_default();
        ui.warning(format_args!("{}:{line}: {verb} a duplicate of `{key}`", shown(&placed.place.path)));
    }
}
