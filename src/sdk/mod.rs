//! The rules by which an SDK finds settings and credentials, as data. An SDK is a file and its row in [`ALL`].

mod aws_cli;
mod boto3;
mod botocore;
mod files;
#[cfg_attr(not(test), expect(dead_code, reason = "`--sdk go` is about to use it"))]
mod go;
#[cfg_attr(not(test), expect(dead_code, reason = "`--sdk java` is about to use it"))]
mod java;
#[cfg_attr(not(test), expect(dead_code, reason = "`--sdk js` is about to use it"))]
mod js;
mod oddity;
mod provider;
mod reading;
mod rules;
mod rust;

use std::ops::Deref;
use std::ptr;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use rules::Rules;

pub use files::{
    CredentialsHeaders, EmptyVariable, FileRules, Merging, NotUtf8, Separator, Tilde, Unreadable,
};
pub use provider::Provider;
#[cfg(test)]
pub(crate) use reading::Read;
pub use reading::{odd_headers, oddities};

/// The rules for files of each SDK that has its own, by its name.
#[cfg(test)]
pub(crate) static FILES: [(&str, &FileRules); 4] =
    [("rust", &rust::FILES), ("js", &js::FILES), ("go", &go::FILES), ("java", &java::FILES)];

/// The SDKs that `--sdk` offers.
static ALL: &[Sdk] = &[Sdk(&boto3::RULES), AWS_CLI];

/// The SDK whose rules apply where no option names one.
const AWS_CLI: Sdk = Sdk(&aws_cli::RULES);

/// An SDK, by its rules.
#[derive(Clone, Copy)]
pub struct Sdk(&'static Rules);

impl Deref for Sdk {
    type Target = Rules;

    fn deref(&self) -> &Rules {
        self.0
    }
}

impl Default for Sdk {
    fn default() -> Sdk {
        AWS_CLI
    }
}

impl PartialEq for Sdk {
    fn eq(&self, other: &Sdk) -> bool {
        ptr::eq(self.0, other.0)
    }
}

impl std::fmt::Debug for Sdk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl ValueEnum for Sdk {
    fn value_variants<'a>() -> &'a [Sdk] {
        ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).help(self.help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{AWS_ACCESS_KEY_ID, CLI_PAGER, REGION};

    #[test]
    fn boto3_does_not_read_aws_region_and_aws_cli_does() {
        assert_eq!(boto3::RULES.variables(&REGION), ["AWS_DEFAULT_REGION"]);
        assert_eq!(aws_cli::RULES.variables(&REGION), ["AWS_REGION", "AWS_DEFAULT_REGION"]);
    }

    #[test]
    fn only_aws_cli_reads_the_variables_of_its_own_settings() {
        for &sdk in ALL {
            let (pager, fallback): (&[&str], &[&str]) =
                if sdk == AWS_CLI { (&["AWS_PAGER"], &["PAGER"]) } else { (&[], &[]) };
            assert_eq!((sdk.variables(&CLI_PAGER), sdk.fallbacks(&CLI_PAGER)), (pager, fallback), "{sdk:?}");
            assert_eq!(sdk.variables(&AWS_ACCESS_KEY_ID), ["AWS_ACCESS_KEY_ID"], "{sdk:?}");
        }
    }

    #[test]
    fn the_sdks_prefer_different_variables_for_the_profile() {
        assert_eq!(boto3::RULES.profile_variables, ["AWS_DEFAULT_PROFILE", "AWS_PROFILE"]);
        assert_eq!(aws_cli::RULES.profile_variables, ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]);
    }

    #[test]
    fn the_option_takes_each_name_once() {
        let mut names: Vec<&str> = ALL.iter().map(|sdk| sdk.name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
