//! Edits of both files as the disk sees them: all or nothing.

use std::mem;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::edited::{Edited, editable, only_changed};
use super::files::as_shown;
use super::variables::FILE_VARIABLES;
use super::{Error, FileKind, Files};
use crate::ini::Document;
use crate::store::{self, Problem};
use crate::world::World;

impl Files {
    /// Reads both files under their locks, lets `change` work on them, and saves what changed: all or nothing.
    /// `change` runs again if another program changed a file meanwhile.
    pub fn edit<T>(
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let paths = Files::paths_for_edit(world).map(as_shown);
        let distinct = if paths[0] == paths[1] { 1 } else { 2 };
        let located = writable(world).into_iter().take(distinct);
        let split = |located| match located {
            Ok(path) => (Some(path), None),
            Err(obstacle) => (None, Some(obstacle)),
        };
        let (located, mut obstacles): (Vec<_>, Vec<_>) = located.map(split).unzip();
        let known: Vec<&Path> = located.iter().flatten().map(|path| &**path).collect();
        let ((outcome, edited), _) = store::edit(&known, |contents| {
            let mut existing = contents.iter_mut();
            let before = located.iter().map(|path| match path {
                Some(_) => Document::parse(existing.next().map(mem::take).unwrap_or_default()),
                None => Document::default(),
            });
            let (outcome, edited) = changed(&paths, &before.map(Rc::new).collect::<Vec<_>>(), &mut change)?;
            refuse_unwritable(&mut obstacles, &edited)?;
            let known = located.iter().zip(&edited).filter(|(path, _)| path.is_some());
            for (content, (_, edited)) in contents.iter_mut().zip(known) {
                *content = edited.after.bytes().to_vec();
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
        let (outcome, edited) = Files::read(world).for_edit()?.attempt(world, change)?;
        edited.iter().try_for_each(|edited| store::check(&edited.path))?;
        Ok((outcome, edited))
    }

    /// What [`edit`](Files::edit) would do to files that are loaded, without doing it.
    pub fn attempt<T>(
        &self,
        world: &World,
        mut change: impl FnMut(&mut Files) -> Result<T, Error>,
    ) -> Result<(T, Vec<Edited>), Error> {
        let (outcome, edited) = changed(&self.paths, &self.documents, &mut change)?;
        refuse_unwritable(&mut writable(world).map(Result::err), &edited)?;
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
    let edited = with_path().zip(FileKind::ALL).zip(unchanged).zip(files.documents).map(
        |((((path, before), kind), unchanged), after)| {
            // Where nothing else changes, a byte order mark is a reason to write only for a repair.
            let after =
                if after.bytes() == unchanged.bytes() && !removes_marks { before.clone() } else { after };
            Edited { path: path.clone(), kind, before: before.clone(), after }
        },
    );
    Ok((outcome, edited.collect()))
}

/// The paths of files that can be there: not in a home that doesn't exist, nor that of a variable without a value, nor where
/// something else is.
fn writable(world: &World) -> [Result<Arc<Path>, Error>; 2] {
    let mut variables = FILE_VARIABLES.into_iter();
    Files::paths_for_edit(world).map(|located| {
        let variable = variables.next().unwrap_or_default();
        let path = located.map_err(Error::NoHome)?;
        if path.as_os_str().is_empty() {
            return Err(Error::NoFile { variable });
        }
        store::obstacle(&path).map_or(Ok(path), |problem| Err(problem.into()))
    })
}

impl Files {
    /// Refuses an edit that has to know both files where something else is in the place of one: the profile may be in what is
    /// meant to be there. Whoever names `/dev/null` wants no file.
    pub fn require_both(world: &World) -> Result<(), Error> {
        let is_nothing =
            |path: &Path| std::fs::canonicalize(path).is_ok_and(|real| real == Path::new("/dev/null"));
        writable(world).into_iter().try_for_each(|path| match path {
            Err(Error::Store(Problem::NotAFile { path } | Problem::NotAFolder { path }))
                if is_nothing(&path) =>
            {
                Ok(())
            }
            Err(problem @ Error::Store(_)) => Err(problem),
            _ => Ok(()),
        })
    }
}

/// Refuses to write to a file that can't be there, by what was in its place when the edit began.
fn refuse_unwritable(obstacles: &mut [Option<Error>], edited: &[Edited]) -> Result<(), Error> {
    let changed = obstacles.iter_mut().zip(edited).filter(|(_, edited)| edited.is_changed());
    changed.into_iter().find_map(|(obstacle, _)| obstacle.take()).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{KeyPath, SectionName};

    #[test]
    fn a_link_makes_one_file_of_the_two() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let [config, credentials] = [path("config"), path("credentials")];
        store::edit(&[&config], |files| -> Result<(), Problem> {
            files[0] = b"[default]\naws_access_key_id = A\n".to_vec();
            Ok(())
        })
        .unwrap();
        std::os::unix::fs::symlink("config", &credentials).unwrap();
        let variables =
            FILE_VARIABLES.into_iter().zip([config.to_str().unwrap(), credentials.to_str().unwrap()]);
        let world = World::of(variables);
        let (section, key) = (SectionName::Profile("default".to_owned()), KeyPath::plain("region"));
        for _ in 0..2 {
            let (is_elsewhere, _) = Files::edit(&world, |files| {
                let placed = files.set(&section, &key, "eu-west-1", false)?;
                files.set(&section, &KeyPath::plain("aws_secret_access_key"), "s", false)?;
                Ok(files.elsewhere(&section, &key, &placed.place).is_some())
            })
            .unwrap();
            assert!(!is_elsewhere);
        }
        let files = Files::load(&world).unwrap();
        assert_eq!(files.file(FileKind::Credentials).path, files.file(FileKind::Config).path);
        let expected = "[default]\naws_access_key_id = A\nregion = eu-west-1\naws_secret_access_key = s\n";
        assert_eq!(files.file(FileKind::Config).document.bytes(), expected.as_bytes());
        assert!(credentials.is_symlink());
    }
}
