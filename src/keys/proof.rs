//! Whether a key that an earlier run made still works.

use super::account::SETTLING;
use super::entry::Creation;
use super::issue::Issue;
use super::{Error, Journal, is_dispensable, is_unknown};
use crate::credentials::Credentials;
use crate::service::iam::Status;

impl Issue<'_> {
    /// Makes sure that the journal's key works before it is saved: since an earlier run made it, it may have been deactivated
    /// or deleted.
    pub fn prove(&self, journal: &Journal<Creation>) -> Result<(), Error> {
        let Some(new) = journal.new_key() else { return Ok(()) };
        let (id, keys) = (new.id(), self.keys());
        let gone = || Error::NewGone { id: id.to_owned(), again: journal.again() };
        match keys.listed_within(SETTLING, |key| key.id == id) {
            Ok((found, _)) => match found.first().map(|key| key.status) {
                Some(Status::Active) => return Ok(()),
                Some(Status::Inactive) if !journal.entry.undone => {
                    let (again, id) = (journal.again(), id.to_owned());
                    let activation = again.activation(&id, self.user.as_deref(), None);
                    return Err(Error::NewInactive { id, again, activation });
                }
                // The roll-back that was interrupted may have deactivated it.
                Some(Status::Inactive) => {
                    if !keys.update_if_exists(id, Status::Active)? {
                        return Err(gone());
                    }
                    (self.tell)(&format!("activated {id}"));
                    return Ok(());
                }
                // The list may be out of date.
                None => match self.account.identity(&new) {
                    Err(error) if is_unknown(&error) => return Err(gone()),
                    found => found?,
                },
            },
            // The caller may be allowed to create keys and not to list them.
            Err(error) if is_dispensable(&error) => {
                if journal.entry.undone {
                    keys.update(id, Status::Active)?;
                    (self.tell)(&format!("activated {id}"));
                }
                let tell = || (self.tell)(&format!("waiting for {id} to propagate …"));
                self.account.once_known(tell, || self.account.identity(&new))?
            }
            Err(error) => return Err(error.into()),
        };
        (self.tell)(&format!("{id} works"));
        Ok(())
    }

    /// Whether AWS doesn't know a key of this user any more.
    pub fn is_gone(&self, key: &Credentials) -> bool {
        let is_unlisted = || self.keys().is_unlisted(key.id());
        self.account.identity(key).is_err_and(|error| is_unknown(&error))
            && is_unlisted().is_ok_and(|unlisted| unlisted)
    }
}
