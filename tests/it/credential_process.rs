//! `xcred credential-process`: what SDKs take from it, and circles.

use std::process::Command;

use serde_json::{Value, json};

use crate::harness::{CANARY, Sandbox, json_of, section};
use crate::peers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_xcred");

fn document(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["credential-process"].iter().chain(arguments).copied().collect();
    json_of(&sandbox.run(&arguments).success())
}

#[test]
fn the_document_is_the_sdks() {
    let printed = json!({
        "Version": 1, "AccessKeyId": "ASIA", "SecretAccessKey": "s\"\\\u{e9}\u{7f}", "SessionToken": "t",
        "Expiration": "2096-11-21T19:00:00+01:00", "AccountId": "123456789012",
    });
    let sandbox = Sandbox::new()
        .credentials(format!(
            "[default]\naws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n[half]\naws_access_key_id = A\n"
        ))
        .config("[profile p]\ncredential_process = cat printed\n")
        .file("printed", printed.to_string())
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .revealing();
    let keys = json!({"Version": 1, "AccessKeyId": "AKIA", "SecretAccessKey": CANARY});
    assert_eq!(document(&sandbox, &[]), keys);
    let mut expected = printed;
    expected["Expiration"] = json!("2096-11-21T18:00:00Z");
    assert_eq!(document(&sandbox, &["--profile", "p"]), expected);
    // Half a pair is no answer.
    let words = sandbox.run(&["credential-process", "-p", "half"]).failure(253);
    assert!(words.contains("error: "), "{words}");
    sandbox.run(&["credential-process", "-p", "nope"]).failure(253);
}

#[test]
fn boto3_takes_the_keys_from_it() {
    let Some(python) = peers::python() else { return };
    let sandbox = Sandbox::new()
        .config(format!("[profile a]\ncredential_process = {PROGRAM} credential-process --profile b\n"))
        .credentials(format!(
            "[b]\naws_access_key_id = AKIAB\naws_secret_access_key = {CANARY}\naws_session_token = t\n"
        ))
        .revealing();
    let script = "import boto3
credentials = boto3.Session(profile_name='a').get_credentials()
print(credentials.method, *credentials.get_frozen_credentials()[:3])";
    let mut command = Command::new(python);
    command.args(["-c", script]).env_clear().env("HOME", sandbox.home()).env("PATH", "/usr/bin:/bin");
    let printed = sandbox.finish(command, "").success();
    assert_eq!(printed, format!("custom-process AKIAB {CANARY} t\n"));
}

#[test]
fn a_circle_is_told_as_the_circle() {
    let process =
        |name: &str| format!("credential_process = {PROGRAM} credential-process --profile {name}\n");
    let config = format!(
        "[profile itself]\n{}[profile a]\n{}[profile b]\n{}[profile c]\n{}",
        process("itself"),
        process("b"),
        process("c"),
        process("b")
    );
    let sandbox = Sandbox::new().config(config).env("AWS_EC2_METADATA_DISABLED", "true");
    for (profile, circle) in [("itself", "itself -> itself"), ("a", "b -> c -> b")] {
        for command in ["credential-process", "export-env", "resolve", "whoami"] {
            let (_, stderr) = sandbox.run(&[command, "-p", profile]).code(255);
            let told = format!("circular credential processes: {circle}\n");
            assert!(stderr.contains(&told), "{command}: {stderr}");
        }
        // Nothing has to be run to see it.
        let (_, stderr) = sandbox.run(&["resolve", "--offline", profile]).code(253);
        let last = circle.rsplit(' ').next().unwrap_or_default();
        let unset = format!("`xcred unset credential_process --profile {last}`");
        assert!(stderr.contains(&format!(": {circle}\n")) && stderr.contains(&unset), "{stderr}");
        let (_, printed, _) = sandbox.run(&["doctor", profile]).ended();
        assert!(
            printed.contains("credential processes form a circle") && printed.contains(&unset),
            "{printed}"
        );
    }
}

#[test]
fn a_way_of_four_is_gone_and_one_of_five_is_not() {
    let mut config = String::new();
    for n in 1..5 {
        let next = n + 1;
        config.push_str(&format!(
            "[profile p{n}]\ncredential_process = {PROGRAM} credential-process --profile p{next}\n"
        ));
    }
    let sandbox = Sandbox::new().config(config).credentials(section("p5", "A", CANARY)).revealing();
    assert_eq!(document(&sandbox, &["-p", "p2"])["AccessKeyId"], "A");
    let (_, stderr) = sandbox.run(&["credential-process", "-p", "p1"]).code(255);
    assert!(stderr.contains("run each other: p1 -> p2 -> p3 -> p4 -> p5"), "{stderr}");
}

#[test]
fn the_way_of_aws_cli_counts() {
    let sandbox = Sandbox::new().credentials(section("default", "A", CANARY)).revealing();
    let run = |way: &str| {
        let mut command = sandbox.command();
        command.arg("credential-process").env("_AWS_CLI_PROFILE_CHAIN", way);
        sandbox.finish(command, "")
    };
    run("dev,\"a,b\"\r\n").success();
    let words = run("dev,default").failure(253);
    assert!(words.contains("circular credential processes: default -> default"), "{words}");
    run("a,b,c,d").failure(253);
}

#[test]
fn the_profile_may_be_an_argument() {
    let keys = section("dev", "AKIADEV", CANARY);
    let sandbox = Sandbox::new().credentials(keys).revealing();
    assert_eq!(document(&sandbox, &["dev"])["AccessKeyId"], "AKIADEV");
    let words = sandbox.run(&["credential-process", "dev", "-p", "other"]).failure(252);
    assert!(words.contains("two profiles are named"), "{words}");
}
