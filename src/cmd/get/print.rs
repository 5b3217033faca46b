//! What `get` prints.

use serde_json::{Map, Value as Json, json};

use crate::cli::{Format, Get};
use crate::effective::Setting;
use crate::failure::{Exit, Failure};
use crate::finding::Finding;
use crate::ini::Value;
use crate::origin::Origin;
use crate::profile::KeyPath;
use crate::render;
use crate::settings;
use crate::ui::Ui;

pub(super) fn print_one(
    args: &Get,
    document: impl FnOnce() -> Map<String, Json>,
    key: &KeyPath,
    found: Option<Setting>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    for shadowed in found.iter().flat_map(|setting| &setting.shadowed) {
        ui.detail(format_args!("not {}: {}", shadowed.value.origin, shadowed.why));
    }
    match found {
        found if args.format == Format::Json => print_document(args, document(), key, found.as_ref(), ui),
        Some(setting) => print_value(args, key, &setting, ui),
        None => print_default(args, key, ui),
    }
}

fn print_document(
    args: &Get,
    mut document: Map<String, Json>,
    key: &KeyPath,
    found: Option<&Setting>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    document.insert("key".to_owned(), key.dotted().into());
    match (found, &args.default) {
        (Some(setting), _) => document.extend(setting.to_json(args.reveal)),
        (None, default) => {
            document.insert("value".to_owned(), json!(default));
            if default.is_some() {
                document.insert("origin".to_owned(), json!(Origin::Option { name: "--default" }));
            }
        }
    }
    let has_value = found.is_some() || args.default.is_some();
    render::json::print(&document, ui)?;
    Ok(if has_value { Exit::Success } else { Exit::NoValue })
}

fn print_value(args: &Get, key: &KeyPath, setting: &Setting, ui: &Ui) -> Result<Exit, Failure> {
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

/// What the options give in place of a value, or that there is none.
fn print_default(args: &Get, key: &KeyPath, ui: &Ui) -> Result<Exit, Failure> {
    if let Some(default) = &args.default {
        ui.write(format!("{}\n", ui.shown(default)).as_bytes())?;
        return Ok(Exit::Success);
    }
    match settings::misspelled(&key.dotted()) {
        Some(doubt) if settings::variable(&key.dotted()).is_none() => ui.finding(&Finding::new(doubt)),
        _ => ui.absence(format_args!("`{}` is not set", key.dotted())),
    }
    Ok(Exit::NoValue)
}

pub(super) fn print_all(
    args: &Get,
    document: impl FnOnce() -> Map<String, Json>,
    all: &[Setting],
    ui: &Ui,
) -> Result<Exit, Failure> {
    if args.format == Format::Json {
        let mut document = document();
        let settings = all.iter().map(|setting| setting.member(args.reveal)).collect();
        document.insert("settings".to_owned(), Json::Object(settings));
        render::json::print(&document, ui)?;
        return Ok(Exit::Success);
    }
    let mut lines = String::new();
    for setting in all {
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
