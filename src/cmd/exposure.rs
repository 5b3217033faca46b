//! Warns, as AWS CLI does, when credentials are written to a file that others can open. The mode is the user's choice
//! and is kept.

use std::path::Path;

use crate::checks;
use crate::origin::Place;
use crate::profile::{self, Files};
use crate::ui::Ui;

/// Where the settings of a profile are, which [`warn`] looks at when they are written.
pub(super) fn places(name: &str, files: &Files) -> Vec<Place> {
    files.profile(name).entries().map(|(_, found)| found.place()).collect()
}

/// Warns of files to which a credential was written, or with `--dry-run` would be, and that others than the owner can open.
pub(super) fn warn<'p>(written: impl IntoIterator<Item = &'p Place>, dry_run: bool, ui: &Ui) {
    let is_credential = |place: &&Place| place.key.as_deref().is_some_and(profile::is_credential);
    let mut seen: Vec<&Path> = Vec::new();
    for Place { path, .. } in written.into_iter().filter(is_credential) {
        if seen.contains(&&**path) {
            continue;
        }
        seen.push(path);
        if let Some(finding) = checks::exposed(path, dry_run) {
            ui.finding(&finding);
        }
    }
}
