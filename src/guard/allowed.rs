//! The profiles that may be used here, by a variable of the environment.

use super::error::{ALLOWED, Error};
use crate::sdk::Provider;
use crate::world::World;

/// The profiles whose credentials may be used.
#[derive(Debug)]
pub struct Allowed<'w> {
    /// `None` without the variable: all of them.
    names: Option<Vec<&'w str>>,
}

impl<'w> Allowed<'w> {
    /// An empty variable allows no profile.
    pub fn of(world: &'w World) -> Allowed<'w> {
        let names = world.variable(ALLOWED).map(|list| list.split(',').map(str::trim));
        Allowed { names: names.map(|names| names.filter(|name| !name.is_empty()).collect()) }
    }

    /// The names in the variable; none without it.
    pub fn names(&self) -> &[&'w str] {
        self.names.as_deref().unwrap_or_default()
    }

    /// Whether all profiles are allowed, and keys without a profile.
    pub fn is_everything(&self) -> bool {
        self.names.is_none()
    }

    pub fn has(&self, profile: &str) -> bool {
        self.names.as_ref().is_none_or(|names| names.contains(&profile))
    }

    pub(crate) fn check(&self, profile: &str) -> Result<(), Error> {
        if self.has(profile) {
            return Ok(());
        }
        let allowed = self.names().iter().map(|name| (*name).to_owned()).collect();
        Err(Error::NotAllowed { profile: profile.to_owned(), allowed })
    }

    /// Refuses keys that belong to no profile, whatever XCRED_PROFILE says of them.
    pub(crate) fn check_provider(&self, provider: Provider) -> Result<(), Error> {
        let from = match provider {
            Provider::Explicit => "given by an option",
            Provider::Env => "in the environment",
            _ => return Ok(()),
        };
        if self.is_everything() { Ok(()) } else { Err(Error::KeysNotAllowed { from }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_in_the_variable_are_allowed() {
        let is_allowed = |list: Option<&str>, profile: &str| {
            let world = World::of(list.map(|list| (ALLOWED, list)));
            let allowed = Allowed::of(&world);
            assert_eq!(allowed.check(profile).is_ok(), allowed.has(profile));
            allowed.has(profile)
        };
        assert!(is_allowed(None, "prod"));
        for list in ["", ",", " ", "*", "Prod", "prod2", "prod dev", "\"prod\""] {
            assert!(!is_allowed(Some(list), "prod"), "{list:?}");
        }
        for list in ["prod", "dev,prod", " dev , prod ,"] {
            assert!(is_allowed(Some(list), "prod"), "{list:?}");
        }
        assert!(!is_allowed(Some("dev,,prod"), ""));
    }

    #[test]
    fn keys_without_a_profile_are_allowed_only_without_the_variable() {
        let of = |list: Option<&str>, provider| {
            let world = World::of(list.map(|list| (ALLOWED, list)));
            Allowed::of(&world).check_provider(provider).is_ok()
        };
        for provider in [Provider::Explicit, Provider::Env] {
            assert!(of(None, provider) && !of(Some("dev"), provider) && !of(Some(""), provider));
        }
        assert!(of(Some("dev"), Provider::Sso));
    }
}
