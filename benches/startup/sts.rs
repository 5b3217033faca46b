//! A server that answers every request as STS answers AssumeRole, over TLS.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

const ANSWER: &str = "\
<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\
<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>\
<SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>\
<Arn>arn:aws:sts::123456789012:assumed-role/deployment/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>\
</AssumeRoleResult></AssumeRoleResponse>";

/// What is posted, nearly.
const REQUEST: &str = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fdeployment\
    &RoleSessionName=botocore-session-1700000000";

pub(crate) struct Server {
    port: u16,
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/tls").join(name)
}

impl Server {
    pub(crate) fn start() -> Server {
        let chain = CertificateDer::pem_file_iter(case("localhost.pem")).expect("a certificate");
        let chain = chain.collect::<Result<Vec<_>, _>>().expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(case("localhost.key")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .expect("the certificate and the key belong together");
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, Arc::clone(&config));
            }
        });
        Server { port }
    }

    fn address(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    /// curl, with the same request to the same server.
    pub(crate) fn curl(&self, curl: &Path) -> Command {
        let mut command = Command::new(curl);
        command.args(["-sS", "-o", "/dev/null", "--cacert"]).arg(case("ca.pem"));
        command.args(["-d", REQUEST]).arg(self.address());
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// xcred, with this server in place of STS.
    pub(crate) fn ask(&self, mut command: Command) -> Command {
        command.env("AWS_ENDPOINT_URL_STS", self.address()).env("AWS_CA_BUNDLE", case("ca.pem"));
        command
    }
}

/// Answers one request, when its body has arrived.
fn answer(mut stream: std::net::TcpStream, config: Arc<rustls::ServerConfig>) {
    let mut session = rustls::ServerConnection::new(config).expect("a connection");
    let mut tls = rustls::Stream::new(&mut session, &mut stream);
    let (mut request, mut piece) = (Vec::new(), [0; 4096]);
    while !is_whole(&request) {
        match tls.read(&mut piece) {
            Ok(length @ 1..) => request.extend_from_slice(&piece[..length]),
            _ => return,
        }
    }
    let length = ANSWER.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = tls.write_all((head + ANSWER).as_bytes());
    let _ = tls.flush();
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    length.and_then(|length| length.trim().parse().ok()).is_none_or(|length: usize| body.len() >= length)
}
