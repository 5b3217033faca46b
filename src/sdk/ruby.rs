//! The AWS SDK for Ruby, v3: `aws-sdk-core`.
//!
//! The rules were read in 3.211.0, which was also run, and in later revisions; those know `login_session`, and trim headers.
//! Known to be missing: a web identity in the profile `default` comes before the profile that `AWS_DEFAULT_PROFILE` names.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Group, Headers, HomeFolder, Merging, NotUtf8, Paths,
    Separator, Tilde, Unreadable,
};
use super::ruled::{
    Accepts, BesideSession, Check, ContainerRules, Dates, DurationRule, EndpointRules, EnvironmentKeys,
    FileKeys, Flow, InstanceRules, Link, LoginRules, MfaRule, OldCredentials, Problem, ProcessRules,
    RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules, StsRegion, Unit, Way,
    WebIdentityRules,
};
use super::rules::{Rules, Split};
use crate::ini::dialect::{Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented};
use crate::service::imds::Untimed;
use crate::settings::{
    ACCOUNT_ID_ENDPOINT_MODE, AWS_ACCESS_KEY_ID, AWS_ACCOUNT_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
    CA_BUNDLE, CREDENTIAL_SOURCE, CSM_CLIENT_ID, CSM_ENABLED, CSM_HOST, CSM_PORT, DEFAULTS_MODE,
    DISABLE_REQUEST_COMPRESSION, DURATION_SECONDS, ENDPOINT_DISCOVERY_ENABLED, ENDPOINT_URL, EXTERNAL_ID,
    IGNORE_CONFIGURED_ENDPOINT_URLS, MAX_ATTEMPTS, MFA_SERIAL, REGION, REQUEST_MIN_COMPRESSION_SIZE_BYTES,
    RETRY_MODE, ROLE_ARN, ROLE_SESSION_NAME, S3_DISABLE_EXPRESS_SESSION_AUTH, S3_US_EAST_1_REGIONAL_ENDPOINT,
    S3_USE_ARN_REGION, SERVICES, SIGV4A_SIGNING_REGION_SET, SOURCE_PROFILE, SSO_ACCOUNT_ID, SSO_REGION,
    SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, STS_REGIONAL_ENDPOINTS, USE_DUALSTACK_ENDPOINT,
    USE_FIPS_ENDPOINT, USER_AGENT_APPID, WEB_IDENTITY_TOKEN_FILE,
};

pub(super) static RULES: Rules = Rules {
    name: "ruby",
    help: "the SDK for Ruby: each way to credentials takes its keys from one of the two files",
    title: "the SDK for Ruby",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    variables: &[(&REGION, &["AWS_REGION", "AMAZON_REGION", "AWS_DEFAULT_REGION"])],
    skips_empty: &[&REGION],
    first_set_counts: true,
    retry_mode: "legacy",
    ruled: Some(&RULED),
    split: Some(&SPLIT),
    ..Rules::USUAL
};

/// What `Aws.shared_config` is asked for by clients: it knows only `AWS_PROFILE`. The chain looks at both variables.
static SPLIT: Split = Split {
    variable: "AWS_DEFAULT_PROFILE",
    profile: "default",
    settings: &[
        &REGION,
        &SERVICES,
        &ENDPOINT_URL,
        &IGNORE_CONFIGURED_ENDPOINT_URLS,
        &CA_BUNDLE,
        &USE_FIPS_ENDPOINT,
        &USE_DUALSTACK_ENDPOINT,
        &STS_REGIONAL_ENDPOINTS,
        &RETRY_MODE,
        &MAX_ATTEMPTS,
        &DEFAULTS_MODE,
        &ENDPOINT_DISCOVERY_ENABLED,
        &ACCOUNT_ID_ENDPOINT_MODE,
        &SIGV4A_SIGNING_REGION_SET,
        &DISABLE_REQUEST_COMPRESSION,
        &REQUEST_MIN_COMPRESSION_SIZE_BYTES,
        &USER_AGENT_APPID,
        &CSM_ENABLED,
        &CSM_HOST,
        &CSM_PORT,
        &CSM_CLIENT_ID,
        &S3_USE_ARN_REGION,
        &S3_US_EAST_1_REGIONAL_ENDPOINT,
        &S3_DISABLE_EXPRESS_SESSION_AUTH,
    ],
};

const CHAIN: &[Link] =
    &[Link::Environment, Link::WebIdentity, Link::Profile, Link::Container, Link::Instance];

static RULED: Ruled = Ruled {
    version: "aws-sdk-core 3.257.0",
    files: &FILES,
    files_come_first: true,
    web_identity_reads_files: false,
    empty_is_set: false,
    checks_profile_first: false,
    chain: CHAIN,
    chain_for_option: &[Link::Profile, Link::Environment, Link::WebIdentity, Link::Container, Link::Instance],
    chain_for_variable: CHAIN,
    ways: &[Way::WebIdentity, Way::Sso, Way::Role, Way::Keys, Way::Login, Way::Process],
    source_ways: &[Way::Keys, Way::RoleOfProfile, Way::WebIdentity, Way::Process, Way::Sso],
    environment: EnvironmentKeys {
        // Each half is chosen by itself.
        id: &["AWS_ACCESS_KEY_ID", "AMAZON_ACCESS_KEY_ID", "AWS_ACCESS_KEY"],
        secret: &["AWS_SECRET_ACCESS_KEY", "AMAZON_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"],
        token: &["AWS_SESSION_TOKEN", "AMAZON_SESSION_TOKEN"],
        first_set_counts: true,
        ..EnvironmentKeys::USUAL
    },
    keys: FileKeys { empty_is_value: false, trims: false },
    role: RoleRules {
        needs_role: true,
        has_environment: false,
        on_top: false,
        // The token is asked for first.
        beside_token: true,
        words_in_any_case: false,
        mfa: MfaRule::OnlyDevice,
        duration: DurationRule::Sent { least: i64::MIN, default: 3600 },
        self_reference: SelfReference::Source,
        counts_first: false,
        region: StsRegion::ClientAlways,
        session_name: SessionName { prefix: "default_session", unit: Unit::Nothing },
    },
    web_identity: WebIdentityRules {
        empty_is_value: true,
        needs_role: false,
        variable_names_session: false,
        session_name: SessionName { prefix: "", unit: Unit::Nanoseconds },
        profile_session_name: SessionName { prefix: "", unit: Unit::Nanoseconds },
        region: StsRegion::ClientAlways,
        checks: &[],
    },
    sso: SsoRules {
        leads: &[SSO_ACCOUNT_ID.name, SSO_ROLE_NAME.name],
        beside_session: BesideSession::SameAs { any_case: false },
        dates: Dates::Any,
        registration: Registration::IfKnown,
        ..SsoRules::USUAL
    },
    login: LoginRules { old: OldCredentials::Used, ..LoginRules::USUAL },
    process: ProcessRules { account_of_profile: false, ..ProcessRules::USUAL },
    container: ContainerRules {
        empty_is_value: true,
        trims_token_file: true,
        dates: Dates::Any,
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        source_is_never_disabled: true,
        attempts: 1,
        untimed: Untimed::Accepted,
        drops_path: true,
        dates: Dates::Any,
        ..InstanceRules::USUAL
    },
    region: RegionRules::USUAL,
    endpoints: EndpointRules::USUAL,
    checks: &[
        Check::fallback(&RETRY_MODE, Accepts::word(&["legacy", "standard", "adaptive"], false)),
        Check::fallback(&MAX_ATTEMPTS, Accepts::Number { least: 1, empty: false, plain: false }),
    ],
    checks_only_for_sts: false,
    flow: |problem| match problem {
        Problem::HalfPair | Problem::LoneToken => Flow::Skip,
        Problem::Container | Problem::Instance | Problem::InstanceAnswer => Flow::Next,
        _ => Flow::Stop,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths {
        home: HomeFolder::Usual,
        empty_variable: EmptyVariable::Folder,
        tilde: Tilde::Expanded,
        opt_out: Some("AWS_SDK_CONFIG_OPT_OUT"),
    },
    unreadable: Unreadable::EmptyUnlessFolder,
    not_utf8: NotUtf8::Refused,
    dialect: Dialect {
        // A CR is whitespace at the end of a line.
        ends: Ends::Lf,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::Ascii,
        empty_lines: Blanks::Ascii,
        indent: Blanks::Ascii,
        comment_marks: b";",
        comment_blanks: Blanks::Ascii,
        comment_lines: CommentLines::Keys,
        headers: HeaderLines::Whole,
        indented: Indented::SubKey,
        keeps_last_blank: true,
        ..Dialect::USUAL
    },
    headers: Headers {
        separator: Separator::Words,
        prefix_is_optional: true,
        identifiers: false,
        credentials: CredentialsHeaders::Unprefixed,
        empty_sections: false,
        ..Headers::USUAL
    },
    sets_empty: false,
    dotted_sub_keys: false,
    merging: Merging::Groups {
        groups: &[
            Group {
                keys: &[
                    AWS_ACCESS_KEY_ID.name,
                    AWS_ACCOUNT_ID.name,
                    AWS_SECRET_ACCESS_KEY.name,
                    AWS_SESSION_TOKEN.name,
                ],
                led_by: &[AWS_ACCESS_KEY_ID.name, AWS_SECRET_ACCESS_KEY.name],
                needs_all: true,
            },
            Group {
                keys: &[
                    CREDENTIAL_SOURCE.name,
                    DURATION_SECONDS.name,
                    EXTERNAL_ID.name,
                    MFA_SERIAL.name,
                    ROLE_ARN.name,
                    ROLE_SESSION_NAME.name,
                    SOURCE_PROFILE.name,
                ],
                led_by: &[CREDENTIAL_SOURCE.name, ROLE_ARN.name, SOURCE_PROFILE.name],
                needs_all: false,
            },
            Group {
                keys: &[
                    SSO_ACCOUNT_ID.name,
                    SSO_REGION.name,
                    SSO_ROLE_NAME.name,
                    SSO_SESSION.name,
                    SSO_START_URL.name,
                ],
                led_by: &[SSO_ACCOUNT_ID.name, SSO_ROLE_NAME.name],
                needs_all: false,
            },
        ],
        config_only: &[ENDPOINT_URL.name, SERVICES.name, WEB_IDENTITY_TOKEN_FILE.name],
    },
};
