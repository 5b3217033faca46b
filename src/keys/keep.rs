//! While a rotation is at work, another program may write the files as they were before. Before each step that can't be taken
//! back, and before the journal ends, a file must have the key that stays usable.

use super::entry::Entry;
use super::{Error, Pair, Rotation};
use crate::profile::KeyFiles;

impl Rotation<'_> {
    /// Removes the journal of a rotation that is finished. Returns the files, one of which has the new key.
    pub fn end(self) -> Result<KeyFiles, Error> {
        let files = self.keep_new().and_then(|()| self.files());
        let files = self.step(files, "the new key could not be written to the files again")?;
        self.journal.end()?;
        Ok(files)
    }

    /// Removes the journal of a rotation that is rolled back. A file has the old key.
    pub fn end_back(self) -> Result<(), Error> {
        let step = "rolling it back: the old key could not be written to the files again";
        self.step(self.keep_old(), step)?;
        self.journal.end()
    }

    pub(super) fn keep_new(&self) -> Result<(), Error> {
        let Entry { old, new, .. } = &self.journal.entry;
        new.as_ref().map_or(Ok(()), |new| self.keep(new, old, "--resume"))
    }

    pub(super) fn keep_old(&self) -> Result<(), Error> {
        let Entry { old, new, .. } = &self.journal.entry;
        self.keep(old, new.as_ref().unwrap_or(old), "--undo")
    }

    /// Writes `pair` wherever the key `other` is, if no file has `pair` any more. `way` is the option for this.
    fn keep(&self, pair: &Pair, other: &Pair, way: &'static str) -> Result<(), Error> {
        if self.files()?.holders(&pair.id).is_empty() { self.put(&other.id, pair, way) } else { Ok(()) }
    }
}
