//! `xcred configure`.
use crate::cli::Global;
use crate::failure::{Exit, Failure};
use crate::ui::Ui;
use crate::world::World;
/// The arguments of `configure`.
#[derive(Debug, clap::Args)]
pub struct Configure {}
/// Runs the command.
pub fn run(_args: Configure, _global: &Global, _world: &World, _ui: &Ui) -> Result<Exit, Failure> {
    Err(Failure::usage("not yet"))
}
