//! `xcred configure import`: access keys from the AWS console's CSV files, for many users or for one.

mod rows;
mod source;

use rows::{Entry, Rejected};
use source::Source;

use super::cx::Cx;
use super::save;
use crate::cli::configure::Import;
use crate::cmd::{diff, exposure, set};
use crate::failure::{Code, Exit, Failure};
use crate::origin::Place;
use crate::profile::{Error, Files, SectionName};
use crate::secret::Secret;
use crate::settings::{self, Variable};

/// The outcome of the edit; nothing is applied if a profile is taken.
#[derive(Default)]
struct Imported {
    applied: Vec<save::Applied>,
    rejected: Vec<Rejected>,
    taken: Vec<(String, SectionName, Place)>,
}

pub(super) fn run(args: &Import, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let Cx { options, world, ui, .. } = *cx;
    let source = Source::of(args.file.as_deref().or(args.csv.as_deref()).unwrap_or_default(), world)?;
    let own = || set::to_write(cx.global, world);
    let (entries, mut rejected) = rows::read(&source, &args.profile_prefix, own)?;
    if let Some((place, reason)) = rejected.first().filter(|_| !args.skip_invalid) {
        return Err(Failure::plain(Code::InvalidConfig, format!("{place}: {reason}; nothing was imported"))
            .with_help("fix the file, or skip such rows with `--skip-invalid`"));
    }
    for entry in entries.iter().filter(|entry| !settings::is_plausible_access_key_id(&entry.id)) {
        ui.warning(format_args!("{}: this does not look like an access key ID", entry.place));
    }
    let change = |files: &mut Files| imported(files, &entries, args);
    let (imported, edited) = diff::attempt(change, options.dry_run, world)?;
    if let Some((place, profile, at)) = imported.taken.first() {
        let message = format!("{place}: {profile} already has an access key ({at}); nothing was imported");
        return Err(Failure::plain(Code::InvalidConfig, message)
            .with_help("replace it with `--overwrite`, or choose other names with `--profile-prefix TEXT`"));
    }
    diff::report_marks(&edited, ui);
    rejected.extend(imported.rejected);
    for (place, reason) in &rejected {
        ui.warning(format_args!("{place}: {reason}; skipped"));
    }
    if options.dry_run {
        ui.write(&diff::of(&edited, ui))?;
        return Ok(Exit::Success);
    }
    for applied in &imported.applied {
        applied.tell(ui);
    }
    exposure::warn(imported.applied.iter().flat_map(|applied| &applied.written), ui);
    let changed = imported.applied.iter().filter(|applied| !applied.is_empty()).count();
    match (changed, imported.applied.len()) {
        (_, 0) => ui.note("nothing was imported"),
        (0, _) => ui.note("nothing to change: every key is already there"),
        (1, _) => ui.note("imported 1 profile"),
        (changed, _) => ui.note(format_args!("imported {changed} profiles")),
    }
    if changed > 0 {
        ui.note("next: `xcred list-profiles --long` shows the profiles");
    }
    Ok(Exit::Success)
}

/// Gives each profile its key, in one edit.
fn imported(files: &mut Files, entries: &[Entry], args: &Import) -> Result<Imported, Error> {
    let mut imported = Imported::default();
    let mut wanted = Vec::new();
    for Entry { place, profile, id, secret } in entries {
        let holds = |row: &Variable, value: &str| {
            let found = files.find(profile).value(row.name);
            found.is_some_and(|found| found.value.as_text().is_some_and(|text| text.expose() == value))
        };
        let mut changes = save::Changes::new(profile.clone());
        if !holds(&settings::AWS_ACCESS_KEY_ID, id)
            || !holds(&settings::AWS_SECRET_ACCESS_KEY, secret.expose())
        {
            if let Some(at) = save::access_key(files, profile).filter(|_| !args.overwrite) {
                imported.taken.push((place.clone(), profile.clone(), at));
            }
            // A token belongs to the key that is replaced.
            for token in [&settings::AWS_SESSION_TOKEN, &settings::AWS_SECURITY_TOKEN] {
                if files.find(profile).has(token.name) {
                    changes.unset(token);
                }
            }
            changes.set(&settings::AWS_ACCESS_KEY_ID, Secret::new(id));
            changes.set(&settings::AWS_SECRET_ACCESS_KEY, secret.clone());
        }
        wanted.push((place, changes));
    }
    if !imported.taken.is_empty() {
        return Ok(imported);
    }
    // A name that is refused is skipped.
    let mut accepted = Vec::new();
    for (place, changes) in wanted {
        match changes.check_name(files) {
            Err(error) if args.skip_invalid => imported.rejected.push((place.clone(), error.to_string())),
            checked => {
                checked?;
                accepted.push(changes);
            }
        }
    }
    imported.applied = save::Changes::apply_all(&accepted, files)?;
    Ok(imported)
}
