//! The system calls of a run: reading files needs no sockets, and requests without TLS need no certificates.

use std::fs;
use std::io::{Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::committed::repository;
use crate::disk::around;
use crate::harness::{CANARY, Sandbox, section};
use crate::loopback::Loopback;
use crate::strace::is_there;

/// Runs the program, which must succeed. Returns its system calls about files and the network.
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
fn reading_files_needs_no_socket_thread_or_certificate() {
    if !is_there() {
        return;
    }
    let keys = section("default", "AKIA", CANARY);
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
fn requests_without_tls_read_no_certificates() {
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
    // Of a bundle that a line names, it is seen that it is there.
    let named = Sandbox::new()
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &container.url)
        .config("[default]\nca_bundle = /etc/ssl/certs/ca-certificates.crt\n");
    let calls = asked(&named, &["resolve"]);
    assert!(!calls.lines().any(|call| call.contains("openat(") && call.contains("/ssl/")), "{calls}");
    // The keys need three requests, and the region two more.
    assert_eq!((container.count(), instance.count()), (2, 5));
}

#[test]
fn a_role_from_the_cache_opens_no_socket() {
    if !is_there() {
        return;
    }
    let sts = Loopback::sts();
    let keys = section("base", "AKIA", CANARY);
    let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sandbox = sts.home().credentials(keys).config(role);
    assert_no_certificates(&asked(&sandbox, &["resolve", "-p", "r"]), &["resolve"]);
    let calls = asked(&sandbox, &["resolve", "-p", "r"]);
    assert!(!calls.contains("socket(") && !calls.contains("clone(") && !calls.contains("clone3("), "{calls}");
    assert_eq!(sts.count(), 1);
}

/// Reads a request, which may arrive in several parts.
fn request(from: &mut impl Read) -> Vec<u8> {
    let (mut request, mut part) = (Vec::new(), [0; 16 << 10]);
    loop {
        if let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(0, |length| length.trim().parse().expect("a length"));
            if request.len() >= end + 4 + length {
                return request;
            }
        }
        match from.read(&mut part) {
            Ok(0) | Err(_) => return request,
            Ok(count) => request.extend_from_slice(&part[..count]),
        }
    }
}

/// The same server over TLS, with a certificate that `tests/cases/tls/ca.pem` signed.
pub(crate) fn encrypted(server: &Loopback) -> String {
    let case = |name: &str| repository("tests/cases/tls").join(name);
    let chain = CertificateDer::pem_file_iter(case("localhost.pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(case("localhost.key")).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocols")
        .with_no_client_auth()
        .with_single_cert(chain.map(|one| one.expect("PEM")).collect(), key)
        .expect("a configuration");
    let (config, plain) = (Arc::new(config), server.url.trim_start_matches("http://").to_owned());
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).expect("a session");
            let mut tls = rustls::Stream::new(&mut session, &mut stream);
            let mut answer = Vec::new();
            let mut server = TcpStream::connect(&plain).expect("the server");
            server.write_all(&request(&mut tls)).expect("it is read");
            server.read_to_end(&mut answer).expect("an answer");
            let _ = tls.write_all(&answer).and_then(|()| tls.flush());
            tls.conn.send_close_notify();
            let _ = tls.conn.complete_io(&mut tls.sock);
        }
    });
    format!("https://127.0.0.1:{port}")
}

#[test]
fn slow_files_are_read_once() {
    if !is_there() {
        return;
    }
    let sts = Loopback::sts();
    let bundle = repository("tests/cases/tls/ca.pem");
    let keys = section("base", "AKIA", CANARY);
    let role = "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = base\n";
    let sandbox = sts
        .home()
        .env("AWS_ENDPOINT_URL_STS", &encrypted(&sts))
        .env("AWS_CA_BUNDLE", bundle.to_str().expect("UTF-8"))
        .credentials(keys)
        .config(role)
        .revealing();
    let opens = |calls: &str, file: &str| {
        calls.lines().filter(|call| call.contains("openat(") && call.contains(file)).count()
    };
    // The role and the identity are two requests over TLS.
    let calls = asked(&sandbox, &["whoami", "-p", "r"]);
    assert_eq!(sts.count(), 2);
    assert_eq!(opens(&calls, "tls/ca.pem"), 1, "{calls}");
    // What `exec` says is looked through for the secrets in the files, which it reads for that.
    for arguments in
        [&["whoami", "-p", "base"][..], &["export-env", "-p", "base"], &["exec", "-qp", "r", "true"]]
    {
        let calls = asked(&sandbox, arguments);
        for (file, most) in [("xcred/config.toml", 1), ("tls/ca.pem", 1), (".aws/config", 1)] {
            assert!(opens(&calls, file) <= most, "{arguments:?}: {file} in {calls}");
        }
    }
}

#[test]
fn only_the_network_needs_random_numbers() {
    if !is_there() {
        return;
    }
    let profiles = "[profile a]\nregion = x\n[profile b]\nsource_profile = a\nrole_arn = r\n";
    let sandbox = Sandbox::new().config(profiles).credentials(section("default", "AKIA", CANARY));
    let sandbox = sandbox.revealing();
    for arguments in [
        &["resolve"][..],
        &["export-env"],
        &["get", "region", "-p", "a"],
        &["status"],
        &["list-profiles", "--long"],
        &["set", "region", "eu-west-1", "-p", "c"],
        &["profile", "rename", "a", "d"],
    ] {
        let command = sandbox.command();
        let mut strace = around("strace", &["-f", "-qq", "-o", "/dev/null"], &command);
        strace.args(["-e", "trace=getrandom", "-e", "inject=getrandom:error=EIO"]);
        strace.arg(command.get_program()).args(arguments);
        let (code, _, stderr) = sandbox.finish(strace, "").ended();
        assert!(code == Some(0) && !stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}
