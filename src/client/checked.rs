//! What botocore refuses before it makes a client of any service, also settings that the service has no use for.

use super::{Context, Error};
use crate::ini::Value;
use crate::profile::SectionName;
use crate::settings::{self, Checked, VARIABLES};

/// Refuses what botocore refuses before it looks for a region (`session.Session.create_client`).
pub fn before_region(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    for row in [&settings::API_VERSIONS, &settings::DEFAULTS_MODE] {
        context.formed(row, row.kind)?;
    }
    Ok(())
}

/// Refuses values of settings that botocore refuses (`args.ClientArgsCreator`, `config.Config`).
pub(super) fn settings(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    for row in VARIABLES.iter().filter(|row| row.checked == Checked::ByEveryClient) {
        context.formed(row, row.kind)?;
    }
    if context.is_enabled(&settings::CSM_ENABLED) {
        context.number(&settings::CSM_PORT)?;
    }
    // botocore ignores any other text in place of the block, and fails at an empty one.
    match context.files.profile(&context.profile.name.value).value(settings::S3) {
        Some(found) if matches!(&found.value, Value::Text(text) if text.expose().is_empty()) => {
            Err(Error::NoBlock { key: settings::S3.to_owned(), origin: found.origin })
        }
        _ => Ok(()),
    }
}

/// Refuses what botocore can't make a session with, before it looks for credentials.
pub fn data_path(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    context.formed(&settings::DATA_PATH, settings::DATA_PATH.kind).map(drop)
}

/// AWS CLI v2 has left out one of botocore's modes.
pub(super) fn retry_mode(context: &Context<'_>) -> Result<(), Error> {
    if context.sdk.ruled.is_some() {
        return Ok(());
    }
    context.formed(&settings::RETRY_MODE, context.sdk.form(&settings::RETRY_MODE)).map(drop)
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
