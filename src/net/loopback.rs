//! A server for tests: it sends the given replies, one for each connection, and records the requests.

use std::io::{BufRead as _, BufReader, Read as _, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with one connection.
pub(crate) enum Reply {
    /// Answers with this status, these header lines and this body.
    Answer(u16, Vec<String>, Vec<u8>),
    /// Sends these bytes as they are.
    Raw(Vec<u8>),
    /// Sends the first bytes, then the others repeatedly, with pauses.
    Trickle(Vec<u8>, Vec<u8>),
    /// Reads the request and sends nothing.
    Silence,
    /// Closes at once.
    Close,
}

impl Reply {
    pub(crate) fn of(status: u16, body: impl Into<Vec<u8>>) -> Reply {
        Reply::Answer(status, Vec::new(), body.into())
    }
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Received {
    /// `METHOD path`.
    pub(crate) line: String,
    /// The headers, names in lower case, sorted.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn header_names(&self) -> String {
        self.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// The server. After its last reply it refuses connections.
pub(crate) struct Loopback {
    pub(crate) port: u16,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Loopback {
    pub(crate) fn start(replies: Vec<Reply>) -> Loopback {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&received);
        thread::spawn(move || {
            for reply in replies {
                let (stream, _) = listener.accept().unwrap();
                serve(stream, reply, &kept);
            }
        });
        Loopback { port, received }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, reply: Reply, kept: &Mutex<Vec<Received>>) {
    if matches!(reply, Reply::Close) {
        return;
    }
    if let Some(request) = read(&stream) {
        kept.lock().unwrap().push(request);
    }
    let bytes = match reply {
        Reply::Answer(status, headers, body) => {
            let headers = headers.iter().map(|line| line.clone() + "\r\n").collect::<String>();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
            [head.into_bytes(), body].concat()
        }
        Reply::Raw(bytes) => bytes,
        Reply::Trickle(first, again) => {
            thread::spawn(move || {
                let mut sent = stream.write_all(&first);
                for _ in 0..200 {
                    if sent.is_err() {
                        return;
                    }
                    thread::sleep(Duration::from_millis(50));
                    sent = stream.write_all(&again);
                }
            });
            return;
        }
        Reply::Silence | Reply::Close => {
            // The client gives up first. The next connection must not wait for this one.
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(20));
                drop(stream);
            });
            return;
        }
    };
    let _ = stream.write_all(&bytes);
}

fn read(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(": ").or(header.trim_end().split_once(':'))
        else {
            break;
        };
        headers.push((name.to_lowercase(), value.to_owned()));
    }
    headers.sort();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    let line = line.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    Some(Received { line, headers, body: String::from_utf8(body).unwrap() })
}
