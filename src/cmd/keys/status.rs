//! `xcred keys activate` and `xcred keys deactivate`.

use super::super::Cx;
use super::target_key::with_key;
use crate::cli::keys::{Deactivate, KeyRef};
use crate::failure::{Exit, Failure};
use crate::service::iam::Status;

pub(super) fn activate(args: &KeyRef, cx: Cx<'_>) -> Result<Exit, Failure> {
    with_key(args, cx, |target, keys| {
        let key = &target.key;
        if key.status == Status::Active {
            cx.ui.note(format_args!("{} is already active", key.id));
            return Ok(Exit::Success);
        }
        keys.update(&key.id, Status::Active)?;
        cx.ui.note(format_args!("activated {}", key.id));
        Ok(Exit::Success)
    })
}

pub(super) fn deactivate(args: &Deactivate, cx: Cx<'_>) -> Result<Exit, Failure> {
    with_key(&args.key, cx, |target, keys| {
        let key = &target.key;
        if key.status == Status::Inactive {
            cx.ui.note(format_args!("{} is already inactive", key.id));
            return Ok(Exit::Success);
        }
        target.require_spare("deactivate", args.even_in_use, cx.ui)?;
        keys.update(&key.id, Status::Inactive)?;
        cx.ui.note(format_args!("deactivated {}", key.id));
        Ok(Exit::Success)
    })
}
