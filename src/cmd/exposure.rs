//! Warns, as AWS CLI does, when credentials are written to a file that others can open. The mode is the user's choice
//! and is kept.

use std::path::Path;

use crate::checks;
use crate::origin::Place;
use crate::profile::{self, Files};
use crate::ui::Ui;
use crate::world::World;

/// Warns of the files with the credentials of a profile that others can open.
pub(super) fn warn_of_profile(name: &str, world: &World, ui: &Ui) {
    // They were just written. Where they can't be read again, there is nothing more to say.
    let Ok(files) = Files::load(world) else { return };
    let places: Vec<Place> = files.profile(name).entries().map(|(_, found)| found.place()).collect();
    warn(&places, ui);
}

/// Warns of files to which a credential was written and that others than the owner can open.
pub(super) fn warn<'p>(written: impl IntoIterator<Item = &'p Place>, ui: &Ui) {
    let is_credential = |place: &&Place| place.key.as_deref().is_some_and(profile::is_credential);
    let mut seen: Vec<&Path> = Vec::new();
    for Place { path, .. } in written.into_iter().filter(is_credential) {
        if seen.contains(&&**path) {
            continue;
        }
        seen.push(path);
        if let Some(finding) = checks::exposed(path) {
            ui.finding(&finding);
        }
    }
}
