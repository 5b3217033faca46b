//! Settings that an SDK refuses to work with.

use std::fs;
use std::path::Path;

use super::sight::Sight;
use crate::chain::error::{Error, Settings};
use crate::origin::{Located, Origin};
use crate::sdk::{Accepts, Check, InFiles};
use crate::settings::integer;
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
            if let InFiles::Always { empty } = check.in_files
                && let Some(found) = check.setting.key.and_then(|key| section.text(key.name))
            {
                if found.value.is_empty() && !empty {
                    return Err(self.not_accepted(check, found));
                }
                self.check_value(check, found)?;
            }
        }
        Ok(())
    }

    fn check_value(&self, check: &Check, found: Located<String>) -> Result<(), Error> {
        if check.accepts.accepts(&found.value) { Ok(()) } else { Err(self.not_accepted(check, found)) }
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

/// Whether a file can be read. A pipe isn't opened: nobody may write to it.
fn is_readable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file()) && fs::File::open(path).is_ok()
}

/// Whether a number is digits behind at most a sign.
fn is_plain(value: &str) -> bool {
    value.strip_prefix(['+', '-']).unwrap_or(value).bytes().all(|byte| byte.is_ascii_digit())
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
            Accepts::Number { plain: true, .. } if !is_plain(value) => false,
            Accepts::Number { least, .. } => integer(value).is_some_and(|number| number >= least),
            Accepts::File => value.is_empty() || is_readable(Path::new(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_number_has_nothing_round_it() {
        for (value, python, plain) in [
            ("3", true, true),
            ("+3", true, true),
            (" 3", true, false),
            ("3 ", true, false),
            ("1_0", true, false),
            ("٣", true, false),
            ("-3", false, false),
            ("+", false, false),
            ("", false, false),
        ] {
            let accepts = |plain| Accepts::Number { least: 1, empty: false, plain }.accepts(value);
            assert_eq!((accepts(false), accepts(true)), (python, plain), "{value}");
        }
    }
}
