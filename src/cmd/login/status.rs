//! `login --status`: who is signed in, and until when. Nothing is sent.

use serde_json::{Value as Json, json};

use super::super::Cx;
use super::super::session::Session;
use super::absence::{nothing, require_profile};
use super::report::{document, facts};
use crate::cli::{Format, Login};
use crate::failure::{Exit, Failure};
use crate::login::{Configured, Facts, Fault, Kept, Users};
use crate::origin::Origin;
use crate::render::{self, Table, until};
use crate::secret::redacted;
use crate::world::World;

/// What is known of a sign-in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Valid,
    /// It has ended, and can be refreshed without the user.
    Renewable,
    Over,
    /// What is there is no sign-in.
    Unusable,
    Absent,
}

impl State {
    fn of(facts: Option<&Facts>, now: jiff::Timestamp) -> State {
        match facts.map(|facts| &facts.kept) {
            None => State::Absent,
            Some(Kept::Unusable) => State::Unusable,
            Some(Kept::Until { at, .. }) if !at.has_passed(now) => State::Valid,
            Some(Kept::Until { is_refreshable: true, .. }) => State::Renewable,
            Some(Kept::Until { .. }) => State::Over,
        }
    }

    /// For people.
    fn shown(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Renewable => "expired, refreshed when it is used",
            State::Over => "expired",
            State::Unusable => "the cached sign-in can't be used",
            State::Absent => "not signed in",
        }
    }

    /// For programs.
    fn name(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Renewable => "renewable",
            State::Over => "over",
            State::Unusable => "unusable",
            State::Absent => "absent",
        }
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
    let mut states = Vec::new();
    for configured in &all {
        let facts = facts(configured, cx.world);
        let state = State::of(facts.as_ref(), now);
        let ends = facts.as_ref().and_then(|facts| facts.kept.ends());
        let ends = ends.map(|ends| until(&ends, now)).unwrap_or_default();
        table.push([redacted(&configured.sign_in().name()).into_owned(), state.shown().to_owned(), ends]);
        let mut row = document(configured, facts.as_ref());
        row["state"] = json!(state.name());
        row["profiles"] = Json::from(users.of_sign_in(&configured.sign_in()));
        rows.push(row);
        states.push(state);
    }
    let ended = match (all.first(), states.first()) {
        (Some(configured), Some(state)) if is_one => usable(configured, *state, cx.world),
        _ => Ok(()),
    };
    let text = match args.format {
        Format::Json => {
            let document = json!({"sign_ins": rows});
            render::json::document(&render::json::with_error(document, ended.as_ref().err()))
        }
        Format::Text if all.is_empty() => String::new(),
        Format::Text => table.to_string(),
    };
    cx.ui.write(text.as_bytes())?;
    if all.is_empty() {
        cx.ui.note("No sign-in is configured.");
    }
    ended.map(|()| Exit::Success)
}

/// Refuses a sign-in that gives no credentials.
fn usable(configured: &Configured, state: State, world: &World) -> Result<(), Failure> {
    let sign_in = configured.sign_in();
    match state {
        State::Over => Err(sign_in.required(Fault::Expired, None).into()),
        State::Unusable => {
            configured.check_cached(world)?;
            let origin = facts(configured, world).map(|facts| Origin::Cache { path: facts.path });
            Err(sign_in.required(Fault::Incomplete, origin).into())
        }
        State::Absent => Err(sign_in.required(Fault::Missing, None).into()),
        _ => Ok(()),
    }
}
