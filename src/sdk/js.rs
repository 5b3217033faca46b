//! The AWS SDK for JavaScript, v3.

use jiff::SignedDuration;

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, HomeFolder, Merging, NotUtf8, Paths, Separator,
    Tilde, Unreadable,
};
use super::ruled::{
    BesideSession, ContainerRules, Dates, Disabled, DocumentRules, DurationRule, EmptyEndpoint,
    EndpointRules, EnvironmentKeys, FileKeys, Flow, InstanceRules, Link, LoginRegion, LoginRules, MfaRule,
    OldCredentials, Problem, ProcessRules, RegionRules, Registration, RoleRules, Ruled, SelfReference,
    SessionName, SsoRules, StsRegion, Unit, Way, WebIdentityRules,
};
use super::rules::{EmptyProfile, Rules};
use crate::ini::dialect::{Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented};
use crate::service::imds::{RegionSource, Untimed};
use crate::service::names::Names;
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_ACCOUNT_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, CREDENTIAL_PROCESS,
    CREDENTIAL_SOURCE, DURATION_SECONDS, EXTERNAL_ID, LOGIN_SESSION, MFA_SERIAL, REGION, ROLE_ARN,
    ROLE_SESSION_NAME, SOURCE_PROFILE, SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL,
    WEB_IDENTITY_TOKEN_FILE,
};

pub(super) static RULES: Rules = Rules {
    name: "js",
    help: "the SDK for JavaScript: a named profile comes before keys in the environment",
    title: "the SDK for JavaScript",
    variables: &[(&REGION, &["AWS_REGION"])],
    empty_profile: EmptyProfile::Skipped,
    instance_region: Some(RegionSource::Region),
    ruled: Some(&RULED),
    ..Rules::USUAL
};

const NAMED: &[Link] = &[Link::Profile, Link::Process, Link::WebIdentity, Link::Container, Link::Instance];

const DOCUMENT: DocumentRules = DocumentRules { names: Names::ExactOfTexts, ..DocumentRules::USUAL };

static RULED: Ruled = Ruled {
    version: "credential-provider-node 3.972.99",
    files: &FILES,
    files_come_first: false,
    web_identity_reads_files: false,
    empty_is_set: false,
    checks_profile_first: false,
    chain: &[
        Link::Environment,
        Link::Profile,
        Link::Process,
        Link::WebIdentity,
        Link::Container,
        Link::Instance,
    ],
    chain_for_option: NAMED,
    chain_for_variable: NAMED,
    ways: &[Way::Role, Way::Keys, Way::WebIdentity, Way::Process, Way::Sso, Way::Login],
    source_ways: &[
        Way::Keys,
        Way::Role,
        Way::SourceWithoutRole,
        Way::WebIdentity,
        Way::Process,
        Way::Sso,
        Way::Login,
    ],
    environment: EnvironmentKeys {
        secret: &["AWS_SECRET_ACCESS_KEY"],
        reads_expiration: true,
        ..EnvironmentKeys::USUAL
    },
    keys: FileKeys { empty_is_value: false, trims: false },
    role: RoleRules {
        needs_role: false,
        has_environment: true,
        on_top: false,
        beside_token: true,
        words_in_any_case: false,
        mfa: MfaRule::NeedsProgram,
        duration: DurationRule::Sent { least: i64::MIN, default: 3600 },
        self_reference: SelfReference::Source,
        counts_first: false,
        region: StsRegion::ProfileOr("us-east-1"),
        session_name: SessionName { prefix: "aws-sdk-js-", unit: Unit::Milliseconds },
    },
    web_identity: WebIdentityRules {
        empty_is_value: false,
        needs_role: false,
        variable_names_session: true,
        session_name: SessionName { prefix: "aws-sdk-js-session-", unit: Unit::Milliseconds },
        profile_session_name: SessionName { prefix: "aws-sdk-js-session-", unit: Unit::Milliseconds },
        region: StsRegion::SettingOr("us-east-1"),
        checks: &[],
    },
    sso: SsoRules {
        beside_session: BesideSession::Ignored,
        dates: Dates::JavaScript,
        registration: Registration::Ignored,
        renewed_within: SignedDuration::from_mins(5),
        knows_account: false,
        ..SsoRules::USUAL
    },
    login: LoginRules {
        // An `expiresAt` that isn't a date never passes.
        dates: Dates::JavaScript,
        empty_members: false,
        old: OldCredentials::UsedUnlessDenied,
        needs_region: true,
        knows_region: true,
        region: LoginRegion::OfProfile,
        ..LoginRules::USUAL
    },
    process: ProcessRules {
        skips_mark: true,
        empty_keys: true,
        odd_key_is_last: true,
        expired: false,
        dates: Dates::JavaScript,
        ..ProcessRules::USUAL
    },
    container: ContainerRules {
        second_try: true,
        knows_account: false,
        document: DOCUMENT,
        dates: Dates::Utc { small_z: true },
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        disabled: Disabled::UnlessFalse,
        source_is_never_disabled: true,
        attempts: 1,
        untimed: Untimed::Accepted,
        drops_path: true,
        knows_account: true,
        document: DOCUMENT,
        dates: Dates::Unchecked,
        ..InstanceRules::USUAL
    },
    region: RegionRules { disabled_by_anything: true, ..RegionRules::USUAL },
    endpoints: EndpointRules {
        of_variable: true,
        needs_services: true,
        flags_in_any_case: false,
        trims_url: true,
        empty: EmptyEndpoint::Skipped,
        ..EndpointRules::USUAL
    },
    checks: &[],
    checks_only_for_sts: false,
    flow: |problem| match problem {
        Problem::HalfPair
        | Problem::LoneToken
        | Problem::BothSources
        | Problem::RoleWithoutSource
        | Problem::TokenWithoutRole => Flow::Skip,
        Problem::CredentialSource
        | Problem::NoSource
        | Problem::Circle
        | Problem::EmptySource
        | Problem::EmptySelf
        | Problem::LoginRenewal
        | Problem::Process
        | Problem::ContainerHost
        | Problem::Container
        | Problem::Instance
        | Problem::InstanceAnswer => Flow::Next,
        _ => Flow::Stop,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths {
        home: HomeFolder::OfAnySystem,
        empty_variable: EmptyVariable::Default,
        tilde: Tilde::ExpandedExceptForSessions,
        opt_out: None,
    },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        ends: Ends::LfOrCrLf,
        // A byte order mark is whitespace, so it changes nothing.
        blanks: Blanks::JavaScript,
        empty_lines: Blanks::JavaScript,
        indent: Blanks::JavaScript,
        comment_blanks: Blanks::JavaScript,
        comment_lines: CommentLines::All,
        headers: HeaderLines::Bracketed { blank_before_comment: true },
        indented: Indented::Key,
        ..Dialect::USUAL
    },
    headers: Headers {
        separator: Separator::OneBlank,
        removes_quotes: true,
        dotted: true,
        credentials: CredentialsHeaders::DottedWords,
        empty_sections: false,
        ..Headers::USUAL
    },
    sets_empty: false,
    dotted_sub_keys: true,
    // `parseKnownFiles`, which the providers call, prefers the credentials file; `loadConfig` of @smithy/core, which reads the
    // settings of clients, the config file, unless a setting asks for the other one, as only the region does.
    merging: Merging::ByUse {
        credentials_first: &[
            AWS_ACCESS_KEY_ID.name,
            AWS_SECRET_ACCESS_KEY.name,
            AWS_SESSION_TOKEN.name,
            AWS_ACCOUNT_ID.name,
            "aws_credential_scope",
            CREDENTIAL_PROCESS.name,
            CREDENTIAL_SOURCE.name,
            DURATION_SECONDS.name,
            EXTERNAL_ID.name,
            LOGIN_SESSION.name,
            MFA_SERIAL.name,
            REGION.name,
            ROLE_ARN.name,
            ROLE_SESSION_NAME.name,
            SOURCE_PROFILE.name,
            SSO_ACCOUNT_ID.name,
            SSO_REGION.name,
            SSO_ROLE_NAME.name,
            SSO_SESSION.name,
            SSO_START_URL.name,
            WEB_IDENTITY_TOKEN_FILE.name,
        ],
    },
};
