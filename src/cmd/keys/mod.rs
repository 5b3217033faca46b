//! `xcred keys`: the access keys of IAM users. One file for each verb.

mod activate;
mod create;
mod creation;
mod deactivate;
mod delete;
mod last_used;
mod list;
mod rotate;
mod shown;
mod subject;

use super::prompter::Waits;
use super::session::{Opening, ResolveOptions, Session};
use crate::cli::Global;
use crate::cli::keys::Keys;
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::keys::Account;
use crate::sdk::Sdk;
use crate::ui::Ui;
use crate::world::World;

/// Runs the command.
pub(super) fn run(args: &Keys, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    match args {
        Keys::List(args) => list::run(args, global, world, ui),
        Keys::LastUsed(args) => last_used::run(args, global, world, ui),
        Keys::Create(args) => create::run(args, global, world, ui),
        Keys::Activate(args) => activate::run(args, global, world, ui),
        Keys::Deactivate(args) => deactivate::run(args, global, world, ui),
        Keys::Delete(args) => delete::run(args, global, world, ui),
        Keys::Rotate(args) => rotate::run(args, global, world, ui),
    }
}

/// A profile without keys by option: a key is managed as somebody who is configured.
fn session<'w>(global: &'w Global, world: &'w World, ui: &'w Ui) -> Result<Session<'w>, Failure> {
    Session::new(Opening { world, ui, global, sdk: Sdk::default(), keys: None })
}

/// Does something as the profile's identity.
fn as_profile<T>(
    session: &Session<'_>,
    act: impl FnOnce(Account<'_>, &Credentials) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let how = ResolveOptions::default();
    let (_, credentials) = session.credentials(how)?;
    act(Account::new(&session.client(&Waits, how)), &credentials)
}

/// Asks a question to which Enter means no; nothing where nobody is to be asked, or can be.
fn asked(yes: bool, question: &str, ui: &Ui) -> Option<bool> {
    if yes {
        return None;
    }
    ui.dialogue().ok()??.confirm(question).ok()
}
