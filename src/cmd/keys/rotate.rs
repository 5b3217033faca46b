//! `xcred keys rotate`: identity, inventory, plan, question; then the steps. Each step can be interrupted.

use std::borrow::Cow;
use std::time::Duration;

use super::super::Cx;
use super::super::session::{ResolveOptions, Session};
use super::caller::{OF_USER, asked, session, told_on_interrupt, with_account};
use super::copies::{warn_of_old_key, warn_of_other_copies};
use super::room::{Whose, delete_spare, make_room};
use super::shown::{Found, Row, table};
use crate::chain::Provider;
use crate::cli::keys::Rotate;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure};
use crate::keys::{self, Access, Account, Choices, Entry, Error, Journal, OldKey, Pair, Request, Rotation};
use crate::origin::shown;
use crate::profile::{Files, KeyFiles, KeyPaths, Uneditable, absolute};
use crate::secret::Secret;
use crate::service::sts::CallerIdentity;
use crate::settings;
use crate::ui::{UNCHANGED, Ui};
use crate::world::World;

pub(super) fn run(args: &Rotate, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let session = session(cx, &args.expecting)?;
    let profile = session.selection.clone().for_edit(world)?.name.value;
    let goes_on = args.resume || args.undo;
    // The journal of one that was removed or renamed has all that is needed.
    if !(goes_on && Journal::find(world, &session.files, None, &profile)?.is_some()) {
        session.require_profile()?;
    }
    // A key in the files is a user's.
    session.require_whole(Provider::SharedCredentialsFile, OF_USER)?;
    // Offline: only keys in the files can be rotated.
    let found = session.resolve(ResolveOptions::plain())?.planned();
    let own =
        found.as_ref().ok().and_then(|(_, keys)| keys.access_key_id.as_ref()).map(|id| id.value.clone());
    // A rotation is of the profile's own key.
    let access = Access { profile: Some(profile.clone()), region: session.options.region.clone() };
    let unfinished = || Journal::find(world, &session.files, own.as_deref(), &profile);
    if goes_on {
        let _held = keys::hold(world, Duration::ZERO)?;
        let Some(journal) = unfinished()? else {
            return Err(Error::none::<Entry>(world, &session.files, &profile, &access)?.into());
        };
        // The profile may have either key by now.
        session.required(Provider::SharedCredentialsFile)?.check(&journal.entry.account)?;
        return with_account(&session, |account| go_on(args, account, journal, world, ui));
    }
    refuse_unfinished(unfinished()?)?;
    let source = source_of(&session.files, &profile);
    keys::rotatable(&profile, source.as_deref(), &found)?;
    let (provider, credentials) = found?;
    session.check_account(provider, &credentials, ResolveOptions::default())?;
    let _held = keys::hold(world, Duration::ZERO)?;
    // Another command may have left a journal meanwhile.
    refuse_unfinished(unfinished()?)?;
    if let Some(id) = &own {
        match keys::holding(world, &session.files, id) {
            Ok(Some(creation)) => return Err(Error::Unfinished(Box::new(creation)).into()),
            Ok(None) => {}
            // The key is in the files as well.
            Err(error) => ui.problem(&error),
        }
    }
    with_account(&session, |account| {
        let Some((entry, spare)) = prepare(args, &session, account, (&credentials, &access), ui)? else {
            return Ok(Exit::Interrupted);
        };
        let mut journal = Journal::new(world, entry)?;
        let _told = told_on_interrupt(&journal, ui);
        journal.begin()?;
        if let Some(id) = spare {
            if let Err(failure) = delete_spare(&id, &journal.entry, account, &credentials, world, ui) {
                // No key was requested yet.
                journal.end()?;
                return Err(failure);
            }
            let mut request = journal.entry.request.clone();
            request.deleted.push(id);
            journal.renew(request)?;
        }
        let choices = Choices { delete: &[], keep: &[], ask: &|_| None };
        let tell = &|text: &str| ui.note(text);
        finish(args, Rotation { account, world, journal, resumed: false, choices, tell }, ui)
    })
}

fn refuse_unfinished(journal: Option<Journal>) -> Result<(), Error> {
    journal.map_or(Ok(()), |journal| Err(journal.unfinished()))
}

/// The profile whose key a role is assumed with.
fn source_of(files: &Files, profile: &str) -> Option<String> {
    files.profile(profile).text(settings::SOURCE_PROFILE.name).map(Cow::into_owned)
}

/// Shows the caller, the keys and the plan, checks that it is possible, and asks for confirmation. With the key that is to be
/// deleted first, if there is one.
fn prepare(
    args: &Rotate,
    session: &Session<'_>,
    account: Account<'_>,
    (by, access): (&Credentials, &Access),
    ui: &Ui,
) -> Result<Option<(Entry, Option<String>)>, Failure> {
    let world = session.world;
    let files = KeyFiles::load(world)?;
    let CallerIdentity { account: number, arn, .. } = account.identity(by)?;
    let user = keys::user_of(&arn)?;
    let profile = &session.selection.name.value;
    ui.note(format_args!("account {number}, {arn} (profile `{profile}`)"));
    ui.note("");
    let found = Found { world, files: &session.files, key_files: &files };
    let mut refused = false;
    let of_user = account.keys_of(by, Some(&user));
    let (keys, mut ahead) = of_user.list_by_clock()?;
    let rows: Vec<Row> =
        keys.into_iter().map(|key| Row::of(key, account, by, &found, &mut refused, ui)).collect();
    let shown = table(&rows, world.now(), ui.style()).within(ui.err_columns());
    for line in shown.to_string().lines() {
        ui.note(line);
    }
    let old = pair(by);
    if rows.iter().all(|row| row.key.id != old.id) {
        return Err(Error::Unlisted { id: old.id, user }.into());
    }
    let whose = Whose { access, account: &number, user: &user };
    let (places, uneditable) = places(args, &files, &old, world)?;
    let spare = make_room(args, whose, &old.id, &rows, &found)?;
    ui.note("");
    ui.note("plan:");
    for step in steps(args, &user, &old.id, &places, spare.as_deref()) {
        ui.note(format_args!("  - {step}"));
    }
    warn_of_other_copies(&uneditable, &files, &old.id, world, ui);
    if !agreed(args, spare.as_deref(), ui)? {
        ui.note("nothing was changed");
        return Ok(None);
    }
    let mut known: Vec<String> = rows.into_iter().map(|row| row.key.id).collect();
    if !args.yes {
        // While the user answers, others may create keys, which must not be taken for ours.
        let (keys, by_now) = of_user.list_by_clock()?;
        known.extend(keys.into_iter().map(|key| key.id).filter(|id| !known.contains(id)).collect::<Vec<_>>());
        ahead = by_now.or(ahead);
    }
    let holders = files.holders(&old.id);
    let files = KeyPaths::of(world, holders.iter().map(|holder| &*holder.place.path));
    let left = uneditable.iter().filter_map(|found| absolute(world, &found.place.path));
    let left = left.map(|path| path.display().to_string()).collect();
    let entry = Entry {
        schema: keys::SCHEMA,
        request: Request { begun: world.now(), ended: None, ahead, known, deleted: Vec::new() },
        access: access.clone(),
        account: number,
        arn,
        user,
        places,
        files: Some(files),
        left,
        delete: args.delete,
        undone: false,
        old,
        new: None,
    };
    Ok(Some((entry, spare)))
}

/// Where the old key is, and where it can't be replaced.
fn places(
    args: &Rotate,
    files: &KeyFiles,
    old: &Pair,
    world: &World,
) -> Result<(Vec<String>, Vec<Uneditable>), Failure> {
    let holders = files.holders(&old.id);
    if holders.is_empty() {
        let what = format!("no section of the files holds {}", old.id);
        let help = "write the key into the files as a plain value first".into();
        return Err(Error::NotRotatable { what, help, origin: None }.into());
    }
    let places: Vec<String> = holders.iter().map(|holder| holder.place.to_string()).collect();
    // The new pair is as long as the old one, so it fits if this one does.
    let like_it = old.id.chars().rev().collect::<String>();
    let uneditable = files.try_out(world, &old.id, &like_it, &old.secret)?;
    if args.yes && !uneditable.is_empty() {
        let why = |found: &Uneditable| format!("{} ({})", found.place, found.reason);
        let places = uneditable.iter().map(why).collect::<Vec<_>>().join(", ");
        return Err(Error::Elsewhere { places, old: old.id.clone() }.into());
    }
    Ok((places, uneditable))
}

fn pair(keys: &Credentials) -> Pair {
    let id = keys.id().to_owned();
    let secret = keys.secret_access_key.as_ref().map(|secret| secret.value.clone());
    Pair { id, secret: secret.unwrap_or_else(|| Secret::new("")) }
}

fn steps(args: &Rotate, user: &str, old: &str, places: &[String], spare: Option<&str>) -> Vec<String> {
    let mut steps = Vec::new();
    if let Some(id) = spare {
        steps.push(format!("delete {id}, which is inactive and unused for 30 days"));
    }
    steps.push(format!("create a key for user `{user}`, and test it"));
    steps.push(format!("write it to {}", places.join(", ")));
    steps.push(if args.delete {
        format!("deactivate and delete {old}")
    } else if args.yes {
        format!("deactivate {old}, and keep it")
    } else {
        format!("deactivate {old}; delete it only after asking")
    });
    steps
}

fn agreed(args: &Rotate, spare: Option<&str>, ui: &Ui) -> Result<bool, Failure> {
    if args.yes {
        return Ok(true);
    }
    let Some(dialogue) = ui.dialogue(UNCHANGED)? else {
        let failure = Failure::plain(
            Code::NeedsTerminal,
            "nothing is changed without confirmation, and there is no terminal",
        );
        let also = if spare.is_some() { " --delete-inactive" } else { "" };
        return Err(failure.with_help(format!("add `--yes{also}` to accept this plan")));
    };
    if let Some(id) = spare.filter(|_| !args.delete_inactive)
        && !dialogue.confirm(&format!("Delete {id} for good?"))?
    {
        return Ok(false);
    }
    Ok(dialogue.confirm("Go ahead?")?)
}

/// Finishes or rolls back an interrupted rotation.
fn go_on(
    args: &Rotate,
    account: Account<'_>,
    journal: Journal,
    world: &World,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let _told = told_on_interrupt(&journal, ui);
    let ask = |question: &str| asked(args.yes, question, ui);
    let choices = Choices { delete: &args.lost.delete_lost, keep: &args.lost.keep, ask: &ask };
    let tell = &|text: &str| ui.note(text);
    let mut rotation = Rotation { account, world, journal, resumed: true, choices, tell };
    if args.resume {
        return finish(args, rotation, ui);
    }
    rotation.back()?;
    let old = rotation.journal.entry.old.id.clone();
    rotation.end_back()?;
    ui.note(format_args!("rolled back; {old} is in place again"));
    Ok(Exit::Success)
}

fn finish(args: &Rotate, mut rotation: Rotation<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let is_gone = rotation.forward()? == OldKey::Gone;
    let old = rotation.journal.entry.old.id.clone();
    let missing = || Ok::<_, Error>(rotation.files()?.missing().first().map(|path| shown(path).to_string()));
    let asked = args.delete || rotation.journal.entry.delete;
    let delete = !is_gone && (asked || missing()?.is_none() && wants_deletion(args, &old, ui)?);
    // While the user answers, someone may need it again.
    let is_active = delete && !asked && rotation.is_old_active()?;
    let missing = missing()?;
    if delete && !is_active && missing.is_none() {
        rotation.delete_old()?;
    }
    let world = rotation.world;
    let access = rotation.journal.access_now(world);
    warn_of_old_key(&old, &rotation.end()?, world, ui);
    if is_gone {
        ui.note(format_args!("{old} is deleted already"));
    } else if is_active || missing.is_some() || !delete {
        let state = match missing {
            _ if is_active => "is active, says IAM, and is left alone".to_owned(),
            Some(path) if delete => format!("is inactive, but not deleted: {path} may still need it"),
            _ => "is inactive and can be activated again".to_owned(),
        };
        let delete = access.command("delete").argument(&old);
        ui.note(format_args!("{old} {state}; if nothing breaks: `{delete}`"));
    }
    Ok(Exit::Success)
}

fn wants_deletion(args: &Rotate, old: &str, ui: &Ui) -> Result<bool, Failure> {
    if args.yes {
        return Ok(false);
    }
    let kept = "canceled; the new key is in use, and the old one is inactive, but not deleted";
    let Some(dialogue) = ui.dialogue(kept)? else { return Ok(false) };
    // No answer is no.
    Ok(dialogue.confirm(&format!("{old} is inactive now. Delete it for good?")).unwrap_or(false))
}
