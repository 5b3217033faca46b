//! What a run asks of the kernel: no socket for what stands in files, no certificates for what goes in the clear.

use std::fs;

use crate::disk::around;
use crate::harness::{CANARY, Sandbox};
use crate::loopback::Loopback;
use crate::strace::is_there;

/// Runs the program, which has to succeed, and gives its questions about files and the network.
fn asked(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let log = tempfile::NamedTempFile::new().expect("a temporary file");
    let path = log.path().to_str().expect("UTF-8");
    let command = sandbox.command();
    let mut strace =
        around("strace", &["-f", "-qq", "-e", "trace=%network,%file,clone,clone3", "-o", path], &command);
    strace.arg(command.get_program()).args(arguments);
    let (code, _, stderr) = sandbox.finish(strace, "").ended();
    assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
    fs::read_to_string(log.path()).expect("a log")
}

#[track_caller]
fn assert_no_certificates(calls: &str, what: &[&str]) {
    let store = ["/ssl", "cert", ".pem", ".crt", "pki"];
    let read: Vec<&str> = calls.lines().filter(|call| store.iter().any(|word| call.contains(word))).collect();
    assert!(read.is_empty(), "{what:?} looks at certificates: {read:#?}");
}

#[test]
fn what_stands_in_files_needs_no_socket_no_thread_and_no_certificate() {
    if !is_there() {
        return;
    }
    let keys = format!("[default]\naws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n");
    let sandbox = Sandbox::new().credentials(keys).config("[default]\nregion = eu-west-1\n").revealing();
    for arguments in [
        &["resolve"][..],
        &["resolve", "--format", "json", "--sdk", "boto3"],
        &["get", "region"],
        &["get", "aws_secret_access_key"],
        &["get", "--all"],
        &["list-profiles", "--long"],
    ] {
        let calls = asked(&sandbox, arguments);
        for call in ["socket(", "connect(", "clone(", "clone3("] {
            assert!(!calls.contains(call), "{arguments:?}: {call} in {calls}");
        }
        assert_no_certificates(&calls, arguments);
    }
}

#[test]
fn requests_in_the_clear_read_no_certificates() {
    if !is_there() {
        return;
    }
    let keys = format!(
        r#"{{"AccessKeyId":"ASIA","SecretAccessKey":"{CANARY}","Token":"{CANARY}","Expiration":"2099-01-01T00:00:00Z","Code":"Success"}}"#
    );
    let container = Loopback::start({
        let keys = keys.clone();
        move |_| Some((200, keys.clone()))
    });
    let instance = Loopback::start(move |request| {
        let answer = match request.line.as_str() {
            "PUT /latest/api/token" => "token",
            "GET /latest/meta-data/iam/security-credentials/" => "role",
            _ => &keys,
        };
        Some((200, answer.to_owned()))
    });
    let sandboxes = [
        Sandbox::new()
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &container.url)
            .env("AWS_CA_BUNDLE", "/etc/ssl/certs/ca-certificates.crt"),
        Sandbox::new().env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &instance.url),
    ];
    for sandbox in sandboxes {
        let calls = asked(&sandbox, &["resolve"]);
        assert!(calls.contains("connect("), "{calls}");
        assert_no_certificates(&calls, &["resolve"]);
    }
    // The keys take three questions, and the region two more.
    assert_eq!((container.count(), instance.count()), (1, 5));
}

#[test]
fn a_role_from_the_cache_opens_no_socket() {
    if !is_there() {
        return;
    }
    let sts = Loopback::sts();
    let keys = format!("[base]\naws_access_key_id = AKIA\naws_secret_access_key = {CANARY}\n");
    let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sandbox = sts.home().credentials(keys).config(role);
    assert_no_certificates(&asked(&sandbox, &["resolve", "-p", "r"]), &["resolve"]);
    let calls = asked(&sandbox, &["resolve", "-p", "r"]);
    assert!(!calls.contains("socket(") && !calls.contains("clone"), "{calls}");
    assert_eq!(sts.count(), 1);
}
