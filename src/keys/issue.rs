//! Requests a key from IAM so that it is never lost: the journal is saved before and after the request. If the response
//! is lost, this searches for the key.

use std::borrow::Cow;
use std::time::Duration;

use super::account::{SETTLING, UserKeys, is_denied, is_without_effect};
use super::entry::{Pair, Record};
use super::recorded::{path_of, place_of};
use super::request::{Alibi, Request};
use super::{Account, Error, Journal, is_refused};
use crate::client;
use crate::credentials::Credentials;
use crate::origin::shown;
use crate::profile::KeyFiles;
use crate::service::iam::{AccessKey, Status, Use};
use crate::world::World;

/// Refusals that the first of two requests would have met, too.
const FINAL: [&str; 8] = [
    "AccessDenied",
    "AccessDeniedException",
    "InvalidClientTokenId",
    "NoSuchEntity",
    "OptInRequired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
    "ValidationError",
];

/// How many keys a user can have.
const MOST: usize = 2;

const QUESTION: &str = "when the answer to the request for a key was lost. It may be that key, or belong to someone else who \
                        uses this IAM user. Delete it for good?";

/// For keys that may be the lost one, or someone else's.
#[derive(Clone, Copy)]
pub struct Choices<'c> {
    /// IDs to delete.
    pub delete: &'c [String],
    /// IDs to leave alone.
    pub keep: &'c [String],
    /// Asks whether to delete any other key. `None` without a terminal.
    pub ask: &'c dyn Fn(&str) -> Option<bool>,
}

/// Requests keys for a user.
pub struct Issue<'i> {
    pub account: Account<'i>,
    pub world: &'i World,
    /// Signs the requests.
    pub by: Credentials,
    /// `None` for the caller.
    pub user: Option<String>,
    /// Reports a step.
    pub tell: &'i dyn Fn(&str),
}

impl Issue<'_> {
    pub fn keys(&self) -> UserKeys<'_> {
        self.account.keys_of(&self.by, self.user.as_deref())
    }

    /// Requests a key and saves it in the journal before anything else. If IAM refuses, the journal is removed.
    pub fn create<R: Record>(&self, journal: &mut Journal<R>) -> Result<(), Error> {
        let again = journal.again();
        let stopped = |error: Error, step: Cow<'static, str>| error.stopped(again.clone(), step);
        let made = match self.keys().create(&journal.entry.request().known) {
            Ok(made) => made,
            Err(error) if is_refused(&error) => {
                // A proxy that retries by itself returns the second response, and the first request may have succeeded.
                if self.has_appeared(journal.entry.request(), &error) {
                    journal.give_up(self.world.now());
                    let step = "IAM refused to create a key, but a new key exists";
                    return Err(stopped(error.into(), step.into()));
                }
                crate::store::remove(&journal.path)?;
                return Err(error.into());
            }
            Err(error) => {
                journal.give_up(self.world.now());
                return Err(stopped(error.into(), R::IN_DOUBT.into()));
            }
        };
        let id = made.key.id;
        if let Err(error) = journal.record(Pair { id: id.clone(), secret: made.secret }) {
            // Its secret is lost, so delete it.
            *journal.entry.made_mut() = None;
            let step = format!("the new key {id} could neither be saved nor deleted");
            self.keys().delete(&id).map_err(|error| stopped(error, step.into()))?;
            crate::store::remove(&journal.path)?;
            return Err(error);
        }
        (self.tell)(&format!("created {id}"));
        Ok(())
    }

    /// Whether a new key exists although IAM refused to create one. If IAM doesn't list the keys, nothing shows that one
    /// exists.
    fn has_appeared(&self, request: &Request, refusal: &client::Error) -> bool {
        let client::Error::Call(error) = refusal else { return false };
        let refuses = |code| error.is_refusal(code);
        // For another reason the first of two requests may have created a key, which may not be listed at once: a user who
        // had one key can't have too many, for example.
        let is_final =
            FINAL.into_iter().any(refuses) || refuses("LimitExceeded") && request.existing() >= MOST;
        let patience = if is_final { Duration::ZERO } else { self.settling(request) };
        self.appeared(request, patience).is_ok_and(|(keys, _)| !keys.is_empty())
    }

    /// Looks for the key whose answer was lost, and deletes it if `choices` allows it. Other keys are left alone. Returns
    /// the next request.
    pub fn clear<R: Record>(
        &self,
        journal: &Journal<R>,
        choices: Choices<'_>,
        way: &'static str,
    ) -> Result<Request, Error> {
        let request = journal.entry.request();
        let access = journal.entry.access().clone();
        let files = journal.files(self.world)?;
        let mut known = request.known.clone();
        let (keys, ahead) = match self.appeared(request, self.settling(request)) {
            Err(Error::Service(source)) if is_denied(&source) => {
                if choices.keep.is_empty() {
                    return Err(Error::NotListed { again: journal.again(), way, source });
                }
                known.extend_from_slice(choices.keep);
                (Vec::new(), None)
            }
            listed => listed?,
        };
        let mut undecided = Vec::new();
        let not_lost = |id: &str, alibi| Error::NotLost {
            id: id.to_owned(),
            alibi,
            access: access.clone(),
            is_recorded: false,
        };
        if let Some(id) = choices.delete.iter().find(|id| request.known.contains(id)) {
            return Err(not_lost(id, Alibi::Known));
        }
        for key in keys {
            let (id, created) = (key.id.clone(), key.created.unwrap_or_default());
            let named = choices.delete.contains(&id);
            if let Some(alibi) = self.alibi(request, &key, &files)? {
                if named {
                    return Err(not_lost(&id, alibi));
                }
                let delete = access.command("delete").argument(&id);
                (self.tell)(&format!("{id} {alibi}: it is left alone; if nothing uses it: `{delete}`"));
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
                    if let Some(used) = self.remove(&id, key.status, false, &mut |_| Ok(()))? {
                        return Err(not_lost(&id, Alibi::Used(used)));
                    }
                }
            }
        }
        if undecided.is_empty() {
            let deleted = request.deleted.clone();
            return Ok(Request { begun: self.world.now(), ended: None, ahead, known, deleted });
        }
        Err(Error::Undecided { again: journal.again(), way, keys: undecided })
    }

    /// Why the key can't be the lost one, if it can't.
    fn alibi(&self, request: &Request, key: &AccessKey, files: &KeyFiles) -> Result<Option<Alibi>, Error> {
        let used = match self.keys().last_used(&key.id) {
            Ok(found) => Some(found),
            Err(error) if is_refused(&error) => None,
            Err(error) => return Err(error.into()),
        };
        let place = match place_of(&key.id, files, self.world) {
            None => path_of(self.world, &key.id)?.map(|path| shown(&path).to_string()),
            place => place,
        };
        Ok(request.can_be(key, used.as_ref(), place).err())
    }

    /// Deactivates a key, and deletes it if it was never used. The `found` status of a used key is restored, and its use is
    /// returned. For a key that is `proved` to be this journal's, IAM may refuse to show the last use, and xcred's own use of
    /// it is none. A key that signs for itself is not deactivated: it could not sign its deletion. `mark` is called before
    /// the key is deactivated, and after it is active again.
    pub fn remove(
        &self,
        id: &str,
        found: Status,
        proved: bool,
        mark: &mut dyn FnMut(bool) -> Result<(), Error>,
    ) -> Result<Option<Use>, Error> {
        let keys = self.keys();
        let found = if self.by.id() == id { Status::Inactive } else { found };
        if found == Status::Active {
            mark(true)?;
            let deactivated = keys.update_if_exists(id, Status::Inactive);
            if deactivated.as_ref().is_err_and(is_without_effect) {
                mark(false)?;
            }
            if !deactivated? {
                return Ok(None);
            }
        }
        let mut restore = || match found {
            Status::Active => {
                keys.update(id, Status::Active)?;
                mark(false)
            }
            Status::Inactive => Ok(()),
        };
        let last = match keys.last_used(id) {
            Ok(found) => found.used.filter(|used| !proved || used.is_foreign()),
            Err(error) if proved && is_refused(&error) => None,
            Err(error) => {
                restore()?;
                return Err(error.into());
            }
        };
        if last.is_some() {
            restore()?;
        } else if keys.delete(id)? {
            (self.tell)(&format!("deleted {id}"));
        }
        Ok(last)
    }

    /// How long the key of this request may take to be listed.
    fn settling(&self, request: &Request) -> Duration {
        let age = Duration::try_from(self.world.now().duration_since(request.begun)).unwrap_or_default();
        SETTLING.saturating_sub(age)
    }

    /// The keys that the journal doesn't have, and how far IAM's clock is ahead. Waits at most `patience` for one.
    fn appeared(
        &self,
        request: &Request,
        patience: Duration,
    ) -> Result<(Vec<AccessKey>, Option<i64>), Error> {
        let is_new = |key: &AccessKey| !request.known.contains(&key.id);
        Ok(self.keys().listed_within(patience, is_new)?)
    }
}
