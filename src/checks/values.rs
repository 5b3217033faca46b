//! What a value must look like.

use std::path::Path;

use super::issue::Issue;
use super::judged;
use super::scene::Scene;
use crate::net;
use crate::profile::SectionName;
use crate::settings::{
    self, Amount, CLI_ERROR_FORMAT, Checked, DURATION_SECONDS, Doubt, ENDPOINT_URL, EXTERNAL_ID, Kind,
    LOGIN_SESSION, METADATA_SERVICE_NUM_ATTEMPTS, MFA_SERIAL, OUTPUT, OUTPUT_FORMATS, REGION, ROLE_ARN,
    ROLE_SESSION_NAME, S3, S3_COMMAND_KEYS, SSO_ACCOUNT_ID, SSO_REGION, SSO_REGISTRATION_SCOPES,
    SSO_ROLE_NAME, SSO_START_URL, USER_AGENT_APPID, Variable, WEB_IDENTITY_TOKEN_FILE,
};
use crate::text::{nearest, slips};

const REGION_FORM: &str = "the name of a region, such as `eu-central-1`: letters, digits and hyphens";

const ERROR_FORMATS: [&str; 6] = ["enhanced", "json", "yaml", "text", "table", "legacy"];

/// A setting, whether a text can be its value, and what it must be.
type Shape = (&'static Variable, fn(&str) -> bool, &'static str);

static FORMS: [Shape; 16] = [
    (&REGION, settings::is_label, REGION_FORM),
    (&SSO_REGION, settings::is_label, REGION_FORM),
    (&OUTPUT, |text| OUTPUT_FORMATS.contains(&text), "json, yaml, yaml-stream, text, table or off"),
    (
        &ROLE_ARN,
        settings::is_role_arn,
        "the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME with a 12-digit ACCOUNT",
    ),
    (&EXTERNAL_ID, settings::is_external_id, "2 to 1224 letters, digits and `_+=,.@:/\\-`"),
    (&ROLE_SESSION_NAME, settings::is_session_name, "2 to 64 letters, digits and `_+=,.@-`"),
    (&DURATION_SECONDS, settings::is_session_duration, "900 to 43200 seconds, as a number"),
    (&SSO_ACCOUNT_ID, settings::is_account, "an account ID of 12 digits"),
    (&SSO_ROLE_NAME, settings::is_permission_set, "the name of a permission set, not an ARN"),
    (&SSO_REGISTRATION_SCOPES, settings::are_scopes, "scopes that are separated by commas"),
    (
        &METADATA_SERVICE_NUM_ATTEMPTS,
        |text| settings::integer(text).is_none_or(|attempts| attempts > 0),
        "at least 1: without an attempt there are no credentials of an EC2 instance",
    ),
    (&CLI_ERROR_FORMAT, |text| ERROR_FORMATS.contains(&text), "enhanced, json, yaml, text, table or legacy"),
    (&USER_AGENT_APPID, |text| text.chars().count() <= 50, "at most 50 characters long"),
    (&LOGIN_SESSION, |text| text.starts_with("arn:"), "the ARN of who signed in, as `xcred login` writes it"),
    (&SSO_START_URL, settings::is_start_url, "an address such as https://NAME.awsapps.com/start"),
    (
        &MFA_SERIAL,
        is_mfa_device,
        "the ARN of an MFA device, arn:aws:iam::ACCOUNT:mfa/NAME, or a serial number",
    ),
];

fn is_mfa_device(text: &str) -> bool {
    settings::iam_resource(text)
        .is_some_and(|resource| resource.strip_prefix("mfa/").is_some_and(|name| !name.is_empty()))
        || (9..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A value that is refused: every command that reads it ends with an error. A nested block has no text.
pub(super) fn refused(
    scene: &Scene<'_>,
    row: &Variable,
    section: &SectionName,
    key: &str,
    text: Option<&str>,
) -> Option<Issue> {
    let by_own_rule =
        scene.sdk.ruled.map(|rules| judged::refused(rules, row, text.unwrap_or_default(), true));
    let form = match row.checked {
        // What a block is to it, the reading of the line says.
        _ if by_own_rule.is_some() && text.is_none() => return None,
        _ if let Some(Ok(form)) = by_own_rule => form?,
        _ if *row == ENDPOINT_URL && scene.ignores_addresses(section) => return None,
        Checked::Never => return None,
        Checked::Plain => Kind::Text,
        Checked::Form | Checked::ByEveryClient if by_own_rule.is_some() => row.kind,
        Checked::Form | Checked::ByEveryClient => scene.sdk.form(row),
    };
    if !matches!(by_own_rule, Some(Ok(_))) && fits(form, text) {
        return None;
    }
    let form = if text.is_none() { Kind::Text } else { form };
    let meant = match (form, text) {
        (Kind::OneOf(words, _), Some(text)) => settings::word_meant(text, words),
        _ => None,
    };
    Some(Issue::Refused { section: section.clone(), key: key.to_owned(), form, meant })
}

/// Whether a value has the form, and a request can be sent to it if it is an address.
pub(super) fn fits(form: Kind, text: Option<&str>) -> bool {
    let is_target = |text: &str| text.is_empty() || net::target(text).is_ok();
    form.fits(text) && (form != Kind::Address || text.is_none_or(is_target))
}

/// What is wrong with the value of a setting that isn't the name of a file.
pub(super) fn check(row: &Variable, section: &SectionName, key: &str, text: &str) -> Option<Issue> {
    let (expected, meant) = unlike(row, text)?;
    if *row == MFA_SERIAL && settings::is_security_key(text) {
        return Some(Issue::SecurityKey);
    }
    Some(Issue::Value { section: section.clone(), key: key.to_owned(), expected, meant, is_refused: false })
}

/// Whether STS's own limit is missed, so that no request is sent for a role.
pub(super) fn is_too_small(row: &Variable, text: &str) -> bool {
    let least = match row {
        row if *row == DURATION_SECONDS => {
            return settings::integer(text).is_some_and(|seconds| seconds < 900);
        }
        row if *row == ROLE_ARN => 20,
        row if *row == MFA_SERIAL => 9,
        row if *row == EXTERNAL_ID || *row == ROLE_SESSION_NAME => 2,
        _ => return false,
    };
    text.chars().count() < least
}

/// What a value should look like, and what was probably meant.
pub(super) fn unlike(row: &Variable, text: &str) -> Option<(&'static str, Option<&'static str>)> {
    let &(_, _, expected) = FORMS.iter().find(|(of, fits, _)| *of == row && !fits(text))?;
    let meant = match row {
        row if *row == REGION || *row == SSO_REGION => settings::region_meant(text),
        row if *row == OUTPUT => nearest(text, OUTPUT_FORMATS.iter().copied()),
        row if *row == CLI_ERROR_FORMAT => nearest(text, ERROR_FORMATS),
        _ => None,
    };
    Some((expected, meant))
}

/// What is wrong with the name of a file.
pub(super) fn path(row: &Variable, key: &str, text: &str) -> Option<Issue> {
    let expands = (text.starts_with('~') || text.contains('$')) && !Path::new(text).exists();
    // The libraries below botocore expand `~` in the name of a bundle.
    if *row == WEB_IDENTITY_TOKEN_FILE && !text.is_empty() && (expands || !text.starts_with('/')) {
        return Some(Issue::RelativePath { key: key.to_owned(), expands });
    }
    let is_missing = text.starts_with('/') && !Path::new(text).exists();
    is_missing.then(|| Issue::NoSuchFile { key: key.to_owned(), path: text.into() })
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

/// The programs of AWS CLI that transfer objects. The first of these names is an older one of `classic`.
const CLIENTS: &[&str] = &["default", "auto", "classic", "crt"];

/// What is wrong with a line of the block of S3 that AWS CLI's `s3` commands refuse.
pub(super) fn odd_nested(block: &str, key: &str, text: &str) -> Option<Doubt> {
    let number = |text: &str| settings::integer(text).is_some_and(|number| number > 0);
    let size = |text: &str| {
        let text = text.to_lowercase();
        let mut units = ["kib", "mib", "gib", "tib", "kb", "mb", "gb", "tb"].into_iter();
        number(units.find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text))
    };
    // Bytes or bits; version 2 takes a number, too.
    let rate = |text: &str| {
        let per_second = ["B/s", "b/s"].into_iter().find_map(|unit| text.strip_suffix(unit));
        per_second.is_some_and(|amount| number(amount) || size(&format!("{amount}b"))) || number(text)
    };
    let (amount, key) = match key {
        _ if block != S3 => return None,
        "max_concurrent_requests" => (Amount::Number, "s3.max_concurrent_requests"),
        "max_queue_size" => (Amount::Number, "s3.max_queue_size"),
        "multipart_threshold" => (Amount::Size, "s3.multipart_threshold"),
        "multipart_chunksize" => (Amount::Size, "s3.multipart_chunksize"),
        "io_chunksize" => (Amount::Size, "s3.io_chunksize"),
        "max_bandwidth" => (Amount::Rate, "s3.max_bandwidth"),
        "target_bandwidth" => (Amount::Rate, "s3.target_bandwidth"),
        "disk_throughput" => (Amount::Rate, "s3.disk_throughput"),
        "preferred_transfer_client" => {
            let key = "s3.preferred_transfer_client";
            let (value, similar) = (text.to_owned(), settings::word_meant(text, CLIENTS));
            return (!CLIENTS.contains(&text)).then_some(Doubt::NotOneOf {
                key,
                value,
                words: &CLIENTS[1..],
                similar,
            });
        }
        _ => return None,
    };
    let fits = match amount {
        Amount::Number => number(text),
        Amount::Size => size(text),
        Amount::Rate => rate(text),
    };
    (!fits).then_some(Doubt::NotASize { key, amount })
}

/// The nested setting of S3 that a key nearly is.
pub(super) fn misspelled_nested(block: &str, key: &str) -> Option<String> {
    if block != S3 || S3_COMMAND_KEYS.contains(&key) || settings::variable(&format!("s3.{key}")).is_some() {
        return None;
    }
    let known = settings::VARIABLES.iter().filter_map(|row| row.dotted_key());
    let known = known.filter_map(|key| key.strip_prefix("s3.").map(str::to_owned));
    let all = known.chain(S3_COMMAND_KEYS.map(str::to_owned));
    let (_, near) = all.filter_map(|known| Some((slips(key, &known, 2)?, known))).min()?;
    Some(format!("s3.{near}"))
}
