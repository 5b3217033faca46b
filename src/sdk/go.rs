//! The AWS SDK for Go, v2.

use jiff::SignedDuration;

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, HomeFolder, Merging, NotUtf8, Paths, Tilde,
    Unreadable,
};
use super::ruled::{
    Absent, Accepts, BesideSession, Check, CodeRule, ContainerRules, Dates, DocumentRules, DurationRule,
    EmptyEndpoint, EndpointRules, EnvironmentKeys, FileKeys, Flow, InstanceRules, Link, LoginRules, MfaRule,
    Problem, ProcessRules, RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules,
    StsRegion, Unit, Way, WebIdentityRules,
};
use super::rules::{EmptyProfile, Rules};
use crate::ini::dialect::{Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, KeyCase};
use crate::service::imds::Untimed;
use crate::service::names::Names;
use crate::settings::{
    ACCOUNT_ID_ENDPOINT_MODE, CA_BUNDLE, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, DEFAULTS_MODE,
    DURATION_SECONDS, EC2_METADATA_SERVICE_ENDPOINT, EC2_METADATA_SERVICE_ENDPOINT_MODE,
    EC2_METADATA_V1_DISABLED, ENDPOINT_DISCOVERY_ENABLED, EXTERNAL_ID, IGNORE_CONFIGURED_ENDPOINT_URLS,
    LOGIN_SESSION, MAX_ATTEMPTS, MFA_SERIAL, REGION, REQUEST_CHECKSUM_CALCULATION,
    RESPONSE_CHECKSUM_VALIDATION, RETRY_MODE, ROLE_ARN, ROLE_SESSION_NAME, S3_USE_ARN_REGION, SOURCE_PROFILE,
    SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, USE_DUALSTACK_ENDPOINT,
    USE_FIPS_ENDPOINT, WEB_IDENTITY_TOKEN_FILE,
};

pub(super) static RULES: Rules = Rules {
    name: "go",
    help: "the SDK for Go: a profile with a mistake is an error even beside keys in the environment",
    title: "the SDK for Go",
    profile_variables: &["AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
    skips_empty: &[&REGION],
    empty_profile: EmptyProfile::Skipped,
    ruled: Some(&RULED),
    ..Rules::USUAL
};

const CHAIN: &[Link] = &[Link::Environment, Link::WebIdentity, Link::Profile];

/// The ways of a profile that was seen before: what belongs to its role counts no more.
const AGAIN: &[Way] = &[
    Way::Keys,
    Way::CredentialSource,
    Way::WebIdentity,
    Way::Sso,
    Way::Login,
    Way::Process,
    Way::Container,
    Way::Instance,
];

const fn one_of(words: &'static [&'static str], any_case: bool) -> Accepts {
    Accepts::OneOf { words, any_case, empty: true }
}

const BOOLEAN: Accepts = one_of(&["true", "false"], true);

const CHECKSUMS: Accepts = one_of(&["when_supported", "when_required"], true);

const DOCUMENT: DocumentRules = DocumentRules { names: Names::AnyCase, ..DocumentRules::USUAL };

const STRICT: Dates = Dates::Rfc3339 { is_lenient: false };

static RULED: Ruled = Ruled {
    version: "config 1.32.31",
    files: &FILES,
    files_come_first: false,
    web_identity_reads_files: false,
    empty_is_set: false,
    checks_profile_first: true,
    chain: CHAIN,
    chain_for_option: &[Link::Profile],
    chain_for_variable: CHAIN,
    ways: &[
        Way::Linked,
        Way::Keys,
        Way::CredentialSource,
        Way::WebIdentity,
        Way::Sso,
        Way::Login,
        Way::Process,
        Way::Container,
        Way::Instance,
    ],
    source_ways: &[
        Way::Keys,
        Way::Linked,
        Way::CredentialSource,
        Way::WebIdentity,
        Way::Sso,
        Way::Login,
        Way::Process,
        Way::Container,
        Way::Instance,
    ],
    environment: EnvironmentKeys {
        // Each half is chosen by itself.
        id: &["AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY"],
        secret: &["AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY"],
        ..EnvironmentKeys::USUAL
    },
    keys: FileKeys { empty_is_value: false, trims: false },
    role: RoleRules {
        // A source without a role is an error before (`checks_profile_first`).
        needs_role: false,
        has_environment: true,
        on_top: true,
        beside_token: false,
        words_in_any_case: false,
        mfa: MfaRule::NeedsProgram,
        duration: DurationRule::Sent { least: 960, default: 900 },
        self_reference: SelfReference::OthersOfAny(AGAIN),
        counts_first: true,
        region: StsRegion::Client,
        session_name: SessionName { prefix: "aws-go-sdk-", unit: Unit::Nanoseconds },
    },
    web_identity: WebIdentityRules {
        empty_is_value: false,
        needs_role: true,
        variable_names_session: false,
        session_name: SessionName { prefix: "", unit: Unit::Nanoseconds },
        profile_session_name: SessionName { prefix: "", unit: Unit::Nanoseconds },
        region: StsRegion::Client,
        checks: &[],
    },
    sso: SsoRules {
        beside_session: BesideSession::SameAs { any_case: false },
        dates: STRICT,
        registration: Registration::Ignored,
        renewed_within: SignedDuration::ZERO,
        sends_empty_role: true,
        ..SsoRules::USUAL
    },
    login: LoginRules {
        dates: STRICT,
        empty_members: false,
        // Nothing is renewed before it has ended.
        renewed_within: SignedDuration::ZERO,
        ..LoginRules::USUAL
    },
    process: ProcessRules {
        names_in_any_case: true,
        is_typed: true,
        dates: STRICT,
        account_of_profile: false,
        ..ProcessRules::USUAL
    },
    container: ContainerRules { document: DOCUMENT, dates: STRICT, ..ContainerRules::USUAL },
    instance: InstanceRules {
        attempts: 3,
        mode_beside_endpoint: true,
        absent: Absent::NoName,
        untimed: Untimed::AsNone,
        document: DocumentRules { code: CodeRule::Success, ..DOCUMENT },
        dates: STRICT,
        ..InstanceRules::USUAL
    },
    region: RegionRules { without_token: true, ..RegionRules::USUAL },
    endpoints: EndpointRules {
        general: false,
        empty: EmptyEndpoint::Default,
        signs_without_region: true,
        ..EndpointRules::USUAL
    },
    checks: &[
        Check::both(&RETRY_MODE, one_of(&["standard", "adaptive"], false), false),
        Check::both(&MAX_ATTEMPTS, Accepts::Number { least: i64::MIN, empty: true, plain: true }, false),
        Check::variable(&USE_FIPS_ENDPOINT, BOOLEAN),
        Check::variable(&USE_DUALSTACK_ENDPOINT, BOOLEAN),
        Check::variable(&IGNORE_CONFIGURED_ENDPOINT_URLS, BOOLEAN),
        Check::variable(&EC2_METADATA_V1_DISABLED, BOOLEAN),
        Check::both(&ACCOUNT_ID_ENDPOINT_MODE, one_of(&["preferred", "required", "disabled"], false), false),
        Check::both(
            &DEFAULTS_MODE,
            one_of(&["legacy", "auto", "standard", "in-region", "cross-region", "mobile"], true),
            true,
        ),
        Check::both(&EC2_METADATA_SERVICE_ENDPOINT_MODE, one_of(&["ipv4", "ipv6"], true), true),
        Check::both(&REQUEST_CHECKSUM_CALCULATION, CHECKSUMS, false),
        Check::both(&RESPONSE_CHECKSUM_VALIDATION, CHECKSUMS, false),
        Check::fallback(&CA_BUNDLE, Accepts::File),
    ],
    checks_only_for_sts: false,
    flow: |problem| match problem {
        Problem::HalfPair | Problem::LoneToken => Flow::Skip,
        _ => Flow::Stop,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths {
        home: HomeFolder::Usual,
        empty_variable: EmptyVariable::Default,
        tilde: Tilde::Kept,
        opt_out: None,
    },
    unreadable: Unreadable::EmptyUnlessFolder,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        // A CR is whitespace at the end of a value.
        ends: Ends::Lf,
        // A byte order mark is none, so the first line is ignored.
        blanks: Blanks::Unicode,
        empty_lines: Blanks::Unicode,
        comment_blanks: Blanks::SpaceAndTab,
        comment_lines: CommentLines::All,
        headers: HeaderLines::Bracketed { blank_before_comment: false },
        delimiters: b"=:",
        key_case: KeyCase::Lowered,
        sub_key_case: KeyCase::Lowered,
        nameless_keys: true,
        removes_quotes: true,
        indented: Indented::KeyOrContinuation,
        ..Dialect::USUAL
    },
    headers: Headers {
        identifiers: false,
        default_in_any_case: true,
        credentials: CredentialsHeaders::Unprefixed,
        ..Headers::USUAL
    },
    sets_empty: true,
    dotted_sub_keys: false,
    merging: Merging::Pairs {
        crossing: &[
            CA_BUNDLE.name,
            CREDENTIAL_PROCESS.name,
            CREDENTIAL_SOURCE.name,
            DEFAULTS_MODE.name,
            DURATION_SECONDS.name,
            EC2_METADATA_SERVICE_ENDPOINT.name,
            EC2_METADATA_SERVICE_ENDPOINT_MODE.name,
            EC2_METADATA_V1_DISABLED.name,
            ENDPOINT_DISCOVERY_ENABLED.name,
            EXTERNAL_ID.name,
            LOGIN_SESSION.name,
            MAX_ATTEMPTS.name,
            MFA_SERIAL.name,
            REGION.name,
            RETRY_MODE.name,
            ROLE_ARN.name,
            ROLE_SESSION_NAME.name,
            "s3_disable_multiregion_access_points",
            S3_USE_ARN_REGION.name,
            SOURCE_PROFILE.name,
            SSO_ACCOUNT_ID.name,
            SSO_REGION.name,
            SSO_ROLE_NAME.name,
            SSO_SESSION.name,
            SSO_START_URL.name,
            USE_DUALSTACK_ENDPOINT.name,
            USE_FIPS_ENDPOINT.name,
            WEB_IDENTITY_TOKEN_FILE.name,
        ],
    },
};
