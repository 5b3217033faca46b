//! `xcred keys deactivate`.

use super::super::Cx;
use super::target_key::TargetKey;
use super::{as_profile, session};
use crate::cli::keys::Deactivate;
use crate::failure::{Exit, Failure};
use crate::service::iam::Status;

pub(super) fn run(args: &Deactivate, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { ui, .. } = cx;
    let session = session(cx)?;
    as_profile(&session, |account, by| {
        let target = TargetKey::find(&args.id, args.user.as_deref(), &session, account, by, ui)?;
        let key = &target.key;
        if key.status == Status::Inactive {
            ui.note(format_args!("{} is already inactive", key.id));
            return Ok(Exit::Success);
        }
        target.require_spare("deactivate", args.even_in_use)?;
        account.update(by, key.user.as_deref(), &key.id, Status::Inactive)?;
        ui.note(format_args!("deactivated {}", key.id));
        Ok(Exit::Success)
    })
}
