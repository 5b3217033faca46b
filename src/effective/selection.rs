//! The profile of a command.

use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::sdk::{EmptyProfile, Sdk, Split};
use crate::settings::Variable;
use crate::world::World;

use super::Error;

/// The profile that a command works on.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The name, and the option or variable that names it.
    pub name: Located<String>,
}

impl Selection {
    /// That of a command that works on no profile in particular.
    pub fn unnamed() -> Selection {
        Selection { name: Located::new(String::new(), Origin::Default) }
    }

    pub fn section(&self) -> SectionName {
        SectionName::Profile(self.name.value.clone())
    }

    /// The profile that a setting is of: another one where the variable names the profile of credentials only.
    pub fn profile_of(&self, sdk: Sdk, row: &Variable) -> &str {
        let named_by = |split: &&Split| self.name.origin == Origin::environment(split.variable);
        match sdk.split.filter(named_by) {
            Some(split) if split.settings.contains(&row) => split.profile,
            _ => &self.name.value,
        }
    }

    /// Whether an option or a variable names it. Then it has to exist, even if it is `default`.
    pub fn is_named(&self) -> bool {
        self.name.origin != Origin::Default
    }

    /// The profile of a command that edits it. In a shell that is another profile, the default one isn't meant.
    ///
    /// # Errors
    /// If nothing names the profile, and xcred has loaded another one into the environment.
    pub fn for_edit(self, world: &World) -> Result<Selection, Error> {
        match world.loaded_profile().filter(|shell| !self.is_named() && *shell != self.name.value) {
            Some(shell) => Err(Error::OtherShell { shell: shell.to_owned(), profile: self.name.value }),
            None => Ok(self),
        }
    }

    /// Whether an option names it. Then the credentials of the environment are ignored.
    pub fn is_explicit(&self) -> bool {
        matches!(self.name.origin, Origin::Option { .. })
    }
}

/// The profile: `--profile`, else the first variable that is set, else `default`. A variable that is set but empty
/// names the profile whose name is empty, as in botocore.
///
/// # Errors
/// `--profile` is empty, which is a mistake in a script: another profile could be the wrong account. Or the variable is not
/// UTF-8.
pub fn select(world: &World, option: Option<&str>, sdk: Sdk) -> Result<Selection, Error> {
    let named = |name: &str, origin| Ok(Selection { name: Located::new(name.to_owned(), origin) });
    match option {
        Some("") => Err(Error::EmptyOption),
        Some(name) => named(name, Origin::Option { name: "--profile" }),
        None => {
            let mut variables = sdk.profile_variables.iter();
            let is_set = |variable: &&&str| match (world.variable(variable), sdk.empty_profile) {
                (Some(""), EmptyProfile::Skipped) | (None, _) => false,
                (Some(_), _) => true,
            };
            let Some(variable) = variables.find(is_set) else {
                return named("default", Origin::Default);
            };
            let name = world.text(variable)?.unwrap_or_default();
            let name = if sdk.trims_variables { trimmed(name) } else { name };
            named(name, Origin::environment(*variable))
        }
    }
}

/// As Java's `String.trim` does: without blanks and controls around it, but with those that only Unicode knows.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}
