//! Files that can't be replaced, and killed edits of them.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};

use rustix::process::geteuid;
use tempfile::{TempDir, tempdir};

use super::{apart, append, get, mode, names, open_home, put, set_mode};
use crate::missing::missing;
use crate::store::edit::{edit_resolved, try_out_resolved};
use crate::store::in_place::{InPlace, Overwrite};
use crate::store::record::{Leader, name_elsewhere};
use crate::store::save::{NEW, Staged};
use crate::store::target::Target;
use crate::store::why::Why;
use crate::store::{Problem, edit, try_out};

/// A `config` and a `credentials` file, each in its own folder with a hard link to it, and a folder for records.
struct Home {
    folder: TempDir,
    config: PathBuf,
    credentials: PathBuf,
}

impl Home {
    fn linked() -> Home {
        let home = tempdir().unwrap();
        let [config, credentials] = ["a/config", "b/credentials"].map(|name| home.path().join(name));
        for (path, text) in [(&config, "old config"), (&credentials, "old")] {
            fs::create_dir(path.parent().unwrap()).unwrap();
            put(path, text);
            fs::hard_link(path, path.with_extension("other")).unwrap();
        }
        Home { folder: home, config, credentials }
    }

    fn safe(&self) -> PathBuf {
        self.folder.path().join("safe")
    }

    /// Leaves the files of a killed edit. With `led`, the edit also replaces a third file.
    fn killed(&self, edit: impl FnOnce(&mut InPlace<'_>, Option<&mut Staged<'_>>), led: bool) {
        let targets = [&self.config, &self.credentials].map(|path| Target::resolve(path).unwrap());
        let third = Target::resolve(&self.third()).unwrap();
        let old = ["old config", "old"];
        let overwrites = targets.iter().zip(old).map(|(target, old)| Overwrite {
            target,
            why: Why::Linked,
            old: old.as_bytes(),
            new: b"new text",
        });
        let mut staged = led.then(|| {
            let mut staged = Staged::write(&third, NEW, b"third").unwrap();
            staged.link().unwrap();
            staged
        });
        let leader = staged.as_ref().map(|staged| Leader::new(&third.real, staged.identity().unwrap()));
        let mut in_place =
            InPlace::prepare(overwrites.collect(), leader.as_ref(), Some(&self.safe())).unwrap();
        edit(&mut in_place, staged.as_mut());
        std::mem::forget((in_place, staged));
    }

    /// What waits to be settled.
    fn waiting(&self) -> Vec<PathBuf> {
        crate::store::leftover::interrupted(&[&self.config, &self.credentials], Some(&self.safe()))
    }

    fn third(&self) -> PathBuf {
        self.folder.path().join("a/third")
    }

    /// The contents of the files after an edit that changes nothing.
    #[track_caller]
    fn assert_settled(&self, paths: &[&Path], config: &str, credentials: &str) {
        edit_resolved(paths, Target::resolve, |_| Ok::<_, Problem>(()), Some(&self.safe())).unwrap();
        assert_eq!((get(&self.config).as_str(), get(&self.credentials).as_str()), (config, credentials));
        let left = [self.safe(), self.folder.path().join("a"), self.folder.path().join("b")]
            .map(|path| names(&path));
        assert!(!left.concat().iter().any(|name| name.contains("xcred-")), "{left:?}");
    }
}

#[test]
fn all_names_of_a_file_keep_the_same_content() {
    let home = Home::linked();
    let inode = fs::metadata(&home.config).unwrap().ino();
    set_mode(&home.config, 0o640);
    for text in ["!", " longer"] {
        assert_eq!(append(&[&home.config, &home.credentials], text).unwrap(), [true, true]);
    }
    for path in [&home.config, &home.config.with_extension("other")] {
        assert_eq!((get(path).as_str(), mode(path)), ("old config! longer", 0o640));
        assert_eq!(fs::metadata(path).unwrap().ino(), inode);
    }
    edit(&[&home.config], |files| {
        files[0].truncate(3);
        Ok::<_, Problem>(())
    })
    .unwrap();
    assert_eq!(get(&home.config.with_extension("other")), "old");
    assert_eq!(names(&home.folder.path().join("a")), ["config", "config.other"]);
    // An edit may name the same file twice.
    let other = home.config.with_extension("other");
    let both = edit(&[&home.config, &other], |files| {
        files[0] = b"1".to_vec();
        files[1] = b"2".to_vec();
        Ok::<_, Problem>(())
    });
    assert!(matches!(both, Err(Problem::SameFile { .. })));
}

#[test]
fn a_killed_edit_is_restored_through_every_name() {
    for wrote in ["old config", "new text", "new tonfig", "new text\n\n", "new config"] {
        for name in ["a/config", "a/config.other", "b/credentials"] {
            let home = Home::linked();
            home.killed(|_, _| put_over(&home.config, wrote), false);
            home.assert_settled(&[&home.folder.path().join(name)], "old config", "old");
        }
    }
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), false);
    assert_eq!((get(&home.config).as_str(), get(&home.credentials).as_str()), ("new text", "new text"));
    assert_eq!(home.waiting(), [home.config.clone(), home.credentials.clone()]);
    // One of them isn't written.
    put_over(&home.credentials, "old");
    home.assert_settled(&[&home.config, &home.credentials], "old config", "old");
    assert_eq!(home.waiting(), [""; 0].map(PathBuf::from));
}

#[test]
fn a_killed_edit_of_which_everything_is_written_is_complete() {
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), false);
    home.assert_settled(&[&home.credentials], "new text", "new text");
    assert_eq!(home.waiting(), [""; 0].map(PathBuf::from));

    // Somebody has removed one of the files since.
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), false);
    fs::remove_file(&home.config).unwrap();
    append(&[&home.credentials], "!").unwrap();
    assert_eq!((get(&home.credentials).as_str(), home.config.exists()), ("new text!", false));
}

/// Overwrites the existing file.
fn put_over(path: &Path, text: &str) {
    let inode = fs::metadata(path).unwrap().ino();
    put(path, text);
    assert_eq!(fs::metadata(path).unwrap().ino(), inode);
}

#[test]
fn files_in_place_and_replaced_files_change_together() {
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), true);
    home.assert_settled(&[&home.config, &home.third()], "old config", "old");
    assert!(!home.third().exists());

    let home = Home::linked();
    let renamed = |in_place: &mut InPlace<'_>, staged: Option<&mut Staged<'_>>| {
        in_place.write().unwrap();
        staged.unwrap().rename().unwrap();
    };
    home.killed(renamed, true);
    home.assert_settled(&[&home.config, &home.third()], "new text", "new text");
    assert_eq!(get(&home.third()), "third");
}

#[test]
fn changes_of_another_program_to_a_half_written_file_are_kept() {
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), false);
    put_over(&home.credentials, "theirs");
    let refused =
        edit_resolved(&[&home.credentials], Target::resolve, |_| Ok::<_, Problem>(()), Some(&home.safe()));
    let Err(Problem::Interrupted { path, record, offset, length }) = refused else { panic!("{refused:?}") };
    let kept = fs::read(&record).unwrap();
    let at = usize::try_from(offset).unwrap();
    assert_eq!(
        (path.ends_with("b/credentials"), &kept[at..at + usize::try_from(length).unwrap()]),
        (true, &b"old"[..])
    );
    // The other file is not restored, either: both belong together.
    assert_eq!((get(&home.config).as_str(), get(&home.credentials).as_str()), ("new text", "theirs"));
    fs::remove_file(&record).unwrap();
    home.assert_settled(&[&home.config], "new text", "theirs");
}

#[test]
fn a_file_in_a_read_only_folder_has_its_record_elsewhere() {
    let home = open_home();
    let [folder, safe] = ["folder", "safe"].map(|name| home.path().join(name));
    fs::create_dir(&folder).unwrap();
    let path = folder.join("config");
    put(&path, "old");
    set_mode(&path, 0o666);
    for mode in [0o555, 0o711, 0o1777] {
        set_mode(&folder, mode);
        if mode == 0o1777 && !geteuid().is_root() {
            continue; // This user owns the folder and the file.
        }
        let add = |files: &mut [Vec<u8>]| -> Result<(), Problem> {
            files[0].push(b'!');
            Ok(())
        };
        apart(|| try_out_resolved(Target::resolve(&path).unwrap(), b"new", Some(&safe)).unwrap());
        apart(|| edit_resolved(&[&path], Target::resolve, add, Some(&safe)).unwrap());
        assert_eq!((names(&folder), names(&safe)), (vec!["config".to_owned()], vec![]), "{mode:o}");
    }
    assert!(get(&path).starts_with("old!!"));
    assert_eq!(mode(&safe), 0o700);
    set_mode(&folder, 0o555);
    let refused = apart(|| try_out(&path, b"new"));
    assert!(matches!(refused, Err(Problem::NoCopy { .. })), "{refused:?}");
    set_mode(&folder, 0o755);
}

#[test]
fn another_users_record_changes_nothing() {
    if !geteuid().is_root() {
        return missing("only root can change the owner of a file");
    }
    let home = open_home();
    let [path, victim] = ["config", "victim"].map(|name| home.path().join(name));
    put(&victim, "mine");
    let target = Target::resolve(&victim).unwrap();
    let overwrite = Overwrite { target: &target, why: Why::Mounted, old: b"theirs", new: b"mine" };
    std::mem::forget(InPlace::prepare(vec![overwrite], None, None).unwrap());
    let record = home.path().join(".victim.xcred-kept");
    chown(&record, Some(7), None).unwrap();
    let refused = append(&[&path], "!");
    assert!(matches!(refused, Err(Problem::OthersRecord { user: 7, .. })), "{refused:?}");
    // Also for users who can't read it.
    set_mode(&path, 0o666);
    let refused = apart(|| append(&[&path], "!"));
    assert!(matches!(refused, Err(Problem::OthersRecord { user: 7, .. })), "{refused:?}");
    assert_eq!((get(&path).as_str(), get(&victim).as_str()), ("old", "mine"));
    // Others may create something with the name of a record. It is ignored if it is not a file.
    fs::remove_file(&record).unwrap();
    std::os::unix::fs::symlink("victim", &record).unwrap();
    append(&[&path], "!").unwrap();
    assert_eq!((get(&path).as_str(), get(&victim).as_str()), ("old!", "mine"));
}

#[test]
fn records_of_other_files_are_kept() {
    let home = Home::linked();
    home.killed(|in_place, _| in_place.write().unwrap(), false);
    put(&home.third(), "old");
    edit_resolved(&[&home.third()], Target::resolve, |_| Ok::<_, Problem>(()), Some(&home.safe())).unwrap();
    let real = fs::canonicalize(&home.config).unwrap();
    assert_eq!(names(&home.safe()), [name_elsewhere(&real)]);
    home.assert_settled(&[&home.credentials], "new text", "new text");
}
