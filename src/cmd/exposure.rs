//! Credentials in a file that others can open: said when one is written there, as AWS CLI does. The mode is the user's
//! own choice and stays.

use std::path::Path;

use super::findings::Found;
use crate::finding::Finding;
use crate::origin::Place;
use crate::profile;
use crate::store::{self, Exposure};
use crate::ui::Ui;

/// Warns of the files at these places, if a credential was written there and others than the owner can open them.
pub(super) fn warn<'p>(written: impl IntoIterator<Item = &'p Place>, ui: &Ui) {
    let is_credential = |place: &&Place| place.key.as_deref().is_some_and(profile::is_credential);
    let mut told: Vec<&Path> = Vec::new();
    for Place { path, .. } in written.into_iter().filter(is_credential) {
        if told.contains(&&**path) {
            continue;
        }
        told.push(path);
        // The edit is done: that the file can't be looked at any more is another matter.
        let Some(Exposure { may, mode }) = store::exposure(path) else { continue };
        ui.finding(&Finding::new(Found::Exposed { path: path.to_path_buf(), may, mode }));
    }
}
