//! `xcred get`: the value that counts, with its origin if asked.

use serde_json::{Map, Value as Json, json};

use crate::cli::{Format, Get, Global};
use crate::failure::{Exit, Failure};
use crate::ini::Value;
use crate::origin::{Located, Origin};
use crate::profile::{Files, KeyPath, SectionName, Wanted};
use crate::settings::{self, Options, Selection, Setting};
use crate::ui::{Ui, harmless_json};
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Get, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let files = Files::load(world)?;
    files.check()?;
    let mut selection = settings::select(world, global.profile.as_deref(), args.sdk)?;
    let Some(key) = &args.key else {
        return print_all(args, global, &selection, &files, world, ui);
    };
    let (section, key) = match args.elsewhere.section() {
        Some(section) => (Some(section), KeyPath::parse(key)?),
        None => match Wanted::parse(key, &files)? {
            Wanted { section: Some(SectionName::Profile(name)), key } => {
                selection = Selection { name: Located::new(name, Origin::Option { name: "KEY" }) };
                (None, key)
            }
            wanted => (wanted.section, wanted.key),
        },
    };
    let found = match &section {
        Some(section) => {
            files.require(section, &Origin::Option { name: "KEY" })?;
            settings::stored(&files, section, &key)
        }
        None => {
            require(&files, &selection)?;
            look_up(args, global, &selection, &files, world, &key)
        }
    };
    print_one(args, &selection, section.as_ref(), &key, found, ui)
}

fn look_up(
    args: &Get,
    global: &Global,
    selection: &Selection,
    files: &Files,
    world: &World,
    key: &KeyPath,
) -> Option<Setting> {
    if args.stored {
        return settings::stored(files, &selection.section(), key);
    }
    settings::effective(world, &options(global), files, selection, key, args.sdk)
}

fn options(global: &Global) -> Options {
    Options { region: global.region.clone() }
}

/// A profile that somebody named has to exist.
fn require(files: &Files, selection: &Selection) -> Result<(), Failure> {
    if selection.is_named() {
        files.require(&selection.section(), &selection.name.origin)?;
    }
    Ok(())
}

fn print_one(
    args: &Get,
    selection: &Selection,
    section: Option<&SectionName>,
    key: &KeyPath,
    found: Option<Setting>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    if let Some(setting) = &found {
        for shadowed in &setting.shadowed {
            ui.detail(format_args!("not {}: {}", shadowed.value.origin, shadowed.why));
        }
    }
    if args.format == Format::Json {
        let mut document = Map::new();
        document.insert("schema".to_owned(), json!(1));
        match section {
            None => document.insert("profile".to_owned(), json!(selection.name.value)),
            Some(section) => document.insert("section".to_owned(), json!(section.to_string())),
        };
        document.insert("key".to_owned(), json!(key.dotted()));
        let exit = match &found {
            Some(setting) => {
                document.extend(setting.to_json(args.reveal));
                Exit::Success
            }
            None => {
                document.insert("value".to_owned(), json!(args.default));
                if args.default.is_some() {
                    document.insert("origin".to_owned(), json!(Origin::Option { name: "--default" }));
                }
                if args.default.is_some() { Exit::Success } else { Exit::NoValue }
            }
        };
        return print_json(&Json::Object(document), ui).map(|()| exit);
    }
    let Some(setting) = found else {
        return match &args.default {
            Some(default) => {
                Ok(ui.write(format!("{}\n", ui.shown(default)).as_bytes()).map(|()| Exit::Success)?)
            }
            None => {
                ui.detail(format_args!("`{}` is not set", key.dotted()));
                Ok(Exit::NoValue)
            }
        };
    };
    match &setting.winner.value {
        Value::Text(text) => {
            let origin =
                if args.show_origin { format!("{}\t", setting.winner.origin) } else { String::new() };
            ui.write(format!("{}{}\n", ui.shown(&origin), ui.shown(text.expose())).as_bytes())?;
            Ok(Exit::Success)
        }
        Value::Block(lines) => {
            let keys: Vec<String> = lines.iter().map(|line| format!("`{}.{}`", key.name, line.key)).collect();
            ui.warning(format_args!(
                "`{}` is a nested block; ask for one of {}",
                key.dotted(),
                keys.join(", ")
            ));
            Ok(Exit::NoValue)
        }
    }
}

fn print_all(
    args: &Get,
    global: &Global,
    selection: &Selection,
    files: &Files,
    world: &World,
    ui: &Ui,
) -> Result<Exit, Failure> {
    require(files, selection)?;
    let all = if args.stored {
        settings::all_stored(files, &selection.section())
    } else {
        settings::all(world, &options(global), files, selection, args.sdk)
    };
    if args.format == Format::Json {
        let settings: Map<String, Json> = all
            .iter()
            .map(|setting| (setting.name.clone(), Json::Object(setting.to_json(args.reveal))))
            .collect();
        let document = json!({"schema": 1, "profile": selection.name.value, "settings": settings});
        return print_json(&document, ui).map(|()| Exit::Success);
    }
    let mut lines = String::new();
    for setting in &all {
        if args.show_origin {
            lines.push_str(&format!("{}\t", ui.shown(&setting.winner.origin.to_string())));
        }
        for (name, value) in setting.lines(args.reveal) {
            lines.push_str(&format!("{} = {}\n", ui.shown(&name), ui.shown(&value.replace('\n', "\n    "))));
        }
    }
    ui.write(lines.as_bytes())?;
    Ok(Exit::Success)
}

/// Writes one JSON document.
pub(super) fn print_json(document: &Json, ui: &Ui) -> Result<(), Failure> {
    Ok(ui.write(harmless_json(&format!("{document:#}\n")).as_bytes())?)
}
