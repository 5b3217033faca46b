//! `xcred configure import`: access keys from the AWS console's CSV files, for many users or for one, from the AWS access
//! portal, and from what AWS CLI prints.

mod document;
mod invalid;
mod paste;
mod rows;
mod source;

#[cfg(test)]
pub(crate) use invalid::{Invalid, NoColumns};
use rows::{Entry, Rejected};
use source::Source;
#[cfg(test)]
pub(crate) use source::SourceError;

use super::cx::{Cx, FAREWELL};
use super::questions::Question;
use super::save::Next;
use super::{check, halves, save};
use crate::cli::configure::Import;
use crate::cmd::{diff, exposure, precedence, set};
use crate::failure::{Code, Command, Exit, Failure, Hint};
use crate::finding::Finding;
use crate::origin::Place;
use crate::profile::{Error, Files, SectionName};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::settings::{self, Variable};

/// At most so many keys that aren't used are named.
const MOST: usize = 3;

/// The outcome of the edit; nothing is applied if a profile is taken.
#[derive(Default)]
struct Imported {
    applied: Vec<save::Applied>,
    rejected: Vec<Rejected>,
    taken: Vec<(String, SectionName, Place)>,
    /// What keeps the keys from being used.
    conflicts: Vec<Finding>,
    /// What else is wrong with a single profile.
    findings: Vec<Finding>,
}

pub(super) fn run(args: &Import, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let Cx { options, world, ui, .. } = *cx;
    let source = Source::of(args.file.as_deref().or(args.csv.as_deref()).unwrap_or_default(), world, ui)?;
    let own = || set::to_write(cx.global, world);
    let (mut entries, mut rejected) = if document::is_document(source.text.expose()) {
        document::read(&source.name, &source.text, own)?
    } else if paste::is_paste(source.text.expose()) {
        paste::read(&source, &args.profile_prefix, cx.global.profile.is_some(), own)?
    } else {
        let (mut entries, rejected) = rows::read(&source.name, &source.text, &args.profile_prefix, own)?;
        if let Some(profile) = &cx.global.profile {
            name_profile(&mut entries, profile)?;
        }
        (entries, rejected)
    };
    refuse(&rejected, args)?;
    for entry in &entries {
        let findings = halves::check_id(&entry.id).into_iter().chain(halves::check_secret(&entry.secret));
        for finding in findings {
            ui.warning(format_args!("{}: {finding}", entry.place));
        }
    }
    choose_region(&mut entries, cx)?;
    let change = |files: &mut Files| imported(files, &entries, args, cx);
    let (imported, edited, of_new) = diff::attempt_for_user(change, options.dry_run, world)?;
    if let Some((place, profile, at)) = imported.taken.first() {
        let message = format!("{place}: {profile} already has an access key ({at}); nothing was imported");
        // Where an option names the profile, or nothing does, the prefix has no effect.
        let own = set::to_write(cx.global, world).is_ok_and(|own| own == *profile);
        let other = if own {
            "another profile with `--profile NAME`"
        } else {
            "other names with `--profile-prefix TEXT`"
        };
        return Err(Failure::plain(Code::InvalidConfig, message)
            .with_help(format!("replace it with `--overwrite`, or choose {other}")));
    }
    refuse(&imported.rejected, args)?;
    rejected.extend(imported.rejected);
    for (place, reason) in &rejected {
        ui.warning(format_args!("{place}: {reason}; skipped"));
    }
    diff::tell(&edited, &of_new, options.dry_run, ui)?;
    for applied in &imported.applied {
        applied.tell(options.dry_run, ui);
    }
    exposure::warn(imported.applied.iter().flat_map(|applied| &applied.written), options.dry_run, ui);
    if let [entry] = entries.as_slice() {
        save::warn(&entry.profile, imported.findings, of_new.iter().chain(&imported.conflicts), ui);
    }
    ui.findings(&imported.conflicts);
    if options.dry_run {
        return Ok(Exit::Success);
    }
    let changed = imported.applied.iter().filter(|applied| !applied.is_empty()).count();
    match (changed, entries.as_slice()) {
        _ if imported.applied.is_empty() => ui.note("nothing was imported"),
        (0, _) => ui.note("nothing to change: every key is already there"),
        (_, [entry]) => ui.note(format_args!("imported the access key of {}", entry.profile)),
        (1, _) => ui.note("imported the access key of 1 profile"),
        (changed, _) => ui.note(format_args!("imported the access keys of {changed} profiles")),
    }
    // The secrets of what was skipped are nowhere else.
    if !source.leftover.is_empty() && !imported.applied.is_empty() && rejected.is_empty() {
        let remove = source.leftover.iter().fold(Command::new(["rm"]), Command::argument);
        let why = "the file contains secret access keys and is no longer needed; delete it: ";
        ui.help(Hint::from(why).run(remove));
    }
    match entries.as_slice() {
        _ if changed == 0 => {}
        [entry] => {
            let next = Next::Prove(entry.profile.clone());
            ui.note(format_args!("next: {}", next.hint(&Files::read(world).in_part().0, world)));
        }
        _ => ui.note("next: `xcred list-profiles --long` shows the profiles"),
    }
    Ok(Exit::Success)
}

/// Refuses the whole import because of an invalid row, unless such rows are skipped.
fn refuse(rejected: &[Rejected], args: &Import) -> Result<(), Failure> {
    let Some((place, reason)) = rejected.first().filter(|_| !args.skip_invalid) else { return Ok(()) };
    Err(Failure::plain(Code::InvalidConfig, format!("{place}: {reason}; nothing was imported"))
        .with_help("fix the file, or skip such rows with `--skip-invalid`"))
}

/// Gives a single user's key to the profile that an option names.
fn name_profile(entries: &mut [Entry], profile: &str) -> Result<(), Failure> {
    match entries {
        [entry] => entry.profile = SectionName::Profile(profile.to_owned()),
        [] => {}
        many => {
            let message = format!(
                "the file has the keys of {} users, and `--profile` names one profile; nothing was imported",
                many.len()
            );
            return Err(Failure::usage(message)
                .with_help("leave out `--profile`: each key gets a profile with the name of its user"));
        }
    }
    Ok(())
}

/// Gives the profiles the region of the option, or those that have none the one that the user chooses.
fn choose_region(entries: &mut [Entry], cx: &Cx<'_>) -> Result<(), Failure> {
    let files = Files::load_for_edit(cx.world)?;
    files.check()?;
    let has_region = |entry: &Entry| files.find(&entry.profile).has(settings::REGION.name);
    if let Some(region) = &cx.global.region {
        cx.ui.findings(&check::region(region));
        for entry in entries {
            entry.region = Some(region.clone());
        }
        return Ok(());
    }
    let without = entries.iter_mut().filter(|entry| entry.region.is_none() && !has_region(entry));
    let without: Vec<&mut Entry> = without.collect();
    if without.is_empty() {
        return Ok(());
    }
    let asks = !cx.options.no_input && !cx.options.dry_run;
    if let Some(dialogue) = if asks { cx.ui.dialogue(FAREWELL)? } else { None } {
        let lacks_region = match without.as_slice() {
            [entry] => entry.profile.to_string(),
            many => format!("{} profiles", many.len()),
        };
        dialogue.say(&format!("No region is set for {lacks_region}. Enter skips it."))?;
        let region = Question::region().put(&dialogue, None)?;
        for entry in without {
            entry.region.clone_from(&region);
        }
    }
    Ok(())
}

/// Gives each profile its key, in one edit.
fn imported(files: &mut Files, entries: &[Entry], args: &Import, cx: &Cx<'_>) -> Result<Imported, Error> {
    let mut imported = Imported::default();
    let mut wanted = Vec::new();
    for Entry { place, profile, id, secret, token, region } in entries {
        let holds = |row: &Variable, value: &str| {
            let found = files.find(profile).value(row.name);
            found.is_some_and(|found| found.value.as_text().is_some_and(|text| text.expose() == value))
        };
        let mut changes = save::Changes::new(profile.clone());
        if !holds(&settings::AWS_ACCESS_KEY_ID, id)
            || !holds(&settings::AWS_SECRET_ACCESS_KEY, secret.expose())
            || token.as_ref().is_some_and(|token| !holds(&settings::AWS_SESSION_TOKEN, token.expose()))
        {
            if let Some(at) = save::access_key(files, profile).filter(|_| !args.overwrite) {
                imported.taken.push((place.clone(), profile.clone(), at));
            }
            // A token belongs to the key that is replaced.
            for row in settings::TOKENS {
                let is_replaced = *row == settings::AWS_SESSION_TOKEN && token.is_some();
                if files.find(profile).has(row.name) && !is_replaced {
                    changes.unset(row);
                }
            }
            changes.set(&settings::AWS_ACCESS_KEY_ID, Secret::new(id));
            changes.set(&settings::AWS_SECRET_ACCESS_KEY, secret.clone());
            if let Some(token) = token {
                changes.set(&settings::AWS_SESSION_TOKEN, token.clone());
            }
        }
        if let Some(region) = region.as_ref().filter(|region| !holds(&settings::REGION, region)) {
            changes.set(&settings::REGION, Secret::new(region));
        }
        wanted.push((place, changes));
    }
    if !imported.taken.is_empty() {
        return Ok(imported);
    }
    let mut accepted = Vec::new();
    for (place, changes) in wanted {
        match changes.check_name(files) {
            Err(error) => imported.rejected.push((place.clone(), error.into())),
            Ok(()) => accepted.push(changes),
        }
    }
    if !imported.rejected.is_empty() && !args.skip_invalid {
        return Ok(imported);
    }
    imported.applied = save::Changes::apply_all(&accepted, files)?;
    let conflicts = |changes: &save::Changes| {
        precedence::conflicts(Provider::SharedCredentialsFile, files, changes.section())
    };
    let found = accepted.iter().filter(|changes| changes.has(&settings::AWS_ACCESS_KEY_ID));
    imported.conflicts = Finding::bounded(found.flat_map(conflicts).collect(), MOST);
    if let ([entry], [applied]) = (entries, imported.applied.as_slice()) {
        imported.findings = save::findings(files, &entry.profile, &applied.written, cx);
    }
    Ok(imported)
}
