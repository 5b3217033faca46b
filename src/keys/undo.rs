//! Rolling back: before the new key is deleted, the old one works and is in the files again.

use jiff::SignedDuration;

use super::account::is_without_effect;
use super::{Error, Rotation, is_refused, place_of};
use crate::origin::shown;
use crate::service::iam::{Status, Use};

/// After this time the new key may be used elsewhere: the journal may be from a restored backup.
const STALE: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Rotation<'_> {
    pub fn back(&mut self) -> Result<(), Error> {
        let Some(new) = self.journal.entry.new.clone() else {
            let step = "rolling it back: the old key works, but could not be written to the files";
            self.step(self.complete("--undo"), step)?;
            let cleared = self.issue().clear(&self.journal, self.choices, "--undo").map(drop);
            let step = "the key whose response was lost could not be removed; the old key works";
            return self.step(cleared, step);
        };
        let step = "rolling it back: the old key could not be made to work";
        let listed = self.step(self.revive(&new.id), step)?;
        let step = "rolling it back: the old key works, but could not be written to the files";
        let put = self.put(&new.id, &self.journal.entry.old, "--undo");
        self.step(put, step)?;
        let step = "rolling it back: the old key is in place, but the new one could not be deleted";
        let dropped = self.drop_new(&new.id, listed);
        self.step(dropped, step)
    }

    /// Deletes the new key, unless something else may use it: then it keeps the status with which it was `listed`. One that
    /// isn't listed may exist: the list may be out of date.
    fn drop_new(&mut self, new: &str, listed: Option<Status>) -> Result<(), Error> {
        let (old, user) = (self.journal.old(), self.user().to_owned());
        let keys = self.account.keys_of(&old, Some(&user));
        let mut agreed = self.choices.delete.iter().any(|id| id == new);
        self.keep_old()?;
        if let Some(reason) = self.needed(new)?.filter(|_| !agreed) {
            agreed = listed.is_some()
                && (self.choices.ask)(&format!("{new} {reason}. Delete it for good?")) == Some(true);
            if !agreed {
                self.leave(new, &reason);
                return Ok(());
            }
        }
        // A roll-back that was interrupted may have deactivated it. If somebody else did, it stays inactive.
        let is_active = self.journal.entry.undone || listed != Some(Status::Inactive);
        if is_active {
            self.journal.undone(true)?;
            let inactive = || keys.update_if_exists(new, Status::Inactive);
            let deactivated = self.known("the old key", inactive);
            if deactivated.as_ref().is_err_and(is_without_effect) {
                self.journal.undone(false)?;
            }
            if !deactivated? {
                return Ok(());
            }
        }
        self.keep_old()?;
        if let Some(reason) = self.needed(new)?.filter(|_| !agreed) {
            if is_active {
                self.known("the old key", || keys.update(new, Status::Active))?;
                self.journal.undone(false)?;
            }
            self.leave(new, &reason);
            return Ok(());
        }
        self.known("the old key", || keys.delete(new))?;
        (self.tell)(&format!("deleted {new}"));
        Ok(())
    }

    fn leave(&self, new: &str, reason: &str) {
        let delete = self.journal.access_now(self.world).command("delete").argument(new);
        (self.tell)(&format!("{new} {reason}: it is left alone; if nothing uses it: `{delete}`"));
    }

    /// Why someone may need the new key: it is in a file or a variable, it was used for other services than a rotation uses,
    /// or it is too old.
    fn needed(&self, new: &str) -> Result<Option<String>, Error> {
        let files = self.files()?;
        if let Some(place) = place_of(new, &files, self.world) {
            return Ok(Some(format!("is in {place}")));
        }
        if let Some(path) = files.missing().first() {
            return Ok(Some(format!("may be in {}, which is missing", shown(path))));
        }
        // One of the two clocks may be wrong.
        let age = self.world.now().duration_since(self.journal.entry.request.begun).abs();
        if age > STALE {
            return Ok(Some(format!("has existed since {}", self.journal.entry.request.begun)));
        }
        let old = self.journal.old();
        let used = match self.known("the old key", || self.keys_by(&old).last_used(new)) {
            Ok(found) => found.used,
            // Access denied. The rotation is recent, so that the key is unlikely to be used elsewhere.
            Err(Error::Service(error)) if is_refused(&error) => None,
            Err(error) => return Err(error),
        };
        let foreign = used.filter(Use::is_foreign);
        Ok(foreign.map(|used| format!("was used for {} at {}", used.service, used.at)))
    }

    /// Activates the old key. Returns the status of the new one, `new`, if it is listed.
    fn revive(&self, new: &str) -> Result<Option<Status>, Error> {
        let old = &self.journal.entry.old.id;
        let keys = self.list()?;
        let Some(found) = keys.iter().find(|key| key.id == *old) else {
            return Err(Error::OldGone { id: old.clone(), again: self.journal.again() });
        };
        if found.status == Status::Inactive
            && let Some(by) = self.journal.new_key()
        {
            self.known("the new key", || self.keys_by(&by).update(old, Status::Active))?;
            (self.tell)(&format!("activated {old}"));
        }
        self.same(&self.journal.old())?;
        Ok(keys.iter().find(|key| key.id == new).map(|key| key.status))
    }
}
