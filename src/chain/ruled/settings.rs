//! Settings that an SDK refuses to work with.

use super::sight::Sight;
use crate::chain::error::{Error, Settings};
use crate::origin::{Located, Origin};
use crate::sdk::{Check, InFiles};
use crate::view::Section;

impl Sight<'_> {
    /// Whether the SDK can work with the settings.
    pub(super) fn check_settings(&self) -> Result<(), Error> {
        self.check_all(self.rules.checks)
    }

    pub(super) fn check_all(&self, checks: &[Check]) -> Result<(), Error> {
        for check in checks {
            if let Some(found) = self.checked(check) {
                self.check_value(check, found)?;
            }
        }
        Ok(())
    }

    /// Whether the SDK can load the settings of a profile, which it does for sources, too.
    pub(super) fn check_keys(&self, section: &Section) -> Result<(), Error> {
        for check in self.rules.checks {
            if let InFiles::Always { .. } = check.in_files
                && let Some(found) = check.setting.key.and_then(|key| section.text(key.name))
                && !check.accept(&found.value, true)
            {
                return Err(self.not_accepted(check, found));
            }
        }
        Ok(())
    }

    fn check_value(&self, check: &Check, found: Located<String>) -> Result<(), Error> {
        if check.accepts.accept(&found.value) { Ok(()) } else { Err(self.not_accepted(check, found)) }
    }

    fn not_accepted(&self, check: &Check, found: Located<String>) -> Error {
        let fault = Settings::NotAccepted {
            sdk: self.context.client.sdk.title,
            name: check.setting.name,
            value: found.value,
            accepts: check.accepts,
            panics: check.panics,
        };
        fault.at(found.origin)
    }

    /// The value that is checked: the variable's, else the profile's.
    fn checked(&self, check: &Check) -> Option<Located<String>> {
        let world = self.context.client.world;
        let variable = check.setting.environment.iter().find_map(|name| {
            Some(Located::new(world.variable(name)?.to_owned(), Origin::environment(*name)))
        });
        let in_file = || {
            let client = &self.context.client;
            let profile = client.profile.profile_of(client.sdk, check.setting);
            let section = self.view.profile(profile).filter(|_| check.in_files == InFiles::Fallback)?;
            self.text(section, check.setting.key?.name)
        };
        variable.or_else(in_file)
    }
}
