//! The AWS SDK for JavaScript, v3.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use super::provider::Provider;
use super::ruled::{
    Absent, BesideSession, ContainerRules, Dates, Disabled, DocumentRules, DurationRule, EmptyEndpoint,
    EndpointRules, EnvironmentKeys, FileKeys, Flow, InstanceRules, Link, MfaRule, Problem, ProcessRules,
    RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules, StsRegion, Unit, Way,
    WebIdentityRules,
};
use super::rules::{EmptyProfile, Rules};
use crate::ini::dialect::{
    Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed,
};
use crate::service::imds::{RegionSource, Untimed};
use crate::settings::REGION;

pub(super) static RULES: Rules = Rules {
    name: "js",
    help: "the SDK for JavaScript: a named profile comes before keys in the environment",
    title: "the SDK for JavaScript",
    profile_variables: &["AWS_PROFILE"],
    variables: &[(&REGION, &["AWS_REGION"])],
    skips_empty: &[],
    first_set_counts: false,
    trims_variables: false,
    empty_profile: EmptyProfile::Skipped,
    reads_cli_variables: false,
    skips_unreadable: true,
    providers: Provider::ALL,
    retry_modes: &["standard", "adaptive"],
    retry_mode: "standard",
    has_global_sts: false,
    instance_region: Some(RegionSource::Region),
    ruled: Some(&RULED),
    split: None,
};

const NAMED: &[Link] = &[Link::Profile, Link::Process, Link::WebIdentity, Link::Container, Link::Instance];

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
        id: &["AWS_ACCESS_KEY_ID"],
        secret: &["AWS_SECRET_ACCESS_KEY"],
        token: &["AWS_SESSION_TOKEN"],
        first_set_counts: false,
        blank_is_none: false,
        trims_keys: false,
        trims_token: false,
        reads_expiration: true,
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
        leads: SsoRules::ANY,
        beside_session: BesideSession::Ignored,
        checks_legacy_end: true,
        dates: Dates::Any,
        registration: Registration::Ignored,
        uses_old_token: false,
        sends_empty_role: false,
        knows_account: false,
    },
    process: ProcessRules {
        names_in_any_case: false,
        skips_mark: true,
        empty_secret: true,
        is_typed: false,
        expired: false,
        bad_expiration: true,
        account_of_profile: true,
    },
    container: ContainerRules {
        second_try: true,
        knows_account: false,
        dates: Dates::Utc,
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        without_token: true,
        disabled: Disabled::UnlessFalse,
        reads_files: false,
        source_is_never_disabled: true,
        attempts: 1,
        absent: Absent::NoKeys,
        untimed: Untimed::Accepted,
        checks_name: false,
        document: DocumentRules::USUAL,
        drops_path: true,
        knows_account: true,
        dates: Dates::Unchecked,
    },
    region: RegionRules {
        empty_is_value: false,
        of_source: false,
        without_token: false,
        disabled_by_anything: true,
        changed: None,
    },
    endpoints: EndpointRules {
        of_variable: true,
        needs_services: true,
        flags_in_any_case: false,
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
        comment_marks: b"#;",
        comment_blanks: Blanks::JavaScript,
        comment_lines: CommentLines::All,
        headers: HeaderLines::Bracketed { blank_before_comment: true },
        delimiters: b"=",
        key_case: KeyCase::Kept,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::Kept,
        removes_quotes: false,
        indented: Indented::Key,
        keeps_last_blank: false,
        on_malformed: OnMalformed::Ignored,
    },
    headers: Headers {
        separator: Separator::OneBlank,
        removes_quotes: true,
        prefix_is_optional: false,
        identifiers: true,
        default_in_any_case: false,
        dotted: true,
        credentials: CredentialsHeaders::DottedWords,
        empty_sections: false,
        ignored_are_checked: false,
    },
    sets_empty: false,
    dotted_sub_keys: true,
    merging: Merging::ByKey,
};
