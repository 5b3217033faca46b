//! The sign-ins of `status`: rows of tables and members of JSON.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use crate::checks::KnownSignIn;
use crate::login::Kept;
use crate::origin::{self, Origin};
use crate::render::until;
use crate::settings::shown;

/// A sign-in, its state, and where it is cached.
pub(super) fn row(known: &KnownSignIn, now: Timestamp) -> [String; 3] {
    let place = known.kept.as_ref().map(|(path, _)| origin::shown(path).to_string());
    // Quotes around a name are no part of it.
    let name = known.sign_in.name();
    let sign_in = known.sign_in.to_string().replacen(&name, &shown((&*name).into()), 1);
    [sign_in, state(known, now), place.unwrap_or_default()]
}

/// How long a sign-in lasts, in words.
fn state(known: &KnownSignIn, now: Timestamp) -> String {
    match &known.kept {
        None => "not signed in".to_owned(),
        Some((_, Kept::Unusable)) => "the cached sign-in can't be used".to_owned(),
        Some((_, Kept::Until { at, is_refreshable, unsaved, .. })) if at.has_passed(now) => {
            let renewed = match unsaved {
                _ if *is_refreshable => "; it is refreshed when it is used".to_owned(),
                Some(problem) => format!("; it can't be refreshed: {problem}"),
                None => String::new(),
            };
            format!("expired on {}{renewed}", at.day())
        }
        Some((_, Kept::Until { at, .. })) => format!("until {}", until(at, now)),
    }
}

pub(super) fn sign_in(known: &KnownSignIn, now: Timestamp) -> Json {
    let (kind, _) = known.sign_in.identity();
    let (state, expiration, is_refreshable) = match &known.kept {
        None => ("missing", None, false),
        Some((_, Kept::Unusable)) => ("unusable", None, false),
        Some((_, Kept::Until { at, is_refreshable, .. })) => {
            (if at.has_passed(now) { "expired" } else { "valid" }, Some(at.to_string()), *is_refreshable)
        }
    };
    let path = known.kept.as_ref().map(|(path, _)| Origin::Cache { path: path.clone() });
    json!({
        "kind": kind,
        "name": shown(known.sign_in.name().into()),
        "state": state,
        "expiration": expiration,
        "refreshable": is_refreshable,
        "origin": path,
    })
}
