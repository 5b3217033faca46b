//! Files that the tests write and the repository keeps: completions, manual pages, the README's screens. Nobody
//! edits them by hand, so they can't tell anything but what the program does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A path in the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A file of the repository; one that is not there is empty.
pub(crate) fn kept(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_default()
}

/// The file is what it should be, or becomes it where `UPDATE_ASSETS=1` says so.
#[track_caller]
pub(crate) fn assert_current(path: &str, wanted: &str) {
    let found = kept(path);
    if found == wanted {
        return;
    }
    if is_update() {
        let target = repository(path);
        fs::create_dir_all(target.parent().expect("a folder above the file"))
            .expect("the folder can be made");
        return fs::write(target, wanted).expect("the file can be written");
    }
    panic!(
        "{path} is not what the program says now.{}\n\
         If the program is right: `UPDATE_ASSETS=1 cargo test`, look at the difference, commit it.",
        first_difference(&found, wanted)
    );
}

/// The folder holds these files and no others of their kind.
#[track_caller]
pub(crate) fn assert_folder_is_current(folder: &str, wanted: &BTreeMap<String, String>) {
    for (name, text) in wanted {
        assert_current(&format!("{folder}/{name}"), text);
    }
    let kind = |name: &str| Path::new(name).extension().map(ToOwned::to_owned);
    let kinds: BTreeSet<_> = wanted.keys().map(|name| kind(name)).collect();
    let entries = fs::read_dir(repository(folder)).expect("the folder is there");
    let names = entries.map(|entry| entry.expect("a name").file_name().to_string_lossy().into_owned());
    let found: Vec<String> = names.filter(|name| kinds.contains(&kind(name))).collect();
    for name in found.iter().filter(|name| !wanted.contains_key(*name)) {
        assert!(is_update(), "{folder}/{name} belongs to nothing: `UPDATE_ASSETS=1 cargo test` removes it");
        fs::remove_file(repository(folder).join(name)).expect("the file can be removed");
    }
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_ASSETS").is_some_and(|value| value == "1")
}

fn first_difference(found: &str, wanted: &str) -> String {
    let pairs = found.lines().map(Some).chain(std::iter::repeat(None));
    let mut pairs = pairs.zip(wanted.lines().map(Some).chain(std::iter::repeat(None))).enumerate();
    let longest = found.lines().count().max(wanted.lines().count());
    match pairs.find(|(at, (found, wanted))| found != wanted || *at > longest) {
        Some((at, (found, wanted))) if found != wanted => {
            let shown = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
            format!("\nline {}:\n    it holds {}\n    it should {}", at + 1, shown(found), shown(wanted))
        }
        _ => String::new(),
    }
}
