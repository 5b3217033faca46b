//! One attempt at an edit, from the lock to the last rename.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::calm::Calm;
use super::in_place::{InPlace, Overwrite};
use super::lock::{Lock, Patience, WithoutLocks};
use super::problem::Problem;
use super::quiet;
use super::read::{LARGEST, read};
use super::record::Leader;
use super::save::{NEW, Staged, WITH};
use super::settle::settle;
use super::small::read_limited;
use super::strategy::{Strategy, shared};
use super::system::{Inode, Stat};
use super::target::{Resolve, Target};

/// How one attempt at an edit ended.
pub(super) enum Outcome<T> {
    /// The result of `edit`, and which files changed.
    Done(T, Vec<bool>),
    /// Another program has changed the file since it was read, or is changing it. Nothing was saved.
    Overtaken(Overtaken),
}

#[derive(Debug)]
pub(super) struct Overtaken {
    pub(super) path: PathBuf,
    /// As long as the file is shorter, in bytes, it may be in the middle of being written.
    pub(super) length: usize,
}

/// `None` for a missing file.
type Contents = Zeroizing<Vec<Option<Vec<u8>>>>;

/// Makes one attempt. The old content of files that are written in place is kept beside them, or else in the folder
/// `safe`.
pub(super) fn attempt<T, E: From<Problem>>(
    paths: &[&Path],
    resolve: Resolve,
    edit: &mut impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
    safe: Option<&Path>,
    patience: Patience,
) -> Result<Outcome<T>, E> {
    let targets = paths.iter().map(|path| resolve(path)).collect::<Result<Vec<_>, _>>()?;
    let lock = lock(&targets, safe, patience)?;
    let old = contents(&targets)?;
    if let Some(emptied) = (0..targets.len()).find(|&i| is_emptied(&targets[i], old[i].as_deref())) {
        return Ok(Outcome::Overtaken(Overtaken { path: targets[emptied].named.clone(), length: 1 }));
    }
    let mut new: Zeroizing<Vec<Vec<u8>>> = Zeroizing::new(Vec::with_capacity(old.len()));
    new.extend(old.iter().map(|bytes| bytes.clone().unwrap_or_default()));
    let value = edit(&mut new)?;

    let is_changed = |i: usize| new[i] != old[i].as_deref().unwrap_or_default();
    let changed: Vec<bool> = (0..targets.len()).map(is_changed).collect();
    let saves = saves(&targets, &new, &changed)?;
    if saves.is_empty() {
        return Ok(Outcome::Done(value, changed));
    }
    let (mut replaced, mut in_place) = (Vec::new(), Vec::new());
    for i in saves {
        let target = &targets[i];
        match Strategy::of(target)? {
            Strategy::Replace => replaced.push(i),
            Strategy::InPlace(why) => {
                let old = old[i].as_deref().unwrap_or_default();
                in_place.push(Overwrite { target, why, old, new: &new[i] });
            }
        }
    }
    if let Some(&i) = replaced.iter().find(|&&i| targets[i].folder.is_none()) {
        // A missing folder can't be locked, and is only created if it is needed.
        targets[i].create_folder()?;
        return Ok(Outcome::Overtaken(Overtaken { path: targets[i].named.clone(), length: 0 }));
    }
    let mut staged = stage(replaced.iter().map(|&i| (&targets[i], new[i].as_slice())))?;
    let calm = Calm::new();
    staged.iter_mut().try_for_each(Staged::link)?;
    if staged.len() > 1 || !(staged.is_empty() || in_place.is_empty()) {
        // A power failure must not keep the commit and lose the followers.
        lock.sync(|path, source| Problem::Save { path, source })?;
    }
    let overwrites = if in_place.is_empty() {
        None
    } else {
        let leader =
            staged.first().map(|first| Ok::<_, Problem>(Leader::new(&first.target.real, first.identity()?)));
        Some(InPlace::prepare(in_place, leader.transpose()?.as_ref(), safe)?)
    };
    let now = contents(&targets)?;
    if let Some(i) = (0..targets.len()).find(|&i| now[i] != old[i]) {
        return Ok(Outcome::Overtaken(Overtaken::of(&targets[i], old[i].as_deref())));
    }
    let old = replaced.iter().map(|&i| old[i].as_deref()).collect::<Vec<_>>();
    match overwrites {
        None => {
            if let Some(overtaken) = commit(staged, &old)? {
                return Ok(Outcome::Overtaken(overtaken));
            }
        }
        Some(mut overwrites) => {
            overwrites.write()?;
            match commit(staged, &old) {
                Ok(None) => {}
                Ok(Some(overtaken)) => {
                    overwrites.take_back()?;
                    return Ok(Outcome::Overtaken(overtaken));
                }
                Err(problem) => {
                    match problem {
                        // The next edit completes or restores these files, depending on whether the first is in place.
                        Problem::Torn { .. } => overwrites.leave(),
                        _ => overwrites.take_back()?,
                    }
                    return Err(problem.into());
                }
            }
            if !replaced.is_empty() {
                // The record must exist until the commit survives a power failure.
                lock.sync(|folder, source| Problem::Unsynced { folder, source })?;
            }
            overwrites.finish()?;
        }
    }
    if !replaced.is_empty() {
        lock.sync(|folder, source| Problem::Unsynced { folder, source })?;
    }
    calm.saved();
    Ok(Outcome::Done(value, changed))
}

/// Locks the folders of the targets, and the targets themselves where that is not enough. Then settles the folders.
/// Without a lock a folder is left as it is: another process may be working there.
pub(super) fn lock(targets: &[Target], safe: Option<&Path>, patience: Patience) -> Result<Lock, Problem> {
    let is_cache = targets.iter().all(|target| target.is_private);
    let without_locks = if is_cache { WithoutLocks::GoOn } else { WithoutLocks::Refuse };
    let folders = targets.iter().filter_map(|target| target.folder.as_deref());
    let mut lock = Lock::take(folders, patience, without_locks)?;
    let is_shared = |target: &&Target| {
        if target.is_alias {
            return false;
        }
        let is_unlocked = target.folder.as_ref().is_some_and(|folder| !lock.has_folder(folder));
        let found = Stat::at(&target.real).ok();
        found.is_some_and(|found| is_unlocked || shared(&target.real, &found).is_some())
    };
    let shared: Vec<&Path> = targets.iter().filter(is_shared).map(|target| target.real.as_path()).collect();
    lock.add_files(shared.into_iter())?;
    settle(targets, &mut lock, safe)?;
    Ok(lock)
}

fn contents(targets: &[Target]) -> Result<Contents, Problem> {
    let mut contents = Zeroizing::new(Vec::with_capacity(targets.len()));
    for target in targets {
        contents.push(read(&target.real)?);
    }
    Ok(contents)
}

/// The indices of the files to save. Two paths may lead to the same file: then only one of them may change it.
fn saves(targets: &[Target], new: &[Vec<u8>], changed: &[bool]) -> Result<Vec<usize>, Problem> {
    let inode = |i: usize| -> Option<Inode> { Some(Stat::at(&targets[i].real).ok()?.inode()) };
    let same = |i: usize, j: usize| {
        targets[i].real == targets[j].real || inode(i).is_some_and(|one| inode(j) == Some(one))
    };
    let mut saves: Vec<usize> = Vec::new();
    for i in (0..targets.len()).filter(|&i| changed[i]) {
        match saves.iter().find(|&&j| same(i, j)) {
            None => saves.push(i),
            Some(&j) if new[j] == new[i] => {}
            Some(&j) => {
                let (path, other) = (targets[j].named.clone(), targets[i].named.clone());
                return Err(Problem::SameFile { path, other });
            }
        }
    }
    Ok(saves)
}

/// Writes all the files, the second and later ones as followers of the first.
fn stage<'a>(files: impl Iterator<Item = (&'a Target, &'a [u8])>) -> Result<Vec<Staged<'a>>, Problem> {
    let mut staged: Vec<Staged<'a>> = Vec::new();
    for (target, bytes) in files {
        let role = match staged.first() {
            None => NEW.to_owned(),
            Some(first) => format!("{WITH}{}", first.identity()?),
        };
        staged.push(Staged::write(target, &role, bytes)?);
    }
    Ok(staged)
}

/// Renames all the files, or restores their old contents, `old`. What another program has written to one of the old files
/// meanwhile is restored as well.
fn commit(mut staged: Vec<Staged<'_>>, old: &[Option<&[u8]>]) -> Result<Option<Overtaken>, Problem> {
    // While the old files are open, a rename doesn't free their blocks, which could take milliseconds. A process that is
    // killed between two renames leaves half of the edit in place, so they must be fast.
    let open: Vec<_> = staged.iter().map(|file| File::open(&file.target.real)).collect();
    for next in 0..staged.len() {
        let Err(problem) = staged[next].rename() else {
            continue;
        };
        for (at, old) in old.iter().take(next).enumerate() {
            if let Err(source) = restore(staged[at].target, *old) {
                let path = staged[at].target.named.clone();
                if at == 0 {
                    // The file that the others follow is still in place, so the next edit completes this one.
                    staged[next..].iter_mut().for_each(Staged::leave);
                }
                return Err(Problem::Torn { path, source: source.into() });
            }
        }
        return Err(problem);
    }
    let targets: Vec<&Target> = staged.iter().map(|file| file.target).collect();
    let mut now = Zeroizing::new(Vec::with_capacity(open.len()));
    for ((open, target), old) in open.into_iter().zip(&targets).zip(old) {
        let found = open.ok().filter(|_| !target.is_private);
        now.push(found.and_then(|file| written_since(file, old.unwrap_or_default())));
    }
    let Some(at) = now.iter().position(Option::is_some) else { return Ok(None) };
    for ((target, now), old) in targets.iter().zip(&*now).zip(old) {
        restore(target, now.as_deref().or(*old)).map_err(|source| {
            let path = targets[at].named.clone();
            Problem::Overwritten { path, source: source.into() }
        })?;
    }
    Ok(Some(Overtaken::of(targets[at], now[at].as_deref())))
}

/// What a file holds that was replaced, unless it is `old`. What can't be read is lost.
fn written_since(file: File, old: &[u8]) -> Option<Vec<u8>> {
    quiet::wait(|| Stat::of(&file), old.len());
    let mut found = read_limited(file, LARGEST).ok()?;
    (*found != old).then(|| std::mem::take(&mut *found))
}

/// Restores a file by a rename, too. Once the first file has been replaced again, no file follows it.
fn restore(target: &Target, old: Option<&[u8]>) -> Result<(), Problem> {
    let Some(bytes) = old else {
        return fs::remove_file(&target.real).map_err(|error| Problem::saving(&target.named, error));
    };
    let mut staged = Staged::write(target, NEW, bytes)?;
    staged.link()?;
    staged.rename()
}

impl Overtaken {
    fn of(target: &Target, content: Option<&[u8]>) -> Overtaken {
        Overtaken { path: target.named.clone(), length: content.map_or(0, <[u8]>::len) }
    }
}

/// Whether another program may be about to write the file. A cache has nothing to lose.
fn is_emptied(target: &Target, content: Option<&[u8]>) -> bool {
    let is_empty = !target.is_private && content.is_some_and(<[u8]>::is_empty);
    is_empty && Stat::at(&target.real).is_ok_and(|found| quiet::is_busy(&found, 1))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tempfile::{TempDir, tempdir};

    use super::*;
    use crate::store::tests::{get, names, put};

    /// A folder where `config` holds `old`, `credentials` is missing, and an edit of both to `new` was killed after this
    /// number of renames.
    fn killed_after(renames: usize) -> (TempDir, [PathBuf; 2]) {
        let home = tempdir().unwrap();
        let paths = ["config", "credentials"].map(|name| home.path().join(name));
        put(&paths[0], "old");
        let targets = paths.each_ref().map(|path| Target::resolve(path).unwrap());
        let mut staged = stage(targets.iter().map(|target| (target, &b"new"[..]))).unwrap();
        staged.iter_mut().try_for_each(Staged::link).unwrap();
        for file in &mut staged[..renames] {
            file.rename().unwrap();
        }
        staged.into_iter().for_each(std::mem::forget);
        assert_eq!(names(home.path()).iter().filter(|name| name.starts_with('.')).count(), 2 - renames);
        (home, paths)
    }

    /// Settles the folder by an edit that changes nothing. Returns its files and their contents.
    fn settled((home, paths): (TempDir, [PathBuf; 2])) -> (Vec<String>, String) {
        super::super::edit::edit(&[&paths[0]], |_| Ok::<_, Problem>(())).unwrap();
        let names = names(home.path());
        (names, paths.iter().filter(|path| path.exists()).map(|path| get(path) + ";").collect())
    }

    #[test]
    fn the_next_edit_settles_a_killed_one() {
        let [one, both] = [vec!["config".to_owned()], vec!["config".to_owned(), "credentials".to_owned()]];
        assert_eq!(settled(killed_after(0)), (one, "old;".to_owned()));
        assert_eq!(settled(killed_after(1)), (both.clone(), "new;new;".to_owned()));
        assert_eq!(settled(killed_after(2)), (both.clone(), "new;new;".to_owned()));

        let overtaken = killed_after(1);
        std::thread::sleep(Duration::from_millis(20)); // Longer than a tick of the kernel's clock.
        put(&overtaken.1[1], "theirs");
        assert_eq!(settled(overtaken), (both, "new;theirs;".to_owned()));
    }

    #[test]
    fn what_is_done_about_a_killed_edit_is_noted_and_what_waits_is_found() {
        use crate::store::settled::{End, Settled, settled};

        let ends = |home: &TempDir| {
            let real = home.path().canonicalize().unwrap();
            let of_here = |Settled { paths, end }: Settled| {
                let paths = paths.into_iter().filter(|path| path.starts_with(&real));
                paths.map(|path| (path.file_name().unwrap().to_owned(), end)).collect::<Vec<_>>()
            };
            settled().into_iter().flat_map(of_here).collect::<Vec<_>>()
        };
        for (renames, changed, left, expected) in [
            (
                0,
                None,
                &["config", "credentials"][..],
                &[("config", End::Undone), ("credentials", End::Undone)][..],
            ),
            (1, None, &["credentials"], &[("credentials", End::Completed)]),
            (1, Some(1), &["credentials"], &[("credentials", End::Dropped)]),
            // The first file is another one by now, so nothing shows that it was saved.
            (1, Some(0), &["credentials"], &[("credentials", End::Dropped)]),
            (2, None, &[], &[]),
        ] {
            let (home, paths) = killed_after(renames);
            if let Some(at) = changed {
                std::thread::sleep(Duration::from_millis(20)); // Longer than a tick of the kernel's clock.
                let theirs = home.path().join("theirs");
                put(&theirs, "theirs");
                std::fs::rename(theirs, &paths[at]).unwrap();
            }
            let waiting = || crate::store::interrupted(&[&paths[0], &paths[1]]);
            let left: Vec<PathBuf> = left.iter().map(|name| home.path().join(name)).collect();
            assert_eq!((waiting(), ends(&home)), (left, vec![]), "{renames}");
            super::super::edit::edit(&[&paths[0]], |_| Ok::<_, Problem>(())).unwrap();
            let mut found = ends(&home);
            found.sort_by(|one, other| one.0.cmp(&other.0));
            let expected: Vec<_> = expected.iter().map(|(name, end)| ((*name).into(), *end)).collect();
            assert_eq!((waiting(), found), (vec![], expected), "{renames}");
        }
    }

    #[test]
    fn what_can_not_be_removed_is_in_the_way_only_if_another_file_can_be_taken_for_its_first() {
        for (identity, fits) in [("12-345", true), ("12-0", false)] {
            let home = tempdir().unwrap();
            let path = home.path().join("config");
            std::fs::create_dir(home.path().join(format!(".credentials.xcred-with-{identity}"))).unwrap();
            let edited = super::super::edit::edit(&[&path], |files| {
                files[0] = b"x".to_vec();
                Ok::<_, Problem>(())
            });
            assert_eq!((edited.is_ok(), path.exists()), (fits, fits), "{identity}: {edited:?}");
        }
    }

    #[test]
    fn what_another_program_writes_to_the_replaced_file_is_restored() {
        let home = tempdir().unwrap();
        let [config, credentials] = ["config", "credentials"].map(|name| home.path().join(name));
        put(&config, "old config");
        let targets = [&config, &credentials].map(|path| Target::resolve(path).unwrap());
        let overtaken = |theirs: &str| {
            put(&credentials, "old");
            let mut staged = stage(targets.iter().map(|target| (target, &b"new"[..]))).unwrap();
            staged.iter_mut().try_for_each(Staged::link).unwrap();
            put(&credentials, theirs);
            commit(staged, &[Some(b"old config"), Some(b"old")]).unwrap()
        };
        assert!(overtaken("theirs").is_some_and(|overtaken| overtaken.path == credentials));
        assert_eq!((get(&config).as_str(), get(&credentials).as_str()), ("old config", "theirs"));
        assert!(overtaken("old").is_none());
        assert_eq!((get(&config).as_str(), get(&credentials).as_str()), ("new", "new"));
        assert_eq!(names(home.path()), ["config", "credentials"]);
    }

    #[test]
    fn a_file_that_another_program_has_only_emptied_yet_is_waited_for() {
        let home = tempdir().unwrap();
        let path = home.path().join("credentials");
        put(&path, "old");
        std::thread::sleep(Duration::from_millis(20)); // Longer than a tick of the kernel's clock.
        let mut theirs = File::create(&path).unwrap();
        let edited = std::thread::scope(|scope| {
            let edit = || crate::store::tests::append(&[&path], "!");
            let edited = scope.spawn(edit);
            std::thread::sleep(Duration::from_millis(100));
            std::io::Write::write_all(&mut theirs, b"theirs").unwrap();
            edited.join().unwrap()
        });
        assert_eq!((edited.unwrap(), get(&path).as_str()), (vec![true], "theirs!"));
    }

    #[test]
    fn a_failed_rename_restores_the_other_files() {
        let (home, [config, credentials]) = killed_after(2);
        let blocked = home.path().join("folder");
        std::fs::remove_file(&credentials).unwrap();
        let targets = [&config, &credentials, &blocked].map(|path| Target::resolve(path).unwrap());
        let mut staged = stage(targets.iter().map(|target| (target, &b"newer"[..]))).unwrap();
        staged.iter_mut().try_for_each(Staged::link).unwrap();
        std::fs::create_dir(&blocked).unwrap();
        let failed = commit(staged, &[Some(&b"new"[..]), None, None]);
        assert!(matches!(failed, Err(Problem::Save { .. })), "{failed:?}");
        assert_eq!(
            (names(home.path()), get(&config)),
            (vec!["config".into(), "folder".into()], "new".into())
        );
    }
}
