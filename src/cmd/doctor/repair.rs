//! The repairs that need no decision: made, or shown.

use std::path::PathBuf;

use crate::checks::{Diagnosis, Remedy};
use crate::cli::Doctor;
use crate::cmd::diff;
use crate::failure::{Command, Failure};
use crate::origin::shown;
use crate::profile::{self, Files, Repair};
use crate::store;
use crate::ui::Ui;
use crate::world::World;

/// How often the files are looked at: headers are repaired first, then what is below them.
const ROUNDS: usize = 2;

/// Makes the safe repairs, or shows them. Returns how many there are.
pub(super) fn repair(
    args: &Doctor,
    look: &impl Fn(&Files, &[profile::Error]) -> Vec<Diagnosis>,
    world: &World,
    ui: &Ui,
) -> Result<usize, Failure> {
    let mut to_close: Vec<PathBuf> = Vec::new();
    let change = |files: &mut Files| {
        let (mut count, mut refused) = (0, Vec::new());
        to_close.clear();
        files.remove_marks();
        // Below a repaired header there may be more to repair.
        for _ in 0..ROUNDS {
            let mut repairs: Vec<Repair> = Vec::new();
            for remedy in look(files, &[]).into_iter().filter_map(|one| one.repair) {
                match remedy {
                    Remedy::Edit(repair) => repairs.push(repair),
                    Remedy::Close(path) if !to_close.contains(&path) => to_close.push(path),
                    Remedy::Close(_) => {}
                }
            }
            let made;
            // What was refused before may have been made possible.
            (made, refused) = files.repair(&repairs);
            count += made;
        }
        Ok((count, refused))
    };
    let ((count, refused), edited) = diff::attempt(change, args.dry_run, world)?;
    diff::report_marks(&edited, args.dry_run, ui);
    let mut reasons: Vec<String> = refused.iter().map(ToString::to_string).collect();
    // What is about the whole file refuses each repair.
    reasons.dedup();
    for reason in reasons {
        ui.warning(format_args!("not repaired: {reason}"));
    }
    if args.dry_run {
        ui.write(&diff::of(&edited, ui))?;
    } else {
        for edited in &edited {
            ui.note(format_args!("repaired {}", shown(&edited.path)));
        }
    }
    for path in &to_close {
        if args.dry_run {
            let command = Command::new(["chmod", "600"]).argument(path);
            ui.write(format!("{command}\n").as_bytes())?;
        } else {
            store::close(path)?;
            ui.note(format_args!("repaired the permissions of {}", shown(path)));
        }
    }
    let marks = edited.iter().filter(|edited| edited.drops_mark()).count();
    let count = count + marks + to_close.len() + store::settled().len();
    let waiting = if args.dry_run { waiting(world) } else { Vec::new() };
    for path in &waiting {
        ui.note(format_args!("the interrupted edit of `{}` would be completed or undone", shown(path)));
    }
    if count + waiting.len() == 0 {
        ui.note("nothing to repair without a decision");
    }
    Ok(count)
}

/// The files of which an interrupted edit waits for the next one.
fn waiting(world: &World) -> Vec<PathBuf> {
    let (files, _) = Files::read(world).in_part();
    store::interrupted(&files.both().map(|file| &**file.path))
}
