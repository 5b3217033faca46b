//! The profiles that an SDK other than botocore sees.

use std::fmt::Write as _;

use serde::Serialize;

use super::super::Cx;
use super::columns::{COLUMNS, Mark};
use crate::chain::{self, Identity};
use crate::cli::{Format, ListProfiles};
use crate::effective::{self, Active};
use crate::failure::{Exit, Failure};
use crate::origin::Origin;
use crate::render::{Table, json};
use crate::sdk::{Ruled, Sdk};
use crate::settings::{REGION, shown};
use crate::view::{Section, View};

#[derive(Serialize)]
struct Document<'v> {
    profiles: Vec<Row<'v>>,
}

/// As the row of a profile that botocore sees.
#[derive(Serialize)]
struct Row<'v> {
    name: &'v str,
    credentials: Option<&'static str>,
    region: Option<String>,
    origins: Vec<Origin>,
}

impl<'v> Row<'v> {
    fn of(name: &'v str, section: &Section, rules: &Ruled, view: &View) -> Row<'v> {
        let region = section.text(REGION.name).map(|found| shown(found.value.into()).into_owned());
        Row {
            name,
            credentials: chain::lead(rules, view, section).map(chain::Provider::name),
            region: region.filter(|region| rules.region.empty_is_value || !region.is_empty()),
            origins: section.places().iter().cloned().map(Origin::File).collect(),
        }
    }
}

/// Lists them in the SDK's order: the config file's, then those that only the credentials file has.
pub(super) fn run(args: &ListProfiles, cx: Cx<'_>, sdk: Sdk, rules: &Ruled) -> Result<Exit, Failure> {
    let Cx { world, ui, .. } = cx;
    let view = View::read(world, rules.files);
    if let Some(fault) = view.fault() {
        return Err(chain::Error::View(fault.clone()).into());
    }
    let seen: Vec<(&str, &Section)> =
        view.profiles().filter_map(|name| Some((name, view.profile(name)?))).collect();
    let rows = || seen.iter().map(|(name, section)| Row::of(name, section, rules, &view));
    if args.format == Format::Json {
        json::print(&Document { profiles: rows().collect() }, ui)?;
        return Ok(Exit::Success);
    }
    let mut out = ui.pieces();
    if args.long {
        let active = effective::active(world, sdk).ok();
        let active = active.as_ref().and_then(Active::name);
        let mut table =
            Table::new(COLUMNS, ui.style().bold()).without_empty_columns().within(ui.out_columns());
        for (row, (_, section)) in rows().zip(&seen) {
            let mark = if active == Some(row.name) { Mark::Active } else { Mark::None };
            let Identity { account, role, .. } = Identity::seen(section);
            let places: Vec<String> = row.origins.iter().map(Origin::to_string).collect();
            let cells = [
                &*format!("{}{}", mark.text(), row.name),
                row.credentials.unwrap_or_default(),
                account.as_deref().unwrap_or_default(),
                role.as_deref().unwrap_or_default(),
                row.region.as_deref().unwrap_or_default(),
                &*places.join(", "),
            ];
            mark.add(cells, &mut table, ui);
        }
        // `finish` says what went wrong.
        let _ = write!(out, "{table}");
    } else {
        for (name, _) in &seen {
            out.push(&ui.shown(name))?;
            out.push("\n")?;
        }
    }
    out.finish()?;
    if seen.is_empty() {
        ui.aside(format_args!("{} sees no profiles", sdk.title));
    }
    Ok(Exit::Success)
}
