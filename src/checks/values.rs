//! What a value must look like.

use std::path::Path;

use super::issue::Issue;
use crate::profile::SectionName;
use crate::settings::{
    self, CA_BUNDLE, DURATION_SECONDS, MFA_SERIAL, OUTPUT, REGION, ROLE_ARN, ROLE_SESSION_NAME,
    SSO_ACCOUNT_ID, SSO_REGION, SSO_REGISTRATION_SCOPES, SSO_START_URL, Variable, WEB_IDENTITY_TOKEN_FILE,
};
use crate::text::nearest;

/// What is wrong with the value of a setting.
pub(super) fn check(row: &Variable, section: &SectionName, key: &str, text: &str) -> Option<Issue> {
    let invalid = |expected: &'static str| {
        Some(Issue::Value { section: section.clone(), key: key.to_owned(), expected, meant: None })
    };
    let unless = |is_right: bool, expected: &'static str| if is_right { None } else { invalid(expected) };
    let is = |other: &Variable| row == other;
    if is(&REGION) || is(&SSO_REGION) {
        let expected = "the name of a region, such as `eu-central-1`: letters, digits and hyphens";
        (!settings::is_label(text)).then(|| Issue::Value {
            section: section.clone(),
            key: key.to_owned(),
            expected,
            meant: settings::region_meant(text),
        })
    } else if is(&OUTPUT) {
        let expected = "json, yaml, yaml-stream, text, table or off";
        let meant = || nearest(text, settings::OUTPUT_FORMATS.iter().copied());
        let (section, key) = (section.clone(), key.to_owned());
        (!settings::OUTPUT_FORMATS.contains(&text)).then(|| Issue::Value {
            section,
            key,
            expected,
            meant: meant(),
        })
    } else if is(&ROLE_ARN) {
        unless(
            settings::is_role_arn(text),
            "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME with a 12-digit ACCOUNT",
        )
    } else if is(&ROLE_SESSION_NAME) {
        unless(settings::is_session_name(text), "2 to 64 letters, digits and `_+=,.@-`")
    } else if is(&DURATION_SECONDS) {
        unless(settings::is_session_duration(text), "900 to 43200 seconds, as a number")
    } else if is(&SSO_ACCOUNT_ID) {
        unless(settings::is_account(text), "an account ID of 12 digits")
    } else if is(&SSO_REGISTRATION_SCOPES) {
        unless(settings::are_scopes(text), "scopes that are separated by commas")
    } else if is(&SSO_START_URL) {
        unless(settings::is_start_url(text), "an address such as https://NAME.awsapps.com/start")
    } else if is(&MFA_SERIAL) {
        let resource = settings::iam_resource(text);
        if resource.is_some_and(|resource| resource.starts_with("u2f/")) {
            return Some(Issue::SecurityKey);
        }
        let is_device = resource.is_some_and(|resource| resource.starts_with("mfa/"));
        let is_number =
            (9..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        unless(
            is_device || is_number,
            "the ARN of an MFA device, arn:aws:iam::ACCOUNT:mfa/NAME, or a serial number",
        )
    } else if is(&WEB_IDENTITY_TOKEN_FILE) || is(&CA_BUNDLE) {
        let expands = text.starts_with('~') || text.contains('$');
        // The libraries below botocore expand `~` in the name of a bundle.
        if is(&WEB_IDENTITY_TOKEN_FILE) && (expands || !text.starts_with('/')) {
            Some(Issue::RelativePath { key: key.to_owned(), expands })
        } else if text.starts_with('/') && !Path::new(text).exists() {
            Some(Issue::NoSuchFile { key: key.to_owned(), path: text.into() })
        } else {
            None
        }
    } else {
        None
    }
}

/// Keys that other programs read, which people take for AWS's.
pub(super) fn other_program(key: &str) -> Option<&'static str> {
    match key {
        "mfa_process" | "include_profile" | "parent_profile" | "web_identity_token_process" => {
            Some("aws-vault")
        }
        "azure_tenant_id" | "azure_app_id_uri" => Some("aws-azure-login"),
        "granted_sso_start_url"
        | "granted_sso_account_id"
        | "granted_sso_role_name"
        | "granted_sso_region" => Some("granted"),
        _ => None,
    }
}

/// The nested settings of S3 that AWS CLI has beyond those of the SDKs (its `s3-config` page).
const S3: [&str; 8] = [
    "max_concurrent_requests",
    "max_queue_size",
    "multipart_threshold",
    "multipart_chunksize",
    "max_bandwidth",
    "preferred_transfer_client",
    "target_bandwidth",
    "io_chunksize",
];

/// The nested setting of S3 that a key nearly is.
pub(super) fn misspelled_nested(block: &str, key: &str) -> Option<String> {
    if block != "s3" || S3.contains(&key) || settings::variable(&format!("s3.{key}")).is_some() {
        return None;
    }
    let known = settings::VARIABLES.iter().filter_map(|row| row.dotted_key());
    let known = known.filter_map(|key| key.strip_prefix("s3.").map(str::to_owned));
    let all = known.chain(S3.map(str::to_owned));
    let near = all.map(|known| (strsim::damerau_levenshtein(key, &known), known)).min()?;
    (near.0 <= 2).then(|| format!("s3.{}", near.1))
}
