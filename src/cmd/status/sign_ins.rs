//! The sign-ins of `status`: rows of tables and members of JSON.

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::checks::KnownSignIn;
use crate::login::Kept;
use crate::origin;
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

/// A sign-in as a member of the document.
pub(super) fn sign_in(known: &KnownSignIn, now: Timestamp) -> Json {
    let cached = known.kept.as_ref().map(|(path, kept)| (path.as_path(), kept));
    Json::Object(known.sign_in.cached_to_json(cached, now))
}
