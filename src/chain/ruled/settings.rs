//! Settings that an SDK refuses to work with.

use super::sight::Sight;
use crate::chain::error::{Error, Settings};
use crate::origin::{Located, Origin};
use crate::sdk::{Accepts, Check};
use crate::settings::integer;

impl Sight<'_> {
    /// Whether the SDK can work with the settings.
    pub(super) fn check_settings(&self) -> Result<(), Error> {
        for check in self.rules.checks {
            if let Some(found) = self.checked(check)
                && !check.accepts.accepts(&found.value)
            {
                let fault = Settings::NotAccepted {
                    sdk: self.context.client.sdk.title,
                    name: check.setting.name,
                    value: found.value,
                    accepts: check.accepts,
                    panics: check.panics,
                };
                return Err(fault.at(found.origin));
            }
        }
        Ok(())
    }

    /// The value that is checked: the variable's, else the profile's.
    fn checked(&self, check: &Check) -> Option<Located<String>> {
        let world = self.context.client.world;
        let variable = check.setting.environment.iter().find_map(|name| {
            Some(Located::new(world.variable(name)?.to_owned(), Origin::environment(*name)))
        });
        let in_file = || {
            let section = self.view.profile(self.profile).filter(|_| check.in_files)?;
            self.text(section, check.setting.key?.name)
        };
        variable.or_else(in_file)
    }
}

impl Accepts {
    fn accepts(self, value: &str) -> bool {
        match self {
            Accepts::OneOf { empty: true, .. } | Accepts::Number { empty: true, .. } if value.is_empty() => {
                true
            }
            Accepts::OneOf { words, any_case, .. } => {
                words.iter().any(|word| *word == value || any_case && word.eq_ignore_ascii_case(value))
            }
            Accepts::Number { least, .. } => integer(value).is_some_and(|number| number >= least),
            Accepts::File => value.is_empty() || std::fs::File::open(value).is_ok(),
        }
    }
}
