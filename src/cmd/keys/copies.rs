//! The places where a key remains that a rotation replaces.

use crate::profile::{KeyFiles, Uneditable};
use crate::ui::Ui;
use crate::world::World;

/// Warns, before the rotation, of every place that it won't change.
pub(super) fn warn_of_other_copies(
    uneditable: &[Uneditable],
    files: &KeyFiles,
    old: &str,
    world: &World,
    ui: &Ui,
) {
    for Uneditable { place, reason } in uneditable {
        ui.warning(format_args!("{place} keeps {old}, because xcred can't edit it: {reason}"));
    }
    for place in files.mentions(old) {
        ui.warning(format_args!("{place} has {old} in another form, which xcred doesn't edit"));
    }
    if world.non_empty("AWS_ACCESS_KEY_ID") == Some(old) {
        ui.warning(format_args!(
            "AWS_ACCESS_KEY_ID is {old} as well: set the new key in this shell, or unset it"
        ));
    }
}

/// Warns, after the rotation, of every place in `files` that still has the old key.
pub(super) fn warn_of_old_key(old: &str, files: &KeyFiles, world: &World, ui: &Ui) {
    let holders = files.holders(old).into_iter().map(|holder| holder.place);
    for place in holders.chain(files.mentions(old)) {
        ui.warning(format_args!("{place} still has the old key {old}"));
    }
    if world.non_empty("AWS_ACCESS_KEY_ID") == Some(old) {
        ui.warning(format_args!("AWS_ACCESS_KEY_ID is still the old key {old}"));
    }
}
