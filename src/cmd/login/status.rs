//! `login --status`: who is signed in, and until when. Nothing is sent.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::super::Cx;
use super::super::session::Session;
use super::chosen::{nothing, require_profile};
use super::report::{document, facts};
use crate::cli::{Format, Login};
use crate::failure::{Exit, Failure};
use crate::login::{Configured, Facts, Fault, Kept, Users};
use crate::render::{Table, json, until};
use crate::settings::shown_in_text;

/// The state of a sign-in, for people.
fn state(kept: Option<&Kept>, now: Timestamp) -> String {
    let Some(kept) = kept else { return "not signed in".to_owned() };
    let words = match kept {
        Kept::Unusable(_) => "can't be used",
        kept if !kept.is_over(now) => "valid",
        // Without the user.
        Kept::Until { is_refreshable: true, .. } => "expired, refreshed when it is used",
        Kept::Until { .. } => "expired",
    };
    let reason = kept.reason().map(|reason| match kept {
        Kept::Unusable(_) => format!(": {reason}"),
        Kept::Until { .. } => format!(", and can't be refreshed: {reason}"),
    });
    format!("{words}{}", reason.unwrap_or_default())
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
    let known = all.iter().map(|configured| facts(configured, session));
    let mut known: Vec<Option<Facts>> = known.collect::<Result<_, _>>()?;
    for (configured, facts) in all.iter().zip(&known) {
        let kept = facts.as_ref().map(|facts| &facts.kept);
        let ends = kept.and_then(Kept::ends).map(|ends| until(&ends, now)).unwrap_or_default();
        table.push([shown_in_text(&configured.sign_in().name()).into_owned(), state(kept, now), ends]);
        let mut row = document(configured, facts.as_ref(), now);
        row["profiles"] = Json::from(users.of_sign_in(&configured.sign_in()));
        rows.push(row);
    }
    let ended = match all.first() {
        Some(configured) if is_one => usable(configured, known.swap_remove(0), now),
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
fn usable(configured: &Configured, facts: Option<Facts>, now: Timestamp) -> Result<(), Failure> {
    let required = |fault| Err(configured.sign_in().required(fault, None).into());
    match facts.map(|facts| facts.kept) {
        None => required(Fault::Missing),
        Some(kept) if kept.is_usable(now) => Ok(()),
        Some(Kept::Unusable(error) | Kept::Until { hindrance: Some(error), .. }) => Err((*error).into()),
        Some(Kept::Until { .. }) => required(Fault::Expired),
    }
}
