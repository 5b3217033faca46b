//! How the AWS SDK for Go v2 reads the files.

use super::files::{
    CredentialsHeaders, EmptyVariable, FileRules, Headers, Merging, NotUtf8, Paths, Separator, Tilde,
    Unreadable,
};
use crate::ini::dialect::{Blanks, Dialect, Ends, HeaderLines, Indented, KeyCase, OddKeys, OnMalformed};

/// config 1.32.31.
pub(super) static FILES: FileRules = FileRules {
    paths: Paths { empty_variable: EmptyVariable::Default, tilde: Tilde::Kept },
    unreadable: Unreadable::EmptyUnlessFolder,
    not_utf8: NotUtf8::Replaced,
    dialect: Dialect {
        // A CR is white space at the end of a value.
        ends: Ends::Lf,
        // A byte order mark is none, so the first line is ignored.
        blanks: Blanks::Unicode,
        empty_lines: Blanks::Unicode,
        indent: Blanks::SpaceAndTab,
        comment_blanks: Blanks::SpaceAndTab,
        indented_comments: true,
        headers: HeaderLines::Bracketed { blank_before_comment: false },
        delimiters: b"=:",
        key_case: KeyCase::Lowered,
        sub_key_case: KeyCase::Lowered,
        nameless_keys: true,
        odd_keys: OddKeys::Kept,
        removes_quotes: true,
        indented: Indented::KeyOrContinuation,
        on_malformed: OnMalformed::Ignored,
    },
    headers: Headers {
        separator: Separator::Blanks,
        removes_quotes: false,
        identifiers: false,
        dotted: false,
        credentials: CredentialsHeaders::Unprefixed,
        empty_sections: true,
        ignored_are_checked: false,
    },
    sets_empty: true,
    dotted_sub_keys: false,
    merging: Merging::Pairs {
        crossing: &[
            "ca_bundle",
            "credential_process",
            "credential_source",
            "defaults_mode",
            "duration_seconds",
            "ec2_metadata_service_endpoint",
            "ec2_metadata_service_endpoint_mode",
            "ec2_metadata_v1_disabled",
            "endpoint_discovery_enabled",
            "external_id",
            "login_session",
            "max_attempts",
            "mfa_serial",
            "region",
            "retry_mode",
            "role_arn",
            "role_session_name",
            "s3_disable_multiregion_access_points",
            "s3_use_arn_region",
            "source_profile",
            "sso_account_id",
            "sso_region",
            "sso_role_name",
            "sso_session",
            "sso_start_url",
            "use_dualstack_endpoint",
            "use_fips_endpoint",
            "web_identity_token_file",
        ],
    },
};
