//! Whole profiles: removed, renamed and copied with everything that refers to them.

use super::header::new_header;
use super::{Batch, Error, FileKind, Files, Followed, SectionName};
use crate::origin::{Origin, Place};

impl Files {
    /// Removes a profile from both files. Refuses if anything refers to it, unless `force`.
    pub fn remove_profile(&mut self, name: &str, force: bool) -> Result<Vec<Place>, Error> {
        let profile = SectionName::Profile(name.to_owned());
        self.require(&profile, &Origin::Option { name: "NAME" })?;
        let mut users = self.references(name);
        users.retain(|reference| reference.user != name);
        if !users.is_empty() && !force {
            return Err(Error::InUse { name: name.to_owned(), users });
        }
        let places: Vec<_> = self.profile(name).places().collect();
        self.change(|files| {
            for (kind, section) in files.files.sections_of(name) {
                files.draft(kind, |draft| draft.remove(section))?;
            }
            Ok(places)
        })
    }

    /// Gives a profile another name, in both files and wherever it is referred to.
    pub fn rename_profile(&mut self, from: &str, to: &str) -> Result<Followed, Error> {
        self.free_name(from, to)?;
        self.make(&Batch { renamed: vec![(from.to_owned(), to.to_owned())], ..Batch::default() })
    }

    /// Adds a profile with the entries and comments of another, in each file that has it, without the comments that are not
    /// to be copied.
    pub fn copy_profile(
        &mut self,
        from: &str,
        to: &str,
        is_left_out: fn(&str) -> bool,
    ) -> Result<Vec<Place>, Error> {
        let new = self.free_name(from, to)?;
        self.change(|files| {
            let mut sections = files.files.sections_of(from).into_iter().peekable();
            while let Some((kind, section)) = sections.next() {
                // Of several in one file the last replaces the others.
                if sections.peek().is_none_or(|(next, _)| *next != kind) {
                    let header = new_header(kind, &new)?;
                    files.draft(kind, |draft| draft.copy(section, &header, is_left_out))?;
                }
            }
            Ok(())
        })?;
        Ok(self.find(&new).places().collect())
    }

    /// The new name as a section: `from` exists, and `to` doesn't.
    fn free_name(&self, from: &str, to: &str) -> Result<SectionName, Error> {
        let [old, new] = [from, to].map(|name| SectionName::Profile(name.to_owned()));
        self.require(&old, &Origin::Option { name: "NAME" })?;
        if let Some(place) = self.find(&new).places().next() {
            return Err(Error::Exists { name: to.to_owned(), is_itself: from == to, place });
        }
        FileKind::ALL.into_iter().try_for_each(|kind| self.refuse_twin(kind, &new))?;
        Ok(new)
    }
}

#[cfg(test)]
mod tests;
