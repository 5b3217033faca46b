//! `xcred config`: xcred's own settings, which hold for every profile on this machine.

use serde_json::{Map, Value as Json, json};

use super::Cx;
use crate::cli::{Config, Format};
use crate::config::{self, Entry, Listing, Name, Setting, nearest};
use crate::failure::{Exit, Failure};
use crate::render::{self, Table};
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: &Config, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    match args {
        Config::Get { key } => return get(&key.parse()?, world, ui),
        Config::Set { key, value } => ui.detail(config::set(world, &key.parse()?, value)?),
        Config::Unset { key } => unset(&key.parse()?, world, ui)?,
        Config::Path => {
            let path = config::required_path(world)?;
            ui.write(&[path.as_os_str().as_encoded_bytes(), b"\n"].concat())?;
        }
        Config::List { format } => list(*format, world, ui)?,
    }
    Ok(Exit::Success)
}

fn get(name: &Name, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let Some(found) = config::get(world, name)? else {
        ui.detail(format_args!("`{name}` is not set"));
        return Ok(Exit::NoValue);
    };
    ui.detail(&found.origin);
    ui.write(format!("{}\n", ui.shown(&text(&found.value))).as_bytes())?;
    Ok(Exit::Success)
}

fn unset(name: &Name, world: &World, ui: &Ui) -> Result<(), Failure> {
    if !config::unset(world, name)? {
        // Any name that is set can be removed, but a typo is an error.
        Setting::require(name)?;
        ui.note(format_args!("`{name}` was not set"));
    }
    Ok(())
}

fn list(format: Format, world: &World, ui: &Ui) -> Result<(), Failure> {
    let Listing { settings, unknown } = config::list(world)?;
    for (name, place) in unknown {
        ui.warning(format_args!("{place}: xcred has no setting `{name}`"));
        match nearest(&name) {
            Some(nearest) => ui.help(format_args!("did you mean `{nearest}`?")),
            None => ui.help("ignored; a newer xcred may support it"),
        }
    }
    match format {
        Format::Json => {
            let set = settings.into_iter().filter_map(|entry| Some((entry.name.to_string(), entry.value?)));
            let settings: Map<String, Json> = set
                .map(|(name, found)| (name, json!({"value": found.value, "origin": found.origin})))
                .collect();
            Ok(ui.write(render::json::document(&json!({"settings": settings})).as_bytes())?)
        }
        Format::Text => Ok(ui.write(table(&settings, ui).to_string().as_bytes())?),
    }
}

/// A value as the command line has it.
fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        value => value.to_string(),
    }
}

fn table(settings: &[Entry], ui: &Ui) -> Table<3> {
    let mut table = Table::new(["SETTING", "WHERE", "VALUE"], ui.style().bold()).within(ui.out_columns());
    for Entry { name, value } in settings {
        let (origin, value) = match value {
            Some(found) => (found.origin.to_string(), text(&found.value)),
            None => ("not set".to_owned(), String::new()),
        };
        table.push([name.to_string(), origin, value]);
    }
    table
}
