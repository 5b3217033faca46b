//! The way back: the old key works and is in the files again before the new one goes.

use jiff::SignedDuration;

use super::{Error, Rotation, is_refused};
use crate::profile::KeyFiles;
use crate::service::iam::Status;

/// After this time the new key may have come to be used elsewhere: an old journal comes back with a backup.
const STALE: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Rotation<'_> {
    /// Takes the rotation back from wherever it is.
    pub fn back(&mut self) -> Result<(), Error> {
        let Some(new) = self.journal.entry.new.clone() else {
            let cleared = self.issue().clear(&self.journal, self.choices, "--undo").map(drop);
            let step = "the key whose answer was lost could not be removed; the old key works";
            return cleared.map_err(|error| self.stopped(error, step));
        };
        let step = "taking it back: the old key could not be made to work; the new one works";
        let exists = self.revive(&new.id).map_err(|error| self.stopped(error, step))?;
        let step = "taking it back: the old key works, but could not be written to the files";
        match self.put(&new.id, &self.journal.entry.old) {
            // Somebody has written other keys there, or removed them.
            Err(Error::Nowhere) => {
                (self.tell)("neither key is in the files any more; they are left as they are");
            }
            outcome => outcome.map_err(|error| self.stopped(error, step))?,
        }
        if exists {
            let step = "taking it back: the old key is in place, but the new one could not be deleted";
            self.drop_new(&new.id).map_err(|error| self.stopped(error, step))?;
        }
        Ok(())
    }

    /// Deletes the new key, unless something besides this rotation may use it by now.
    fn drop_new(&mut self, new: &str) -> Result<(), Error> {
        let (by, user) = (self.journal.old(), Some(self.user().to_owned()));
        let user = user.as_deref();
        let mut agreed = self.choices.delete.iter().any(|id| id == new);
        if let Some(reason) = self.needed(new)?.filter(|_| !agreed) {
            agreed = (self.choices.ask)(&format!("{new} {reason}. Delete it for good?")) == Some(true);
            if !agreed {
                self.leave(new, &reason);
                return Ok(());
            }
        }
        self.journal.undone(true)?;
        self.known("the old key", || self.account.update(&by, user, new, Status::Inactive))?;
        if let Some(reason) = self.needed(new)?.filter(|_| !agreed) {
            self.known("the old key", || self.account.update(&by, user, new, Status::Active))?;
            self.leave(new, &reason);
            return Ok(());
        }
        self.known("the old key", || self.account.delete(&by, user, new))?;
        (self.tell)(&format!("deleted {new}"));
        Ok(())
    }

    fn leave(&self, new: &str, reason: &str) {
        let delete = super::command("delete", &self.journal.entry.profile).argument(new);
        (self.tell)(&format!("{new} {reason}: it is left alone; when nothing uses it: `{delete}`"));
    }

    /// Why somebody may need the new key: a file still has it, it was used for more than this rotation does with it, or
    /// it has been there for long.
    fn needed(&self, new: &str) -> Result<Option<String>, Error> {
        let files = KeyFiles::load(self.world)?;
        if let Some(holder) = files.holders(new).first() {
            return Ok(Some(format!("is in {}", holder.place)));
        }
        if let Some(place) = files.mentions(new).first() {
            return Ok(Some(format!("is in {place}")));
        }
        if self.world.non_empty("AWS_ACCESS_KEY_ID") == Some(new) {
            return Ok(Some("is in the variable AWS_ACCESS_KEY_ID".to_owned()));
        }
        let age = self.world.now().duration_since(self.journal.entry.begun);
        if age > STALE {
            return Ok(Some(format!("has existed since {}", self.journal.entry.begun)));
        }
        let old = self.journal.old();
        let used = match self.known("the old key", || self.account.last_used(&old, new)) {
            Ok(found) => found.used,
            // Who may not ask can't be told; the rotation began not long ago.
            Err(Error::Service(error)) if is_refused(&error) => None,
            Err(error) => return Err(error),
        };
        let foreign = used.filter(|used| !["iam", "sts"].contains(&used.service.as_str()));
        Ok(foreign.map(|used| format!("was used for {} at {}", used.service, used.at)))
    }

    /// Makes the old key work, and tells whether the new one, `new`, exists.
    fn revive(&self, new: &str) -> Result<bool, Error> {
        let old = &self.journal.entry.old.id;
        let keys = self.keys()?;
        let Some(found) = keys.iter().find(|key| key.id == *old) else {
            return Err(Error::OldGone { id: old.clone() });
        };
        if found.status == Status::Inactive
            && let Some(by) = self.journal.new_key()
        {
            self.known("the new key", || self.account.update(&by, Some(self.user()), old, Status::Active))?;
            (self.tell)(&format!("activated {old}"));
        }
        self.same(&self.journal.old())?;
        Ok(keys.iter().any(|key| key.id == new))
    }
}
