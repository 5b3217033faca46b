//! The AWS SDK for Rust: `aws-config`.

use jiff::SignedDuration;

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, HomeFolder, Merging, NotUtf8, Paths, Tilde,
    Unreadable,
};
use super::ruled::{
    Absent, Accepts, BesideSession, Check, CodeRule, ContainerRules, Dates, DocumentRules, DurationRule,
    EndpointRules, EnvironmentKeys, FileKeys, Flow, InstanceRules, Link, LoginRules, MfaRule, Problem,
    ProcessRules, RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules,
    StsRegion, Unit, Way, WebIdentityRules,
};
use super::rules::Rules;
use crate::ini::dialect::{
    Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed,
};
use crate::service::imds::{RegionSource, Untimed};
use crate::service::names::Names;
use crate::settings::{MAX_ATTEMPTS, RETRY_MODE};

pub(super) static RULES: Rules = Rules {
    name: "rust",
    help: "the SDK for Rust: a line that it doesn't understand makes the whole file unreadable",
    title: "the SDK for Rust",
    instance_region: Some(RegionSource::Region),
    ruled: Some(&RULED),
    ..Rules::USUAL
};

const CHAIN: &[Link] =
    &[Link::Environment, Link::Profile, Link::WebIdentity, Link::Container, Link::Instance];

/// The ways of a profile whose role is assumed with its own credentials.
const BASE: &[Way] =
    &[Way::CredentialSource, Way::WebIdentity, Way::Sso, Way::Login, Way::Process, Way::Keys];

const DOCUMENT: DocumentRules = DocumentRules {
    names: Names::AnyCaseOfTexts(&[("SessionToken", "Token"), ("ExpiresAt", "Expiration")]),
    code: CodeRule::SuccessIfGiven,
};

static RULED: Ruled = Ruled {
    version: "aws-config 1.13.0",
    files: &FILES,
    files_come_first: false,
    web_identity_reads_files: false,
    empty_is_set: true,
    checks_profile_first: false,
    chain: CHAIN,
    chain_for_option: CHAIN,
    chain_for_variable: CHAIN,
    ways: &[
        Way::Role,
        Way::CredentialSource,
        Way::WebIdentity,
        Way::Sso,
        Way::Login,
        Way::Process,
        Way::Keys,
    ],
    // Keys of its own come before its role, but only whole pairs do.
    source_ways: &[
        Way::WholeKeys,
        Way::Role,
        Way::CredentialSource,
        Way::WebIdentity,
        Way::Sso,
        Way::Login,
        Way::Process,
        Way::Keys,
    ],
    environment: EnvironmentKeys {
        secret: &["AWS_SECRET_ACCESS_KEY", "SECRET_ACCESS_KEY"],
        blank_is_none: true,
        trims_token: true,
        ..EnvironmentKeys::USUAL
    },
    keys: FileKeys { empty_is_value: true, trims: false },
    role: RoleRules {
        needs_role: false,
        has_environment: true,
        on_top: false,
        beside_token: false,
        words_in_any_case: true,
        mfa: MfaRule::Ignored,
        duration: DurationRule::NeverSent,
        self_reference: SelfReference::Others(BASE),
        counts_first: true,
        region: StsRegion::Client,
        session_name: SessionName { prefix: "assume-role-from-profile-", unit: Unit::Milliseconds },
    },
    web_identity: WebIdentityRules {
        empty_is_value: true,
        needs_role: false,
        variable_names_session: false,
        session_name: SessionName { prefix: "web-identity-token-", unit: Unit::Milliseconds },
        profile_session_name: SessionName { prefix: "web-identity-token-profile-", unit: Unit::Milliseconds },
        region: StsRegion::Client,
        checks: &[],
    },
    sso: SsoRules {
        beside_session: BesideSession::Refused,
        checks_legacy_end: false,
        dates: Dates::Utc { small_z: false },
        registration: Registration::Needed,
        checks_registration: true,
        renewed_within: SignedDuration::from_mins(5),
        uses_old_token: true,
        ..SsoRules::USUAL
    },
    login: LoginRules { dates: Dates::Utc { small_z: false }, ..LoginRules::USUAL },
    process: ProcessRules {
        names_in_any_case: true,
        empty_keys: true,
        empty_account: true,
        odd_end_is_none: true,
        dates: Dates::Rfc3339 { is_lenient: true },
        ..ProcessRules::USUAL
    },
    container: ContainerRules {
        empty_is_value: true,
        checks_token_first: true,
        adds_slash: true,
        before_instance: true,
        dates: Dates::Utc { small_z: false },
        document: DOCUMENT,
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        without_token: false,
        attempts: 4,
        absent: Absent::Unavailable,
        untimed: Untimed::Refused,
        checks_name: true,
        document: DOCUMENT,
        dates: Dates::Utc { small_z: false },
        ..InstanceRules::USUAL
    },
    region: RegionRules { empty_is_value: true, of_source: true, ..RegionRules::USUAL },
    endpoints: EndpointRules { can_be_ignored: false, needs_whole_region: true, ..EndpointRules::USUAL },
    checks: &[
        Check::fallback(&RETRY_MODE, Accepts::word(&["standard", "adaptive"], true)).panicking(),
        Check::fallback(&MAX_ATTEMPTS, Accepts::Number { least: 1, empty: false, plain: true }).panicking(),
    ],
    checks_only_for_sts: false,
    flow: |problem| match problem {
        Problem::NoSource
        | Problem::EmptySelf
        | Problem::SsoNoRole
        | Problem::SsoNoPortal
        | Problem::Instance => Flow::Next,
        _ => Flow::Stop,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths {
        home: HomeFolder::OfVariable,
        empty_variable: EmptyVariable::NoFile,
        tilde: Tilde::Expanded,
        opt_out: None,
    },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::EmptyFile,
    dialect: Dialect {
        ends: Ends::LfOrCrLf,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::SpaceAndTab,
        empty_lines: Blanks::SpaceAndTab,
        comment_blanks: Blanks::Unicode,
        comment_lines: CommentLines::Unindented,
        headers: HeaderLines::Unindented,
        key_case: KeyCase::AsciiLowered,
        odd_keys: OddKeys::LeftOut,
        indented: Indented::Continuation { sub_keys_before_comments: true },
        on_malformed: OnMalformed::Fails,
        ..Dialect::USUAL
    },
    headers: Headers {
        trims_words: true,
        credentials: CredentialsHeaders::Identifiers,
        ignored_are_checked: true,
        ..Headers::USUAL
    },
    sets_empty: true,
    dotted_sub_keys: false,
    merging: Merging::ByKey,
};
