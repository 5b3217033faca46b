//! Real clients as commands of `exec --serve`: botocore, AWS CLI, and the SDKs for Rust and JavaScript.

use std::path::Path;

use super::role;
use crate::harness::{CANARY, Sandbox, json_of};
use crate::loopback::Loopback;
use crate::peers::{node, python, rust_sdk, tool};

/// What botocore finds, by itself and in the form of the other clients.
const BOTOCORE: &str = "\
import botocore.session, json
session = botocore.session.Session()
found = session.get_credentials()
frozen = found.get_frozen_credentials()
print(json.dumps({
    'access_key': frozen.access_key, 'secret_key': frozen.secret_key, 'token': frozen.token,
    'region': session.get_config_variable('region'), 'method': found.method,
}))
";

/// A role, and keys that never expire, of which `default` has others.
fn homes(sts: &Loopback) -> [Sandbox; 2] {
    let keys = |name: &str| {
        format!("[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = {CANARY}-of-{name}\n")
    };
    let others = Sandbox::new()
        .config(
            "[profile dev]\nregion = eu-west-1\n[default]\nregion = us-east-1\ncredential_process = false\n",
        )
        .credentials(keys("dev") + &keys("default"));
    [role(sts).revealing(), others.revealing()]
}

/// What a client that prints JSON finds as the command of `exec --serve dev`: a role's session, or the keys of `dev`.
#[track_caller]
fn check(program: &Path, arguments: &[&str]) {
    let sts = Loopback::sts();
    let [role, keys] = homes(&sts);
    for (sandbox, key, secret, token) in [
        (&role, "ASIAR", format!("{CANARY}-of-R"), Some(format!("{CANARY}-token"))),
        (&keys, "AKIAdev", format!("{CANARY}-of-dev"), None),
    ] {
        let program = program.to_str().expect("UTF-8");
        let command = [&["exec", "-q", "--serve", "dev", "--", program], arguments].concat();
        let printed = sandbox.run(&command).success();
        let found = json_of(&printed);
        assert_eq!((&found["access_key"], &found["secret_key"]), (&key.into(), &secret.into()), "{found}");
        assert_eq!(found["token"].as_str().filter(|token| !token.is_empty()), token.as_deref(), "{found}");
        assert_eq!(found["region"], "eu-west-1", "{found}");
        if let Some(method) = found["method"].as_str() {
            assert_eq!(method, "container-role");
        }
    }
    assert_eq!(sts.count(), 1);
}

#[test]
fn botocore_gets_what_is_served() {
    let Some(python) = python() else { return };
    check(python, &["-c", BOTOCORE]);
}

#[test]
fn the_sdk_for_rust_gets_what_is_served() {
    let Some(program) = rust_sdk() else { return };
    check(program, &[]);
}

#[test]
fn the_sdk_for_javascript_gets_what_is_served() {
    let Some(javascript) = node() else { return };
    let script = crate::committed::repository("tests/it/worlds/sdk/ask.js");
    let words = [&script, &javascript.packages.join("node_modules")].map(|path| path.display().to_string());
    check(&javascript.program, &[&words[0], &words[1]]);
}

#[test]
fn aws_cli_signs_with_what_is_served_and_shows_where_it_is_from() {
    let Some(aws) = tool("aws") else { return };
    let sts = Loopback::sts();
    let [sandbox, _] = homes(&sts);
    let aws = aws.to_str().expect("UTF-8");
    let who = [
        "exec",
        "-q",
        "--serve",
        "dev",
        "--",
        aws,
        "sts",
        "get-caller-identity",
        "--query",
        "Arn",
        "--output",
        "text",
    ];
    assert_eq!(sandbox.run(&who).success(), "arn:aws:iam::123456789012:user/me\n");
    let signed = sts.received().pop().expect("a request");
    assert!(signed.headers.iter().any(|line| line.contains("Credential=ASIAR/")), "{:?}", signed.headers);
    let token = format!("x-amz-security-token: {CANARY}-token");
    assert!(signed.headers.contains(&token), "{:?}", signed.headers);
    let list = sandbox.run(&["exec", "-q", "--serve", "dev", "--", aws, "configure", "list"]).success();
    assert!(list.contains("container-role"), "{list}");
}
