use std::fs;

use super::names;
use crate::store::{Problem, edit, list, remove, try_out};

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
