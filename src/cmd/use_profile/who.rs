//! Who a shell is, or is to become.

use crate::effective::{self, Active};
use crate::sdk::Sdk;
use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    None,
    Profile(String),
    /// Keys that no profile is named for, such as those that options give: the shell can't return to them.
    Keys,
}

impl Who {
    /// Who the calling shell is. A variable that is not text, or empty, names no profile that the shell could return to.
    pub(super) fn current(world: &World, sdk: Sdk) -> Who {
        match effective::active(world, sdk) {
            Ok(Active::Keys(Some(name))) => Who::Profile(name),
            Ok(Active::Keys(None)) => Who::Keys,
            Ok(Active::Profile(selection)) if selection.is_named() && !selection.name.value.is_empty() => {
                Who::Profile(selection.name.value)
            }
            Ok(Active::Profile(_)) | Err(_) => Who::None,
        }
    }

    pub(super) fn is_profile(&self, name: &str) -> bool {
        matches!(self, Who::Profile(current) if current == name)
    }
}
