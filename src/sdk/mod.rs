//! The rules by which an SDK finds settings and credentials, as data. An SDK is a file and its row in [`ALL`].

mod accepts;
mod aws_cli;
mod boto3;
mod dates;
mod files;
mod go;
mod java;
mod js;
mod provider;
mod refused;
mod ruby;
mod ruled;
mod rules;
mod rust;

use std::ops::Deref;
use std::ptr;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::settings::{CaseRule, Kind, RETRY_MODE, Variable};

pub use rules::{EmptyProfile, Rules, Split};

pub use files::{
    CredentialsHeaders, EmptyVariable, FileRules, Group, HomeFolder, Merging, NotUtf8, Separator, Tilde,
    Unreadable,
};
pub use provider::Provider;
pub use refused::{refused_mark, refusing};
pub use ruled::{
    Absent, Accepts, BesideSession, Check, CodeRule, Dates, Disabled, DurationRule, EmptyEndpoint, Flow,
    InFiles, Link, LoginRegion, LoginRules, MfaRule, OldCredentials, Problem, Registration, Ruled,
    SelfReference, SessionName, StsRegion, Unit, Way,
};

/// The SDKs that `--sdk` offers.
const ALL: &[Sdk] = &[
    Sdk(&boto3::RULES),
    AWS_CLI,
    Sdk(&rust::RULES),
    Sdk(&js::RULES),
    Sdk(&go::RULES),
    Sdk(&java::RULES),
    Sdk(&ruby::RULES),
];

/// Their names.
pub static NAMES: [&str; ALL.len()] = {
    let mut names = [""; ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = ALL[at].0.name;
        at += 1;
    }
    names
};

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

impl Sdk {
    /// What the values of a setting must be.
    pub fn form(self, row: &Variable) -> Kind {
        if *row == RETRY_MODE { Kind::OneOf(self.retry_modes, CaseRule::Exact) } else { row.kind }
    }

    pub fn named(name: &str) -> Option<Sdk> {
        ALL.iter().copied().find(|sdk| sdk.name == name)
    }

    /// All of them.
    pub fn all() -> &'static [Sdk] {
        ALL
    }

    /// The value of `--sdk`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The name of what reads the files for it: all that have botocore inside read them alike.
    pub fn reader(self) -> &'static str {
        if self.ruled.is_some() { self.0.name } else { boto3::RULES.name }
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

/// One SDK, or all of them side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    One(Sdk),
    All,
}

static CHOICES: [Choice; ALL.len() + 1] = {
    let mut choices = [Choice::All; ALL.len() + 1];
    let mut at = 0;
    while at < ALL.len() {
        choices[at] = Choice::One(ALL[at]);
        at += 1;
    }
    choices
};

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Choice] {
        &CHOICES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Choice::One(sdk) => sdk.to_possible_value(),
            Choice::All => Some(PossibleValue::new("all").help("all of them, and what makes the difference")),
        }
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
        for sdk in ALL {
            let (pager, fallback): (&[&str], &[&str]) =
                if *sdk == AWS_CLI { (&["AWS_PAGER"], &["PAGER"]) } else { (&[], &[]) };
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

    #[test]
    fn each_sdk_has_its_own_name_title_and_help() {
        for sdk in ALL {
            assert!(![sdk.name, sdk.title, sdk.help].contains(&""), "{sdk:?}");
        }
    }

    #[test]
    fn the_readme_says_which_version_each_sdk_is() {
        let readme = include_str!("../../README.md");
        for (sdk, ruled) in ALL.iter().filter_map(|sdk| Some((sdk, sdk.ruled?))) {
            let row = format!("| `{}` | `{}` |", sdk.name, ruled.version);
            assert!(readme.contains(&row), "{row}");
        }
    }
}
