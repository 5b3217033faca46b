//! `xcred keys last-used`: when, for which service and in which region a key was last used.

use serde_json::json;

use super::super::get::print_json;
use super::shown::last_used_json;
use super::{as_profile, session};
use crate::cli::keys::LastUsed;
use crate::cli::{Format, Global};
use crate::failure::{Exit, Failure};
use crate::ui::{Ui, one_line};
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &LastUsed, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let session = session(global, world, ui)?;
    let found = as_profile(&session, |account, by| Ok(account.last_used(by, &args.id)?))?;
    if args.format == Format::Json {
        let document =
            json!({"schema": 1, "id": args.id, "user": found.user, "last_used": last_used_json(&found)});
        print_json(&document, ui)?;
        return Ok(Exit::Success);
    }
    let mut rows = vec![("key", args.id.clone()), ("user", found.user.unwrap_or_else(|| "-".to_owned()))];
    match found.used {
        None => rows.push(("last used", "never".to_owned())),
        Some(used) => rows.extend([
            ("last used", used.at.to_string()),
            ("service", used.service),
            ("region", used.region),
        ]),
    }
    let mut text = String::new();
    for (name, value) in rows {
        text.push_str(&format!("{name:<11}{}\n", one_line(&value)));
    }
    ui.write(text.as_bytes())?;
    Ok(Exit::Success)
}
