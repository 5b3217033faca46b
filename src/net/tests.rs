use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ResolvesServerCert;
use rustls::sign::CertifiedKey;

use super::loopback::{Loopback, Reply};
use super::*;

/// Serves with this chain, whatever is wrong with it, and says `ok` to whoever believes it.
fn tls_server(chain: &str, key: &str, version: Option<&'static rustls::SupportedProtocolVersion>) -> u16 {
    #[derive(Debug)]
    struct Always(Arc<CertifiedKey>);
    impl ResolvesServerCert for Always {
        fn resolve(&self, _: rustls::server::ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
            Some(Arc::clone(&self.0))
        }
    }
    let chain = CertificateDer::pem_file_iter(case(chain)).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(case(key)).unwrap();
    let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = version.map_or(rustls::ALL_VERSIONS.to_vec(), |version| vec![version]);
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Always(Arc::new(CertifiedKey::new(chain, key)))));
    let config = Arc::new(config);
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = stream.unwrap();
            let mut tls = rustls::Stream::new(&mut session, &mut stream);
            let mut request = [0; 4096];
            if tls.read(&mut request).is_ok() {
                let _ = tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                let _ = tls.flush();
            }
        }
    });
    port
}

/// Asks a server that has `certificate`, trusting `bundle`.
fn ask_odd(certificate: &str, bundle: &Path, host: &str) -> Result<(), Distrust> {
    let mut answers = [&rustls::version::TLS12, &rustls::version::TLS13].map(|version| {
        let port = tls_server(&format!("odd/{certificate}.pem"), "odd/server.key", Some(version));
        let net = Net::new(Options { ca_bundle: Some(Ok(bundle.to_owned())), ..Options::default() });
        match net.send(Route::Service, &get(format!("https://{host}:{port}/")), PATIENT) {
            Ok(answer) => {
                assert_eq!(answer.body.as_slice(), b"ok");
                Ok(())
            }
            Err(Error::Tls { reason, .. }) => Err(reason),
            Err(error) => panic!("{certificate}: {error:?}"),
        }
    });
    assert_eq!(answers[0], answers[1], "{certificate}");
    std::mem::replace(&mut answers[0], Ok(()))
}

const SOON: Limits = Limits::both(Duration::from_millis(300));
const PATIENT: Limits = Limits::both(Duration::from_secs(10));

fn get(url: impl Into<String>) -> Request {
    Request::new(Method::Get, url)
}

fn plain_net() -> Net {
    Net::new(Options::default())
}

fn case(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tls").join(name)
}

#[test]
fn a_request_arrives_as_it_is_and_the_answer_comes_back_whole() {
    let server =
        Loopback::start(vec![Reply::Answer(418, vec!["X-Amzn-RequestId: r1".to_owned()], b"tea\n".to_vec())]);
    let request =
        Request::new(Method::Post, server.url("/a/b?c=%20d")).with("X-One", "1").carrying(b"A=b".to_vec());
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
fn line_breaks_vanish_from_addresses_as_in_python() {
    let server = Loopback::start(vec![Reply::of(200, "x")]);
    plain_net().send(Route::LinkLocal, &get(server.url("/role name\n")), PATIENT).unwrap();
    assert_eq!(server.received()[0].line, "GET /role%20name");
}

#[test]
fn silence_ends_at_the_limit_and_is_told_from_no_connection() {
    let server = Loopback::start(vec![Reply::Silence]);
    let error = plain_net().send(Route::LinkLocal, &get(server.url("/x?secret=1")), SOON).unwrap_err();
    assert!(matches!(&error, Error::Timeout { phase: Phase::Read, after, .. } if after.as_millis() < 2000));
    assert_eq!(
        error.to_string().split(" within").next().unwrap(),
        format!("no answer from {}", server.url("/x"))
    );
    assert!(error.is_transient());

    let error = plain_net().send(Route::LinkLocal, &get("http://127.0.0.1:1/x"), SOON).unwrap_err();
    assert!(matches!(&error, Error::Connect { reason, .. } if reason.contains("refused")), "{error:?}");
}

#[test]
fn a_body_that_stalls_or_breaks_off_is_an_error() {
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
fn addresses_and_headers_that_cannot_be_sent_are_told_without_secrets() {
    for (url, shown) in [
        ("ftp://h/", "`ftp://h/` is not an address that can be asked: its scheme is `ftp`"),
        ("me:c4n4ry@h?q", "`h` is not an address that can be asked: its scheme is `me`"),
        ("//h", "`//h` is not an address that can be asked: relative URL without a base"),
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
fn services_are_asked_through_the_proxy_and_neighbours_never() {
    let proxy = Loopback::start(vec![Reply::of(200, "proxied"), Reply::of(407, "")]);
    let server = Loopback::start(vec![Reply::of(200, "direct")]);
    let setting = Some(format!("http://user:word@127.0.0.1:{}", proxy.port));
    let net = Net::new(Options {
        http_proxy: setting.clone(),
        https_proxy: setting,
        ca_bundle: Some(Ok(case("ca.pem"))),
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
fn what_stands_before_the_host_is_not_sent() {
    let server = Loopback::start(vec![Reply::of(200, "ok")]);
    let url = server.url("/x").replace("http://", "http://user:word@");
    Net::new(Options::default()).send(Route::LinkLocal, &get(url), PATIENT).unwrap();
    let received = server.received().remove(0);
    assert_eq!((received.line.as_str(), received.header("authorization")), ("GET /x", None));
    assert!(received.headers.iter().all(|(_, value)| !value.contains("word")));
}

#[test]
fn tls_trusts_the_bundle_and_only_the_bundle() {
    let port = tls_server("localhost.pem", "localhost.key", None);
    let ask = |bundle: &str, host: &str| {
        let net = Net::new(Options { ca_bundle: Some(Ok(case(bundle))), ..Options::default() });
        net.send(Route::Service, &get(format!("https://{host}:{port}/")), PATIENT)
    };
    assert_eq!(ask("ca.pem", "localhost").unwrap().body.as_slice(), b"ok");
    assert_eq!(ask("ca.pem", "127.0.0.1").unwrap().body.as_slice(), b"ok");
    for (bundle, host) in [("odd/authority.pem", "127.0.0.1"), ("ca.pem", "127.0.0.2")] {
        let error = ask(bundle, host).unwrap_err();
        assert!(matches!(error, Error::Tls { .. }), "{error:?}");
        assert!(!error.is_transient());
    }
    assert!(matches!(ask("absent.pem", "localhost").unwrap_err(), Error::CaBundle { .. }));
    assert!(matches!(ask("localhost.key", "localhost").unwrap_err(), Error::NoCertificate { .. }));
}

#[test]
fn tls_to_a_server_without_it_is_told_as_such() {
    let server = Loopback::start(vec![Reply::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]);
    let net = Net::new(Options { ca_bundle: Some(Ok(case("ca.pem"))), ..Options::default() });
    let url = server.url("/").replace("http:", "https:");
    let error = net.send(Route::Service, &get(url), PATIENT).unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
}

#[test]
fn a_certificate_that_the_bundle_has_byte_for_byte_is_believed_if_all_else_is_right() {
    let ask =
        |certificate: &str, host: &str| ask_odd(certificate, &case(&format!("odd/{certificate}.pem")), host);
    for certificate in ["ca-san", "ca-no-san", "leaf-no-san", "v1-self", "v1-leaf", "leaf"] {
        assert_eq!(ask(certificate, "localhost"), Ok(()), "{certificate}");
    }
    assert_eq!(ask("ca-san", "127.0.0.1"), Ok(()));
    for (certificate, host, distrust) in [
        ("expired", "localhost", Distrust::Expired),
        ("future", "localhost", Distrust::NotValidYet),
        // The subject's name doesn't count beside others, and never for an address.
        ("other-host", "localhost", Distrust::OtherHost),
        ("ca-san", "127.0.0.2", Distrust::OtherHost),
        ("ca-no-san", "127.0.0.1", Distrust::OtherHost),
        ("v1-self", "127.0.0.1", Distrust::OtherHost),
        ("leaf", "127.0.0.1", Distrust::OtherHost),
        ("ca-usage", "localhost", Distrust::Purpose),
        ("client", "localhost", Distrust::Purpose),
    ] {
        assert_eq!(ask(certificate, host), Err(distrust), "{certificate} {host}");
    }
}

#[test]
fn a_certificate_that_is_only_like_one_of_the_bundle_is_not_believed() {
    for (certificate, bundle) in [
        // The same key and subject each time.
        ("ca-san", "ca-no-san"),
        ("v1-self", "ca-san"),
        ("ca-no-san", "v1-self"),
        ("expired", "ca-san"),
    ] {
        assert!(
            ask_odd(certificate, &case(&format!("odd/{bundle}.pem")), "localhost").is_err(),
            "{certificate}"
        );
    }
    // One that an authority of the bundle signed is believed only as rustls believes it, and else named.
    let authority = case("odd/authority.pem");
    assert_eq!(ask_odd("leaf", &authority, "localhost"), Ok(()));
    let refused = ask_odd("v1-leaf", &authority, "localhost").unwrap_err();
    assert_eq!(refused, Distrust::Version);
    let help = refused.hint(Some("localhost")).to_string();
    assert!(help.contains("AWS_CA_BUNDLE") && help.contains("`openssl req -x509"), "{help}");
}

#[test]
fn who_has_the_certificate_but_not_its_key_is_not_believed() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        for certificate in ["ca-san", "v1-self"] {
            let file = format!("odd/{certificate}.pem");
            let port = tls_server(&file, "odd/other.key", Some(version));
            let net = Net::new(Options { ca_bundle: Some(Ok(case(&file))), ..Options::default() });
            let error =
                net.send(Route::Service, &get(format!("https://localhost:{port}/")), PATIENT).unwrap_err();
            assert!(matches!(error, Error::Tls { .. }), "{certificate}: {error:?}");
        }
    }
}

#[test]
fn bundles_are_read_whatever_editor_saved_them() {
    let read = |name: &str| std::fs::read_to_string(case(name)).unwrap();
    let (one, other) = (read("odd/ca-san.pem"), read("odd/authority.pem"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bundle.pem");
    for text in [
        format!("\u{feff}{one}"),
        format!("\u{feff}{one}{other}"),
        format!("{other}\u{feff}{one}"),
        format!("\u{feff}# my bundle\r\n{}", format!("{other}{one}").replace('\n', "\r\n")),
        format!("subject=x\n{one}\ntext\n{other}"),
        one.trim_end().to_owned(),
    ] {
        #[expect(clippy::disallowed_methods, reason = "a fixture, not a user's file")]
        std::fs::write(&path, &text).unwrap();
        assert_eq!(ask_odd("ca-san", &path, "localhost"), Ok(()), "{text:?}");
    }
}

#[test]
fn what_is_no_bundle_is_told_and_never_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let utf_16 = folder.path().join("utf-16");
    #[expect(clippy::disallowed_methods, reason = "a fixture, not a user's file")]
    std::fs::write(&utf_16, b"\xff\xfe-\0-\0").unwrap();
    for (path, words) in [
        (folder.path(), "directory"),
        (fifo.as_path(), "not a regular file"),
        (Path::new("/dev/zero"), "not a regular file"),
        (utf_16.as_path(), "UTF-16"),
    ] {
        let net = Net::new(Options { ca_bundle: Some(Ok(path.to_owned())), ..Options::default() });
        let error = net.send(Route::Service, &get("https://127.0.0.1:1/"), PATIENT).unwrap_err();
        let Error::CaBundle { source, .. } = error else { panic!("{error:?}") };
        assert!(source.to_string().contains(words), "{source}");
    }
}

#[test]
fn a_request_has_one_limit_however_slowly_the_answer_trickles() {
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
fn an_answer_longer_than_any_that_is_wanted_is_refused_once() {
    for head in ["content-length: 1048577\r\n", "x: y\r\n"] {
        let answer =
            [format!("HTTP/1.1 200 OK\r\n{head}\r\n").into_bytes(), vec![b' '; (1 << 20) + 1]].concat();
        let server = Loopback::start(vec![Reply::Raw(answer)]);
        let error = plain_net().send(Route::Service, &get(server.url("/")), PATIENT).unwrap_err();
        assert!(matches!(error, Error::Long { .. }) && !error.is_transient(), "{error:?}");
    }
}
