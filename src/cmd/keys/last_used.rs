//! `xcred keys last-used`: when, for which service and in which region a key was last used.

use serde_json::json;

use super::super::Cx;
use super::caller::{as_profile, reading_session};
use super::shown::last_used_json;
use crate::cli::Format;
use crate::cli::keys::LastUsed;
use crate::failure::{Exit, Failure};
use crate::render::{self, Table};

pub(super) fn run(args: &LastUsed, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { ui, .. } = cx;
    let session = reading_session(cx, &args.expecting)?;
    let found = as_profile(&session, |account, by, _| Ok(account.keys_of(by, None).last_used(&args.id)?))?;
    if args.format == Format::Json {
        let document = json!({"id": args.id, "user": found.user, "last_used": last_used_json(&found)});
        render::json::print(&document, ui)?;
        return Ok(Exit::Success);
    }
    let mut table = Table::of_facts();
    table.push(["key", &args.id]);
    table.push(["user", found.user.as_deref().unwrap_or("-")]);
    match &found.used {
        None => table.push(["last used", "never"]),
        Some(used) => {
            table.push(["last used", &used.at.to_string()]);
            table.push(["service", &used.service]);
            table.push(["region", &used.region]);
        }
    }
    ui.write(table.to_string().as_bytes())?;
    Ok(Exit::Success)
}
