//! Requests of xcred before a server that checks signatures, and the credentials that xcred gives in the hands of
//! real clients: AWS CLI and boto3.

use std::process::Command;

use serde_json::Value;

use crate::disk::around;
use crate::harness::{Outcome, Sandbox, json_of, section};
use crate::peers::{Moto, moto, python, tool};

/// A home with the user's key (`alice`), a wrong secret (`wrong`), a key that nobody has (`nobody`), and roles.
fn home(moto: &Moto) -> Sandbox {
    let wrong = "x".repeat(moto.secret.len());
    let credentials = section("alice", &moto.id, &moto.secret)
        + &section("wrong", &moto.id, &wrong)
        + &section("nobody", "AKIAIOSFODNN7NOBODY", &wrong);
    let role = |name: &str, source: &str| {
        let arn = &moto.role;
        format!("[profile {name}]\nrole_arn = {arn}\nrole_session_name = s/+ é=\nsource_profile = {source}\n")
            .replace("s/+ é=", "me=you@here")
    };
    let config = "[profile alice]\nregion = eu-west-1\n".to_owned()
        + &role("deploy", "alice")
        + &role("deploy-wrong", "wrong")
        + &role("twice", "deploy");
    Sandbox::new()
        .credentials(credentials)
        .config(config)
        .env("AWS_ENDPOINT_URL", &moto.url)
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_DEFAULT_REGION", "eu-west-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("NO_PROXY", "127.0.0.1")
}

/// What `whoami` says in JSON.
#[track_caller]
fn who(sandbox: &Sandbox, profile: &str) -> Value {
    json_of(&sandbox.run(&["whoami", "--format", "json", "-p", profile]).success())
}

#[test]
fn a_signature_is_accepted_and_the_identity_told() {
    let Some(moto) = moto() else { return };
    let sandbox = home(moto);
    let text = sandbox.run(&["whoami", "-p", "alice"]).success();
    for expected in ["profile   alice\n", "account   123456789012\n", "provider  shared-credentials-file\n"] {
        assert!(text.contains(expected), "{text}");
    }
    let found = who(&sandbox, "alice");
    assert_eq!(found["arn"], "arn:aws:iam::123456789012:user/alice", "{found}");
    assert!(text.contains("arn       arn:aws:iam::123456789012:user/alice\n"), "{text}");
    assert_eq!((&found["schema"], &found["expiration"]), (&Value::from(1), &Value::Null));
}

#[test]
fn a_wrong_secret_and_an_unknown_key_are_refused_in_the_services_words() {
    let Some(moto) = moto() else { return };
    let sandbox = home(moto);
    for (profile, expected) in [("wrong", "(SignatureDoesNotMatch)"), ("nobody", "(InvalidClientTokenId)")] {
        for format in ["text", "json"] {
            let (_, words) = sandbox.run(&["whoami", "--format", format, "-p", profile]).code(254);
            assert!(words.starts_with("error: STS refused GetCallerIdentity: The "), "{words}");
            assert!(words.contains(expected) && words.contains("help: check "), "{words}");
        }
    }
    let words = sandbox.run(&["whoami", "-p", "deploy-wrong"]).failure(254);
    assert!(
        words.contains(&moto.role) && words.contains(&moto.id) && words.contains("STS refused AssumeRole: "),
        "{words}"
    );
}

#[test]
fn a_role_is_assumed_and_its_own_signature_accepted() {
    let Some(moto) = moto() else { return };
    let sandbox = home(moto);
    for (profile, from) in [("deploy", "first"), ("deploy", "from the cache"), ("twice", "by a role")] {
        let found = who(&sandbox, profile);
        assert_eq!(
            found["arn"], "arn:aws:sts::123456789012:assumed-role/deploy/me=you@here",
            "{from}: {found}"
        );
        assert_eq!(found["provider"], "assume-role");
        assert!(found["expiration"].is_string(), "{found}");
    }
    let (_, stdout, stderr) = sandbox.run(&["-v", "resolve", "-p", "deploy"]).ended();
    assert!(!stdout.contains(&moto.secret) && !stderr.contains(&moto.secret));
}

/// Runs a line of shell in which `xcred`, `aws` and `python` are there, and the home's environment.
fn shell(sandbox: &Sandbox, line: &str) -> Outcome {
    let program: Command = sandbox.command();
    let bin = tool("aws").expect("a peer");
    let folders =
        [std::path::Path::new(program.get_program()), &bin].map(|path| path.parent().expect("a folder"));
    let path = format!("{}:{}:/usr/bin:/bin", folders[0].display(), folders[1].display());
    let mut shell = around("sh", &["-c", line], &program);
    shell.env("PATH", path);
    sandbox.finish(shell, "")
}

/// Asks boto3 who it is.
const BOTO3: &str = r#"python -c 'import boto3; print(boto3.client("sts").get_caller_identity()["Arn"])'"#;
const AWS: &str = "aws sts get-caller-identity --query Arn --output text";

fn arns() -> [(&'static str, &'static str); 2] {
    [
        ("alice", "arn:aws:iam::123456789012:user/alice\n"),
        ("deploy", "arn:aws:sts::123456789012:assumed-role/deploy/me=you@here\n"),
    ]
}

#[test]
fn real_clients_take_what_is_exported_to_their_shell() {
    let (Some(moto), Some(_)) = (moto(), python()) else { return };
    let sandbox = home(moto);
    for (profile, arn) in arns() {
        for client in [AWS, BOTO3] {
            let line = format!("set -e; eval $(xcred export-env -p {profile}); {client}");
            assert_eq!(shell(&sandbox, &line).success(), arn, "{line}");
        }
    }
    // Nothing of an identity before stays.
    let line = format!("eval $(xcred export-env -p deploy); eval $(xcred export-env -p alice); {AWS}");
    assert_eq!(shell(&sandbox, &line).success(), arns()[0].1);
    let line = format!("set -e; eval $(xcred export-env -p wrong-name); {AWS}");
    let (code, stdout, stderr) = shell(&sandbox, &line).ended();
    assert!(
        code != Some(0) && stdout.is_empty() && stderr.starts_with("error: profile"),
        "{code:?} {stdout}{stderr}"
    );
}

#[test]
fn real_clients_run_with_the_identity_that_exec_gives_them() {
    let (Some(moto), Some(_)) = (moto(), python()) else { return };
    let sandbox = home(moto);
    for (profile, arn) in arns() {
        for client in [AWS, BOTO3] {
            assert_eq!(
                shell(&sandbox, &format!("xcred exec -q -p {profile} -- {client}")).success(),
                arn,
                "{client}"
            );
        }
    }
    // The exit code is the client's.
    let (code, _, stderr) = shell(&sandbox, &format!("xcred exec -p wrong -- {AWS}")).ended();
    assert!(
        code.is_some_and(|code| code != 0) && stderr.contains("SignatureDoesNotMatch"),
        "{code:?} {stderr}"
    );
}

#[test]
fn real_clients_run_xcred_as_their_credential_process() {
    let (Some(moto), Some(_)) = (moto(), python()) else { return };
    let sandbox = home(moto);
    let config = sandbox.read_config()
        + "[profile via-alice]\ncredential_process = xcred credential-process --profile alice\n\
           [profile via-deploy]\ncredential_process = xcred credential-process --profile deploy\n\
           [profile circle]\ncredential_process = xcred credential-process --profile circle\n";
    let sandbox = sandbox.config(config);
    for (profile, arn) in arns() {
        for client in [AWS, BOTO3] {
            let line = format!("AWS_PROFILE=via-{profile} {client}");
            assert_eq!(shell(&sandbox, &line).success(), arn, "{line}");
        }
    }
    let (code, _, stderr) = shell(&sandbox, &format!("AWS_PROFILE=circle {AWS}")).ended();
    assert!(
        code != Some(0) && stderr.contains("circular credential processes: circle -> circle"),
        "{code:?} {stderr}"
    );
}

#[test]
fn a_narrowed_role_and_a_federated_user_are_accepted() {
    let Some(moto) = moto() else { return };
    let sandbox = home(moto);
    let policy =
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
    let options =
        ["--policy", policy, "--policy-arn", "ReadOnlyAccess", "--tag", "team=a b", "--duration", "15m"];
    let who = |profile: &str, more: &[&str]| -> Value {
        let arguments = [&["whoami", "--format", "json", "-p", profile], &options[..], more].concat();
        json_of(&sandbox.run(&arguments).success())
    };
    let role = who("deploy", &["--session-name", "agent", "--source-identity", "ada"]);
    let arn = role["arn"].as_str().unwrap_or_default();
    assert!(arn.contains(":assumed-role/") && arn.ends_with("/agent"), "{role}");
    let on_top = who("alice", &["--session-name", "agent", "--role-arn", &moto.role]);
    assert_eq!(on_top["arn"], role["arn"]);
    assert!(role["expiration"].is_string() && on_top["provider"] == "shared-credentials-file", "{on_top}");
    let federated = sandbox.run(&[&["credential-process", "-p", "alice"], &options[..]].concat());
    let (code, printed, words) = federated.ended();
    // It hands out keys that it doesn't know afterwards.
    assert_eq!(code, Some(0), "{words}");
    assert!(printed.contains("\"SessionToken\""), "no session");
}
