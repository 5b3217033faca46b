//! What every command gets, and the section that a command line names.

use std::borrow::Cow;

use crate::cli::{Elsewhere, Global};
use crate::config::Config;
use crate::failure::Failure;
use crate::profile::SectionName;
use crate::sdk::Sdk;
use crate::ui::Ui;
use crate::world::World;

/// What every command gets.
#[derive(Clone, Copy)]
pub(super) struct Cx<'c> {
    pub(super) world: &'c World,
    pub(super) ui: &'c Ui,
    pub(super) global: &'c Global,
}

impl<'c> Cx<'c> {
    /// The SDK that an option names, else that of the settings.
    pub(super) fn sdk(self, named: Option<Sdk>) -> Result<Sdk, Failure> {
        match named {
            Some(sdk) => Ok(sdk),
            None => Ok(Config::load(self.world)?.sdk()),
        }
    }

    /// The SDK for which values are checked: that of the settings, unless it has a chain of its own.
    pub(super) fn checked_sdk(self) -> Sdk {
        self.sdk(None).ok().filter(|sdk| sdk.ruled.is_none()).unwrap_or_default()
    }

    /// The environment of a command. Where the command line names what is meant, such as a session, the profile isn't looked
    /// at, not even if a variable names one that doesn't exist.
    pub(super) fn world_for(self, is_named: bool) -> Cow<'c, World> {
        if is_named {
            Cow::Owned(self.world.without(&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]))
        } else {
            Cow::Borrowed(self.world)
        }
    }
}

impl Elsewhere {
    /// The section that an option names instead of a profile.
    pub(super) fn section(&self) -> Option<SectionName> {
        let session = self.sso_session.clone().map(SectionName::SsoSession);
        session.or_else(|| self.services.clone().map(SectionName::Services))
    }
}
