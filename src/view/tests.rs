//! What each SDK's own code was seen to do with such files: a table per subject, with a column per SDK.

use std::fs;

use super::*;
use crate::origin::{Located, Origin};
use crate::sdk::Sdk;

mod grammar;
mod merging;
mod places;
mod ruby;

/// A home folder with these files.
struct Home(tempfile::TempDir);

impl Home {
    fn of(files: &[(&str, &[u8])]) -> Home {
        let home = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Home(home)
    }

    /// What an SDK sees there with these variables.
    fn view(&self, sdk: &str, variables: &[(&str, &str)]) -> View {
        let home = ("HOME", self.0.path().to_str().unwrap());
        View::read(&World::of([home].into_iter().chain(variables.iter().copied())), rules(sdk))
    }
}

fn rules(sdk: &str) -> &'static FileRules {
    Sdk::named(sdk).unwrap().ruled.unwrap().files
}

/// What an SDK sees in a config and a credentials file.
fn view(sdk: &str, config: &str, credentials: &str) -> View {
    let files = [(".aws/config", config.as_bytes()), (".aws/credentials", credentials.as_bytes())];
    Home::of(&files).view(sdk, &[])
}

/// Compares a row of a table with what each SDK sees.
fn each(expected: [&str; 4], what: &str, seen: impl Fn(&str) -> String) {
    let found = ["rust", "js", "go", "java"].map(seen);
    assert_eq!(found, expected, "{what:?}");
}

/// A view in one line: profiles with keys and texts, sorted. A key without a text is shown as `key{sub=value}`.
fn shown(view: &View) -> String {
    if let Some(fault) = view.fault() {
        let text = fault.to_string();
        return match fault.place() {
            Some(place) => format!("line {}: {}", place.line, text.rsplit(": ").next().unwrap_or_default()),
            None => text,
        };
    }
    let profiles = view.profiles().map(|name| {
        let section = view.profile(name).unwrap();
        format!("[{name}] {}", keys(section))
    });
    profiles.collect::<Vec<_>>().join(" ").replace("[default] ", "")
}

fn keys(section: &Section) -> String {
    let keys = section.keys().map(|key| match section.text(key) {
        Some(text) => format!("{key}={}", text.value.replace('\n', "⏎")),
        None => format!("{key}{{}}"),
    });
    keys.collect::<Vec<_>>().join(", ")
}

fn place<T>(located: &Located<T>) -> (u32, String, String) {
    let Origin::File(place) = &located.origin else { panic!("no file") };
    let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
    (place.line, text(&place.section), text(&place.key))
}
