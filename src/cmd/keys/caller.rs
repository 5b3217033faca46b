//! Who asks IAM about keys, and what is asked before they are touched.

use crate::cli::Expecting;
use crate::cmd::Cx;
use crate::cmd::prompter::Waits;
use crate::cmd::session::{ResolveOptions, Session};
use crate::credentials::Credentials;
use crate::failure::Failure;
use crate::keys::{Account, Journal, Record};
use crate::sdk::Sdk;
use crate::ui::{Ui, Undo};

/// A session whose credentials come from a profile, never from options.
pub(super) fn session<'c>(cx: Cx<'c>, expecting: &Expecting) -> Result<Session<'c>, Failure> {
    Ok(Session::new(cx, Sdk::default())?.expecting(expecting))
}

/// Why the keys of a user have to be whole here: AWS's documentation of GetFederationToken.
pub(super) const OF_USER: &str = "IAM accepts no narrowed credentials of a user";

/// The profile's own key, if a file has it: not that of a session which signs in its place.
pub(super) fn own_key(session: &Session<'_>) -> Result<Option<String>, Failure> {
    let found = session.resolve(ResolveOptions::plain())?.outcome.ok();
    let found = found.filter(|(by, _)| by.is_in_files());
    Ok(found.and_then(|(_, keys)| keys.access_key_id).map(|id| id.value))
}

pub(super) fn as_profile<T>(
    session: &Session<'_>,
    act: impl FnOnce(Account<'_>, &Credentials) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let how = ResolveOptions::default();
    let (provider, credentials) = session.credentials(how)?;
    if provider.has_own_keys() {
        session.require_whole(provider, OF_USER)?;
    }
    with_account(session, |account| act(account, &credentials))
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

/// The option that continues a creation.
pub(super) fn way(resume: bool) -> &'static str {
    if resume { "--resume" } else { "--undo" }
}

/// Asks a question whose default answer is no. `None` with `--yes`, or without a terminal.
pub(super) fn asked(yes: bool, question: &str, ui: &Ui) -> Option<bool> {
    if yes {
        return None;
    }
    ui.dialogue().ok()??.confirm(question).ok()
}
