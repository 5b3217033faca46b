//! Credentials in a file that others can open: said when one is written there, as AWS CLI does. The mode is the user's
//! own choice and stays.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::failure::{Command, Hint};
use crate::origin::{Place, shown};
use crate::profile;
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
        let Ok(mode) = fs::metadata(path).map(|found| found.permissions().mode() & 0o7777) else { continue };
        let Some(may) = others_may(mode) else { continue };
        ui.warning(format_args!(
            "{} holds credentials, and other users can {may} it (its mode is {mode:03o})",
            shown(path)
        ));
        ui.help(Hint::from(Command::new(["chmod", "600"]).argument(&**path)));
    }
}

/// What a mode lets group and others do.
fn others_may(mode: u32) -> Option<&'static str> {
    match (mode & 0o044 != 0, mode & 0o022 != 0, mode & 0o011 != 0) {
        (true, true, _) => Some("read and change"),
        (true, false, _) => Some("read"),
        (false, true, _) => Some("change"),
        (false, false, true) => Some("run"),
        (false, false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::others_may;

    #[test]
    fn any_right_of_others_is_told() {
        for (mode, may) in [
            (0o600, None),
            (0o400, None),
            (0o700, None),
            (0o644, Some("read")),
            (0o640, Some("read")),
            (0o604, Some("read")),
            (0o666, Some("read and change")),
            (0o620, Some("change")),
            (0o610, Some("run")),
            (0o601, Some("run")),
        ] {
            assert_eq!(others_may(mode), may, "{mode:o}");
        }
    }
}
