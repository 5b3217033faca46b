mod tls;

use std::path::PathBuf;

use super::loopback::{Loopback, Reply};
use super::*;
use crate::origin::{Located, Origin};

const SOON: Limits = Limits::both(Duration::from_millis(300));
const PATIENT: Limits = Limits::both(Duration::from_secs(10));

fn get(url: impl Into<String>) -> Request {
    Request::new(Method::GET, url)
}

fn plain_net() -> Net {
    Net::new(Options::default())
}

fn mine<T>(bundle: T) -> Located<T> {
    Located::new(bundle, Origin::environment("AWS_CA_BUNDLE"))
}

fn case(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tls").join(name)
}

#[test]
fn a_request_arrives_unchanged_and_the_response_is_complete() {
    let server =
        Loopback::start(vec![Reply::Answer(418, vec!["X-Amzn-RequestId: r1".to_owned()], b"tea\n".to_vec())]);
    let request =
        Request::new(Method::POST, server.url("/a/b?c=%20d")).with("X-One", "1").carrying(b"A=b".to_vec());
    let answer = plain_net().send(Route::Service, &request, PATIENT).unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (418, &b"tea\n"[..]));
    assert_eq!(answer.header("x-amzn-requestid"), Some("r1"));
    let received = server.received().remove(0);
    assert_eq!((received.line.as_str(), received.body.as_str()), ("POST /a/b?c=%20d", "A=b"));
    assert_eq!(received.header_names(), "accept content-length host user-agent x-one");
    assert_eq!(received.header("host"), Some(format!("127.0.0.1:{}", server.port).as_str()));
}

#[test]
fn redirects_are_answers() {
    let server =
        Loopback::start(vec![Reply::Answer(302, vec!["location: http://127.0.0.1:1/".to_owned()], vec![])]);
    assert_eq!(plain_net().send(Route::Service, &get(server.url("/")), PATIENT).unwrap().status, 302);
}

#[test]
fn line_breaks_in_urls_are_removed_as_in_python() {
    let server = Loopback::start(vec![Reply::of(200, "x")]);
    plain_net().send(Route::LinkLocal, &get(server.url("/role name\n")), PATIENT).unwrap();
    assert_eq!(server.received()[0].line, "GET /role%20name");
}

#[test]
fn a_missing_response_and_a_missing_connection_are_different_timeouts() {
    let server = Loopback::start(vec![Reply::Silence]);
    let error = plain_net().send(Route::LinkLocal, &get(server.url("/x?secret=1")), SOON).unwrap_err();
    assert!(matches!(&error, Error::Timeout { phase: Phase::Read, after, .. } if after.as_millis() < 2000));
    assert_eq!(
        error.to_string().split(" within").next().unwrap(),
        format!("no response from {}", server.url("/x"))
    );
    assert!(error.is_transient());

    let error = plain_net().send(Route::LinkLocal, &get("http://127.0.0.1:1/x"), SOON).unwrap_err();
    assert!(matches!(&error, Error::Connect { reason, .. } if reason.contains("refused")), "{error:?}");
}

#[test]
fn a_body_that_stalls_or_is_cut_off_is_an_error() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".to_vec();
    let server =
        Loopback::start(vec![Reply::Raw(half), Reply::Close, Reply::Raw(b"no http\r\n\r\n".to_vec())]);
    for _ in 0..3 {
        let error = plain_net().send(Route::Service, &get(server.url("/")), PATIENT).unwrap_err();
        assert!(matches!(error, Error::Body { .. }), "{error:?}");
        assert!(error.is_transient());
    }
}

#[test]
fn errors_about_invalid_urls_and_headers_show_no_secrets() {
    for (url, shown) in [
        ("ftp://h/", "`ftp://h/` is not a valid URL: its scheme is `ftp`"),
        ("me:c4n4ry@h?q", "`h` is not a valid URL: its scheme is `me`"),
        ("//h", "`//h` is not a valid URL: relative URL without a base"),
    ] {
        let error = plain_net().send(Route::Service, &get(url), SOON).unwrap_err().to_string();
        assert_eq!(error, shown);
    }
    let request = get("http://127.0.0.1:1/").with("authorization", "hunter2\n");
    let error = plain_net().send(Route::Service, &request, SOON).unwrap_err();
    assert!(matches!(&error, Error::Header { name } if name == "authorization"));
    assert!(!format!("{error} {error:?} {request:?}").contains("hunter2"));
}

#[test]
fn only_requests_to_services_use_the_proxy() {
    let proxy = Loopback::start(vec![Reply::of(200, "proxied"), Reply::of(407, "")]);
    let server = Loopback::start(vec![Reply::of(200, "direct")]);
    let setting = Some(mine(format!("http://user:word@127.0.0.1:{}", proxy.port)));
    let net = Net::new(Options {
        http_proxy: setting.clone(),
        https_proxy: setting,
        ca_bundle: Some(mine(Ok(case("ca.pem")))),
        ..Options::default()
    });
    let answer = net.send(Route::Service, &get("http://sts.example/p?q=1"), PATIENT).unwrap();
    assert_eq!(answer.body.as_slice(), b"proxied");
    let received = proxy.received().remove(0);
    assert_eq!(received.line, "GET http://sts.example/p?q=1");
    assert_eq!(received.header("proxy-authorization"), Some("Basic dXNlcjp3b3Jk"));

    let error = net.send(Route::Service, &get("https://sts.example/"), PATIENT).unwrap_err();
    assert!(matches!(&error, Error::Proxy { .. }), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("word@"));
    assert_eq!(proxy.received()[1].line, "CONNECT sts.example:443");

    let answer = net.send(Route::LinkLocal, &get(server.url("/")), PATIENT).unwrap();
    assert_eq!(answer.body.as_slice(), b"direct");
}

#[test]
fn the_user_name_and_password_of_a_url_are_not_sent() {
    let server = Loopback::start(vec![Reply::of(200, "ok")]);
    let url = server.url("/x").replace("http://", "http://user:word@");
    Net::new(Options::default()).send(Route::LinkLocal, &get(url), PATIENT).unwrap();
    let received = server.received().remove(0);
    assert_eq!((received.line.as_str(), received.header("authorization")), ("GET /x", None));
    assert!(received.headers.iter().all(|(_, value)| !value.contains("word")));
}

#[test]
fn a_slow_response_does_not_extend_the_limit() {
    for head in [
        "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx: ",
        "HTTP/1.1 2",
        "",
    ] {
        let server = Loopback::start(vec![Reply::Trickle(head.into(), b"1".to_vec())]);
        let start = Instant::now();
        let error = plain_net().send(Route::Service, &get(server.url("/")), SOON).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(3), "{head:?}: {error:?}");
    }
    for more in ["HTTP/1.1 100 Continue\r\n\r\n", "x: y\r\n"] {
        let server =
            Loopback::start(vec![Reply::Trickle(b"HTTP/1.1 100 Continue\r\n".to_vec(), more.into())]);
        let start = Instant::now();
        plain_net().send(Route::Service, &get(server.url("/")), SOON).unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(3), "{more:?}");
    }
}

#[test]
fn a_response_that_is_too_long_is_refused_without_a_retry() {
    for head in ["content-length: 1048577\r\n", "x: y\r\n"] {
        let answer =
            [format!("HTTP/1.1 200 OK\r\n{head}\r\n").into_bytes(), vec![b' '; (1 << 20) + 1]].concat();
        let server = Loopback::start(vec![Reply::Raw(answer)]);
        let error = plain_net().send(Route::Service, &get(server.url("/")), PATIENT).unwrap_err();
        assert!(matches!(error, Error::Long { .. }) && !error.is_transient(), "{error:?}");
    }
}
