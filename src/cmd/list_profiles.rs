//! `xcred list-profiles`: all profiles, or those of the files that can be read.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::Cx;
use crate::chain;
use crate::cli::{Format, ListProfiles};
use crate::failure::{Exit, Failure};
use crate::origin::Origin;
use crate::profile::{Files, Profile};
use crate::render::{Table, json};
use crate::sdk;
use crate::settings;
use crate::ui::Ui;

/// Runs the command.
pub(super) fn run(args: &ListProfiles, cx: Cx<'_>) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let (files, mut unread) = Files::read(world).in_part();
    // botocore reads nothing from a file with a fault.
    files.check()?;
    ui.findings(&files.notices_of_headers());
    if ui.is_verbose() {
        ui.findings(&files.both().iter().flat_map(sdk::oddities).collect::<Vec<_>>());
    }
    if args.format == Format::Json {
        ui.write(json::document(&Document { profiles: Profiles(&files) }).as_bytes())?;
    } else if args.long {
        ui.write(table(&files, ui).to_string().as_bytes())?;
    } else {
        print(files.profiles(), ui)?;
    }
    // As in `ls`: the readable part is listed, and the exit status is a failure.
    let first = unread.pop();
    for problem in &unread {
        ui.problem(problem);
    }
    first.map_or(Ok(Exit::Success), |problem| Err(problem.into()))
}

/// Prints one name a line.
fn print<'n>(names: impl Iterator<Item = Cow<'n, str>>, ui: &Ui) -> Result<Exit, Failure> {
    let mut lines = String::new();
    for name in names {
        lines.push_str(&ui.shown(&name));
        lines.push('\n');
    }
    ui.write(lines.as_bytes())?;
    Ok(Exit::Success)
}

#[derive(Serialize)]
struct Document<'f> {
    profiles: Profiles<'f>,
}

/// The profiles as rows, one of which is in memory at a time.
struct Profiles<'f>(&'f Files);

impl Serialize for Profiles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(rows(self.0))
    }
}

fn rows(files: &Files) -> impl Iterator<Item = Row<'_>> {
    files.listed().map(|(name, profile)| Row::of(name, &profile))
}

#[derive(Serialize)]
struct Row<'f> {
    name: Cow<'f, str>,
    credentials: Option<&'static str>,
    region: Option<Cow<'f, str>>,
    origins: Vec<Origin>,
}

impl<'f> Row<'f> {
    fn of(name: Cow<'f, str>, profile: &Profile<'f>) -> Row<'f> {
        Row {
            name,
            credentials: chain::leads(profile).next().map(|(provider, ..)| provider.name()),
            region: profile.find(settings::REGION.name).and_then(|found| found.text()),
            origins: profile.places().into_iter().map(Origin::File).collect(),
        }
    }
}

fn table(files: &Files, ui: &Ui) -> Table<4> {
    let mut table = Table::new(["PROFILE", "CREDENTIALS", "REGION", "WHERE"], ui.style().bold());
    for Row { name, credentials, region, origins } in rows(files) {
        let origins: Vec<String> = origins.iter().map(ToString::to_string).collect();
        table.push([
            name.into_owned(),
            credentials.unwrap_or_default().to_owned(),
            region.unwrap_or_default().into_owned(),
            origins.join(", "),
        ]);
    }
    table
}
