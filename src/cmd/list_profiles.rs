//! `xcred list-profiles`: every profile that the files define, also where a file is not whole.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::get::{print_json, tell};
use crate::chain;
use crate::cli::{Format, ListProfiles};
use crate::failure::{Exit, Failure};
use crate::origin::{Origin, Place};
use crate::profile::Files;
use crate::sdk;
use crate::ui::{Ui, one_line};
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &ListProfiles, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let (files, mut unread) = Files::read(world).in_part();
    // botocore reads nothing where a file has a fault, so there is nothing to list.
    files.check()?;
    tell(&files.notices_of_headers(), ui);
    if ui.is_verbose() {
        tell(&files.both().iter().flat_map(sdk::oddities).collect::<Vec<_>>(), ui);
    }
    let profiles = files.profiles();
    if args.format == Format::Json {
        let profiles: Vec<Json> = profiles.map(|name| Row::of(&name, &files).to_json()).collect();
        print_json(&json!({"schema": 1, "profiles": profiles}), ui)?;
    } else if args.long {
        ui.write(table(profiles.map(|name| Row::of(&name, &files)), ui).as_bytes())?;
    } else {
        print(profiles, ui)?;
    }
    // As `ls` does it: what can be read is listed, and that it is not all is a failure.
    let first = unread.pop();
    for problem in &unread {
        ui.problem(problem);
    }
    first.map_or(Ok(Exit::Success), |problem| Err(problem.into()))
}

/// Prints names, one on a line.
fn print<'n>(names: impl Iterator<Item = Cow<'n, str>>, ui: &Ui) -> Result<Exit, Failure> {
    let mut lines = String::new();
    for name in names {
        lines.push_str(&ui.shown(&name));
        lines.push('\n');
    }
    ui.write(lines.as_bytes())?;
    Ok(Exit::Success)
}

/// What is told of a profile.
struct Row {
    name: String,
    credentials: Option<&'static str>,
    region: Option<String>,
    places: Vec<Place>,
}

impl Row {
    fn of(name: &str, files: &Files) -> Row {
        let profile = files.profile(name);
        let region = profile.value("region").and_then(|found| found.value.as_text().cloned());
        Row {
            name: name.to_owned(),
            credentials: chain::leads(&profile).first().map(|(provider, ..)| provider.name()),
            region: region.map(|text| text.expose().to_owned()),
            places: profile.places(),
        }
    }

    fn to_json(&self) -> Json {
        json!({
            "name": self.name,
            "credentials": self.credentials,
            "region": self.region,
            "origins": self.places.iter().cloned().map(Origin::File).collect::<Vec<_>>(),
        })
    }
}

/// Columns as wide as they need to be; what stands in the files last, because it may be long.
fn table(rows: impl Iterator<Item = Row>, ui: &Ui) -> String {
    let mut cells = vec![["PROFILE", "CREDENTIALS", "REGION", "WHERE"].map(str::to_owned)];
    cells.extend(rows.map(|row| {
        let places: Vec<String> = row.places.iter().map(ToString::to_string).collect();
        let or_dash = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or("-").to_owned();
        [
            one_line(&row.name).into_owned(),
            or_dash(row.credentials),
            one_line(&or_dash(row.region.as_deref())).into_owned(),
            one_line(&places.join(", ")).into_owned(),
        ]
    }));
    let width =
        |column: usize| cells.iter().map(|row| console::measure_text_width(&row[column])).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let mut text = String::new();
    for (at, row) in cells.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width + 2 - console::measure_text_width(cell)));
        }
        line.push_str(&row[3]);
        let line = line.trim_end();
        text.push_str(&if at == 0 { ui.style().bold().apply_to(line).to_string() } else { line.to_owned() });
        text.push('\n');
    }
    text
}
