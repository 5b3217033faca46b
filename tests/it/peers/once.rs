//! A folder that several test processes want, and that one of them makes.

use std::fs::{self, File};
use std::path::Path;

use anyhow::Result;

/// Written last, so that a folder without it was left half made.
const STAMP: &str = "complete";

/// Lets `make` fill `home`, unless that was done before; whoever comes meanwhile waits.
///
/// The stamp holds the path: a Python environment doesn't survive being moved, and target folders are
/// (a cache that is restored elsewhere).
pub(crate) fn made_once(home: &Path, make: impl FnOnce() -> Result<()>) -> Result<()> {
    fs::create_dir_all(home.parent().unwrap_or(home))?;
    // The system drops the lock with the process, however that ends. The file stays: removing it would let a
    // third process lock a new one while a second holds the old.
    let lock = File::create(home.with_extension("lock"))?;
    lock.lock()?;
    let stamp = home.join(STAMP);
    let expected = home.as_os_str().as_encoded_bytes();
    if fs::read(&stamp).is_ok_and(|found| found == expected) {
        return Ok(());
    }
    if home.exists() {
        fs::remove_dir_all(home)?;
    }
    make()?;
    fs::write(stamp, expected)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{STAMP, made_once};
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn of_many_who_want_it_at_once_one_makes_it_and_all_find_it_complete() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let made = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    made_once(&home, || {
                        made.fetch_add(1, Ordering::SeqCst);
                        fs::create_dir(&home)?;
                        std::thread::sleep(std::time::Duration::from_millis(20));
                        Ok(fs::write(home.join("content"), "all of it")?)
                    })
                    .unwrap();
                    assert_eq!(fs::read(home.join("content")).unwrap(), b"all of it");
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn what_was_left_half_made_or_was_moved_is_made_again() {
        let dir = tempfile::tempdir().unwrap();
        let (home, elsewhere) = (dir.path().join("home"), dir.path().join("elsewhere"));
        made_once(&home, || {
            fs::create_dir(&home)?;
            fs::write(home.join("half"), "")?;
            anyhow::bail!("no network")
        })
        .unwrap_err();
        made_once(&home, || Ok(fs::create_dir(&home)?)).unwrap();
        assert!(!home.join("half").exists());

        fs::rename(&home, &elsewhere).unwrap();
        made_once(&elsewhere, || Ok(fs::create_dir(&elsewhere)?)).unwrap();
        assert_eq!(fs::read(elsewhere.join(STAMP)).unwrap(), elsewhere.as_os_str().as_encoded_bytes());
    }
}
