//! `status --prompt`: one short line for the prompt of a shell.

use super::known::{Known, Outcome, known};
use crate::chain::Provider;
use crate::checks;
use crate::cmd::session::Session;
use crate::failure::{Code, Exit, Failure};
use crate::render::distance;
use crate::secret::redacted;
use crate::ui::{Ui, one_line};

/// The profile, the region, what limits its use and the time left. Nothing where nothing is chosen and nothing is set up, and
/// nothing for an error: a prompt is printed before every command.
pub(super) fn print(session: &Session<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let words = match known(session) {
        Ok(known) => words(&known),
        Err(error) if error.code() == Code::Guarded => refused(session),
        Err(_) => Vec::new(),
    };
    if !words.is_empty() {
        let line = one_line(&redacted(&words.join(" "))).into_owned();
        ui.write(format!("{line}\n").as_bytes())?;
    }
    Ok(Exit::Success)
}

/// The profile, or the keys, that may not be used here.
fn refused(session: &Session<'_>) -> Vec<String> {
    let has_keys = session.world.non_empty("AWS_ACCESS_KEY_ID").is_some();
    let name = if session.selection.is_named() {
        &session.selection.name.value
    } else if has_keys {
        session.profile_of(Provider::Env).unwrap_or("environment")
    } else {
        return Vec::new();
    };
    vec![name.to_owned(), "(not allowed)".to_owned()]
}

fn words(known: &Known<'_>) -> Vec<String> {
    let Known { session, outcome, guards, .. } = known;
    let is_named = session.selection.is_named();
    let own = |provider: &Provider| session.profile_of(*provider);
    let name = match outcome {
        Outcome::Found(provider, _) => own(provider).unwrap_or("environment"),
        Outcome::Expired(_) => own(&Provider::Env).unwrap_or("environment"),
        Outcome::Pending(..) if !is_named && known.is_of_this_machine() => return Vec::new(),
        Outcome::Failed(_, failure) if !is_named && failure.code() != Code::LoginRequired => {
            return Vec::new();
        }
        Outcome::Pending(provider, _) => own(provider).unwrap_or(&session.selection.name.value),
        Outcome::Failed(..) => &session.selection.name.value,
    };
    let mut words = vec![name.to_owned()];
    match outcome {
        Outcome::Failed(_, failure) if failure.code() != Code::LoginRequired => {
            words.push("(no credentials)".to_owned());
        }
        _ => words.extend(known.region().map(|region| region.value)),
    }
    if !guards.refusals().is_empty() {
        words.push("(other account)".to_owned());
    }
    if known.is_read_only {
        words.push("(read-only)".to_owned());
    }
    let now = session.world.now();
    let is_signed_out = match outcome {
        Outcome::Failed(_, failure) => failure.code() == Code::LoginRequired,
        // Other SDKs have other rules for the end of a sign-in.
        Outcome::Pending(..) => checks::sign_in_of(session.scene(), &session.selection.name.value)
            .is_some_and(|sign_in| !sign_in.is_usable(now)),
        _ => false,
    };
    if is_signed_out {
        words.push("(not signed in)".to_owned());
    }
    if let Outcome::Expired(_) = outcome {
        words.push("(expired)".to_owned());
    }
    if let Some(at) = known.expiration() {
        words.push(distance(at.value.left(now)).map_or("(expired)".to_owned(), |left| left.replace(' ', "")));
    }
    words
}
