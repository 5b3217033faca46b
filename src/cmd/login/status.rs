//! `login --status`: who is signed in, and until when. Nothing is sent.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::super::Cx;
use super::super::session::Session;
use super::absence::{nothing, require_profile};
use super::report::{document, facts};
use crate::cli::{Format, Login};
use crate::failure::{Exit, Failure};
use crate::login::{Configured, Facts, Fault, Kept, Users};
use crate::origin::Origin;
use crate::render::{Table, json, until};
use crate::settings::shown_in_text;
use crate::world::World;

/// The state of a sign-in, for people and for programs.
fn state(facts: Option<&Facts>, now: Timestamp) -> (&'static str, &'static str) {
    match facts.map(|facts| &facts.kept) {
        None => ("not signed in", "absent"),
        Some(Kept::Unusable) => ("the cached sign-in can't be used", "unusable"),
        Some(Kept::Until { at, .. }) if !at.has_passed(now) => ("valid", "valid"),
        // Without the user.
        Some(Kept::Until { is_refreshable: true, .. }) => ("expired, refreshed when it is used", "renewable"),
        Some(Kept::Until { unsaved: Some(_), .. }) => ("expired, and can't be refreshed", "over"),
        Some(Kept::Until { .. }) => ("expired", "over"),
    }
}

pub(super) fn run(args: &Login, session: &Session<'_>, cx: Cx<'_>) -> Result<Exit, Failure> {
    let files = &session.files;
    files.check()?;
    let one = match (&args.sso_session, session.selection.is_explicit()) {
        (Some(name), _) => Some(Configured::of_session(files, name)?),
        (None, true) => {
            require_profile("login", session)?;
            let name = &session.selection.name.value;
            Some(Configured::of_profile(files, name)?.ok_or_else(|| nothing("login", name, files))?)
        }
        (None, false) => None,
    };
    let is_one = one.is_some();
    let all = one.map_or_else(|| Configured::all(files), |one| vec![one]);
    let users = Users::of(files);
    let now = cx.world.now();
    let mut rows = Vec::new();
    let mut table =
        Table::new(["SIGN-IN", "STATE", "ENDS"], cx.ui.style().bold()).within(cx.ui.out_columns());
    let known: Vec<Option<Facts>> = all.iter().map(|configured| facts(configured, cx.world)).collect();
    for (configured, facts) in all.iter().zip(&known) {
        let (shown, name) = state(facts.as_ref(), now);
        let ends = facts.as_ref().and_then(|facts| facts.kept.ends());
        let ends = ends.map(|ends| until(&ends, now)).unwrap_or_default();
        table.push([shown_in_text(&configured.sign_in().name()).into_owned(), shown.to_owned(), ends]);
        let mut row = document(configured, facts.as_ref());
        row["state"] = json!(name);
        row["profiles"] = Json::from(users.of_sign_in(&configured.sign_in()));
        rows.push(row);
    }
    let ended = match (all.first(), known.first()) {
        (Some(configured), Some(facts)) if is_one => usable(configured, facts.as_ref(), cx.world),
        _ => Ok(()),
    };
    match args.format {
        Format::Json => {
            let document = json!({"sign_ins": rows});
            json::print(&json::with_error(document, ended.as_ref().err()), cx.ui)?;
        }
        Format::Text if all.is_empty() => {}
        Format::Text => cx.ui.write(table.to_string().as_bytes())?,
    }
    if all.is_empty() {
        cx.ui.note("No sign-in is configured.");
    }
    ended.map(|()| Exit::Success)
}

/// Refuses a sign-in that gives no credentials.
fn usable(configured: &Configured, facts: Option<&Facts>, world: &World) -> Result<(), Failure> {
    let sign_in = configured.sign_in();
    let Some(Facts { kept, path, .. }) = facts else {
        return Err(sign_in.required(Fault::Missing, None).into());
    };
    match kept {
        Kept::Unusable => {
            configured.check_cached(world)?;
            let origin = Origin::Cache { path: path.clone() };
            Err(sign_in.required(Fault::Incomplete, Some(origin)).into())
        }
        Kept::Until { at, is_refreshable: false, unsaved, .. } if at.has_passed(world.now()) => {
            if unsaved.is_some() {
                configured.check_saved(world)?;
            }
            Err(sign_in.required(Fault::Expired, None).into())
        }
        Kept::Until { .. } => Ok(()),
    }
}
