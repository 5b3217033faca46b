//! Edits of both files as the disk sees them: all or nothing.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::edited::{Edited, editable, only_changed};
use super::files::{FILE_VARIABLES, as_shown};
use super::{Error, Files};
use crate::ini::Document;
use crate::store;
use crate::world::{NoHome, World};

impl Files {
    /// Reads both files under their locks, lets `change` work on them, and saves what changed: all or nothing.
    /// `change` runs again if another program changed a file meanwhile.
    pub fn edit<T>(
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let located = Files::paths(world);
        let paths = located.clone().map(as_shown);
        let distinct = &located[..if paths[0] == paths[1] { 1 } else { 2 }];
        let known: Vec<&Path> = distinct.iter().filter_map(writable).collect();
        let ((outcome, edited), _) = store::edit(&known, |contents| {
            let mut existing = contents.iter();
            let before = distinct.iter().map(|path| match writable(path) {
                Some(_) => Document::parse(existing.next().cloned().unwrap_or_default()),
                None => Document::default(),
            });
            let (outcome, edited) = changed(&paths, &before.map(Rc::new).collect::<Vec<_>>(), &mut change)?;
            refuse_unwritable(&located, &edited)?;
            let known = distinct.iter().zip(&edited).filter(|(path, _)| writable(path).is_some());
            for (content, (_, edited)) in contents.iter_mut().zip(known) {
                if !Rc::ptr_eq(&edited.before, &edited.after) {
                    *content = edited.after.bytes().to_vec();
                }
            }
            Ok::<_, Error>((outcome, edited))
        })?;
        Ok((outcome, only_changed(edited)))
    }

    /// What [`edit`](Files::edit) would do, without doing it.
    pub fn rehearse<T>(
        world: &World,
        change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        Files::load(world)?.attempt(world, change)
    }

    /// What [`edit`](Files::edit) would do to files that are loaded, without doing it.
    pub fn attempt<T>(
        &self,
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let (outcome, edited) = changed(&self.paths, &self.documents, &mut change)?;
        refuse_unwritable(&Files::paths(world), &edited)?;
        Ok((outcome, only_changed(edited)))
    }

    /// Does all of [`edit`](Files::edit) that can fail, short of putting the new files in place.
    pub fn try_out<T>(
        &self,
        world: &World,
        change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (outcome, edited) = self.attempt(world, change)?;
        for Edited { path, after, .. } in &edited {
            store::try_out(path, after.bytes())?;
        }
        Ok(outcome)
    }
}

fn changed<T>(
    paths: &[Arc<Path>; 2],
    before: &[Rc<Document>],
    change: &mut impl FnMut(&mut Files) -> Result<T, Error>,
) -> Result<(T, Vec<Edited>), Error> {
    let with_path = || paths.iter().zip(before);
    let documents = with_path().map(|(path, before)| {
        let text = editable(path, before.bytes())?;
        Ok(text.map_or_else(|| before.clone(), |text| Rc::new(Document::parse(text.to_vec()))))
    });
    let documents = documents.collect::<Result<Vec<_>, Error>>()?;
    let unchanged = documents.clone();
    let mut files = Files::of(paths.clone(), documents);
    let outcome = change(&mut files)?;
    let removes_marks = files.removes_marks;
    let edited =
        with_path().zip(unchanged).zip(files.documents).map(|(((path, before), unchanged), after)| {
            // Where nothing else changes, a byte order mark is a reason to write only for a repair.
            let after =
                if after.bytes() == unchanged.bytes() && !removes_marks { before.clone() } else { after };
            Edited { path: path.clone(), before: before.clone(), after }
        });
    Ok((outcome, edited.collect()))
}

/// The path of a file that can be there: not in a home that doesn't exist, nor that of a variable without a value.
fn writable(located: &Result<Arc<Path>, NoHome>) -> Option<&Path> {
    located.as_deref().ok().filter(|path| !path.as_os_str().is_empty())
}

/// Refuses to write to a file that can't be there.
fn refuse_unwritable(located: &[Result<Arc<Path>, NoHome>; 2], edited: &[Edited]) -> Result<(), Error> {
    let mut changed = located.iter().zip(edited).zip(FILE_VARIABLES);
    let unwritable = changed.find(|((path, edited), _)| {
        writable(path).is_none() && edited.before.bytes() != edited.after.bytes()
    });
    match unwritable {
        None => Ok(()),
        Some(((Err(no_home), _), _)) => Err(Error::NoHome(no_home.clone())),
        Some((_, variable)) => Err(Error::NoFile { variable }),
    }
}
