//! Asking IAM for a key so that it is never lost: written down before and after, and looked for where the answer did not
//! come.

use std::time::Duration;

use super::entry::{Pair, Record, Request};
use super::window::{Alibi, Asked};
use super::{Account, Error, Journal, is_refused};
use crate::credentials::Credentials;
use crate::profile::KeyFiles;
use crate::service::iam::{AccessKey, Status, Use};
use crate::world::World;

/// How long IAM may take to list a key that it has created.
const SETTLING: Duration = Duration::from_secs(10);

/// What is asked about a key that can be the lost one.
const QUESTION: &str = "when the answer to the request for a key was lost. It may be that key, or belong to someone else who \
                        uses this IAM user. Delete it for good?";

/// What is done with keys of which nothing proves whose they are.
#[derive(Clone, Copy)]
pub struct Choices<'c> {
    /// Those to be deleted, by their IDs.
    pub delete: &'c [String],
    /// Those to be left alone.
    pub keep: &'c [String],
    /// Asks about any other: whether to delete it, or nothing where nobody can be asked.
    pub ask: &'c dyn Fn(&str) -> Option<bool>,
}

/// A way to ask IAM for a key, as somebody, for a user.
pub struct Issue<'i> {
    /// The way to IAM.
    pub account: Account<'i>,
    /// The files, the clock.
    pub world: &'i World,
    /// Who asks.
    pub by: Credentials,
    /// Whose key it is to be; none for the one who asks.
    pub user: Option<String>,
    /// Who is told of every step.
    pub tell: &'i dyn Fn(&str),
}

impl Issue<'_> {
    /// Asks for a key, and writes it down before anything else. Where IAM refuses, the journal goes.
    pub fn create<R: Record>(&self, journal: &mut Journal<R>) -> Result<(), Error> {
        let again = journal.entry.again();
        let stopped = |error: Error, step| error.stopped(again.clone(), step);
        let user = self.user.as_deref();
        let made = match self.account.create(&self.by, user) {
            Ok(made) => made,
            Err(error) if is_refused(&error) => {
                // What asks again on its own, as some proxies do, gets the second answer: that is not about the first.
                if self.has_appeared(&journal.entry.asked()) {
                    journal.give_up(self.world.now());
                    return Err(stopped(error.into(), "IAM refused to create a key, but a new key exists"));
                }
                crate::store::remove(&journal.path)?;
                return Err(error.into());
            }
            Err(error) => {
                journal.give_up(self.world.now());
                return Err(stopped(error.into(), R::ANSWER_LOST));
            }
        };
        let id = made.key.id;
        if let Err(error) = journal.record(Pair { id: id.clone(), secret: made.secret }) {
            // Nobody could ever use it again, so it must not stay behind.
            *journal.entry.made_mut() = None;
            let step = "the new key could neither be saved nor deleted";
            let was_there =
                self.account.delete(&self.by, user, &id).map_err(|error| stopped(error.into(), step))?;
            // A part of IAM may not know the key yet.
            if !was_there && self.has_appeared(&journal.entry.asked()) {
                return Err(stopped(error, step));
            }
            crate::store::remove(&journal.path)?;
            return Err(error);
        }
        (self.tell)(&format!("created {id}"));
        Ok(())
    }

    /// Whether there is a key that was not there before. Where IAM does not say, nothing shows that there is.
    fn has_appeared(&self, asked: &Asked) -> bool {
        let listed = self.account.keys(&self.by, self.user.as_deref());
        listed.is_ok_and(|keys| keys.iter().any(|key| !asked.known.contains(&key.id)))
    }

    /// Looks for the key whose answer was lost, and removes it if it can be that one and `choices` says so. Any other is
    /// left alone. Gives what a next request begins with.
    pub fn clear<R: Record>(
        &self,
        journal: &Journal<R>,
        choices: Choices<'_>,
        way: &'static str,
    ) -> Result<Request, Error> {
        let asked = journal.entry.asked();
        let profile = journal.entry.profile();
        let files = KeyFiles::load(self.world)?;
        let (keys, ahead) = self.appeared(&asked)?;
        let mut known = asked.known.clone();
        let mut undecided = Vec::new();
        let not_lost =
            |id: &str, alibi| Error::NotLost { id: id.to_owned(), alibi, profile: profile.to_owned() };
        if let Some(id) = choices.delete.iter().find(|id| asked.known.contains(id)) {
            return Err(not_lost(id, Alibi::Known));
        }
        for key in keys {
            let (id, created) = (key.id.clone(), key.created.unwrap_or_default());
            let named = choices.delete.contains(&id);
            if let Err(alibi) = self.can_be(&asked, &key, &files)? {
                if named {
                    return Err(not_lost(&id, alibi));
                }
                (self.tell)(&format!("{id} {alibi}: it is left alone"));
                known.push(id);
                continue;
            }
            let kept = choices.keep.contains(&id).then_some(false);
            let choice = kept.or(named.then_some(true));
            match choice.or_else(|| (choices.ask)(&format!("{id} was created at {created}, {QUESTION}"))) {
                None => undecided.push((id, created)),
                Some(false) => {
                    (self.tell)(&format!("{id} is left alone"));
                    known.push(id);
                }
                Some(true) => {
                    if let Some(used) = self.remove(&id, false)? {
                        return Err(not_lost(&id, Alibi::Used(used)));
                    }
                }
            }
        }
        if undecided.is_empty() {
            return Ok(Request { begun: self.world.now(), ended: None, ahead, known });
        }
        Err(Error::Undecided { again: journal.entry.again(), way, keys: undecided })
    }

    fn can_be(&self, asked: &Asked, key: &AccessKey, files: &KeyFiles) -> Result<Result<(), Alibi>, Error> {
        let used = match self.account.last_used(&self.by, &key.id) {
            Ok(found) => Some(found),
            Err(error) if is_refused(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let place = files.holders(&key.id).first().map(|holder| holder.place.to_string());
        let place = place.or_else(|| files.mentions(&key.id).first().map(ToString::to_string));
        Ok(asked.can_be(key, used.as_ref(), place))
    }

    /// Deactivates a key, looks once more whether anybody used it, and only then deletes it. One that was used is
    /// activated again, and its use told. Of a key that is `proved` to be this record's, IAM need not tell the use.
    pub fn remove(&self, id: &str, proved: bool) -> Result<Option<Use>, Error> {
        let user = self.user.as_deref();
        self.account.update(&self.by, user, id, Status::Inactive)?;
        let last = match self.account.last_used(&self.by, id) {
            Err(error) if proved && is_refused(&error) => None,
            found => found?.used,
        };
        if last.is_some() {
            self.account.update(&self.by, user, id, Status::Active)?;
            return Ok(last);
        }
        self.account.delete(&self.by, user, id)?;
        (self.tell)(&format!("deleted {id}"));
        Ok(None)
    }

    /// The keys that the journal does not know, and how far IAM's clock is ahead. One that was just created may take a
    /// while to be listed.
    fn appeared(&self, asked: &Asked) -> Result<(Vec<AccessKey>, Option<i64>), Error> {
        let age = Duration::try_from(self.world.now().duration_since(asked.begun)).unwrap_or_default();
        let mut left = SETTLING.saturating_sub(age);
        loop {
            let (mut keys, ahead) = self.account.keys_by_clock(&self.by, self.user.as_deref())?;
            keys.retain(|key| !asked.known.contains(&key.id));
            if !keys.is_empty() || left.is_zero() {
                return Ok((keys, ahead));
            }
            let wait = left.min(Duration::from_secs(1));
            self.world.sleep(wait);
            left -= wait;
        }
    }
}
