//! The links of a chain, the ways inside a profile, and what follows a problem.

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
    /// `role_arn` with `source_profile`.
    RoleOfProfile,
    /// The profile that `source_profile` names, whose credentials are then used for the role.
    Linked,
    /// Keys with a session token.
    KeysWithToken,
    Keys,
    /// Keys, unless one half is missing.
    WholeKeys,
    /// `credential_source` by itself.
    CredentialSource,
    /// `credential_source` in a profile without a role; if it names a profile, too, that one's credentials.
    SourceWithoutRole,
    WebIdentity,
    Sso,
    Login,
    Process,
    Container,
    Instance,
}

impl Way {
    pub fn is_keys(self) -> bool {
        matches!(self, Way::Keys | Way::WholeKeys | Way::KeysWithToken)
    }
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
    HalfPair,
    /// A session token without keys.
    LoneToken,
    /// Keys of nothing but whitespace.
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
    /// Both `sso_account_id` and `sso_role_name` are missing.
    SsoNoRole,
    /// `sso_region` or `sso_start_url` is missing.
    SsoNoPortal,
    NoSsoSession,
    /// The profile has what belongs to its session.
    SsoConflict,
    /// The token is missing or unusable.
    SsoToken,
    /// A console sign-in is missing or unusable, or the service denied to renew it.
    Login,
    /// A console sign-in couldn't be renewed for another reason.
    LoginRenewal,
    Process,
    /// An address that the SDK doesn't send credentials to.
    ContainerHost,
    /// An address that is none.
    ContainerAddress,
    ContainerTokenFile,
    Container,
    /// An answer that is not JSON.
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
    Utc {
        /// Whether it may end in `z`, too.
        small_z: bool,
    },
    /// RFC 3339.
    Rfc3339 {
        /// Whether a space may be between day and time, and letters small.
        is_lenient: bool,
    },
    /// RFC 3339 and other forms of ISO 8601.
    Iso8601,
    /// What `Date` of JavaScript parses. Nothing else is an end: it is not a reason to refuse the credentials.
    JavaScript,
    /// RFC 3339, and as botocore wrote it once, with `UTC` at its end.
    Any,
    /// Whatever it is, it is not a reason to refuse the credentials.
    Unchecked,
}
