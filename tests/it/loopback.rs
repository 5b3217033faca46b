//! A fake service on a loopback address. It sends the given responses and records the requests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::harness::{CANARY, Sandbox};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// `METHOD path`.
    pub(crate) line: String,
    /// The header lines, with names in lower case.
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// The server; it ends with the test.
pub(crate) struct Loopback {
    /// Its URL without a path.
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Request>>>,
}

/// A response with header lines of its own.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// A status and a body. `None` keeps the connection open without a response.
type Answer = Option<(u16, String)>;

impl Loopback {
    /// A server that responds to each request with the result of `answer`.
    pub(crate) fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Loopback {
        Loopback::with_clock(SignedDuration::ZERO, answer)
    }

    /// The same with a clock that is ahead of this machine's.
    pub(crate) fn with_clock(
        ahead: SignedDuration,
        answer: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Loopback {
        Loopback::replying(ahead, move |request| {
            answer(request).map(|(status, body)| Reply { status, headers: Vec::new(), body })
        })
    }

    /// A server that responds with header lines of its own.
    pub(crate) fn replying(
        ahead: SignedDuration,
        answer: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static,
    ) -> Loopback {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&received), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &kept, &*answer, ahead));
            }
        });
        Loopback { url, received }
    }

    /// STS, whose sessions last an hour.
    pub(crate) fn sts() -> Loopback {
        Loopback::sts_with(SignedDuration::from_hours(1), Duration::ZERO)
    }

    /// STS, whose sessions last `lasting`, and which responds with a delay.
    pub(crate) fn sts_with(lasting: SignedDuration, thinking: Duration) -> Loopback {
        Loopback::start(move |request| {
            thread::sleep(thinking);
            Some((200, granted(&request.body, lasting)))
        })
    }

    /// A server that never responds.
    pub(crate) fn silent() -> Loopback {
        Loopback::start(|_| None)
    }

    /// STS, which refuses every request.
    pub(crate) fn refusing(status: u16, code: &'static str, message: &'static str) -> Loopback {
        Loopback::start(move |_| {
            let error =
                format!("<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>");
            Some((status, format!("<ErrorResponse>{error}<RequestId>r</RequestId></ErrorResponse>")))
        })
    }

    /// The requests so far.
    pub(crate) fn received(&self) -> Vec<Request> {
        self.received.lock().expect("a list").clone()
    }

    /// The number of requests so far.
    pub(crate) fn count(&self) -> usize {
        self.received().len()
    }

    /// A home with this server as STS, and without instance metadata.
    pub(crate) fn home(&self) -> Sandbox {
        Sandbox::new()
            .env("AWS_ENDPOINT_URL_STS", &self.url)
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
    }
}

/// The response of STS to a form. The key ID consists of `ASIA`, the last letter of the role, and the key that signed the
/// request.
pub(crate) fn granted(form: &str, lasting: SignedDuration) -> String {
    if form.starts_with("Action=GetCallerIdentity") {
        return "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn>\
                <UserId>AIDAME</UserId><Account>123456789012</Account></GetCallerIdentityResult>\
                </GetCallerIdentityResponse>"
            .to_owned();
    }
    let action = form.trim_start_matches("Action=").split('&').next().unwrap_or_default();
    let role = form.split('&').find_map(|member| member.strip_prefix("RoleArn=")).unwrap_or_default();
    let role = role.rsplit("%2F").next().unwrap_or_default();
    let expiration = (Timestamp::now() + lasting).strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "<{action}Response><{action}Result><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/{role}/s</Arn>\
         <AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIA{role}</AccessKeyId>\
         <SecretAccessKey>{CANARY}-of-{role}</SecretAccessKey><SessionToken>{CANARY}-token</SessionToken>\
         <Expiration>{expiration}</Expiration></Credentials></{action}Result></{action}Response>"
    )
}

fn serve(
    mut stream: TcpStream,
    kept: &Mutex<Vec<Request>>,
    answer: &dyn Fn(&Request) -> Option<Reply>,
    ahead: SignedDuration,
) {
    let Some(request) = read(&stream) else { return };
    kept.lock().expect("a list").push(request.clone());
    let Some(Reply { status, headers, body }) = answer(&request) else {
        // Until the client closes the connection.
        let _ = stream.read(&mut [0]);
        return;
    };
    let length = body.len();
    let date = (Timestamp::now() + ahead).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let headers = headers.iter().map(|line| line.clone() + "\r\n").collect::<String>();
    let head = format!(
        "HTTP/1.1 {status} X\r\ndate: {date}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(&[head.into_bytes(), body.into_bytes()].concat());
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        let name = name.to_lowercase();
        if name == "content-length" {
            length = value.trim().parse().ok()?;
        }
        headers.push(format!("{name}: {}", value.trim()));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    Some(Request { line, headers, body: String::from_utf8(body).ok()? })
}
