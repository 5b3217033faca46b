//! The steps of a rotation. Each first checks whether it is done already.

use std::borrow::Cow;

use super::entry::{Entry, Record as _};
use super::issue::{Choices, Issue};
use super::{Account, Error, Journal, Pair, UserKeys, is_unknown};
use crate::credentials::Credentials;
use crate::failure::Hint;
use crate::origin::{Place, shown};
use crate::profile::{KeyFiles, Uneditable, is_left};
use crate::service::iam::{AccessKey, Status};
use crate::world::World;

const NOT_DELETED: &str = "the new key is in place, but the inactive old one could not be deleted";

pub struct Rotation<'r> {
    pub account: Account<'r>,
    pub world: &'r World,
    pub journal: Journal,
    /// Whether an earlier run began it.
    pub resumed: bool,
    /// For a key that may be the lost one.
    pub choices: Choices<'r>,
    /// Reports a step.
    pub tell: &'r dyn Fn(&str),
}

/// What became of the old key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldKey {
    Inactive,
    /// IAM doesn't know it: someone deleted it.
    Gone,
}

impl Rotation<'_> {
    /// Continues until the old key is inactive. If IAM refuses to create a key, the journal is removed.
    pub fn forward(&mut self) -> Result<OldKey, Error> {
        if self.journal.entry.undone {
            let reconsidered = self.reconsider();
            self.step(reconsidered, "it is partly rolled back; the old key works")?;
        }
        if self.journal.entry.new.is_none() {
            if self.resumed {
                let begun = self.begin_again();
                self.step(begun, "the new key could not be requested again; the old key works")?;
            }
            let mut journal = self.journal.clone();
            self.issue().create(&mut journal)?;
            self.journal = journal;
        }
        let Some(new) = self.journal.new_key() else { return Err(self.nowhere("--resume")) };
        if self.resumed {
            let active = self.require_active(new.id());
            self.step(active, "the new key could not be tested")?;
        }
        self.prove(&new)?;
        let step = "the new key works, but is not in the files; the old one works as well";
        self.step(self.write(), step)?;
        let step = "the new key is in place, but the old one could not be deactivated";
        self.step(self.deactivate(&new), step)
    }

    /// Whether someone has activated the old key again.
    pub fn is_old_active(&self) -> Result<bool, Error> {
        let Some(new) = self.journal.new_key() else { return Ok(false) };
        let old = &self.journal.entry.old.id;
        let listed = self.known("the new key", || self.keys_by(&new).list());
        let keys = self.step(listed, NOT_DELETED)?;
        Ok(keys.iter().any(|key| key.id == *old && key.status == Status::Active))
    }

    /// Deletes the old key.
    pub fn delete_old(&self) -> Result<(), Error> {
        let Some(new) = self.journal.new_key() else { return Ok(()) };
        let old = &self.journal.entry.old.id;
        self.step(self.keep_new(), NOT_DELETED)?;
        let deleted = self.known("the new key", || self.keys_by(&new).delete(old));
        let existed = self.step(deleted, NOT_DELETED)?;
        let what = if existed { format!("deleted {old}") } else { format!("{old} is deleted already") };
        (self.tell)(&what);
        Ok(())
    }

    /// Finds out whether the new key was deleted, after an interrupted roll-back.
    fn reconsider(&mut self) -> Result<(), Error> {
        let keys = self.list()?;
        let is_active = |new: &Pair| keys.iter().any(|key| key.id == new.id && key.status == Status::Active);
        if let Some(new) = &self.journal.entry.new {
            let old = self.journal.old();
            if !is_active(new) && !self.keys_by(&old).update_if_exists(&new.id, Status::Active)? {
                self.journal.entry.new = None;
            }
        }
        self.journal.undone(false)
    }

    /// Requests the new key, signed with the old one.
    pub(super) fn issue(&self) -> Issue<'_> {
        let Rotation { account, world, tell, .. } = *self;
        Issue { account, world, by: self.journal.old(), user: Some(self.user().to_owned()), tell }
    }

    /// Starts again if the response with the new key was lost: deletes that key, and checks again that a new one can be
    /// written wherever the old one is.
    fn begin_again(&mut self) -> Result<(), Error> {
        let lost = self.issue().clear(&self.journal, self.choices, "--resume")?;
        let entry = &self.journal.entry;
        let uneditable =
            self.files()?.try_out(self.world, &entry.old.id, &entry.old.id, &entry.old.secret)?;
        let may_stay = |found: &Uneditable| is_left(&found.place.path, &entry.left, self.world);
        if let Some(found) = uneditable.into_iter().find(|found| !may_stay(found)) {
            return Err(found.reason.into());
        }
        // If IAM refuses to create a key, the journal with the secret is removed.
        self.complete("--resume")?;
        let mut journal = self.journal.clone();
        journal.renew(lost)?;
        self.journal = journal;
        Ok(())
    }

    /// Someone may have deactivated the new key since an earlier run made it.
    fn require_active(&self, new: &str) -> Result<(), Error> {
        if self.list()?.iter().any(|key| key.id == new && key.status == Status::Inactive) {
            // With the new key in its files, the profile can't sign.
            let is_written = !self.files()?.holders(new).is_empty();
            let activation = self.activation(new, is_written);
            return Err(Error::NewInactive { id: new.to_owned(), again: self.journal.again(), activation });
        }
        Ok(())
    }

    /// Tests the new key: it must belong to the same user.
    fn prove(&self, new: &Credentials) -> Result<(), Error> {
        let Err(error) = self.same(new) else {
            (self.tell)(&format!("{} works", new.id()));
            return Ok(());
        };
        let held = self.files().is_ok_and(|files| !files.holders(new.id()).is_empty());
        let step = if held {
            "the new key is in the files, but doesn't work"
        } else {
            "the new key could not be tested; the files are unchanged"
        };
        let gone = self.is_gone(&error, new.id());
        let again = self.journal.again();
        let error = if gone { Error::NewGone { id: new.id().to_owned(), again } } else { error };
        self.step(Err(error), step)
    }

    /// Whether AWS doesn't know the new key because someone deleted it after an earlier run.
    fn is_gone(&self, error: &Error, new: &str) -> bool {
        let Error::Service(error) = error else { return false };
        let is_unlisted = || self.keys_by(&self.journal.old()).is_unlisted(new);
        self.resumed && is_unknown(error) && is_unlisted().is_ok_and(|unlisted| unlisted)
    }

    /// Checks that a key belongs to the journal's user. Waits until AWS knows the key.
    pub(super) fn same(&self, keys: &Credentials) -> Result<(), Error> {
        let found = self.known(keys.id(), || self.account.identity(keys))?;
        let entry = &self.journal.entry;
        if (&found.account, &found.arn) == (&entry.account, &entry.arn) {
            return Ok(());
        }
        let (id, expected) = (keys.id().to_owned(), entry.arn.clone());
        Err(Error::OtherIdentity { id, found: found.arn, expected })
    }

    /// Writes the new key wherever the old one is.
    fn write(&self) -> Result<(), Error> {
        let Some(new) = &self.journal.entry.new else { return Ok(()) };
        self.put(&self.journal.entry.old.id, new, "--resume")
    }

    /// Writes the old key with its secret wherever its ID is: a file may have the ID only. `way` is the option for this.
    pub(super) fn complete(&self, way: &'static str) -> Result<(), Error> {
        let old = &self.journal.entry.old;
        self.put(&old.id, old, way)
    }

    /// Writes `pair` wherever the key `id` is. `way` is the option for this.
    pub(super) fn put(&self, id: &str, pair: &Pair, way: &'static str) -> Result<(), Error> {
        let (recorded, left) = (self.journal.entry.files(self.world), &self.journal.entry.left);
        for path in recorded.missing() {
            (self.tell)(&format!("{}, which had the key, is missing", shown(path)));
        }
        let replace =
            |id: &str| KeyFiles::replace_key(self.world, &recorded, id, &pair.id, &pair.secret, left);
        let places = replace(id)?;
        if places.is_empty() {
            // It is in the files already, perhaps without its secret.
            replace(&pair.id)?;
        }
        if self.files()?.holders(&pair.id).is_empty() {
            return Err(self.nowhere(way));
        }
        if id != pair.id && !places.is_empty() {
            let places = places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ");
            (self.tell)(&format!("wrote {} to {places}", pair.id));
        }
        Ok(())
    }

    fn deactivate(&self, new: &Credentials) -> Result<OldKey, Error> {
        let (old, keys) = (&self.journal.entry.old.id, self.keys_by(new));
        let listed = self.known(new.id(), || keys.list())?;
        if listed.iter().any(|key| key.id == *old && key.status == Status::Inactive) {
            return Ok(OldKey::Inactive);
        }
        self.keep_new()?;
        if !self.known(new.id(), || keys.update_if_exists(old, Status::Inactive))? {
            return Ok(OldKey::Gone);
        }
        (self.tell)(&format!("deactivated {old}"));
        Ok(OldKey::Inactive)
    }

    /// Every file that may hold the keys.
    pub fn files(&self) -> Result<KeyFiles, Error> {
        self.journal.files(self.world)
    }

    pub(super) fn nowhere(&self, way: &'static str) -> Error {
        let entry = &self.journal.entry;
        let new = entry.new.as_ref().map(|new| new.id.clone());
        let (old, path) = (entry.old.id.clone(), self.journal.path.as_path().into());
        Error::Nowhere { old, new, path, way, again: self.journal.again() }
    }

    /// Retries until AWS knows the key that signs.
    pub(super) fn known<T, E: Into<Error>>(
        &self,
        what: &str,
        ask: impl Fn() -> Result<T, E>,
    ) -> Result<T, Error> {
        self.account.once_known(|| (self.tell)(&format!("waiting for {what} to propagate …")), ask)
    }

    /// The user's keys, listed with the old key, or with the new one if the old one is inactive.
    pub(super) fn list(&self) -> Result<Vec<AccessKey>, Error> {
        match (self.keys_by(&self.journal.old()).list(), self.journal.new_key()) {
            (Err(error), Some(new)) if is_unknown(&error) => {
                let listed = self.known(new.id(), || self.keys_by(&new).list());
                listed.map_err(|error| self.none_works(error, new.id()))
            }
            (outcome, _) => Ok(outcome?),
        }
    }

    fn none_works(&self, error: Error, new: &str) -> Error {
        match error {
            Error::Service(error) if is_unknown(&error) => Error::NoneWorks {
                old: self.journal.entry.old.id.clone(),
                new: new.to_owned(),
                again: self.journal.again(),
                activation: self.activation(new, true),
            },
            error => error,
        }
    }

    /// What activates the new key.
    fn activation(&self, new: &str, by_another: bool) -> Hint {
        let Entry { user, account, .. } = &self.journal.entry;
        self.journal.again().activation(new, Some(user), by_another.then_some(account))
    }

    /// The user's keys. `by` signs the requests.
    pub(super) fn keys_by<'k>(&'k self, by: &'k Credentials) -> UserKeys<'k> {
        self.account.keys_of(by, Some(self.user()))
    }

    pub(super) fn user(&self) -> &str {
        &self.journal.entry.user
    }

    /// Adds `step` to an error: where the rotation stopped.
    pub(super) fn step<T>(
        &self,
        outcome: Result<T, Error>,
        step: impl Into<Cow<'static, str>>,
    ) -> Result<T, Error> {
        outcome.map_err(|error| self.journal.stopped(error, step))
    }
}
