//! How keys, roles, web identities and sign-ins are used.

use jiff::SignedDuration;

use super::{Check, Dates, Way};
use crate::settings::{SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL};

pub struct EnvironmentKeys {
    /// The variables of the access key ID, the first one with a value counts.
    pub id: &'static [&'static str],
    pub secret: &'static [&'static str],
    pub token: &'static [&'static str],
    /// Whether the first of these variables that is set counts, even if it has no value.
    pub first_set_counts: bool,
    /// Whether whitespace is not a value.
    pub blank_is_none: bool,
    /// Whether whitespace round keys is removed.
    pub trims_keys: bool,
    /// Whether whitespace round the token and the account is removed.
    pub trims_token: bool,
    /// Whether `AWS_CREDENTIAL_EXPIRATION` is read.
    pub reads_expiration: bool,
}

impl EnvironmentKeys {
    /// What most SDKs do. What most don't agree on, each SDK states.
    pub const USUAL: EnvironmentKeys = EnvironmentKeys {
        id: &["AWS_ACCESS_KEY_ID"],
        secret: &["AWS_SECRET_ACCESS_KEY"],
        token: &["AWS_SESSION_TOKEN"],
        first_set_counts: false,
        blank_is_none: false,
        trims_keys: false,
        trims_token: false,
        reads_expiration: false,
    };
}

/// The keys of a profile.
pub struct FileKeys {
    /// Whether an empty value is a value.
    pub empty_is_value: bool,
    /// Whether whitespace round values is removed, and blank keys are a problem.
    pub trims: bool,
}

/// How roles are assumed.
pub struct RoleRules {
    /// Whether a source without a `role_arn` is a problem, and not just no role.
    pub needs_role: bool,
    /// Whether `credential_source` may be `Environment`.
    pub has_environment: bool,
    /// Whether the role is assumed with whatever credentials the profile has.
    pub on_top: bool,
    /// Whether a role with a source is assumed although the profile has a `web_identity_token_file`.
    pub beside_token: bool,
    /// Whether the words of `credential_source` may be spelled in any case.
    pub words_in_any_case: bool,
    pub mfa: MfaRule,
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
    /// STS is asked without the device and its code.
    Ignored,
    /// STS gets the device, but no code.
    OnlyDevice,
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
    /// The other credentials of any profile that is named a second time assume the role, in this order.
    OthersOfAny(&'static [Way]),
    /// The profile is its own source like any other.
    Source,
    Circle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StsRegion {
    /// That of the program's clients.
    Client,
    /// That of the program's clients; there is no request without it, even to an endpoint that a setting gives.
    ClientAlways,
    /// That of the settings of the chain's own clients, which know nothing of an instance, else this one.
    SettingOr(&'static str),
    /// That of the profile, else as with `SettingOr`.
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
    Milliseconds,
    Nanoseconds,
    /// There is no time in it.
    Nothing,
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
    /// What this client refuses beyond the checks of every client.
    pub checks: &'static [Check],
}

pub struct SsoRules {
    /// The keys of which any one chooses this way.
    pub leads: &'static [&'static str],
    pub beside_session: BesideSession,
    /// Whether the end of a token of a profile without a session is checked.
    pub checks_legacy_end: bool,
    /// The forms in which the end of a token is read.
    pub dates: Dates,
    pub registration: Registration,
    /// Whether a `registrationExpiresAt` in another form makes the file unusable, even if the token lasts (aws-config's
    /// `parse_cached_token`).
    pub checks_registration: bool,
    /// Tokens of sessions that expire sooner are renewed: `REFRESH_BUFFER_TIME` of aws-config, `EXPIRE_WINDOW_MS` of
    /// @aws-sdk/token-providers; in Go's `ssocreds` none that lasts. Of Java and Ruby it isn't known.
    pub renewed_within: SignedDuration,
    /// Whether the token is used that couldn't be renewed.
    pub uses_old_token: bool,
    /// Whether a missing account or role of a session is sent as an empty text.
    pub sends_empty_role: bool,
    /// Whether the credentials have the account.
    pub knows_account: bool,
}

impl SsoRules {
    /// What most SDKs do. What most don't agree on, each SDK states.
    pub const USUAL: SsoRules = SsoRules {
        leads: SsoRules::ANY,
        beside_session: BesideSession::SameAs { any_case: false },
        checks_legacy_end: true,
        dates: Dates::Iso8601,
        registration: Registration::Ignored,
        checks_registration: false,
        renewed_within: SignedDuration::from_mins(15),
        uses_old_token: false,
        sends_empty_role: false,
        knows_account: true,
    };

    /// All keys of a role in an account.
    pub const ANY: &[&str] =
        &[SSO_ACCOUNT_ID.name, SSO_ROLE_NAME.name, SSO_START_URL.name, SSO_REGION.name, SSO_SESSION.name];
}

/// What the end of a client's registration is to the refresh of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// It has to be known, and to be in the future.
    Needed,
    /// It must not have passed.
    IfKnown,
    Ignored,
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
    /// Whether a byte order mark before the document is left out.
    pub skips_mark: bool,
    /// Whether an empty access key ID and secret access key are accepted.
    pub empty_keys: bool,
    /// Whether a key that is not a text ends the chain: it is accepted, and nothing can be signed with it.
    pub odd_key_is_last: bool,
    /// Whether an empty account keeps the profile's from being used.
    pub empty_account: bool,
    /// Whether an `Expiration` that isn't text counts as missing.
    pub odd_end_is_none: bool,
    /// Whether a member of another type than it should have is refused, and 1.0 as a version.
    pub is_typed: bool,
    /// Whether credentials that have expired are accepted.
    pub expired: bool,
    /// The forms of `Expiration`.
    pub dates: Dates,
    /// Whether the profile's `aws_account_id` is used where none is printed.
    pub account_of_profile: bool,
}

impl ProcessRules {
    /// What most SDKs do.
    pub const USUAL: ProcessRules = ProcessRules {
        names_in_any_case: false,
        skips_mark: false,
        empty_keys: false,
        odd_key_is_last: false,
        empty_account: false,
        odd_end_is_none: false,
        is_typed: false,
        expired: true,
        dates: Dates::Iso8601,
        account_of_profile: true,
    };
}
