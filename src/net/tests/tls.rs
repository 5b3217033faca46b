//! Which servers are trusted.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::ResolvesServerCert;
use rustls::sign::CertifiedKey;

use super::*;

/// Serves with this chain, valid or not, and sends `ok` to clients that trust it.
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
            accept_as_proxy(&mut stream);
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

/// Responds to `CONNECT`, if the client starts with it. The client is already connected to the server.
fn accept_as_proxy(stream: &mut TcpStream) {
    let mut first = [0; 1];
    if !stream.peek(&mut first).is_ok_and(|_| first == *b"C") {
        return;
    }
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut first).is_ok() {
        head.push(first[0]);
    }
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
}

/// Asks the server at `port` by the name `host`, trusting `bundle`. A name is not looked up, because not every machine
/// knows `localhost`: the server is its own proxy.
fn ask_as(host: &str, port: u16, bundle: &Path) -> Result<Response, Error> {
    let https_proxy = (host == "localhost").then(|| mine(format!("http://127.0.0.1:{port}")));
    let net =
        Net::new(Options { ca_bundle: Some(mine(Ok(bundle.to_owned()))), https_proxy, ..Options::default() });
    net.send(Route::Service, &get(format!("https://{host}:{port}/")), PATIENT)
}

/// Asks a server that has `certificate`, trusting `bundle`.
fn ask_odd(certificate: &str, bundle: &Path, host: &str) -> Result<(), Distrust> {
    let mut answers = [&rustls::version::TLS12, &rustls::version::TLS13].map(|version| {
        let port = tls_server(&format!("odd/{certificate}.pem"), "odd/server.key", Some(version));
        match ask_as(host, port, bundle) {
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

#[test]
fn tls_trusts_the_bundle_and_only_the_bundle() {
    let port = tls_server("localhost.pem", "localhost.key", None);
    let ask = |bundle: &str, host: &str| ask_as(host, port, &case(bundle));
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
fn a_server_without_tls_is_an_error_of_tls() {
    let server = Loopback::start(vec![Reply::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]);
    let net = Net::new(Options { ca_bundle: Some(mine(Ok(case("ca.pem")))), ..Options::default() });
    let url = server.url("/").replace("http:", "https:");
    let error = net.send(Route::Service, &get(url), PATIENT).unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
}

#[test]
fn a_certificate_in_the_bundle_is_trusted_if_it_is_valid() {
    let ask =
        |certificate: &str, host: &str| ask_odd(certificate, &case(&format!("odd/{certificate}.pem")), host);
    for certificate in ["ca-san", "ca-no-san", "leaf-no-san", "v1-self", "v1-leaf", "leaf"] {
        assert_eq!(ask(certificate, "localhost"), Ok(()), "{certificate}");
    }
    assert_eq!(ask("ca-san", "127.0.0.1"), Ok(()));
    for (certificate, host, distrust) in [
        ("expired", "localhost", Distrust::Expired),
        ("future", "localhost", Distrust::NotValidYet),
        // The subject's name is ignored if there are alternative names, and for IP addresses.
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
fn a_certificate_that_resembles_one_of_the_bundle_is_not_trusted() {
    for (certificate, bundle) in [
        // All have the same key and subject.
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
    // rustls decides about a certificate that an authority of the bundle signed.
    let authority = case("odd/authority.pem");
    assert_eq!(ask_odd("leaf", &authority, "localhost"), Ok(()));
    let refused = ask_odd("v1-leaf", &authority, "localhost").unwrap_err();
    assert_eq!(refused, Distrust::Version);
    let help = refused.hint(Some("localhost")).to_string();
    assert!(help.contains("AWS_CA_BUNDLE") && help.contains("`openssl req -x509"), "{help}");
}

#[test]
fn a_server_without_the_key_of_its_certificate_is_not_trusted() {
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        for certificate in ["ca-san", "v1-self"] {
            let file = format!("odd/{certificate}.pem");
            let port = tls_server(&file, "odd/other.key", Some(version));
            let error = ask_as("localhost", port, &case(&file)).unwrap_err();
            assert!(matches!(error, Error::Tls { .. }), "{certificate}: {error:?}");
        }
    }
}

#[test]
fn bundles_of_all_editors_are_read() {
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
        std::fs::write(&path, &text).unwrap();
        assert_eq!(ask_odd("ca-san", &path, "localhost"), Ok(()), "{text:?}");
    }
}

#[test]
fn an_invalid_bundle_is_an_error_and_never_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let fifo = folder.path().join("fifo");
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
    let utf_16 = folder.path().join("utf-16");
    std::fs::write(&utf_16, b"\xff\xfe-\0-\0").unwrap();
    for (path, words) in [
        (folder.path(), "directory"),
        (fifo.as_path(), "not a regular file"),
        (Path::new("/dev/zero"), "not a regular file"),
        (utf_16.as_path(), "UTF-16"),
    ] {
        let own = Options { ca_bundle: Some(mine(Ok(path.to_owned()))), ..Options::default() };
        let systems = Options { system_bundle: Some(mine(path.to_owned())), ..Options::default() };
        // rustls_native_certs ignores files of other encodings.
        for options in [Some(own), (words != "UTF-16").then_some(systems)].into_iter().flatten() {
            let error = Net::new(options).send(Route::Service, &get("https://127.0.0.1:1/"), PATIENT);
            let Err(Error::CaBundle { source, .. }) = error else { panic!("{error:?}") };
            assert!(source.to_string().contains(words), "{source}");
        }
    }
}
