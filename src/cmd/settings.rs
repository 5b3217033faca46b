//! `xcred settings`: what holds for xcred itself, on this machine, whatever the profile.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::cli::{Format, Settings};
use crate::failure::{Exit, Failure};
use crate::origin::Located;
use crate::preferences::{self, Name, Preferences, Value, nearest};
use crate::render::{self, Table};
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Settings, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    match args {
        Settings::Get { key } => get(&Name::parse(key)?, world, ui),
        Settings::Set { key, value } => {
            let place = preferences::set(world, &Name::parse(key)?, value)?;
            ui.detail(place);
            Ok(Exit::Success)
        }
        Settings::Unset { key } => unset(&Name::parse(key)?, world, ui),
        Settings::List { format } => list(*format, world, ui),
    }
}

fn get(name: &Name, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let Some(found) = Preferences::load(world)?.get(name)? else {
        ui.detail(format_args!("`{name}` is not set"));
        return Ok(Exit::NoValue);
    };
    ui.detail(&found.origin);
    ui.write(format!("{}\n", ui.shown(&found.value.to_string())).as_bytes())?;
    Ok(Exit::Success)
}

fn unset(name: &Name, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    if !preferences::unset(world, name)? {
        // What isn't there need not be known to be removed, but a typo should not pass for done.
        preferences::Row::require(name)?;
        ui.note(format_args!("`{name}` was not set"));
    }
    Ok(Exit::Success)
}

#[derive(Serialize)]
struct Document {
    settings: Map<String, Json>,
}

fn list(format: Format, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let preferences = Preferences::load(world)?;
    for unknown in preferences.unknown() {
        ui.warning(format_args!("{}: `{}` is no setting of xcred", unknown.place, unknown.name));
        match nearest(&unknown.name) {
            Some(nearest) => ui.help(format_args!("did you mean `{nearest}`?")),
            None => ui.help("a newer xcred may know it; this one passes over it"),
        }
    }
    let all = preferences.all();
    match format {
        Format::Json => {
            let set = all.into_iter().filter_map(|(name, found)| Some((name.to_string(), found?)));
            let settings: Map<String, Json> = set
                .map(|(name, found)| (name, json!({"value": found.value, "origin": found.origin})))
                .collect();
            ui.write(render::json::document(&Document { settings }).as_bytes())?;
        }
        Format::Text => ui.write(table(&all, ui).to_string().as_bytes())?,
    }
    Ok(Exit::Success)
}

fn table(all: &[(Name, Option<Located<Value>>)], ui: &Ui) -> Table<3> {
    let mut table = Table::new(["SETTING", "WHERE", "VALUE"], ui.style().bold());
    for (name, found) in all {
        let (origin, value) = match found {
            Some(found) => (found.origin.to_string(), found.value.to_string()),
            None => ("not set".to_owned(), String::new()),
        };
        table.push([name.to_string(), origin, value]);
    }
    table
}
