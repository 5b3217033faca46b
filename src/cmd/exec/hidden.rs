//! The files that the command must not see.
//!
//! To SDKs the address of credentials is the last resort but one: whatever the profile `default` has comes first. So a
//! command that is served `dev` would act as `default`. The file with those credentials is hidden from it; what
//! it would have said of regions is in the environment.

use std::ffi::OsString;
use std::process;

use super::Cx;
use crate::cli::Command;
use crate::profile::{FileKind, Files, outside};
use crate::settings::{
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, CREDENTIAL_PROCESS, CREDENTIAL_SOURCE, LOGIN_SESSION, ROLE_ARN,
    SSO_ACCOUNT_ID, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL, WEB_IDENTITY_TOKEN_FILE,
};
use crate::world::World;

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

/// The variables that name the files, and those in which this program finds them when they are hidden.
const FILES: [(FileKind, &str, &str); 2] = [
    (FileKind::Config, "AWS_CONFIG_FILE", "XCRED_CONFIG_FILE"),
    (FileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "XCRED_SHARED_CREDENTIALS_FILE"),
];

/// The variables that hide files, with their values.
pub(super) fn variables(files: &Files, cx: Cx<'_>) -> Vec<(&'static str, OsString)> {
    let profile = files.profile("default");
    let mut variables = Vec::new();
    let hide = |variable| {
        cx.ui.detail(format_args!("{variable}={NOTHING}: the command must not use the credentials there"));
        (variable, OsString::from(NOTHING))
    };
    for (kind, variable, found_in) in FILES {
        if LEADS.iter().any(|key| profile.has_in(kind, key)) {
            variables.push(hide(variable));
            variables.push((found_in, files.both()[kind as usize].path.as_os_str().to_owned()));
        }
    }
    // The files of boto 2, where only botocore looks.
    if outside::boto_files(cx.world).into_iter().flatten().any(|path| path.is_file()) {
        variables.push(hide("BOTO_CONFIG"));
    }
    variables
}

/// The world with the files that are hidden from it, if some are.
pub(in crate::cmd) fn unhidden(world: &World) -> Option<World> {
    let mut found: Option<World> = None;
    for (_, variable, found_in) in FILES {
        let hidden = world.path(variable).is_some_and(|path| path == NOTHING);
        if let Some(path) = world.path(found_in).filter(|path| hidden && !path.is_empty()) {
            let world = found.as_ref().unwrap_or(world);
            found = Some(world.with(variable, path).without(&[found_in]));
        }
    }
    found
}

/// Whether a command is about the credentials at hand: then it sees no more than SDKs do.
pub(in crate::cmd) fn is_about_served(command: &Command, cx: Cx<'_>) -> bool {
    let is_named = cx.global.profile.is_some()
        || ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].iter().any(|name| cx.world.non_empty(name).is_some());
    !is_named
        && matches!(
            command,
            Command::Get(_)
                | Command::Resolve(_)
                | Command::Status(_)
                | Command::WhoAmI(_)
                | Command::ExportEnv(_)
                | Command::Exec(_)
                | Command::CredentialProcess(_)
                | Command::Console(_)
                | Command::Keys(_)
        )
}

/// Lets a command find the files that are not hidden any more.
pub(super) fn restore(command: &mut process::Command, world: &World) {
    for (_, variable, found_in) in FILES {
        if let (Some(path), None) = (world.path(variable), world.path(found_in)) {
            command.env(variable, path).env_remove(found_in);
        }
    }
}
