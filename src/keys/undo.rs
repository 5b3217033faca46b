//! The way back: the old key works and stands in the files again before the new one goes.

use super::{Error, Rotation};
use crate::service::iam::Status;

impl Rotation<'_> {
    /// Takes the rotation back from wherever it is.
    pub fn back(&mut self) -> Result<(), Error> {
        let Some(new) = self.journal.entry.new.clone() else {
            let cleared = self.clear().map(drop);
            return cleared
                .map_err(|error| self.stopped(error, "a key whose answer was lost could not be removed"));
        };
        let step = "taking it back: the old key could not be made to work; the new one works";
        let exists = self.revive(&new.id).map_err(|error| self.stopped(error, step))?;
        let step = "taking it back: the old key works, but could not be written to the files";
        match self.put(&new.id, &self.journal.entry.old) {
            // Somebody has written other keys there, or removed them.
            Err(Error::Nowhere) => {
                (self.tell)("neither key stands in the files any more; they are left as they are");
            }
            outcome => outcome.map_err(|error| self.stopped(error, step))?,
        }
        if exists {
            self.journal.undone(true)?;
            let step = "taking it back: the old key is in place, but the new one could not be deleted";
            let user = Some(self.user());
            let deleted =
                self.known("the old key", || self.account.delete(&self.journal.old(), user, &new.id));
            deleted.map_err(|error| self.stopped(error, step))?;
            (self.tell)(&format!("deleted {}", new.id));
        }
        Ok(())
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
