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

use super::session::{Manner, Session};
use crate::chain::Context;
use crate::cli::keys::Keys;
use crate::cli::{self, Global};
use crate::credentials::Credentials;
use crate::failure::{Exit, Failure};
use crate::keys::Account;
use crate::settings::Sdk;
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
fn session<'w>(global: &Global, world: &'w World, ui: &Ui) -> Result<Session<'w>, Failure> {
    Session::new(world, global, Sdk::default(), &cli::Keys::default(), ui)
}

/// Does something as the profile's identity.
fn as_profile<T>(
    session: &Session<'_>,
    ui: &Ui,
    act: impl FnOnce(Account<'_>, &Credentials) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (_, credentials) = session.credentials(Manner::default(), ui)?;
    session.with_context(Manner::default(), ui, |context: &Context<'_>| {
        act(Account::new(context), &credentials)
    })?
}

/// Asks a question to which Enter means no; nothing where nobody is to be asked, or can be.
fn asked(yes: bool, question: &str, ui: &Ui) -> Option<bool> {
    if yes {
        return None;
    }
    ui.dialogue().ok()??.confirm(question).ok()
}
