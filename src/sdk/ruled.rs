//! What an SDK does whose chain of providers isn't botocore's, as data. The engine is `chain::ruled`.
//!
//! Source of the rules: the SDKs' own code, of the version that [`Ruled::version`] names, held against the running SDKs.

mod identity;
mod login;
mod machine;
mod order;

use super::files::FileRules;

pub use identity::{
    BesideSession, DurationRule, EnvironmentKeys, FileKeys, MfaRule, ProcessRules, Registration, RoleRules,
    SelfReference, SessionName, SsoRules, StsRegion, Unit, WebIdentityRules,
};
pub use login::{LoginRegion, LoginRules, OldCredentials};
pub use machine::{
    Absent, Accepts, Check, CodeRule, ContainerRules, Disabled, DocumentRules, EmptyEndpoint, EndpointRules,
    InFiles, InstanceRules, RegionRules,
};
pub use order::{Dates, Flow, Link, Problem, Way};

/// The rules of an SDK.
pub struct Ruled {
    /// The release of the SDK that was read.
    pub version: &'static str,
    pub files: &'static FileRules,
    /// Whether a file that it refuses is an error before any provider is asked.
    pub files_come_first: bool,
    /// Whether a file with a line that it refuses disables a web identity of variables, too.
    pub web_identity_reads_files: bool,
    /// Whether a key without a value counts as set.
    pub empty_is_set: bool,
    /// Whether it refuses a profile that is missing or contradictory before it asks any provider.
    pub checks_profile_first: bool,
    /// What is asked in turn.
    pub chain: &'static [Link],
    /// What is asked in turn if an option names the profile.
    pub chain_for_option: &'static [Link],
    /// What is asked in turn if a variable names the profile.
    pub chain_for_variable: &'static [Link],
    /// The ways to credentials inside the profile, in turn.
    pub ways: &'static [Way],
    /// The ways inside a profile that is the source of a role.
    pub source_ways: &'static [Way],
    pub environment: EnvironmentKeys,
    pub keys: FileKeys,
    pub role: RoleRules,
    pub web_identity: WebIdentityRules,
    pub sso: SsoRules,
    pub login: LoginRules,
    pub process: ProcessRules,
    pub container: ContainerRules,
    pub instance: InstanceRules,
    pub region: RegionRules,
    pub endpoints: EndpointRules,
    /// The settings that it checks.
    pub checks: &'static [Check],
    /// Whether a setting that fails its check fails only the clients of STS, not everything.
    pub checks_only_for_sts: bool,
    /// What follows a problem.
    pub flow: fn(Problem) -> Flow,
}
