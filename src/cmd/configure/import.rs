//! `xcred configure import`: access keys from the CSV files that the AWS console gives out, for many users or for one.

use super::{Setting, save};
use crate::cli::configure::Import;
use crate::cmd::{diff, set};
use crate::failure::{Code, Exit, Failure};
use crate::origin::{Place, shown};
use crate::profile::{Error, Files, SectionName};
use crate::secret::Secret;
use crate::settings;
use crate::store::{self, Found};

/// One row that can be used.
struct Entry {
    /// Its place, as messages name it.
    place: String,
    profile: SectionName,
    id: String,
    secret: Secret,
}

/// What kept a row, or all of them, from being imported.
type Rejected = (String, String);

/// What the edit came to: nothing, where a profile is taken.
#[derive(Default)]
struct Imported {
    applied: Vec<save::Applied>,
    rejected: Vec<Rejected>,
    taken: Vec<(String, SectionName, Place)>,
}

/// Runs the command.
pub(super) fn run(args: &Import, setting: &Setting<'_>) -> Result<Exit, Failure> {
    let Setting { manner, world, ui, .. } = *setting;
    let source = args.file.as_deref().or(args.csv.as_deref()).unwrap_or_default();
    let (name, text) = read(source, setting)?;
    let (entries, mut rejected) = rows(&name, &text, args, setting)?;
    refuse(&rejected, args)?;
    for entry in entries.iter().filter(|entry| !settings::is_plausible_access_key_id(&entry.id)) {
        ui.warning(format_args!("{}: this does not look like an access key ID", entry.place));
    }
    let change = |files: &mut Files| imported(files, &entries, args);
    let (imported, edited) =
        if manner.dry_run { Files::rehearse(world, change)? } else { Files::edit(world, change)? };
    if let Some((place, profile, at)) = imported.taken.first() {
        let message = format!("{place}: {profile} has an access key already ({at}); nothing was imported");
        return Err(Failure::plain(Code::InvalidConfig, message)
            .with_help("give `--overwrite` to replace it, or `--profile-prefix TEXT` for other names"));
    }
    rejected.extend(imported.rejected);
    for (place, reason) in &rejected {
        ui.warning(format_args!("{place}: {reason}; left out"));
    }
    if manner.dry_run {
        ui.write(&diff::of(&edited, ui))?;
        return Ok(Exit::Success);
    }
    for applied in &imported.applied {
        applied.tell(ui);
    }
    let changed = imported.applied.iter().filter(|applied| !applied.is_empty()).count();
    match (changed, imported.applied.len()) {
        (_, 0) => ui.note("nothing was imported"),
        (0, _) => ui.note("nothing to change: every key is there already"),
        (1, _) => ui.note("imported 1 profile"),
        (changed, _) => ui.note(format_args!("imported {changed} profiles")),
    }
    if changed > 0 {
        ui.note("next: `xcred list-profiles --long` shows the profiles");
    }
    Ok(Exit::Success)
}

/// The file's name for messages, and its text.
fn read(source: &str, setting: &Setting<'_>) -> Result<(String, Secret), Failure> {
    if source == "-" {
        return Ok(("standard input".to_owned(), set::read_value()?));
    }
    let path = source.strip_prefix("file://").unwrap_or(source);
    let path = setting.world.expand_user(path);
    let path = path.map_err(|no_home| {
        Failure::plain(Code::InvalidConfig, no_home.to_string()).with_help("give the file's whole path")
    })?;
    let name = shown(&path).to_string();
    let Found::Bytes(bytes) = store::read(&path)? else {
        return Err(Failure::usage(format!("{name} is not there")));
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok((name, Secret::new(text))),
        Err(_) => Err(Failure::plain(Code::InvalidConfig, format!("{name} is not UTF-8"))
            .with_help("save it as UTF-8 CSV")),
    }
}

/// The rows that can be used, and why the others can't.
fn rows(
    name: &str,
    text: &Secret,
    args: &Import,
    setting: &Setting<'_>,
) -> Result<(Vec<Entry>, Vec<Rejected>), Failure> {
    let text = text.expose().trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| Failure::plain(Code::InvalidConfig, format!("{name}: {error}"));
    let headers = reader.headers().map_err(broken)?.clone();
    let column = |wanted: &str| {
        let plain = |header: &str| header.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        headers.iter().position(|header| plain(header).eq_ignore_ascii_case(wanted))
    };
    let (Some(id), Some(secret)) = (column("AccessKeyID"), column("SecretAccessKey")) else {
        let message = format!("{name} is no file with access keys: its first line names no such columns");
        return Err(Failure::plain(Code::InvalidConfig, message).with_help(
            "the columns are `User Name`, `Access key ID` and `Secret access key`, or the last two",
        ));
    };
    let user = column("UserName");
    let (mut entries, mut rejected): (Vec<Entry>, Vec<Rejected>) = (Vec::new(), Vec::new());
    for (at, record) in reader.into_records().enumerate() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let place = format!("{name}:{line}: entry {}", at + 1);
        let field = |column: usize| record.get(column).unwrap_or_default();
        let profile = match user {
            Some(user) if field(user).is_empty() => Err("it has no user name"),
            Some(user) => Ok(SectionName::Profile(format!("{}{}", args.profile_prefix, field(user)))),
            None => set::to_write(setting.global, setting.world).map(Ok)?,
        };
        let usable = match profile {
            Err(reason) => Err(reason),
            Ok(_) if field(id).is_empty() => Err("it has no access key ID"),
            Ok(_) if field(secret).is_empty() => Err("it has no secret access key"),
            Ok(_) if [id, secret].map(field).iter().any(|key| key.contains(char::is_whitespace)) => {
                Err("its access key has blanks")
            }
            Ok(profile) if entries.iter().any(|entry| entry.profile == profile) => Err(if user.is_some() {
                "an entry before it has this user name"
            } else {
                "it is one too many"
            }),
            Ok(profile) => Ok(profile),
        };
        match usable {
            Err(reason) => rejected.push((place, reason.to_owned())),
            Ok(profile) => {
                let secret = Secret::new(field(secret));
                entries.push(Entry { place, profile, id: field(id).to_owned(), secret });
            }
        }
    }
    if entries.is_empty() && rejected.is_empty() {
        return Err(Failure::plain(Code::InvalidConfig, format!("{name} holds no access keys")));
    }
    Ok((entries, rejected))
}

/// Without `--skip-invalid` one row that can't be used is enough to write nothing.
fn refuse(rejected: &[Rejected], args: &Import) -> Result<(), Failure> {
    match rejected.first() {
        Some((place, reason)) if !args.skip_invalid => {
            Err(Failure::plain(Code::InvalidConfig, format!("{place}: {reason}; nothing was imported"))
                .with_help("mend the file, or give `--skip-invalid` to leave such rows out"))
        }
        _ => Ok(()),
    }
}

/// Gives each profile its key, in one edit.
fn imported(files: &mut Files, entries: &[Entry], args: &Import) -> Result<Imported, Error> {
    let mut imported = Imported::default();
    let mut wanted = Vec::new();
    for Entry { place, profile, id, secret } in entries {
        let holds = |key: &str, value: &str| {
            let found = files.value(profile, key);
            found.is_some_and(|found| found.value.as_text().is_some_and(|text| text.expose() == value))
        };
        let mut changes = save::Changes::new(profile.clone());
        if !holds("aws_access_key_id", id) || !holds("aws_secret_access_key", secret.expose()) {
            if let Some(at) = save::access_key(files, profile).filter(|_| !args.overwrite) {
                imported.taken.push((place.clone(), profile.clone(), at));
            }
            // A token belongs to the key that goes.
            for token in ["aws_session_token", "aws_security_token"] {
                if files.value(profile, token).is_some() {
                    changes.unset(token);
                }
            }
            changes.set("aws_access_key_id", Secret::new(id));
            changes.set("aws_secret_access_key", secret.clone());
        }
        wanted.push((place, changes));
    }
    if !imported.taken.is_empty() {
        return Ok(imported);
    }
    for (place, changes) in wanted {
        match changes.apply(files) {
            Ok(applied) => imported.applied.push(applied),
            // Nothing is written under a name that is refused.
            Err(error @ Error::Name { .. }) if args.skip_invalid => {
                imported.rejected.push((place.clone(), error.to_string()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(imported)
}
