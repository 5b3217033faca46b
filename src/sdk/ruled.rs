//! What an SDK does whose chain of providers isn't botocore's, as data. The engine is `chain::ruled`.
//!
//! Source of the rules: the SDKs' own code, of the version that [`Ruled::version`] names, held against the running SDKs.

use super::files::FileRules;
pub use super::parts::{
    BesideSession, ContainerRules, Dates, Disabled, DurationRule, EmptyEndpoint, EndpointRules,
    EnvironmentKeys, FileKeys, InstanceRules, MfaRule, ProcessRules, RegionRules, RoleRules, SelfReference,
    SessionName, SsoRules, StsRegion, Unit, Way, WebIdentityRules,
};
use crate::settings::Variable;

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

/// A part of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Environment,
    /// The ways inside the profile.
    Profile,
    /// The profile's `credential_process` by itself.
    Process,
    /// A web identity that variables name.
    WebIdentity,
    Container,
    Instance,
}

/// What a chain does after a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The chain ends with the error.
    Stop,
    /// The next link of the chain is asked.
    Next,
    /// The next way inside the profile is tried.
    Skip,
}

/// What can go wrong with a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A file has a line that the SDK refuses.
    File,
    /// A setting that the SDK can't work with.
    Setting,
    HalfPair,
    /// A session token without keys.
    LoneToken,
    /// Keys of nothing but white space.
    BlankKeys,
    BothSources,
    RoleWithoutSource,
    SourceWithoutRole,
    /// A `credential_source` that the SDK doesn't know.
    CredentialSource,
    NoSource,
    Circle,
    EmptySource,
    /// A profile that is its own source has no other credentials.
    EmptySelf,
    /// The role needs an MFA code, and the SDK asks only if the program has set that up.
    Mfa,
    /// A service refused, or wasn't reached.
    Refused,
    NoRegion,
    TokenFile,
    TokenWithoutRole,
    /// One of `sso_account_id` and `sso_role_name` is missing.
    SsoHalfRole,
    /// Both are.
    SsoNoRole,
    /// `sso_region` or `sso_start_url` is missing.
    SsoNoPortal,
    NoSsoSession,
    /// The profile has what belongs to its session.
    SsoConflict,
    /// The token is missing or unusable.
    SsoToken,
    Login,
    Process,
    /// An address that the SDK doesn't send credentials to.
    ContainerHost,
    /// An address that is none.
    ContainerAddress,
    ContainerTokenFile,
    Container,
    /// A token that no header can have.
    ContainerToken,
    /// An end of the credentials that is not in the form that the SDK reads.
    Date,
    /// The instance can't be asked.
    Instance,
    /// The instance doesn't answer as it should.
    InstanceAnswer,
}

/// A setting that the SDK can't work with unless it has one of some values.
pub struct Check {
    pub setting: &'static Variable,
    pub accepts: Accepts,
    /// Whether the key in the files is checked, too.
    pub in_files: bool,
    /// Whether the program is ended, and not just told.
    pub panics: bool,
}

/// The values that a setting may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    OneOf {
        words: &'static [&'static str],
        any_case: bool,
        empty: bool,
    },
    /// A whole number, at least so much.
    Number {
        least: i64,
        empty: bool,
    },
    /// A file that can be read.
    File,
}
