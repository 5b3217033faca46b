//! Who a shell is before it switches.

use crate::effective::{self, Active};
use crate::sdk::Sdk;
use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Current {
    None,
    Profile(String),
    /// Keys that no profile is named for: the shell can't return to them.
    Keys,
}

impl Current {
    /// Who the calling shell is. A variable that is not text, or empty, names no profile that the shell could return to.
    pub(super) fn of(world: &World, sdk: Sdk) -> Current {
        match effective::active(world, sdk) {
            Ok(Active::Keys(Some(name))) => Current::Profile(name),
            Ok(Active::Keys(None)) => Current::Keys,
            Ok(Active::Profile(selection)) if selection.is_named() && !selection.name.value.is_empty() => {
                Current::Profile(selection.name.value)
            }
            Ok(Active::Profile(_)) | Err(_) => Current::None,
        }
    }

    pub(super) fn is_profile(&self, name: &str) -> bool {
        matches!(self, Current::Profile(current) if current == name)
    }
}
