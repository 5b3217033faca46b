//! The steps of a rotation. Each asks first whether it is done already.

use std::time::Duration;

use super::{Account, Error, Journal, Pair, is_refused, is_unknown};
use crate::chain;
use crate::credentials::Credentials;
use crate::origin::Place;
use crate::profile::Files;
use crate::service::iam::{AccessKey, Status};
use crate::world::World;

/// How long IAM may take to list a key that it has created.
const SETTLING: Duration = Duration::from_secs(5);

/// How far IAM's clock and this machine's may be apart.
const CLOCKS: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// A rotation that has been begun.
pub struct Rotation<'r> {
    /// The way to IAM.
    pub account: Account<'r>,
    /// The files, the clock.
    pub world: &'r World,
    /// What is remembered.
    pub journal: Journal,
    /// Whether an earlier run began it.
    pub resumed: bool,
    /// Who is told of every step.
    pub tell: &'r dyn Fn(&str),
}

impl Rotation<'_> {
    /// Goes on from wherever it is until the old key is out of use. Without a new key at the end the journal is gone.
    pub fn forward(&mut self) -> Result<(), Error> {
        if self.journal.entry.undone {
            self.reconsider()
                .map_err(|error| self.stopped(error, "it is half taken back; the old key works"))?;
        }
        if self.journal.entry.new.is_none() {
            if self.resumed {
                let cleared = self.clear().and_then(|known| self.journal.renew(self.world.now(), known));
                cleared.map_err(|error| {
                    self.stopped(error, "a key whose answer was lost could not be removed")
                })?;
            }
            self.create()?;
        }
        self.prove()
            .map_err(|error| self.stopped(error, "the new key is not proved; the files are unchanged"))?;
        self.write().map_err(|error| {
            self.stopped(error, "the new key works, but is not in the files; the old one works as well")
        })?;
        self.deactivate().map_err(|error| {
            self.stopped(error, "the new key is in place, but the old one could not be deactivated")
        })
    }

    /// Deletes the old key.
    pub fn delete_old(&self) -> Result<(), Error> {
        let Some(new) = self.journal.new_key() else { return Ok(()) };
        let (old, user) = (&self.journal.entry.old.id, Some(self.user()));
        self.known("the new key", || self.account.delete(&new, user, old)).map_err(|error| {
            self.stopped(error, "the new key is in place, but the inactive old one could not be deleted")
        })?;
        (self.tell)(&format!("deleted {old}"));
        Ok(())
    }

    /// Finds out whether the new key is gone, after taking back was interrupted.
    fn reconsider(&mut self) -> Result<(), Error> {
        let keys = self.keys()?;
        let new = self.journal.entry.new.take();
        self.journal.entry.new = new.filter(|new| keys.iter().any(|key| key.id == new.id));
        self.journal.undone(false)
    }

    /// Asks for the new key, and writes it down before anything else.
    fn create(&mut self) -> Result<(), Error> {
        let old = self.journal.old();
        let made = match self.account.create(&old, Some(self.user())) {
            Ok(made) => made,
            Err(error) if is_refused(&error) => {
                // Nothing has happened, so there is nothing to remember.
                crate::store::remove(&self.journal.path)?;
                return Err(error.into());
            }
            Err(error) => {
                return Err(
                    self.stopped(error.into(), "the answer with the new key was lost; the old key works")
                );
            }
        };
        let id = made.key.id;
        if let Err(error) = self.journal.record(Pair { id: id.clone(), secret: made.secret }) {
            // Nobody could ever use it again, so it must not stay behind.
            self.journal.entry.new = None;
            self.account.delete(&old, Some(self.user()), &id).map_err(|error| {
                self.stopped(error.into(), "the new key could not be kept, nor deleted; the old key works")
            })?;
            crate::store::remove(&self.journal.path)?;
            return Err(error);
        }
        (self.tell)(&format!("created {id}"));
        Ok(())
    }

    /// Lets the new key say whose it is.
    fn prove(&self) -> Result<(), Error> {
        let Some(new) = self.journal.new_key() else { return Ok(()) };
        self.same(&new)?;
        (self.tell)(&format!("{} works", id(&new)));
        Ok(())
    }

    /// Asks whose a key is, until AWS knows it; it has to be the journal's user.
    pub(super) fn same(&self, keys: &Credentials) -> Result<(), Error> {
        let found = self.known(id(keys), || self.account.identity(keys))?;
        let entry = &self.journal.entry;
        if (&found.account, &found.arn) == (&entry.account, &entry.arn) {
            return Ok(());
        }
        let (id, expected) = (id(keys).to_owned(), entry.arn.clone());
        Err(Error::OtherIdentity { id, found: found.arn, expected })
    }

    /// Puts the new key wherever the old one stands.
    fn write(&self) -> Result<(), Error> {
        let Some(new) = &self.journal.entry.new else { return Ok(()) };
        self.put(&self.journal.entry.old.id, new)
    }

    /// Puts `pair` wherever the key `id` stands, in one edit.
    pub(super) fn put(&self, id: &str, pair: &Pair) -> Result<(), Error> {
        let (places, _) = Files::edit(self.world, |files| {
            files.check()?;
            files.replace_key(id, &pair.id, &pair.secret)
        })?;
        let files = Files::load(self.world)?;
        if files.holders(&pair.id).is_empty() {
            return Err(Error::Nowhere);
        }
        if !places.is_empty() {
            let places = places.iter().map(Place::to_string).collect::<Vec<_>>().join(", ");
            (self.tell)(&format!("wrote {} to {places}", pair.id));
        }
        Ok(())
    }

    fn deactivate(&self) -> Result<(), Error> {
        let Some(new) = self.journal.new_key() else { return Ok(()) };
        let (old, user) = (&self.journal.entry.old.id, Some(self.user()));
        let keys = self.known(id(&new), || self.account.keys(&new, user))?;
        if keys.iter().any(|key| key.id == *old && key.status == Status::Active) {
            self.known(id(&new), || self.account.update(&new, user, old, Status::Inactive))?;
            (self.tell)(&format!("deactivated {old}"));
        }
        Ok(())
    }

    /// Removes a key that was created for this rotation and whose secret was lost with the answer. It is one that the
    /// user did not have before, that nothing here holds, and that nobody has used; any other is left alone. Returns the
    /// keys that are left.
    pub(super) fn clear(&self) -> Result<Vec<String>, Error> {
        let old = self.journal.old();
        let files = Files::load(self.world)?;
        let mut known = self.journal.entry.known.clone();
        for key in self.unknown(&old)? {
            let before = key.created.is_some_and(|at| at < self.journal.entry.begun() - CLOCKS);
            let used = match self.account.last_used(&old, &key.id) {
                Ok(found) => found.used.is_some(),
                // Where IAM does not tell, it may be in use.
                Err(error) if is_refused(&error) => true,
                Err(error) => return Err(error.into()),
            };
            if before || used || !files.holders(&key.id).is_empty() {
                (self.tell)(&format!("{} appeared meanwhile and may be in use: it is left alone", key.id));
                known.push(key.id);
                continue;
            }
            self.account.delete(&old, Some(self.user()), &key.id)?;
            (self.tell)(&format!("deleted {}, whose secret was lost", key.id));
        }
        Ok(known)
    }

    /// The keys that the journal does not know; one that was just created may take a while to be listed.
    fn unknown(&self, old: &Credentials) -> Result<Vec<AccessKey>, Error> {
        loop {
            let mut keys = self.account.keys(old, Some(self.user()))?;
            keys.retain(|key| !self.journal.entry.known.contains(&key.id));
            let age = self.world.now().duration_since(self.journal.entry.begun());
            let left = SETTLING.checked_sub(Duration::try_from(age).unwrap_or_default());
            match left.filter(|_| keys.is_empty()) {
                Some(left) if !left.is_zero() => self.world.sleep(left.min(Duration::from_secs(1))),
                _ => return Ok(keys),
            }
        }
    }

    /// Asks until AWS knows the key that signs.
    pub(super) fn known<T>(&self, what: &str, ask: impl Fn() -> Result<T, chain::Error>) -> Result<T, Error> {
        Ok(self
            .account
            .once_known(|| (self.tell)(&format!("AWS does not know {what} yet; waiting …")), ask)?)
    }

    /// The user's keys, asked with the old key, or with the new one if the old one is out of use.
    pub(super) fn keys(&self) -> Result<Vec<AccessKey>, Error> {
        let user = Some(self.user());
        match (self.account.keys(&self.journal.old(), user), self.journal.new_key()) {
            (Err(error), Some(new)) if is_unknown(&error) => {
                self.known(id(&new), || self.account.keys(&new, user))
            }
            (outcome, _) => Ok(outcome?),
        }
    }

    pub(super) fn user(&self) -> &str {
        &self.journal.entry.user
    }

    pub(super) fn stopped(&self, error: Error, step: &'static str) -> Error {
        error.stopped(step, &self.journal.entry.profile)
    }
}

fn id(keys: &Credentials) -> &str {
    keys.access_key_id.as_ref().map(|id| id.value.as_str()).unwrap_or_default()
}
