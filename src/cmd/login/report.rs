//! What is said of a sign-in, for people and for programs.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::super::session::{ResolveOptions, Session};
use crate::address;
use crate::cli::Format;
use crate::client::{Context, Quiet};
use crate::effective;
use crate::failure::{Exit, Failure};
use crate::login::{Configured, Console, Facts, account_of};
use crate::render::{self, until};
use crate::secret::redacted;
use crate::settings::shown;

/// Reports a valid sign-in: a new one, or one that lasted or was refreshed without the user.
pub(super) fn report(
    configured: &Configured,
    is_new: bool,
    format: Format,
    session: &Session<'_>,
) -> Result<Exit, Failure> {
    let Session { world, ui, .. } = session;
    let facts = facts(configured, session)?;
    let ends = facts.as_ref().and_then(|facts| facts.kept.ends());
    let whom = match configured {
        Configured::IdentityCenter(found) => address::redacted(&found.start_url.value),
        Configured::Console(console) => redacted(&console.session).into_owned(),
    };
    let ends = ends.map(|ends| format!(" until {}", until(&ends, world.now()))).unwrap_or_default();
    let signed_in = if is_new { "Signed in" } else { "Already signed in" };
    ui.note(format_args!("{signed_in} to {whom}{ends}."));
    if format == Format::Json {
        let mut document = document(configured, facts.as_ref(), world.now());
        document["signed_in"] = json!(is_new);
        render::json::print(&document, ui)?;
    }
    Ok(Exit::Success)
}

/// What is cached of a sign-in. One to the console is refreshed with the settings of its profile.
pub(super) fn facts(configured: &Configured, session: &Session<'_>) -> Result<Option<Facts>, Failure> {
    let context = session.client(&Quiet, ResolveOptions::plain());
    match configured {
        Configured::IdentityCenter(found) => Ok(found.token().facts(&context)),
        Configured::Console(console) if console.profile == context.profile.name.value => {
            Ok(console.facts(&context))
        }
        Configured::Console(console) => {
            let profile = &effective::select(session.world, Some(&console.profile), session.sdk)?;
            Ok(console.facts(&Context { profile, ..context }))
        }
    }
}

/// A sign-in in a document.
pub(super) fn document(configured: &Configured, facts: Option<&Facts>, now: Timestamp) -> Json {
    let cached = facts.map(|facts| (facts.path.as_path(), &facts.kept));
    let mut document = Json::Object(configured.sign_in().cached_to_json(cached, now));
    match configured {
        Configured::IdentityCenter(found) => {
            let registered = facts.and_then(|facts| facts.registered_until);
            document["start_url"] = json!(shown(address::redacted(&found.start_url.value).into()));
            document["region"] = json!(shown((&*found.region.value).into()));
            document["registration_expiration"] = json!(registered.map(|at| at.to_string()));
        }
        Configured::Console(Console { session, profile }) => {
            document["profile"] = json!(shown((&**profile).into()));
            document["account_id"] = json!(account_of(session));
            document["region"] = json!(facts.and_then(|facts| facts.region.clone()));
        }
    }
    document
}
