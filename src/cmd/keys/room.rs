//! Room for a new key: a user can have at most two.

use jiff::Timestamp;

use super::shown::{Found, Row};
use crate::cli::keys::Rotate;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Failure, Hint};
use crate::keys::{self, Access, Account, Entry, Error};
use crate::profile::{Files, KeyFiles};
use crate::service::iam::{AccessKey, Status};
use crate::ui::Ui;
use crate::world::World;

/// Whose keys they are, and who rotates one of them.
pub(super) struct Whose<'w> {
    pub(super) access: &'w Access,
    pub(super) account: &'w str,
    pub(super) user: &'w str,
}

/// Returns the other key, if it can be deleted.
pub(super) fn make_room(
    args: &Rotate,
    Whose { access, account, user }: Whose<'_>,
    old: &str,
    rows: &[Row],
    found: &Found<'_>,
) -> Result<Option<String>, Failure> {
    let mut others = rows.iter().filter(|row| row.key.id != old);
    let Some(other) = others.next() else { return Ok(None) };
    let world = found.world;
    let lost = keys::lost_of(world, found.files, account, user);
    let two = |(reason, help): (String, Hint)| {
        let words = "it may be the key of an unfinished creation: ";
        let help = lost.as_ref().map_or(help, |lost| lost.again.ways_after(words));
        two_keys(user, &other.key.id, (reason, help))
    };
    let place = keys::place_of(&other.key.id, found.key_files, world);
    let unfinished = keys::holding(world, found.files, &other.key.id);
    keys::spare(access, &other.key, other.used.as_ref(), place.as_deref(), &unfinished, world.now())
        .map_err(two)?;
    if args.yes && !args.delete_inactive {
        let reason = "is inactive and unused for 30 days".to_owned();
        return Err(two((reason, "give `--delete-inactive` to delete it first".into())).into());
    }
    Ok(Some(other.key.id.clone()))
}

/// Deletes the key that is in the way, if it is still what it was when the user was asked.
pub(super) fn delete_spare(
    id: &str,
    entry: &Entry,
    account: Account<'_>,
    by: &Credentials,
    world: &World,
    ui: &Ui,
) -> Result<(), Failure> {
    let keys = account.keys_of(by, Some(&entry.user));
    let listed = keys.list()?.into_iter().find(|key| key.id == id);
    let (last, files) = (keys.last_used(id), KeyFiles::load(world)?);
    let is_deleted = listed.is_none() && last.as_ref().is_err_and(is_about_no_key);
    // If it isn't listed, the list may be out of date. It was inactive, and not new.
    let created = Some(Timestamp::UNIX_EPOCH);
    let unlisted = || AccessKey { id: id.to_owned(), user: None, status: Status::Inactive, created };
    if !is_deleted {
        let key = listed.unwrap_or_else(unlisted);
        let unfinished = keys::holding(world, &Files::load(world)?, id);
        let (last, place) = (last.ok(), keys::place_of(id, &files, world));
        keys::spare(&entry.access, &key, last.as_ref(), place.as_deref(), &unfinished, world.now())
            .map_err(|why| two_keys(&entry.user, id, why))?;
    }
    if keys.delete(id)? {
        ui.note(format_args!("deleted {id}"));
    }
    Ok(())
}

fn is_about_no_key(error: &client::Error) -> bool {
    matches!(error, client::Error::Call(error) if error.is_refusal("NoSuchEntity"))
}

fn two_keys(user: &str, id: &str, (reason, help): (String, Hint)) -> Error {
    Error::TwoKeys { user: user.to_owned(), id: id.to_owned(), reason, help }
}
