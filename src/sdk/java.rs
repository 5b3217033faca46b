//! The AWS SDK for Java, v2.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use super::provider::Provider;
use super::ruled::{
    Absent, Accepts, BesideSession, Check, ContainerRules, Dates, Disabled, DocumentRules, DurationRule,
    EndpointRules, EnvironmentKeys, FileKeys, Flow, InFiles, InstanceRules, Link, MfaRule, Problem,
    ProcessRules, RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules,
    StsRegion, Unit, Way, WebIdentityRules,
};
use super::rules::{EmptyProfile, Rules};
use crate::ini::dialect::{
    Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed,
};
use crate::service::imds::{RegionSource, Untimed};
use crate::service::percent_encoded;
use crate::settings::{MAX_ATTEMPTS, REGION, RETRY_MODE, USE_FIPS_ENDPOINT};

pub(super) static RULES: Rules = Rules {
    name: "java",
    help: "the SDK for Java: a provider that fails is passed over, and the next one is asked",
    title: "the SDK for Java",
    profile_variables: &["AWS_PROFILE"],
    variables: &[(&REGION, &["AWS_REGION"])],
    skips_empty: &[&REGION],
    first_set_counts: false,
    trims_variables: true,
    empty_profile: EmptyProfile::Named,
    reads_cli_variables: false,
    skips_unreadable: true,
    providers: Provider::ALL,
    retry_modes: &["standard", "adaptive"],
    retry_mode: "standard",
    has_global_sts: false,
    instance_region: Some(RegionSource::Document),
    ruled: Some(&RULED),
    split: None,
};

const CHAIN: &[Link] =
    &[Link::Environment, Link::WebIdentity, Link::Profile, Link::Container, Link::Instance];

/// The ways of a profile, be it a source or not.
const WAYS: &[Way] =
    &[Way::WebIdentity, Way::Sso, Way::Role, Way::Login, Way::Process, Way::KeysWithToken, Way::Keys];

/// A session name; it has the time, so that sessions can be told apart.
const SESSION: SessionName = SessionName { prefix: "aws-sdk-java-", unit: Unit::Milliseconds };

static RULED: Ruled = Ruled {
    version: "2.55.2",
    files: &FILES,
    files_come_first: false,
    web_identity_reads_files: true,
    empty_is_set: true,
    checks_profile_first: false,
    chain: CHAIN,
    chain_for_option: CHAIN,
    chain_for_variable: CHAIN,
    ways: WAYS,
    source_ways: WAYS,
    environment: EnvironmentKeys {
        id: &["AWS_ACCESS_KEY_ID"],
        secret: &["AWS_SECRET_ACCESS_KEY"],
        token: &["AWS_SESSION_TOKEN"],
        first_set_counts: false,
        blank_is_none: true,
        trims_keys: true,
        trims_token: true,
        reads_expiration: false,
    },
    keys: FileKeys { empty_is_value: true, trims: true },
    role: RoleRules {
        needs_role: false,
        has_environment: true,
        on_top: false,
        beside_token: false,
        words_in_any_case: false,
        mfa: MfaRule::Ignored,
        duration: DurationRule::NeverSent,
        self_reference: SelfReference::Circle,
        counts_first: true,
        region: StsRegion::ProfileOrGlobal,
        session_name: SESSION,
    },
    web_identity: WebIdentityRules {
        empty_is_value: true,
        needs_role: false,
        variable_names_session: false,
        session_name: SESSION,
        profile_session_name: SESSION,
        region: StsRegion::ProfileOrGlobal,
        checks: &[Check {
            setting: &RETRY_MODE,
            accepts: Accepts::OneOf { words: &["legacy", "standard"], any_case: true, empty: false },
            in_files: InFiles::Fallback,
            panics: false,
        }],
    },
    sso: SsoRules {
        leads: SsoRules::ANY,
        beside_session: BesideSession::SameAs { any_case: true },
        checks_legacy_end: true,
        dates: Dates::Rfc3339,
        registration: Registration::Needed,
        uses_old_token: false,
        sends_empty_role: false,
        knows_account: true,
    },
    process: ProcessRules {
        names_in_any_case: false,
        skips_mark: false,
        empty_secret: false,
        is_typed: false,
        expired: true,
        bad_expiration: false,
        account_of_profile: true,
    },
    container: ContainerRules {
        empty_is_value: true,
        token_before_file: true,
        before_instance: true,
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        without_token: true,
        disabled: Disabled::ByTrue,
        reads_files: true,
        source_is_never_disabled: false,
        attempts: 3,
        absent: Absent::NoKeys,
        untimed: Untimed::AsNone,
        checks_name: false,
        document: DocumentRules::USUAL,
        drops_path: false,
        knows_account: true,
        dates: Dates::Rfc3339,
    },
    region: RegionRules {
        empty_is_value: false,
        of_source: false,
        without_token: true,
        disabled_by_anything: false,
        changed: Some(percent_encoded),
    },
    endpoints: EndpointRules::USUAL,
    checks: &[
        Check {
            setting: &RETRY_MODE,
            accepts: Accepts::OneOf {
                words: &["legacy", "standard", "adaptive"],
                any_case: true,
                empty: false,
            },
            in_files: InFiles::Never,
            panics: false,
        },
        Check {
            setting: &MAX_ATTEMPTS,
            accepts: Accepts::Number { least: 1, empty: false, plain: false },
            in_files: InFiles::Never,
            panics: false,
        },
        Check {
            setting: &USE_FIPS_ENDPOINT,
            accepts: Accepts::OneOf { words: &["true", "false"], any_case: true, empty: false },
            in_files: InFiles::Never,
            panics: false,
        },
    ],
    checks_only_for_sts: true,
    flow: |problem| match problem {
        Problem::RoleWithoutSource | Problem::TokenWithoutRole => Flow::Skip,
        _ => Flow::Next,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths { empty_variable: EmptyVariable::NoFile, tilde: Tilde::Expanded, opt_out: None },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        ends: Ends::LfOrCr,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::UpToSpace,
        empty_lines: Blanks::SpaceAndTab,
        indent: Blanks::SpaceAndTab,
        comment_marks: b"#;",
        comment_blanks: Blanks::SpaceAndTab,
        comment_lines: CommentLines::Unindented,
        headers: HeaderLines::Unindented,
        delimiters: b"=",
        key_case: KeyCase::Kept,
        sub_key_case: KeyCase::Kept,
        nameless_keys: false,
        odd_keys: OddKeys::LeftOutWhole,
        removes_quotes: false,
        indented: Indented::Continuation { sub_keys_before_comments: false },
        keeps_last_blank: false,
        on_malformed: OnMalformed::Fails,
    },
    headers: Headers {
        separator: Separator::Blanks,
        removes_quotes: false,
        prefix_is_optional: false,
        identifiers: true,
        default_in_any_case: false,
        dotted: false,
        credentials: CredentialsHeaders::Identifiers,
        empty_sections: true,
        ignored_are_checked: false,
    },
    sets_empty: true,
    dotted_sub_keys: true,
    merging: Merging::ByKey,
};
