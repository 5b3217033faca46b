//! What every method of `configure` needs to know.

use crate::cli::Global;
use crate::cli::configure::ConfigureOptions;
use crate::ui::Ui;
use crate::world::World;

/// What Ctrl-C leaves on the terminal: answers are written after the last question.
pub(super) const FAREWELL: &str = "canceled; nothing was written";

pub(super) struct Cx<'c> {
    pub(super) options: ConfigureOptions,
    pub(super) global: &'c Global,
    pub(super) world: &'c World,
    pub(super) ui: &'c Ui,
}
