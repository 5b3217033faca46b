//! The files that the command must not see.
//!
//! To SDKs the address of credentials is the last resort but one: whatever the profile `default` has comes first. So a
//! command that is served `dev` would act as `default`. The file with those credentials is hidden from it; what
//! it would have said of regions is in the environment.

use super::Cx;
use crate::profile::{FileKind, Files, outside};
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, LOGIN_SESSION, ROLE_ARN,
    SSO_ACCOUNT_ID, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, WEB_IDENTITY_TOKEN_FILE,
};

/// What leads to credentials in at least one SDK.
const LEADS: [&str; 11] = [
    AWS_ACCESS_KEY_ID.name,
    AWS_SECRET_ACCESS_KEY.name,
    ROLE_ARN.name,
    CREDENTIAL_SOURCE.name,
    WEB_IDENTITY_TOKEN_FILE.name,
    CREDENTIAL_PROCESS.name,
    SSO_SESSION.name,
    SSO_ACCOUNT_ID.name,
    SSO_ROLE_NAME.name,
    SSO_START_URL.name,
    LOGIN_SESSION.name,
];

/// A file that is there and empty, for every SDK.
const NOTHING: &str = "/dev/null";

/// The variables that hide files, and their value.
pub(super) fn variables(files: &Files, cx: Cx<'_>) -> Vec<(&'static str, &'static str)> {
    let profile = files.profile("default");
    let mut hidden: Vec<_> =
        [(FileKind::Config, "AWS_CONFIG_FILE"), (FileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE")]
            .into_iter()
            .filter(|(kind, _)| LEADS.iter().any(|key| profile.has_in(*kind, key)))
            .map(|(_, variable)| variable)
            .collect();
    // The files of boto 2, where only botocore looks.
    if outside::boto_files(cx.world).into_iter().flatten().any(|path| path.is_file()) {
        hidden.push("BOTO_CONFIG");
    }
    for variable in &hidden {
        cx.ui.detail(format_args!("{variable}={NOTHING}: the command must not use the credentials there"));
    }
    hidden.into_iter().map(|variable| (variable, NOTHING)).collect()
}
