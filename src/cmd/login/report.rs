//! What is said of a sign-in, for people and for programs.

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
        let mut document = document(configured, facts.as_ref());
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

/// A sign-in as JSON has it everywhere.
pub(super) fn document(configured: &Configured, facts: Option<&Facts>) -> Json {
    let ends = facts.and_then(|facts| facts.kept.ends()).map(|at| at.to_string());
    let cache = facts.map(|facts| facts.path.to_string_lossy().into_owned());
    match configured {
        Configured::IdentityCenter(found) => json!({
            "kind": "sso",
            "session": found.token().session().map(|session| shown(session.into())),
            "start_url": shown(address::redacted(&found.start_url.value).into()),
            "region": shown((&*found.region.value).into()),
            "expires_at": ends,
            "registration_expires_at": facts.and_then(|facts| facts.registered_until).map(|at| at.to_string()),
            "renewable": facts.is_some_and(|facts| facts.kept.is_refreshable()),
            "cache": cache,
        }),
        Configured::Console(Console { session, profile }) => json!({
            "kind": "console",
            "profile": shown((&**profile).into()),
            "login_session": shown((&**session).into()),
            "account_id": account_of(session),
            "region": facts.and_then(|facts| facts.region.clone()),
            "expires_at": ends,
            "cache": cache,
        }),
    }
}
