//! `xcred keys delete`: a key that may be in use is deleted only after asking, or with options.

use super::super::Cx;
use super::shown::last_used;
use super::target_key::with_key;
use crate::cli::keys::{Delete, KeyRef};
use crate::failure::{Code, Exit, Failure, Hint};
use crate::keys::Access;
use crate::service::iam::{LastUsed, Status};
use crate::ui::{UNCHANGED, Ui};
use crate::world::World;

pub(super) fn run(args: &Delete, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    with_key(&args.key, cx, |target, keys| {
        let key = &target.key;
        target.require_spare("delete", args.even_in_use, ui)?;
        if key.status == Status::Active && !(args.yes && args.even_active) {
            // If IAM doesn't show the last use, the key is taken for used.
            let last = || keys.last_used(&key.id).ok();
            let used = last();
            if !agreed(args, &target.access, used.as_ref(), world, ui)? {
                ui.note(format_args!("{} was not deleted", key.id));
                return Ok(Exit::Interrupted);
            }
            // While the user answers, someone may use it. This command itself uses the key of its own profile.
            let is_own = args.even_in_use;
            let is_newer = || used.zip(last()).is_some_and(|(before, now)| before.used != now.used);
            if !args.yes && !is_own && is_newer() {
                let message = format!("{} was used meanwhile, so it is not deleted", key.id);
                return Err(Failure::plain(Code::InvalidConfig, message));
            }
        }
        let existed = keys.delete(&key.id)?;
        let what = if existed { "deleted" } else { "already deleted:" };
        ui.note(format_args!("{what} {}", key.id));
        Ok(Exit::Success)
    })
}

fn agreed(
    args: &Delete,
    access: &Access,
    used: Option<&LastUsed>,
    world: &World,
    ui: &Ui,
) -> Result<bool, Failure> {
    let KeyRef { id, user, .. } = &args.key;
    let never = used.is_some_and(|used| used.used.is_none());
    if args.yes && never {
        return Ok(true);
    }
    let state = format!("{id} is active (last used: {})", last_used(used, world.now()));
    let deactivate = access.command("deactivate").argument(id).option_if("--user", user.as_ref());
    let deactivate = if args.even_in_use { deactivate.flag("--even-in-use") } else { deactivate };
    let help = Hint::from("deactivate it first, ").run(deactivate).say(", or give `--yes --even-active`");
    if args.yes {
        return Err(Failure::plain(Code::InvalidConfig, state).with_help(help));
    }
    let Some(dialogue) = ui.dialogue(UNCHANGED)? else {
        let message = format!("{state}, and there is no terminal to confirm on");
        return Err(Failure::plain(Code::NeedsTerminal, message).with_help(help));
    };
    Ok(dialogue.confirm(&format!("{state}. Delete it for good?"))?)
}
