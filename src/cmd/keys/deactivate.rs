//! `xcred keys deactivate`.

use super::subject::Subject;
use super::{as_profile, session};
use crate::cli::Global;
use crate::cli::keys::Deactivate;
use crate::failure::{Exit, Failure};
use crate::service::iam::Status;
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Deactivate, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let session = session(global, world, ui)?;
    as_profile(&session, |account, by| {
        let subject = Subject::find(&args.id, args.user.as_deref(), &session, account, by, ui)?;
        let key = &subject.key;
        if key.status == Status::Inactive {
            ui.note(format_args!("{} is inactive already", key.id));
            return Ok(Exit::Success);
        }
        subject.require_spare("deactivate", args.even_in_use)?;
        account.update(by, key.user.as_deref(), &key.id, Status::Inactive)?;
        ui.note(format_args!("deactivated {}", key.id));
        Ok(Exit::Success)
    })
}
