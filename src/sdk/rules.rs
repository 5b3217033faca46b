//! What SDKs do differently.

use super::ruled::Ruled;
use crate::service::imds::RegionSource;
use crate::settings::{Scope, Variable};

/// What an SDK does differently.
pub struct Rules {
    /// The value of `--sdk`.
    pub(super) name: &'static str,
    /// The explanation of that value in the help.
    pub(super) help: &'static str,
    /// What messages call it.
    pub title: &'static str,
    /// The environment variables that name the profile, in order of precedence.
    pub profile_variables: &'static [&'static str],
    /// Settings that it reads from other environment variables than the table of settings has.
    pub(super) variables: &'static [(&'static Variable, &'static [&'static str])],
    /// Settings of which it skips empty variables.
    pub(super) skips_empty: &'static [&'static Variable],
    /// Whether an empty variable hides those of less precedence, even if it is as good as not set itself.
    pub first_set_counts: bool,
    /// Whether whitespace round variables is removed.
    pub trims_variables: bool,
    /// What it makes of an empty variable that names the profile.
    pub empty_profile: EmptyProfile,
    /// Whether it reads the environment variables of AWS CLI's own settings.
    pub(super) reads_cli_variables: bool,
    /// Whether a file that can't be read is empty. Otherwise xcred refuses to answer, as what is in it may be another identity.
    pub skips_unreadable: bool,
    /// The modes that `retry_mode` may have.
    pub retry_modes: &'static [&'static str],
    /// The retry mode where no setting has one.
    pub retry_mode: &'static str,
    /// Whether `sts_regional_endpoints` can choose the global endpoint.
    pub has_global_sts: bool,
    /// Where the EC2 instance is asked for a region if no setting has one.
    pub instance_region: Option<RegionSource>,
    /// The rules of a chain that isn't botocore's.
    pub ruled: Option<&'static Ruled>,
    /// Settings that are of another profile than the credentials.
    pub split: Option<&'static Split>,
}

/// A variable that names the profile of credentials only.
pub struct Split {
    pub variable: &'static str,
    /// The profile that the settings are of in its place.
    pub profile: &'static str,
    pub settings: &'static [&'static Variable],
}

/// What an empty variable of the profile means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyProfile {
    /// The profile whose name is empty.
    Named,
    /// It is as good as not set.
    Skipped,
}

impl Rules {
    /// What most SDKs do. What most don't agree on, each SDK states.
    pub(super) const USUAL: Rules = Rules {
        name: "",
        help: "",
        title: "",
        profile_variables: &["AWS_PROFILE"],
        variables: &[],
        skips_empty: &[],
        first_set_counts: false,
        trims_variables: false,
        empty_profile: EmptyProfile::Named,
        reads_cli_variables: false,
        skips_unreadable: true,
        retry_modes: &["standard", "adaptive"],
        retry_mode: "standard",
        has_global_sts: false,
        instance_region: None,
        ruled: None,
        split: None,
    };

    /// The name in a list of SDKs.
    pub fn short_title(&self) -> &'static str {
        self.title.strip_prefix("the SDK for ").unwrap_or(self.title)
    }

    /// Whether an empty variable of a setting is as good as not set.
    pub fn skips_empty(&self, setting: &Variable) -> bool {
        self.skips_empty.contains(&setting)
    }

    /// The environment variables that set a setting, in order of precedence.
    pub fn variables(&self, setting: &Variable) -> &'static [&'static str] {
        if let Some((_, own)) = self.variables.iter().find(|(of, _)| *of == setting) {
            return own;
        }
        if self.reads(setting) { setting.environment } else { &[] }
    }

    /// The environment variables that set it where not even the files do.
    pub fn fallbacks(&self, setting: &Variable) -> &'static [&'static str] {
        if self.reads(setting) { setting.fallbacks } else { &[] }
    }

    fn reads(&self, setting: &Variable) -> bool {
        self.reads_cli_variables || setting.scope == Scope::EverySdk
    }
}
