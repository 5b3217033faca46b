//! Whose credentials a program gets that names no profile.

use super::error::Error;
use super::selection::{Selection, select};
use crate::sdk::{Link, Sdk};
use crate::world::World;

/// Whose credentials a program gets that names no profile.
#[derive(Clone, Debug)]
pub enum Active {
    /// Those of the environment, and the profile that xcred has loaded them from.
    Keys(Option<String>),
    /// Those of a profile: the one that a variable names, or the default.
    Profile(Selection),
}

impl Active {
    /// The name of the profile.
    pub fn name(&self) -> Option<&str> {
        match self {
            Active::Keys(loaded) => loaded.as_deref(),
            Active::Profile(selection) => Some(&selection.name.value),
        }
    }
}

/// Who is active by the rules of an SDK.
///
/// # Errors
/// If a variable that is not text names the profile.
pub fn active(world: &World, sdk: Sdk) -> Result<Active, Error> {
    let selection = select(world, None, sdk);
    let is_named = selection.as_ref().map_or(true, Selection::is_named);
    if has_keys(world, sdk, is_named) {
        return Ok(Active::Keys(world.profile_of_keys().map(str::to_owned)));
    }
    selection.map(Active::Profile)
}

/// Whether there are keys in the environment that come before the profile.
fn has_keys(world: &World, sdk: Sdk, is_named: bool) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| world.non_empty(name).is_some());
    let Some(rules) = sdk.ruled else { return has(&["AWS_ACCESS_KEY_ID"]) };
    let links = if is_named { rules.chain_for_variable } else { rules.chain };
    let first = links.iter().find(|link| matches!(link, Link::Environment | Link::Profile));
    // A half is nothing to these SDKs.
    first == Some(&Link::Environment) && has(rules.environment.id) && has(rules.environment.secret)
}

#[cfg(test)]
mod tests {
    use super::active;
    use crate::sdk::Sdk;
    use crate::world::World;

    #[test]
    fn keys_come_before_a_profile_unless_the_sdk_prefers_one_that_a_variable_names() {
        const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIA"), ("AWS_SECRET_ACCESS_KEY", "c4n4ry")];
        let name = |sdk: &str, variables: &[(&str, &str)]| {
            let world = World::of(variables.iter().chain(&KEYS).copied());
            active(&world, Sdk::named(sdk).unwrap()).unwrap().name().map(str::to_owned)
        };
        for sdk in Sdk::all() {
            assert_eq!(name(sdk.name(), &[]), None, "{}", sdk.name());
            assert_eq!(name(sdk.name(), &[("XCRED_PROFILE", "dev")]).as_deref(), Some("dev"));
            let named = name(sdk.name(), &[("AWS_PROFILE", "prod"), ("XCRED_PROFILE", "dev")]);
            let expected = if sdk.name() == "js" { "prod" } else { "dev" };
            assert_eq!(named.as_deref(), Some(expected), "{}", sdk.name());
        }
        let later = [("XCRED_PROFILE", "dev"), ("XCRED_KEY_ID", "AKIAOTHER")];
        assert_eq!(name(Sdk::default().name(), &later), None, "the keys came later");
        let name = |variables: &[(&str, &str)]| {
            let world = World::of(variables.iter().copied());
            active(&world, Sdk::default()).unwrap().name().map(str::to_owned)
        };
        assert_eq!(name(&[("XCRED_PROFILE", "dev")]).as_deref(), Some("default"));
        assert_eq!(name(&[("AWS_PROFILE", "dev"), ("AWS_ACCESS_KEY_ID", "")]).as_deref(), Some("dev"));
    }
}
