//! What botocore refuses before it makes a client of any service, also settings that the service has no use for.

use super::{Context, Error};
use crate::ini::Value;
use crate::profile::SectionName;
use crate::settings::{self, Variable};

/// The settings that allow only a few words.
static WORDS: [&Variable; 6] = [
    &settings::DEFAULTS_MODE,
    &settings::REQUEST_CHECKSUM_CALCULATION,
    &settings::RESPONSE_CHECKSUM_VALIDATION,
    &settings::S3_BLOCK_ADDRESSING_STYLE,
    &settings::S3_BLOCK_US_EAST_1_REGIONAL_ENDPOINT,
    &settings::S3_DISABLE_EXPRESS_SESSION_AUTH,
];

/// Refuses values of settings that botocore refuses (`args.ClientArgsCreator`, `config.Config`).
pub(super) fn settings(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    for row in WORDS {
        context.word(row)?;
    }
    context.number(&settings::REQUEST_MIN_COMPRESSION_SIZE_BYTES, 1..=1_048_576)?;
    if context.is_enabled(&settings::CSM_ENABLED) {
        context.number(&settings::CSM_PORT, i64::MIN..=i64::MAX)?;
    }
    is_block(context, settings::API_VERSIONS.name, |_| true)?;
    // botocore ignores any other text, and fails at an empty one.
    is_block(context, "s3", str::is_empty)
}

/// Refuses a text in place of a nested block.
fn is_block(context: &Context<'_>, key: &str, is_refused: fn(&str) -> bool) -> Result<(), Error> {
    match context.files.profile(&context.profile.name.value).value(key) {
        Some(found) if matches!(&found.value, Value::Text(text) if is_refused(text.expose())) => {
            Err(Error::NoBlock { key: key.to_owned(), origin: found.origin })
        }
        _ => Ok(()),
    }
}

/// AWS CLI v2 has left out one of botocore's modes.
pub(super) fn retry_mode(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    let Some(found) = context.plain(&settings::RETRY_MODE)? else { return Ok(()) };
    let words = context.sdk.retry_modes;
    if words.contains(&found.value.as_str()) {
        return Ok(());
    }
    Err(Error::Word { name: settings::RETRY_MODE.name, value: found.value, words, origin: found.origin })
}

/// botocore makes no client at all for a profile whose `sso_session` is incomplete.
pub(super) fn session(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    let Some(session) = context.text(&context.profile.name.value, settings::SSO_SESSION.name)? else {
        return Ok(());
    };
    let section = context.files.find(&SectionName::SsoSession(session.value.clone()));
    for key in [settings::SSO_START_URL.name, settings::SSO_REGION.name] {
        if !section.has(key) {
            return Err(Error::IncompleteSession { session: session.value, key, origin: session.origin });
        }
    }
    Ok(())
}
