//! `xcred configure`: guides through the ways in which a profile can get credentials. Each way asks for what no
//! option gives, and writes once, when everything is answered.

mod answers;
mod chain;
mod check;
mod import;
mod keys;
mod process;
mod questions;
mod rivals;
mod role;
mod save;
mod sso_session;
mod web_identity;

use crate::cli::Global;
use crate::cli::configure::{Configure, Manner, Way};
use crate::failure::{Exit, Failure};
use crate::ui::Ui;
use crate::world::World;

/// What every way needs to know.
struct Setting<'s> {
    manner: Manner,
    global: &'s Global,
    world: &'s World,
    ui: &'s Ui,
}

/// Runs the command.
pub(super) fn run(args: Configure, global: &Global, world: &World, ui: &Ui) -> Result<Exit, Failure> {
    let setting = Setting { manner: args.manner, global, world, ui };
    let Some(way) = args.way else { return keys::run(args.keys, &setting) };
    if let Some(option) = args.keys.first_given() {
        return Err(Failure::usage(format!("{option} belongs to `xcred configure` without a subcommand")));
    }
    match way {
        Way::Role(args) => role::run(args, &setting),
        Way::WebIdentity(args) => web_identity::run(args, &setting),
        Way::Process(args) => process::run(args, &setting),
        Way::SsoSession(args) => sso_session::run(args, &setting),
        Way::Import(args) => import::run(&args, &setting),
    }
}
