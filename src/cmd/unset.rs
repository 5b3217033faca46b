//! `xcred unset`: removes one key of one section, in whichever files have it.

use super::{diff, set};
use crate::cli::{Global, Unset};
use crate::failure::{Exit, Failure};
use crate::origin::Origin;
use crate::profile::Files;
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Unset, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let (section, key) = set::target(&args.key, &args.elsewhere, global, world)?;
    let change = |files: &mut Files| {
        files.require(&section, &Origin::Option { name: "--profile" })?;
        files.unset(&section, &key)
    };
    if args.dry_run {
        let (_, edited) = Files::rehearse(world, change)?;
        ui.write(&diff::of(&edited, ui))?;
        return Ok(Exit::Success);
    }
    let (removed, _) = Files::edit(world, change)?;
    for placed in &removed {
        set::tell(placed, ui);
    }
    if removed.is_empty() {
        ui.note(format_args!("`{}` was not set in {section}", key.dotted()));
    }
    Ok(Exit::Success)
}
