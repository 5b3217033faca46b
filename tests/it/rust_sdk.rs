//! The AWS SDK for Rust reads what xcred writes, and takes what xcred serves.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::harness::{CANARY, Sandbox};
use crate::peers::rust_sdk;

const PROGRAM: &str = env!("CARGO_BIN_EXE_xcred");
const ID: &str = "ASIAIOSFODNN7EXAMPLE";

/// The credentials and the region that the SDK finds for a profile; nobody is there to be asked.
fn sdk(sandbox: &Sandbox, profile: &str) -> Option<Value> {
    let mut command = Command::new(rust_sdk()?);
    command.arg(profile).env_clear().env("HOME", sandbox.home()).env("PATH", "/usr/bin:/bin");
    command.env("AWS_EC2_METADATA_DISABLED", "true").stdin(Stdio::null());
    let output = command.output().expect("it starts");
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}

/// The access key ID, the secret access key, the session token and the region.
fn members(found: &Value) -> [Option<&str>; 4] {
    ["access_key", "secret_key", "token", "region"].map(|name| found[name].as_str())
}

#[test]
fn profiles_that_xcred_writes_are_read_as_they_were_meant() {
    let odd =
        "# kept\n[default]\nregion=us-east-1 \n\n[profile other]\ns3 =\n    max_queue_size = 7\nregion = x\n";
    let sandbox =
        Sandbox::new().config(odd).credentials("[other]\naws_access_key_id=O\naws_secret_access_key=Os");
    let arguments =
        ["configure", "-p", "ci", "--access-key-id", ID, "--secrets-from-stdin", "--region", "eu-west-1"];
    sandbox.run_with_input(&arguments, &format!("{CANARY}\ntoken==\n")).success_with_words();
    sandbox.run(&["set", "s3.addressing_style", "path", "-p", "other"]).success();
    sandbox.run(&["set", "region", "eu-north-1", "-p", "other"]).success();
    let (Some(ci), Some(other)) = (sdk(&sandbox, "ci"), sdk(&sandbox, "other")) else { return };
    assert_eq!(members(&ci), [Some(ID), Some(CANARY), Some("token=="), Some("eu-west-1")]);
    assert_eq!(members(&other), [Some("O"), Some("Os"), None, Some("eu-north-1")]);
}

#[test]
fn a_profile_served_by_xcred_gives_the_keys_of_the_profile_behind_it() {
    let home = Sandbox::new();
    let served = |home: &Path| {
        // The SDK runs it by a shell, in the environment of the tests.
        let program = format!("env -i HOME={} {PROGRAM} credential-process --profile inner", home.display());
        format!("[profile outer]\nregion = eu-central-1\ncredential_process = {program}\n[profile inner]\n")
    };
    let config = served(home.home());
    let keys = format!(
        "[inner]\naws_access_key_id = {ID}\naws_secret_access_key = {CANARY}\naws_session_token = token==\n"
    );
    let sandbox = home.config(config).credentials(keys);
    let Some(outer) = sdk(&sandbox, "outer") else { return };
    assert_eq!(members(&outer), [Some(ID), Some(CANARY), Some("token=="), Some("eu-central-1")]);
}
