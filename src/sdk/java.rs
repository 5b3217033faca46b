//! The AWS SDK for Java, v2.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, HomeFolder, Merging, NotUtf8, Paths, Tilde,
    Unreadable,
};
use super::ruled::{
    Accepts, BesideSession, Check, ContainerRules, Dates, DurationRule, EndpointRules, EnvironmentKeys,
    FileKeys, Flow, InstanceRules, Link, LoginRegion, LoginRules, MfaRule, Problem, ProcessRules,
    RegionRules, Registration, RoleRules, Ruled, SelfReference, SessionName, SsoRules, StsRegion, Unit, Way,
    WebIdentityRules,
};
use super::rules::Rules;
use crate::ini::dialect::{Blanks, CommentLines, Dialect, Ends, HeaderLines, Indented, OddKeys, OnMalformed};
use crate::service::imds::{RegionSource, Untimed};
use crate::service::percent_encoded;
use crate::settings::{MAX_ATTEMPTS, REGION, RETRY_MODE, USE_FIPS_ENDPOINT};

pub(super) static RULES: Rules = Rules {
    name: "java",
    help: "the SDK for Java: a provider that fails is passed over, and the next one is asked",
    title: "the SDK for Java",
    variables: &[(&REGION, &["AWS_REGION"])],
    skips_empty: &[&REGION],
    trims_variables: true,
    instance_region: Some(RegionSource::Document),
    ruled: Some(&RULED),
    ..Rules::USUAL
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
        secret: &["AWS_SECRET_ACCESS_KEY"],
        blank_is_none: true,
        trims_keys: true,
        trims_token: true,
        ..EnvironmentKeys::USUAL
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
        checks: &[Check::fallback(&RETRY_MODE, Accepts::word(&["legacy", "standard"], true))],
    },
    sso: SsoRules {
        beside_session: BesideSession::SameAs { any_case: true },
        dates: Dates::Iso8601,
        registration: Registration::Needed,
        ..SsoRules::USUAL
    },
    // `SigninClient.create()` doesn't get the profile.
    login: LoginRules { region: LoginRegion::OfVariable, ..LoginRules::USUAL },
    process: ProcessRules::USUAL,
    container: ContainerRules {
        empty_is_value: true,
        token_before_file: true,
        before_instance: true,
        ..ContainerRules::USUAL
    },
    instance: InstanceRules {
        reads_files: true,
        attempts: 3,
        untimed: Untimed::AsNone,
        knows_account: true,
        dates: Dates::Iso8601,
        ..InstanceRules::USUAL
    },
    region: RegionRules { without_token: true, changed: Some(percent_encoded), ..RegionRules::USUAL },
    endpoints: EndpointRules::USUAL,
    checks: &[
        Check::variable(&RETRY_MODE, Accepts::word(&["legacy", "standard", "adaptive"], true)),
        Check::variable(&MAX_ATTEMPTS, Accepts::Number { least: 1, empty: false, plain: false }),
        Check::variable(&USE_FIPS_ENDPOINT, Accepts::word(&["true", "false"], true)),
    ],
    checks_only_for_sts: true,
    flow: |problem| match problem {
        Problem::RoleWithoutSource | Problem::TokenWithoutRole => Flow::Skip,
        _ => Flow::Next,
    },
};

pub(super) static FILES: FileRules = FileRules {
    paths: Paths {
        home: HomeFolder::Usual,
        empty_variable: EmptyVariable::NoFile,
        tilde: Tilde::Expanded,
        opt_out: None,
    },
    unreadable: Unreadable::Empty,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        ends: Ends::LfOrCr,
        // A byte order mark is none, so the first line is no header.
        blanks: Blanks::UpToSpace,
        empty_lines: Blanks::SpaceAndTab,
        comment_blanks: Blanks::SpaceAndTab,
        comment_lines: CommentLines::Unindented,
        headers: HeaderLines::Unindented,
        odd_keys: OddKeys::LeftOutWhole,
        indented: Indented::Continuation { sub_keys_before_comments: false },
        on_malformed: OnMalformed::Fails,
        ..Dialect::USUAL
    },
    headers: Headers { credentials: CredentialsHeaders::Identifiers, ..Headers::USUAL },
    sets_empty: true,
    dotted_sub_keys: true,
    merging: Merging::ByKey,
};
