//! `xcred keys`: the access keys of IAM users. One file for each verb.

mod create;
mod creation;
mod delete;
mod last_used;
mod list;
mod rotate;
mod shown;
mod status;
mod target_key;

use super::Cx;
use super::prompter::Waits;
use super::session::{ResolveOptions, Session};
use crate::cli::Expecting;
use crate::cli::keys::Keys;
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::keys::Account;
use crate::sdk::Sdk;
use crate::ui::Ui;

pub(super) fn run(args: &Keys, cx: Cx<'_>) -> Result<Exit, Failure> {
    match args {
        Keys::List(args) => list::run(args, cx),
        Keys::LastUsed(args) => last_used::run(args, cx),
        Keys::Create(args) => create::run(args, cx),
        Keys::Activate(args) => status::activate(args, cx),
        Keys::Deactivate(args) => status::deactivate(args, cx),
        Keys::Delete(args) => delete::run(args, cx),
        Keys::Rotate(args) => rotate::run(args, cx),
    }
}

/// A session whose credentials come from a profile, never from options.
fn session<'c>(cx: Cx<'c>, expecting: &Expecting) -> Result<Session<'c>, Failure> {
    Ok(Session::new(cx, Sdk::default())?.expecting(expecting))
}

/// Why the keys of a user have to be whole here: AWS's documentation of GetFederationToken.
const OF_USER: &str = "IAM accepts no narrowed credentials of a user";

fn as_profile<T>(
    session: &Session<'_>,
    act: impl FnOnce(Account<'_>, &Credentials) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let how = ResolveOptions::default();
    let (provider, credentials) = session.credentials(how)?;
    if provider.has_own_keys() {
        session.require_whole(provider, OF_USER)?;
    }
    let factor = session.second_factor();
    let acted = act(Account::new(&session.client(&Waits, how), &factor), &credentials);
    acted.map_err(|failure| factor.explained(failure))
}

/// Asks a question whose default answer is no. `None` with `--yes`, or without a terminal.
fn asked(yes: bool, question: &str, ui: &Ui) -> Option<bool> {
    if yes {
        return None;
    }
    ui.dialogue().ok()??.confirm(question).ok()
}
