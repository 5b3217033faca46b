//! `xcred use` and `xcred init`: what the shells evaluate, and the list to choose from.

mod code;
mod list;
mod namespace;
mod shells;

use std::os::unix::fs::PermissionsExt as _;

use crate::harness::{CANARY, Sandbox};

/// Profiles with keys; two whose names begin alike; one with a role and one whose sign-in is missing. A program that says
/// who the shell is.
fn home() -> Sandbox {
    let key = |name: &str, id: &str| {
        format!("[{name}]\naws_access_key_id = AKIA{id}\naws_secret_access_key = {CANARY}\n")
    };
    let sandbox = Sandbox::new()
        .config(
            "[profile dev]\nregion = eu-west-1\n[profile prod-a]\nregion = us-east-1\n[profile prod-b]\nregion = \
             us-west-2\n[profile 'team one']\nregion = eu-south-2\n[profile corp]\nsso_session = corp\nsso_account_id = \
             123456789012\nsso_role_name = Audit\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = \
             https://corp.awsapps.com/start\n",
        )
        .credentials([key("dev", "DEV"), key("prod-a", "PA"), key("prod-b", "PB"), key("team one", "ONE")].concat())
        .file(
            "bin/who",
            "#!/bin/sh\necho \"<${XCRED_PROFILE-nobody}/${AWS_ACCESS_KEY_ID-}/${AWS_REGION-}/\
             ${XCRED_PREVIOUS_PROFILE-}/${AWS_PROFILE-}>\"\n",
        );
    std::fs::set_permissions(sandbox.path("bin/who"), std::fs::Permissions::from_mode(0o755))
        .expect("the mode can be set");
    sandbox
}

/// The folders of programs, that of xcred first.
fn path() -> String {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_xcred")).parent().expect("a folder");
    format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display())
}
