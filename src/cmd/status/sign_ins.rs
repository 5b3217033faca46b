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
        Some((_, Kept::Unusable(error))) => format!("can't be used: {}", error.reason()),
        Some((_, kept @ Kept::Until { at, .. })) => {
            let is_over = kept.is_over(now);
            let lasts = match at {
                Some(at) if is_over => format!("expired on {}", at.day()),
                Some(at) => format!("until {}", until(at, now)),
                None => "valid, without an end".to_owned(),
            };
            match kept.reason() {
                _ if is_over && kept.is_refreshable() => format!("{lasts}; it is refreshed when it is used"),
                Some(reason) => format!("{lasts}; it can't be refreshed: {reason}"),
                None => lasts,
            }
        }
    }
}

pub(super) fn sign_in(known: &KnownSignIn, now: Timestamp) -> Json {
    let (kind, _) = known.sign_in.identity();
    let kept = known.kept.as_ref().map(|(_, kept)| kept);
    let state = match kept {
        None => "missing",
        Some(Kept::Unusable(_)) => "unusable",
        Some(kept) if kept.is_over(now) => "expired",
        Some(_) => "valid",
    };
    let path = known.kept.as_ref().map(|(path, _)| Origin::Cache { path: path.clone() });
    json!({
        "kind": kind,
        "name": shown(known.sign_in.name().into()),
        "state": state,
        "reason": kept.and_then(Kept::reason),
        "expiration": kept.and_then(Kept::ends).map(|at| at.to_string()),
        "refreshable": kept.is_some_and(Kept::is_refreshable),
        "origin": path,
    })
}
