//! What an SDK does whose chain of providers isn't botocore's, as data. The engine is `chain::ruled`.
//!
//! Source of the rules: the SDKs' own code, of the version that [`Ruled::version`] names, held against the running SDKs.

use super::files::FileRules;
use crate::settings::Variable;

/// The rules of an SDK.
pub struct Ruled {
    /// The release of the SDK that was read.
    pub version: &'static str,
    pub files: &'static FileRules,
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

/// A way to credentials inside a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `role_arn` with `source_profile` or `credential_source`.
    Role,
    /// The profile that `source_profile` names, whose credentials are then used for the role.
    Linked,
    /// Keys with a session token.
    KeysWithToken,
    Keys,
    /// The same, unless one half is missing.
    WholeKeys,
    /// `credential_source` by itself.
    CredentialSource,
    WebIdentity,
    Sso,
    Login,
    Process,
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
    /// An answer that is no JSON.
    NotJson,
    /// A token that no header can have.
    ContainerToken,
    /// An end of the credentials that is not in the form that the SDK reads.
    Date,
    /// The instance can't be asked.
    Instance,
    /// The instance doesn't answer as it should.
    InstanceAnswer,
}

/// The forms of times that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// RFC 3339 that ends in `Z`.
    Utc,
    /// RFC 3339.
    Rfc3339,
    /// RFC 3339, and as botocore wrote it once, with `UTC` at its end.
    Any,
    /// Whatever it is, it is no reason to refuse the credentials.
    Unchecked,
}

/// The keys of the environment.
pub struct EnvironmentKeys {
    /// The variables of the access key ID, the first one with a value counts.
    pub id: &'static [&'static str],
    pub secret: &'static [&'static str],
    /// Whether white space is no value.
    pub blank_is_none: bool,
    /// Whether white space round keys is removed.
    pub trims_keys: bool,
    /// Whether white space round the token and the account is removed.
    pub trims_token: bool,
    /// Whether `AWS_CREDENTIAL_EXPIRATION` is read.
    pub reads_expiration: bool,
}

/// The keys of a profile.
pub struct FileKeys {
    /// Whether an empty value is a value.
    pub empty_is_value: bool,
    /// Whether white space round values is removed, and blank keys are a problem.
    pub trims: bool,
}

/// How roles are assumed.
pub struct RoleRules {
    /// Whether the role is assumed with whatever credentials the profile has.
    pub on_top: bool,
    /// Whether a role with a source is assumed although the profile has a `web_identity_token_file`.
    pub beside_token: bool,
    /// Whether the words of `credential_source` may be spelled in any case.
    pub words_in_any_case: bool,
    pub mfa: MfaRule,
    /// `DurationSeconds`.
    pub duration: DurationRule,
    pub self_reference: SelfReference,
    /// Whether a circle that comes back to the first profile is seen there, and not a round later.
    pub counts_first: bool,
    /// Where the region of the request comes from.
    pub region: StsRegion,
    /// The name of a session that has none.
    pub session_name: SessionName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaRule {
    /// STS is asked without a code.
    Ignored,
    /// Programs have to set up how the code is asked for.
    NeedsProgram,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationRule {
    /// The default of STS, an hour.
    NeverSent,
    /// `duration_seconds` if it is at least so much, else a number of the SDK's own; in seconds.
    Sent { least: i64, default: i64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfReference {
    /// The profile's other credentials assume the role, in this order.
    Others(&'static [Way]),
    /// The same for every profile that was seen before.
    OthersOfAny(&'static [Way]),
    /// The profile is its own source like any other.
    Source,
    Circle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StsRegion {
    /// That of the program's clients.
    Client,
    /// That of the program's clients, else this one.
    ClientOr(&'static str),
    /// That of the profile, else this one.
    ProfileOr(&'static str),
    /// That of the profile, else of the program's clients, else the global host.
    ProfileOrGlobal,
}

/// The name of a session: a prefix, and the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionName {
    pub prefix: &'static str,
    pub unit: Unit,
}

/// What a time is counted in since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Nanoseconds,
}

pub struct WebIdentityRules {
    /// Whether an empty variable counts.
    pub empty_is_value: bool,
    /// Whether a token file without a role is a problem, and not just no web identity.
    pub needs_role: bool,
    /// Whether `AWS_ROLE_SESSION_NAME` names the session of a profile that has no name for it.
    pub variable_names_session: bool,
    /// The name of a session of a web identity that variables name.
    pub session_name: SessionName,
    /// The name of a session of a profile.
    pub profile_session_name: SessionName,
    /// The region if no setting has one.
    pub region: StsRegion,
}

pub struct SsoRules {
    pub beside_session: BesideSession,
    /// Whether the end of a token of a profile without a session is checked.
    pub checks_legacy_end: bool,
    /// The forms in which the end of a token is read.
    pub dates: Dates,
    /// Whether the token is used that couldn't be renewed.
    pub uses_old_token: bool,
    /// Whether a missing account or role of a session is sent as an empty text.
    pub sends_empty_role: bool,
    /// Whether the credentials have the account.
    pub knows_account: bool,
}

/// What becomes of `sso_region` and `sso_start_url` in a profile with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BesideSession {
    Refused,
    Ignored,
    /// They have to be those of the session.
    SameAs {
        any_case: bool,
    },
}

pub struct ProcessRules {
    /// Whether names of members may be spelled in any case.
    pub names_in_any_case: bool,
    /// Whether an empty secret access key is accepted.
    pub empty_secret: bool,
    /// Whether a member of another type than it should have is refused, and 1.0 as a version.
    pub is_typed: bool,
    /// Whether credentials that have expired are accepted.
    pub expired: bool,
    /// Whether an `Expiration` that is no date is accepted.
    pub bad_expiration: bool,
    /// Whether the profile's `aws_account_id` is used where none is printed.
    pub account_of_profile: bool,
}

pub struct ContainerRules {
    /// Whether an empty variable counts.
    pub empty_is_value: bool,
    /// Whether the token comes before the file with a token.
    pub token_before_file: bool,
    /// Whether a relative address without a slash at its start gets one.
    pub adds_slash: bool,
    /// Whether a failed request is sent once more with `AWS_CONTAINER_AUTHORIZATION_TOKEN` alone.
    pub second_try: bool,
    /// Whether the instance is asked after the container.
    pub before_instance: bool,
    pub dates: Dates,
}

pub struct InstanceRules {
    /// Whether the instance may be one without tokens.
    pub without_token: bool,
    pub disabled: Disabled,
    /// Whether `credential_source` asks the instance even if it is disabled.
    pub source_is_never_disabled: bool,
    /// How often each request is sent.
    pub attempts: u32,
    /// What means that there is no instance, and not that it failed.
    pub absent: Absent,
    /// Whether what it answers has to have the `Code` `Success`.
    pub needs_success: bool,
    /// Whether the path of a configured address is left out.
    pub drops_path: bool,
    pub dates: Dates,
    /// Whether a file with a line that the SDK refuses keeps it from asking the instance.
    pub reads_files: bool,
}

/// What means that there is no instance with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Any answer without keys.
    NoKeys,
    /// Any failure before it has named its role.
    NoName,
    /// Nobody answers, or it says that it has no role.
    Nobody,
}

/// When `AWS_EC2_METADATA_DISABLED` disables the instance metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disabled {
    /// `true`, in any case.
    ByTrue,
    /// Anything but nothing and `false`.
    UnlessFalse,
}

pub struct RegionRules {
    /// Whether an empty value of a file is a value.
    pub empty_is_value: bool,
    /// Whether a role without a region has that of its source profile.
    pub of_source: bool,
    /// Whether an instance without tokens is asked, too.
    pub without_token: bool,
    /// Whether the instance is asked only if `AWS_EC2_METADATA_DISABLED` is empty or not set.
    pub disabled_by_anything: bool,
}

pub struct EndpointRules {
    /// Whether `AWS_ENDPOINT_URL` and the profile's `endpoint_url` apply to the clients that get credentials.
    pub general: bool,
    /// Whether `ignore_configured_endpoint_urls` applies to them.
    pub can_be_ignored: bool,
    /// What an empty variable of a service means.
    pub empty: EmptyEndpoint,
    /// Whether requests to a configured address are signed without a region if there is none.
    pub signs_without_region: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyEndpoint {
    /// It is not set.
    Skipped,
    /// AWS's own host, whatever else is set.
    Default,
    /// The request fails.
    Fails,
}

/// A setting that the SDK can't work with unless it has one of some values.
pub struct Check {
    pub setting: &'static Variable,
    pub accepts: Accepts,
    pub in_files: InFiles,
    /// Whether the program is ended, and not just told.
    pub panics: bool,
}

/// Whether the key in the files is checked, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InFiles {
    Never,
    /// If the variable isn't set.
    Fallback,
    /// In each profile that is loaded, whatever the variable is.
    Always {
        /// Whether it may be empty there.
        empty: bool,
    },
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
