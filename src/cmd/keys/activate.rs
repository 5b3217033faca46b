//! `xcred keys activate`.

use super::super::Cx;
use super::target_key::TargetKey;
use super::{as_profile, session};
use crate::cli::keys::Activate;
use crate::failure::{Exit, Failure};
use crate::service::iam::Status;

pub(super) fn run(args: &Activate, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { ui, .. } = cx;
    let session = session(cx)?;
    as_profile(&session, |account, by| {
        let TargetKey { key, .. } =
            TargetKey::find(&args.id, args.user.as_deref(), &session, account, by, ui)?;
        if key.status == Status::Active {
            ui.note(format_args!("{} is already active", key.id));
            return Ok(Exit::Success);
        }
        account.update(by, key.user.as_deref(), &key.id, Status::Active)?;
        ui.note(format_args!("activated {}", key.id));
        Ok(Exit::Success)
    })
}
