//! `xcred config`: xcred's own settings, which hold for every profile on this machine.

use serde_json::{Map, Value as Json, json};

use super::Cx;
use crate::cli::{Config, Format};
use crate::config::{self, Entry, Listing, Name, Setting};
use crate::failure::{Code, Exit, Failure, Hint};
use crate::guard::{self, Meant};
use crate::origin;
use crate::profile::Files;
use crate::render::{self, Table};
use crate::text;
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: &Config, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    match args {
        Config::Get { key } => return get(&key.parse()?, world, ui),
        Config::Set { key, value } => {
            let name = key.parse()?;
            refuse_misnamed(key, &name, world)?;
            let place = config::set(world, &name, value)?;
            ui.detail(&place);
            ui.aside(format_args!("wrote {name} in {}", origin::shown(&place.path)));
            warn_of_missing_profile(key, &name, world, ui);
        }
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
    let found = config::get(world, name)?;
    let meant = |listing: &Listing| {
        let unknown = guard::unknown(listing).into_iter();
        unknown.filter(|one| one.hides(&name.to_string())).collect::<Vec<_>>()
    };
    ui.findings(&config::list(world).as_ref().map_or_else(|_| Vec::new(), meant));
    let Some(found) = found else {
        ui.absence(format_args!("`{name}` is not set"));
        return Ok(Exit::NoValue);
    };
    ui.detail(&found.origin);
    ui.write(format!("{}\n", ui.shown(&shown(&found.value))).as_bytes())?;
    Ok(Exit::Success)
}

/// Refuses a guard that would hold for no profile, and for which all would be refused.
fn refuse_misnamed(typed: &str, name: &Name, world: &World) -> Result<(), Failure> {
    let Some(guard) = name.guarded_profile() else { return Ok(()) };
    let (files, unread) = Files::read(world).in_part();
    let refused = |message| Failure::plain(Code::Usage, message);
    let meant = guard::Names::of(&files).meant(guard);
    match meant.filter(|_| unread.is_empty()) {
        None => Ok(()),
        Some(Meant::Profile(profile)) => {
            let message =
                format!("profile `{guard}` doesn't exist, and its guard would not hold for `{profile}`");
            let meant = name.for_profile(&profile).to_string();
            Err(refused(message).with_help(Hint::meant(typed, meant)))
        }
        Some(Meant::Many) => {
            let message = format!(
                "a guard is for one profile; `{guard}` is not the name of one, and patterns don't work"
            );
            Err(refused(message).with_help("give each profile a guard of its own"))
        }
    }
}

/// Warns of a guard that guards nothing: most likely its profile is misspelled.
fn warn_of_missing_profile(typed: &str, name: &Name, world: &World, ui: &Ui) {
    let Some(profile) = name.guarded_profile() else { return };
    let (files, unread) = Files::read(world).in_part();
    if !unread.is_empty() || files.profile(profile).exists() {
        return;
    }
    ui.warning(format_args!("profile `{profile}` not found; the guard applies once it exists"));
    if let Some(nearest) = text::nearest(profile, files.profiles()) {
        ui.help(Hint::meant(typed, name.for_profile(&nearest).to_string()));
    }
}

fn unset(name: &Name, world: &World, ui: &Ui) -> Result<(), Failure> {
    if config::unset(world, name)? {
        ui.aside(format_args!("removed {name} from {}", origin::shown(&config::required_path(world)?)));
    } else {
        // Any name that is set can be removed, but a typo is an error.
        Setting::require(name)?;
        ui.note(format_args!("`{name}` was not set"));
    }
    Ok(())
}

fn list(format: Format, world: &World, ui: &Ui) -> Result<(), Failure> {
    let listing = config::list(world)?;
    ui.findings(&guard::unknown(&listing));
    let settings = listing.settings;
    match format {
        Format::Json => {
            let set = settings.into_iter().filter_map(|entry| Some((entry.name.to_string(), entry.shown()?)));
            let settings: Map<String, Json> = set
                .map(|(name, found)| (name, json!({"value": found.value, "origin": found.origin})))
                .collect();
            Ok(render::json::print(&json!({"settings": settings}), ui)?)
        }
        Format::Text => Ok(ui.write(table(&settings, ui).to_string().as_bytes())?),
    }
}

/// A value as the command line has it.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => joined(items, ","),
        value => value.to_string(),
    }
}

fn joined(items: &[Json], separator: &str) -> String {
    items.iter().map(shown).collect::<Vec<_>>().join(separator)
}

fn table(settings: &[Entry], ui: &Ui) -> Table<3> {
    let mut table = Table::new(["SETTING", "WHERE", "VALUE"], ui.style().bold()).within(ui.out_columns());
    for entry in settings {
        let (origin, value) = match entry.shown() {
            Some(found) => {
                // A table is broken at blanks.
                let value = found.value.as_array().map(|items| joined(items, ", "));
                (found.origin.to_string(), value.unwrap_or_else(|| shown(&found.value)))
            }
            None => ("not set".to_owned(), String::new()),
        };
        table.push([entry.name.to_string(), origin, value]);
    }
    table
}
