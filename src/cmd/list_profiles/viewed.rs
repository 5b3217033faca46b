//! The profiles that an SDK other than botocore sees.

use std::fmt::Write as _;

use super::super::Cx;
use super::columns::{COLUMNS, Mark};
use super::row::{Document, Row, print};
use crate::chain::{self, Identity};
use crate::cli::{Format, ListProfiles};
use crate::effective::{self, Active};
use crate::failure::{Exit, Failure};
use crate::origin::Origin;
use crate::render::{Table, json};
use crate::sdk::{Ruled, Sdk};
use crate::settings::{REGION, shown};
use crate::view::{Section, View};

fn row<'v>(name: &'v str, section: &'v Section, rules: &Ruled, view: &View, active: Option<&str>) -> Row<'v> {
    let Identity { account, role, .. } = Identity::seen(section);
    let region = section.text(REGION.name).map(|found| shown(found.value.into()));
    Row {
        name: name.into(),
        credentials: chain::lead(rules, view, section).map(chain::Provider::name),
        account,
        role,
        active: active == Some(name),
        broken: None,
        region: region.filter(|region| rules.region.empty_is_value || !region.is_empty()),
        origins: section.places().iter().cloned().map(Origin::File).collect(),
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
    let active = effective::active(world, sdk).ok();
    let active = active.as_ref().and_then(Active::name);
    let rows = || seen.iter().map(|(name, section)| row(name, section, rules, &view, active));
    if args.format == Format::Json {
        json::print(&Document { profiles: rows().collect::<Vec<_>>(), error: None }, ui)?;
        return Ok(Exit::Success);
    }
    if args.long {
        let mut table =
            Table::new(COLUMNS, ui.style().bold()).without_empty_columns().within(ui.out_columns());
        for row in rows() {
            let mark = if row.active { Mark::Active } else { Mark::None };
            let places: Vec<String> = row.origins.iter().map(Origin::to_string).collect();
            let cells = [
                &*format!("{}{}", mark.text(), row.name),
                row.credentials.unwrap_or_default(),
                row.account.as_deref().unwrap_or_default(),
                row.role.as_deref().unwrap_or_default(),
                row.region.as_deref().unwrap_or_default(),
                &*places.join(", "),
            ];
            mark.add(cells, &mut table, ui);
        }
        let mut out = ui.pieces();
        // `finish` says what went wrong.
        let _ = write!(out, "{table}");
        out.finish()?;
    } else {
        print(seen.iter().map(|(name, _)| (*name).into()), ui)?;
    }
    if seen.is_empty() {
        ui.aside(format_args!("{} sees no profiles", sdk.title));
    }
    Ok(Exit::Success)
}
