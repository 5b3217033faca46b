//! The files after an edit, and the edits that are refused.

mod in_place;
mod removal;

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustix::fs::Mode;
use rustix::process::{Uid, geteuid, umask};
use tempfile::{TempDir, tempdir};

use super::dangling::Missing;
use super::read::read;
use super::system::Denial;
use super::why::Why;
use super::{Problem, check, check_private, edit, is_one, read_unless_absent};
use crate::missing::missing;

/// Writes like a program that takes no lock.
pub(super) fn put(path: &Path, bytes: &str) {
    fs::write(path, bytes).unwrap();
}

pub(super) fn get(path: &Path) -> String {
    let Some(bytes) = read(path).unwrap() else { panic!("no file at {}", path.display()) };
    String::from_utf8(bytes).unwrap()
}

pub(super) fn append(paths: &[&Path], text: &str) -> Result<Vec<bool>, Problem> {
    let add = |files: &mut [Vec<u8>]| -> Result<(), Problem> {
        for bytes in files {
            bytes.extend_from_slice(text.as_bytes());
        }
        Ok(())
    };
    edit(paths, add).map(|((), changed)| changed)
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(super) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

pub(super) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs `test` in a thread with its own working folder and umask, and not as root.
pub(super) fn apart<T: Send>(test: impl FnOnce() -> T + Send) -> T {
    let become_nobody = || {
        #[expect(deprecated, reason = "unsound only for file descriptors, which stay shared")]
        rustix::thread::unshare(rustix::thread::UnshareFlags::FS).unwrap();
        if geteuid().is_root() {
            let nobody = Uid::from_raw(65534);
            rustix::thread::set_thread_res_uid(nobody, nobody, nobody).unwrap();
        }
        test()
    };
    thread::scope(|scope| scope.spawn(become_nobody).join().unwrap())
}

/// A folder that everyone may use, with a `config` in it that holds `old`.
pub(super) fn open_home() -> TempDir {
    let home = tempdir().unwrap();
    set_mode(home.path(), 0o777);
    put(&home.path().join("config"), "old");
    home
}

#[test]
fn a_missing_file_is_not_created() {
    let home = tempdir().unwrap();
    let path = home.path().join("aws/config");
    for nothing in ["", "/dev/null", "/dev/null/config"].map(Path::new).into_iter().chain([&*path]) {
        assert!(read(nothing).unwrap().is_none(), "{}", nothing.display());
    }
    assert_eq!(append(&[&path], "").unwrap(), [false]);
    assert_eq!(names(home.path()), [""; 0]);
}

#[test]
fn special_files_never_block_and_large_files_are_not_read() {
    let home = tempdir().unwrap();
    let [fifo, path] = ["fifo", "config"].map(|name| home.path().join(name));
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, Mode::RUSR, 0).unwrap();
    for nothing in [&*fifo, Path::new("/dev/zero")] {
        assert!(read(nothing).unwrap().is_none());
        assert!(matches!(read_unless_absent(nothing, 1), Err(Problem::NotAFile { .. })));
    }
    assert!(matches!(append(&[&fifo], "a"), Err(Problem::NotAFile { .. })));
    put(&path, "123");
    assert_eq!(read_unless_absent(&path, 3).unwrap().as_deref(), Some(&b"123"[..]));
    assert!(matches!(read_unless_absent(&path, 2), Err(Problem::TooLarge { limit: 2, .. })));
}

#[test]
fn only_a_file_that_nobody_made_is_absent() {
    let home = tempdir().unwrap();
    let at = |path: &str| home.path().join(path);
    let strict = |path: &str| read_unless_absent(&at(path), 9);
    for absent in [at("no"), at("no/such/file"), Path::new("/dev/null/a/b").to_owned()] {
        assert!(read_unless_absent(&absent, 9).unwrap().is_none(), "{}", absent.display());
    }
    fs::create_dir(at("folder")).unwrap();
    put(&at("file"), "1");
    put(&at("folder/file"), "2");
    for (link, target) in [("dangling", "nowhere"), ("linked", "folder"), ("loop", "loop")] {
        symlink(target, at(link)).unwrap();
    }
    assert_eq!(strict("linked/file").unwrap().as_deref(), Some(&b"2"[..]));
    assert!(strict("linked/no").unwrap().is_none());
    for below in ["dangling", "dangling/file", "dangling/a/file"] {
        let Err(Problem::DanglingLink { path, missing, .. }) = strict(below) else { panic!("{below}") };
        assert_eq!(path, at("dangling"));
        assert_eq!(missing == Missing::Folder, below != "dangling");
    }
    for below in ["file/a", "file/a/b", "loop", "loop/a"] {
        let Err(Problem::NotAFolder { path } | Problem::LinkLoop { path }) = strict(below) else {
            panic!("{below}")
        };
        assert!(path.starts_with(at(&below[..4])), "{}", path.display());
    }
    assert!(matches!(strict("folder"), Err(Problem::Folder { .. })));
}

#[test]
fn new_files_and_folders_are_private_and_modes_are_kept() {
    let home = open_home();
    let path = home.path().join("aws/cli/config");
    apart(|| {
        umask(Mode::empty());
        assert_eq!(append(&[&path], "a").unwrap(), [true]);
        let modes: Vec<u32> = path.ancestors().take(3).map(mode).collect();
        assert_eq!(modes, [0o600, 0o700, 0o700]);
        set_mode(&path, 0o640);
        umask(Mode::all());
        append(&[&path], "b").unwrap();
        assert_eq!((mode(&path), get(&path).as_str()), (0o640, "ab"));
        assert_eq!(names(path.parent().unwrap()), ["config"]);
        let fresh = home.path().join("other/cli/config");
        append(&[&fresh], "a").unwrap();
        drop(super::hold(&home.path().join("third/lock")).unwrap());
        drop(super::hold(&home.path().join("third/lock")).unwrap());
        let modes: Vec<u32> = fresh.ancestors().take(3).map(mode).collect();
        assert_eq!((modes, mode(&home.path().join("third/lock"))), (vec![0o600, 0o700, 0o700], 0o600));
    });
}

#[test]
fn a_relative_path_needs_no_folder() {
    let home = open_home();
    apart(|| {
        std::env::set_current_dir(home.path()).unwrap();
        append(&[Path::new("fresh"), Path::new("sub/config")], "a").unwrap();
        assert_eq!(get(Path::new("sub/config")), "a");
        assert!(append(&[Path::new("")], "a").is_err());
    });
    assert_eq!(names(home.path()), ["config", "fresh", "sub"]);
}

#[test]
fn links_are_kept_and_their_target_changes() {
    let home = tempdir().unwrap();
    let [folder, file, link] = ["dotfiles", "dotfiles/config", "config"].map(|name| home.path().join(name));
    fs::create_dir(&folder).unwrap();
    put(&file, "old");
    symlink("dotfiles/config", &link).unwrap();
    append(&[&link], " new").unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("dotfiles/config"));
    assert_eq!(get(&file), "old new");

    // Two paths to one file: a change through one of them is saved, but two different changes are refused.
    let through = |first: &[u8], second: &[u8]| {
        edit(&[&link, &file], |files| -> Result<(), Problem> {
            files[0].extend_from_slice(first);
            files[1].extend_from_slice(second);
            Ok(())
        })
    };
    assert_eq!(through(b"", b"er").unwrap().1, [false, true]);
    assert!(matches!(through(b"1", b"2"), Err(Problem::SameFile { .. })));
    assert_eq!(get(&link), "old newer");

    fs::remove_file(&file).unwrap();
    assert!(read(&link).unwrap().is_none());
    symlink("loop", home.path().join("loop")).unwrap();
    for circle in ["loop", "loop/config"] {
        assert!(matches!(read(&home.path().join(circle)), Err(Problem::LinkLoop { .. })), "{circle}");
    }
    assert!(append(&[&home.path().join("loop")], "a").is_err());
    assert!(matches!(append(&[&link], "a"), Err(Problem::DanglingLink { missing: Missing::File, .. })));
    symlink("no", home.path().join("linked")).unwrap();
    for below in ["linked/config", "linked/aws/config", "linked/a/b/config"] {
        let error = append(&[&home.path().join(below)], "a").unwrap_err();
        let Problem::DanglingLink { path, missing: Missing::Folder, .. } = error else { panic!("{error}") };
        assert_eq!(path, home.path().join("linked"));
    }
    assert!(matches!(read(&folder), Err(Problem::Folder { .. })));
    assert!(matches!(append(&[&folder], "a"), Err(Problem::Folder { .. })));
    assert!(matches!(append(&[Path::new("/dev/null")], "a"), Err(Problem::NotAFile { .. })));
}

#[test]
fn unchanged_files_are_not_written() {
    let home = open_home();
    let [kept, changed] = ["config", "credentials"].map(|name| home.path().join(name));
    let inode = fs::metadata(&kept).unwrap().ino();
    let add = |files: &mut [Vec<u8>]| -> Result<u8, Problem> {
        files[1].push(b'a');
        Ok(7)
    };
    assert_eq!(edit(&[&kept, &changed], add).unwrap(), (7, vec![false, true]));
    assert_eq!(fs::metadata(&kept).unwrap().ino(), inode);
    assert_eq!(
        (get(&kept).as_str(), names(home.path())),
        ("old", vec!["config".into(), "credentials".into()])
    );
}

#[test]
fn files_without_permission_are_refused() {
    let home = open_home();
    let path = home.path().join("config");
    for (file, folder) in [(0o444, 0o777), (0o666, 0o555)] {
        set_mode(&path, file);
        set_mode(home.path(), folder);
        let refused = apart(|| append(&[&home.path().join("fresh"), &path], "new"));
        let Err(Problem::ReadOnly { denial, .. }) = refused else { panic!("{refused:?}") };
        let is_right = match denial {
            Denial::Foreign { .. } => geteuid().is_root(),
            Denial::Mode { is_folder, .. } => is_folder == (file != 0o444),
            Denial::NoFolder { .. } | Denial::Attribute { .. } => false,
            Denial::Other { .. } => true,
        };
        assert!(is_right, "{denial:?}");
    }
    // No folder can hold a copy of the old content.
    let refused = apart(|| append(&[&path], "new"));
    let Err(Problem::NoCopy { why: Why::Folder, .. }) = refused else { panic!("{refused:?}") };
    for foreseen in [apart(|| check(&path)), apart(|| check_private(&path))] {
        let Err(Problem::NoCopy { why: Why::Folder, .. }) = foreseen else { panic!("{foreseen:?}") };
    }
    set_mode(&path, 0o000);
    let Err(Problem::Denied { denial, .. }) = apart(|| read(&path)) else { panic!("it can be read") };
    let is_right = match &denial {
        Denial::Foreign { at, owner, caller } => {
            geteuid().is_root() && *owner == 0 && *caller != 0 && *at == path
        }
        denial => *denial == Denial::Mode { at: path.clone(), is_folder: false },
    };
    assert!(is_right, "{denial:?}");
    assert_eq!(names(home.path()), ["config"]);
}

#[test]
fn a_device_in_place_of_a_folder_is_not_to_be_moved_away() {
    use crate::failure::Explain as _;
    let home = tempdir().unwrap();
    let file = home.path().join("file");
    put(&file, "");
    for (above, expected) in
        [(Path::new("/dev/null"), "name another file"), (&file, "name another file, or move it away")]
    {
        let Err(problem) = edit(&[&above.join("config")], |_| Ok::<_, Problem>(())) else {
            panic!("no problem")
        };
        assert_eq!(problem.help().unwrap().to_string(), expected);
    }
}

#[test]
fn owner_and_access_list_are_kept_or_nothing_is_saved() {
    let home = open_home();
    let path = home.path().join("config");
    // Read and write for the owner, read for user 7, as it is stored: version, then kind, rights and user of each.
    let none = [!0, !0];
    let rights: [([u16; 2], [u16; 2]); 5] =
        [([1, 6], none), ([2, 4], [7, 0]), ([4, 0], none), ([16, 4], none), ([32, 0], none)];
    let words = [2, 0].into_iter().chain(rights.into_iter().flat_map(|(right, user)| [right, user].concat()));
    let list: Vec<u8> = words.flat_map(u16::to_le_bytes).collect();
    let name = "system.posix_acl_access";
    if rustix::fs::setxattr(&path, name, &list, rustix::fs::XattrFlags::empty()).is_ok() {
        append(&[&path], " new").unwrap();
        let mut kept = [0; 64];
        let length = rustix::fs::getxattr(&path, name, &mut kept).unwrap();
        assert_eq!((&kept[..length], mode(&path)), (&list[..], 0o640));
        rustix::fs::removexattr(&path, name).unwrap();
    }
    if !geteuid().is_root() {
        return missing("only root can change the owner of a file");
    }
    chown(&path, Some(7), Some(8)).unwrap();
    append(&[&path], "er").unwrap();
    let found = fs::metadata(&path).unwrap();
    assert_eq!((found.uid(), found.gid(), get(&path).as_str()), (7, 8, "old newer"));
    // Other users write it in place.
    set_mode(&path, 0o666);
    apart(|| append(&[&path], "!")).unwrap();
    let found = fs::metadata(&path).unwrap();
    assert_eq!((found.uid(), found.gid(), get(&path).as_str()), (7, 8, "old newer!"));
    assert_eq!((mode(&path), names(home.path())), (0o666, vec!["config".into()]));
}

#[test]
fn what_root_makes_in_the_folder_of_a_user_is_that_users() {
    if !geteuid().is_root() {
        return missing("only root can change the owner of a file");
    }
    let home = tempdir().unwrap();
    chown(home.path(), Some(7), Some(8)).unwrap();
    let [config, token, lock, shared] =
        [".aws/config", ".aws/sso/cache/token", "state/keys/lock", "state/shared/lock"]
            .map(|name| home.path().join(name));
    append(&[&config, &config.with_file_name("credentials")], "new").unwrap();
    super::write_private(&token, b"token").unwrap();
    drop(super::hold(&lock).unwrap());
    drop(super::hold_within(&shared, Duration::ZERO, || ()).unwrap());
    let names = [
        ".aws",
        ".aws/config",
        ".aws/credentials",
        ".aws/sso",
        ".aws/sso/cache",
        ".aws/sso/cache/token",
        "state",
        "state/shared",
        "state/shared/lock",
    ];
    for name in names {
        let found = fs::metadata(home.path().join(name)).unwrap();
        let rights = if found.is_dir() { 0o700 } else { 0o600 };
        assert_eq!((found.uid(), found.gid(), found.mode() & 0o777), (7, 8, rights), "{name}");
    }
    // Who locks it trusts only files of their own beside it.
    assert_eq!(
        ["state/keys", "state/keys/lock"].map(|name| fs::metadata(home.path().join(name)).unwrap().uid()),
        [0, 0]
    );
    // What is there keeps its owner.
    chown(&config, Some(0), Some(0)).unwrap();
    append(&[&config], "er").unwrap();
    assert_eq!(fs::metadata(&config).unwrap().uid(), 0);
}

#[test]
fn concurrent_edits_are_not_lost() {
    let home = tempdir().unwrap();
    let [config, credentials] = ["aws/config", "aws/credentials"].map(|name| home.path().join(name));
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| (0..4).for_each(|_| drop(append(&[&config, &credentials], "x").unwrap())));
        }
    });
    assert_eq!([&config, &credentials].map(|path| get(path)), ["x".repeat(80), "x".repeat(80)]);
    assert_eq!(names(&home.path().join("aws")), ["config", "credentials"]);
}

#[test]
fn an_edit_is_repeated_after_another_program_wrote() {
    let home = open_home();
    let [path, other] = ["config", "credentials"].map(|name| home.path().join(name));
    let overtaken = |often: usize| {
        let mut runs = 0;
        let outcome = edit(&[&path, &other], |files| -> Result<(), Problem> {
            runs += 1;
            files[0].push(b'!');
            if runs <= often {
                put(&other, &format!("theirs {often} {runs}"));
            }
            Ok(())
        });
        (outcome, runs)
    };
    assert_eq!(overtaken(1).1, 2);
    assert_eq!((get(&path).as_str(), get(&other).as_str()), ("old!", "theirs 1 1"));
    let (outcome, runs) = overtaken(usize::MAX);
    assert!(matches!(outcome, Err(Problem::Busy { .. })), "{outcome:?} after {runs}");
    assert_eq!(
        (get(&path).as_str(), names(home.path())),
        ("old!", vec!["config".into(), "credentials".into()])
    );
}

#[test]
fn a_failure_changes_nothing() {
    let home = open_home();
    let path = home.path().join("config");
    // The hidden name beside it would be too long.
    let long = home.path().join("x".repeat(250));
    assert!(matches!(append(&[&path, &long], "a"), Err(Problem::Save { .. })));
    assert!(matches!(append(&[&long, &path], "a"), Err(Problem::Save { .. })));
    let refuse =
        |_: &mut [Vec<u8>]| -> Result<(), Problem> { Err(Problem::NotAFile { path: "refused".into() }) };
    assert!(matches!(edit(&[&path], refuse), Err(Problem::NotAFile { .. })));
    assert_eq!((get(&path).as_str(), names(home.path())), ("old", vec!["config".to_owned()]));
}

#[test]
fn files_that_are_replaced_meanwhile_are_not_taken_for_one() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let [config, credentials, new] = [path("config"), path("credentials"), path("new")];
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                for to in [&config, &credentials] {
                    fs::write(&new, "").unwrap();
                    fs::rename(&new, to).unwrap();
                }
            }
        });
        let mistaken = (0..100_000).filter(|_| is_one(&config, &credentials)).count();
        ended.store(true, Ordering::Relaxed);
        assert_eq!(mistaken, 0);
    });
    symlink("config", path("link")).unwrap();
    fs::hard_link(&config, path("twin")).unwrap();
    assert!(is_one(&config, &path("link")) && is_one(&path("twin"), &config));
    assert!(!is_one(&config, &path("missing")));
}
