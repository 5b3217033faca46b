//! Parts of the messages of issues that depend on their data.

use std::path::Path;

use crate::origin::shown;

pub(super) fn planted(path: &Path, mode: Option<u32>) -> String {
    let path = shown(path);
    match mode {
        Some(mode) => {
            format!("other users can put a sign-in of their own into {path} (its mode is {mode:03o})")
        }
        None => format!("{path} belongs to another user, who may have put another sign-in there"),
    }
}

pub(super) fn changeable(path: &Path, mode: u32, is_folder: bool) -> String {
    let what = if is_folder { "replace the files in" } else { "change" };
    format!(
        "other users can {what} {}, which may name programs that run as you (its mode is {mode:03o})",
        shown(path)
    )
}

pub(super) fn relative(key: &str, expands: bool) -> String {
    if expands {
        format!("`~` and variables are not expanded in `{key}`")
    } else {
        format!("`{key}` is a relative path, which depends on the folder that each program runs in")
    }
}

pub(super) fn circle(chain: &[String], of_processes: bool) -> String {
    let what = if of_processes { "credential processes" } else { "source profiles" };
    format!("the {what} form a circle: `{}`", chain.join("`, `"))
}
