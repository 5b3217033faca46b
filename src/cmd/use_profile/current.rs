//! Who a shell is before it switches.

use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Current {
    None,
    Profile(String),
    /// Keys that no profile is named for: the shell can't return to them.
    Keys,
}

impl Current {
    /// Who the calling shell is: keys in its environment come before a profile that it names.
    pub(super) fn of(world: &World) -> Current {
        if world.non_empty("AWS_ACCESS_KEY_ID").is_some() {
            let name = world.non_empty("XCRED_PROFILE");
            return name.map_or(Current::Keys, |name| Current::Profile(name.to_owned()));
        }
        let names = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"];
        let name = names.into_iter().find_map(|name| world.non_empty(name));
        name.map_or(Current::None, |name| Current::Profile(name.to_owned()))
    }

    pub(super) fn is_profile(&self, name: &str) -> bool {
        matches!(self, Current::Profile(current) if current == name)
    }
}
