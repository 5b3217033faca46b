//! `xcred logout`: ends sign-ins.

use serde_json::{Map, Value as Json, json};

use super::Cx;
use super::login::{nothing, of_profile};
use super::prompter::Waits;
use super::session::{ResolveOptions, Session};
use crate::address;
use crate::cli::{Format, Logout};
use crate::failure::{Exit, Failure};
use crate::login::{Configured, Outcome, SignedOut, Users, sign_out_all};
use crate::render::{self, until};
use crate::sdk::Sdk;
use crate::secret::redacted;
use crate::ui::Ui;
use crate::world::World;

pub(super) fn run(args: &Logout, cx: Cx<'_>) -> Result<Exit, Failure> {
    let world = cx.world_for(args.sso_session.is_some() || args.all);
    let cx = Cx { world: &world, ..cx };
    let session = Session::new(cx, Sdk::default())?;
    let context = session.client(&Waits, ResolveOptions::default());
    let (ended, mut errors) = if args.all {
        sign_out_all(&context)
    } else {
        session.files.check()?;
        let configured = match &args.sso_session {
            Some(name) => Configured::of_session(&session.files, name)?,
            None => of_profile("logout", &session, cx.world)?
                .ok_or_else(|| nothing("logout", &session.selection.name.value, &session.files))?,
        };
        (vec![configured.sign_out(&context)?], Vec::new())
    };
    let users = Users::of(&session.files);
    for one in &ended {
        report(one, &users, cx.world, cx.ui);
    }
    if ended.is_empty() && errors.is_empty() {
        cx.ui.note("Not signed in.");
    }
    let last = errors.pop().map(Failure::from);
    if args.format == Format::Json {
        let signed_out: Vec<_> = ended.iter().filter_map(document).collect();
        let document = render::json::with_error(json!({"signed_out": signed_out}), last.as_ref());
        render::json::print(&document, cx.ui)?;
    }
    for error in &errors {
        cx.ui.problem(error);
    }
    last.map_or(Ok(Exit::Success), Err)
}

fn report(ended: &SignedOut, users: &Users, world: &World, ui: &Ui) {
    let name = match &ended.start_url {
        Some(start_url) => address::redacted(start_url),
        None => redacted(&ended.sign_in.name()).into_owned(),
    };
    match &ended.outcome {
        Outcome::None => ui.note(format_args!("Not signed in to {name}.")),
        Outcome::Revoked => ui.note(format_args!("Signed out of {name}.")),
        Outcome::NotRevoked { ends, error, other_name } => {
            ui.note(format_args!("Signed out of {name} on this machine."));
            ui.problem(&**error);
            let ends = ends.map(|ends| format!(" until {}", until(&ends, world.now()))).unwrap_or_default();
            ui.warning(format_args!("the token could not be revoked: copies of it are valid{ends}"));
            warn_of_other_name(*other_name, ui);
        }
        Outcome::Removed { other_name } => {
            ui.note(format_args!("Signed out of {name}."));
            warn_of_other_name(*other_name, ui);
            ui.note("Credentials that were handed out already last for up to 15 minutes.");
            let others = users.of_sign_in(&ended.sign_in);
            if !others.is_empty() {
                ui.note(format_args!("These profiles used it: {}", others.join(", ")));
            }
        }
    }
}

fn warn_of_other_name(other_name: bool, ui: &Ui) {
    if other_name {
        ui.warning("the cached sign-in was a link, or had another name: its file is still there, and can still be used");
    }
}

fn document(ended: &SignedOut) -> Option<Map<String, Json>> {
    let revoked = match &ended.outcome {
        Outcome::None => return None,
        Outcome::Revoked => true,
        Outcome::NotRevoked { .. } | Outcome::Removed { .. } => false,
    };
    let mut document = ended.sign_in.to_json();
    if let Some(start_url) = &ended.start_url {
        document.insert("start_url".to_owned(), json!(address::redacted(start_url)));
    }
    document.insert("revoked".to_owned(), json!(revoked));
    Some(document)
}
