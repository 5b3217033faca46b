//! `xcred keys list`: the keys of one user or of all, with age, last use and place.

use serde_json::{Value as Json, json};

use super::super::Cx;
use super::caller::{as_profile, reading_session};
use super::shown::{Found, Row, table};
use crate::cli::Format;
use crate::cli::keys::List;
use crate::failure::{Exit, Failure};
use crate::keys::{self, Error};
use crate::profile::{Files, KeyFiles};
use crate::render;
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: &List, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let session = reading_session(cx, &args.expecting)?;
    let now = world.now();
    warn_of_unfinished(world, &session.files, ui);
    let key_files = KeyFiles::readable(world);
    let found = Found { world, files: &session.files, key_files: &key_files };
    let rows = as_profile(&session, |account, by, _| {
        let users = if args.all_users {
            account.users(by)?.into_iter().map(Some).collect()
        } else {
            vec![args.user.clone()]
        };
        let (mut rows, mut refused) = (Vec::new(), false);
        for user in users {
            for key in account.keys_of(by, user.as_deref()).list()? {
                let is_young = |least| key.created.is_none_or(|at| now.duration_since(at) <= least);
                if args.older_than.is_some_and(is_young) {
                    continue;
                }
                rows.push(Row::of(key, account, by, &found, &mut refused, ui));
            }
        }
        Ok(rows)
    })?;
    let exit = if args.older_than.is_some() && !rows.is_empty() { Exit::NoValue } else { Exit::Success };
    if args.format == Format::Json {
        let keys: Vec<Json> = rows.iter().map(|row| row.to_json(now)).collect();
        let document = json!({"profile": session.selection.name.value, "keys": keys});
        render::json::print(&document, ui)?;
    } else if rows.is_empty() {
        // cron mails any output.
        if args.older_than.is_none() {
            ui.note("no access keys");
        }
    } else {
        let table = table(&rows, now, ui.style().bold()).within(ui.out_columns());
        ui.write(table.to_string().as_bytes())?;
    }
    Ok(exit)
}

/// Warns of unfinished rotations and creations, and of journals that can't be used.
fn warn_of_unfinished(world: &World, files: &Files, ui: &Ui) {
    match keys::unfinished(world, files) {
        Ok(all) => all.into_iter().for_each(|one| ui.problem(&Error::Unfinished(Box::new(one)))),
        // Without a home there are no journals.
        Err(Error::NoHome) => {}
        Err(error) => ui.problem(&error),
    }
}
