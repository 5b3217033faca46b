//! What every command gets, and what several of them understand in the same way.

use crate::cli::{Elsewhere, Global};
use crate::profile::SectionName;
use crate::ui::Ui;
use crate::world::World;

/// What every command gets.
#[derive(Clone, Copy)]
pub(super) struct Cx<'c> {
    pub(super) world: &'c World,
    pub(super) ui: &'c Ui,
    pub(super) global: &'c Global,
}

impl Elsewhere {
    /// The section that an option names instead of a profile.
    pub(super) fn section(&self) -> Option<SectionName> {
        let session = self.sso_session.clone().map(SectionName::SsoSession);
        session.or_else(|| self.services.clone().map(SectionName::Services))
    }
}
