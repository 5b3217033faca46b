//! Who asks IAM about keys, and what is asked before they are touched.

use crate::chain::{self, Provider};
use crate::cli::Expecting;
use crate::cmd::Cx;
use crate::cmd::prompter::Waits;
use crate::cmd::session::{ResolveOptions, Session};
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::keys::{Access, Account, Journal, Record};
use crate::sdk::Sdk;
use crate::ui::{Ui, Undo};

/// A session whose credentials come from a profile, never from options.
pub(super) fn session<'c>(cx: Cx<'c>, expecting: &Expecting) -> Result<Session<'c>, Failure> {
    Ok(Session::new(cx, Sdk::default())?.expecting(expecting))
}

/// A session as [`session`] makes it, of a command that changes nothing.
pub(super) fn reading_session<'c>(cx: Cx<'c>, expecting: &Expecting) -> Result<Session<'c>, Failure> {
    Ok(Session::for_values(cx, Sdk::default())?.expecting(expecting))
}

/// Why the keys of a user have to be whole here: AWS's documentation of GetFederationToken.
pub(super) const OF_USER: &str = "IAM accepts no narrowed credentials of a user";

/// The profile's own key, if a file has it: not that of a session which signs in its place.
pub(super) fn own_key(session: &Session<'_>) -> Result<Option<String>, Failure> {
    let found = session.resolve(ResolveOptions::plain())?.outcome.ok();
    let found = found.filter(|(by, _)| by.is_in_files());
    Ok(found.and_then(|(_, keys)| keys.access_key_id).map(|id| id.value))
}

/// The provider that files and variables alone lead to.
pub(super) fn planned(session: &Session<'_>) -> Result<Option<Provider>, Failure> {
    Ok(match session.resolve(ResolveOptions::plain())?.planned() {
        Ok((provider, _)) | Err(chain::Error::Offline { provider, .. }) => Some(provider),
        Err(_) => None,
    })
}

/// The options that give another command the credentials of this `provider`.
pub(super) fn access(session: &Session<'_>, provider: Option<Provider>) -> Access {
    let selection = &session.selection;
    let section = session.files.find(&selection.section());
    // With an option, nothing but the profile was asked.
    let is_profile =
        selection.is_explicit() || chain::leads(&section).any(|(lead, ..)| Some(lead) == provider);
    let profile = is_profile.then(|| selection.name.value.clone());
    Access { profile, region: session.options.region.clone() }
}

pub(super) fn as_profile<T>(
    session: &Session<'_>,
    act: impl FnOnce(Account<'_>, &Credentials, &Access) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let how = ResolveOptions::default();
    let (provider, credentials) = session.credentials(how)?;
    if provider.has_own_keys() {
        session.require_whole(provider, OF_USER)?;
    }
    let access = access(session, Some(provider));
    with_account(session, |account| act(account, &credentials, &access))
}

pub(super) fn with_account<T>(
    session: &Session<'_>,
    act: impl FnOnce(Account<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let factor = session.second_factor();
    let acted = act(Account::new(&session.client(&Waits, ResolveOptions::default()), &factor));
    acted.map_err(|failure| factor.explained(failure))
}

/// Until the result is dropped, Ctrl-C prints how to continue the journal.
pub(super) fn told_on_interrupt<R: Record>(journal: &Journal<R>, ui: &Ui) -> Undo {
    let path = journal.path.clone();
    ui.problem_on_interrupt(&journal.unfinished(), move || !path.exists())
}

/// The option that continues a creation, or rolls it back.
pub(super) fn way(resume: bool) -> &'static str {
    if resume { "--resume" } else { "--undo" }
}

/// Asks a question whose default answer is no. `None` with `--yes`, or without a terminal.
pub(super) fn asked(yes: bool, question: &str, ui: &Ui) -> Option<bool> {
    if yes {
        return None;
    }
    ui.dialogue("").ok()??.confirm(question).ok()
}
