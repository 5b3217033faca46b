//! Trials of edits, and files that are removed.

use std::fs;
use std::os::unix::fs::symlink;

use super::{get, mode, names, put, set_mode};
use crate::store::{Problem, edit, edit_private, list, make_ready, remove, try_out, write_private};

#[test]
fn a_trial_finds_the_errors_of_saving_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("config");
    try_out(&path, b"x").unwrap();
    try_out(&home.path().join("no/such/config"), b"x").unwrap();
    assert_eq!(names(home.path()), [""; 0]);
    fs::create_dir(&path).unwrap();
    assert!(matches!(try_out(&path, b"x"), Err(Problem::Folder { .. })));
}

#[test]
fn a_file_is_removed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("journal");
    edit(&[&path], |files| {
        files[0] = b"x".to_vec();
        Ok::<_, Problem>(())
    })
    .unwrap();
    assert_eq!(list(home.path()).unwrap(), std::slice::from_ref(&path));
    remove(&path).unwrap();
    remove(&path).unwrap();
    remove(&home.path().join("no/such/journal")).unwrap();
    assert!(list(home.path()).unwrap().is_empty() && list(&path).unwrap().is_empty());
}

#[test]
fn a_name_in_a_cache_is_replaced_and_removed_but_not_the_file_that_it_leads_to() {
    let home = tempfile::tempdir().unwrap();
    let [notes, cache] = ["notes", "cache"].map(|name| home.path().join(name));
    fs::create_dir(&cache).unwrap();
    put(&notes, "notes");
    set_mode(&notes, 0o640);
    let links = ["symbolic", "hard", "dangling"].map(|name| cache.join(name));
    let link = || {
        symlink(&notes, &links[0]).unwrap();
        fs::hard_link(&notes, &links[1]).unwrap();
        symlink(home.path().join("nothing"), &links[2]).unwrap();
    };
    let untouched = || {
        assert_eq!((get(&notes).as_str(), mode(&notes)), ("notes", 0o640));
        assert_eq!(names(home.path()), ["cache", "notes"]);
    };
    link();
    for path in &links {
        make_ready(path, b"token").unwrap();
        write_private(path, b"token").unwrap();
        let found = fs::symlink_metadata(path).unwrap();
        assert_eq!((found.is_file(), get(path).as_str(), mode(path)), (true, "token", 0o600));
        remove(path).unwrap();
    }
    untouched();
    link();
    for path in &links {
        edit_private(path, |contents| contents.extend(b", token")).unwrap();
        assert!(fs::symlink_metadata(path).unwrap().is_file() && get(path).ends_with(", token"));
        remove(path).unwrap();
    }
    untouched();
    link();
    for path in &links {
        remove(path).unwrap();
    }
    assert_eq!(names(&cache), [""; 0]);
    untouched();
}
