//! Ports of this machine, and the requests that other programs send to them: read with limits, taken apart, and answered.
//! One connection carries one request.

mod error;

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

pub use error::ListenError;

/// How long to wait after an error of `accept`, such as too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// How long sending a response may take.
const SENDING: Duration = Duration::from_secs(2);

/// How long the rest of a request is read after the response is sent: closing earlier could discard the response.
const DRAINING: Duration = Duration::from_millis(500);

/// Takes `port` of 127.0.0.1, or any free one for 0. Returns the port, too.
pub(super) fn bind(port: u16) -> io::Result<(std::net::TcpListener, u16)> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// A runtime of one thread, and a listener that belongs to it.
pub(super) fn runtime(listener: std::net::TcpListener) -> io::Result<(Runtime, TcpListener)> {
    listener.set_nonblocking(true)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let inside = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    drop(inside);
    Ok((runtime, listener))
}

/// The next connection.
pub(super) async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            return stream;
        }
        sleep(PAUSE).await;
    }
}

/// How large and how slow the head of a request may be.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    /// The longest request line, in bytes.
    pub(super) line: usize,
    /// The largest head, in bytes.
    pub(super) whole: usize,
    pub(super) time: Duration,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Malformed, too large, or an answer to another sign-in.
    Bad,
    /// To another host: a web page's, whose name resolves to this machine.
    Host,
    NotFound,
    /// Not GET.
    Method,
    /// Without the token, or with another one.
    Token,
}

/// Reads the head of a request. `None` if the connection ends, or the time.
pub(super) async fn read(
    stream: &mut TcpStream,
    bounds: Bounds,
) -> Option<Result<Zeroizing<Vec<u8>>, Refusal>> {
    // A buffer that grows leaves copies in memory that are never zeroed.
    let mut head = Zeroizing::new(Vec::with_capacity(bounds.whole));
    let reading = async {
        loop {
            if stream.read_buf(&mut *head).await.ok()? == 0 {
                return None;
            }
            let line = memchr::memchr(b'\n', &head);
            if line.unwrap_or(head.len()) > bounds.line {
                return Some(Err(Refusal::Bad));
            }
            if is_whole(&head) {
                return Some(Ok(()));
            }
            if head.len() >= bounds.whole {
                return Some(Err(Refusal::Bad));
            }
        }
    };
    let read = timeout(bounds.time, reading).await.ok()??;
    Some(read.map(|()| head))
}

fn is_whole(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"\r\n\r\n").is_some() || memchr::memmem::find(head, b"\n\n").is_some()
}

/// The head of a request.
pub(super) struct Head<'h> {
    pub(super) method: &'h str,
    pub(super) target: &'h str,
    headers: Vec<(&'h str, &'h str)>,
}

impl<'h> Head<'h> {
    pub(super) fn parse(head: &'h [u8]) -> Result<Head<'h>, Refusal> {
        let head = std::str::from_utf8(head).map_err(|_| Refusal::Bad)?;
        let mut lines = head.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let [method, target, version] = words[..] else { return Err(Refusal::Bad) };
        if !version.starts_with("HTTP/1.") {
            return Err(Refusal::Bad);
        }
        let headers = lines.take_while(|line| !line.is_empty()).map(header).collect::<Result<_, _>>()?;
        Ok(Head { method, target, headers })
    }

    /// The values of all headers of this name.
    pub(super) fn all(&self, wanted: &str) -> Vec<&'h str> {
        let same = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        same.map(|(_, value)| *value).collect()
    }

    /// The value of the only header of this name.
    pub(super) fn only(&self, wanted: &str) -> Option<&'h str> {
        let [value] = self.all(wanted)[..] else { return None };
        Some(value)
    }

    /// Whether the request is for this machine's `port`. A page of another host whose name now leads here sends that
    /// name.
    pub(super) fn is_for(&self, port: u16) -> bool {
        self.only("host").is_some_and(|host| {
            ["127.0.0.1", "localhost"].iter().any(|name| host.eq_ignore_ascii_case(&format!("{name}:{port}")))
        })
    }
}

/// The name and the value of a header. What another reader may take for another header is malformed: whitespace before the
/// colon, a line that continues the one before it, and control characters.
fn header(line: &str) -> Result<(&str, &str), Refusal> {
    let (name, value) = line.split_once(':').ok_or(Refusal::Bad)?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_plain = |char: char| char == '\t' || !char.is_control();
    if name.is_empty() || !name.bytes().all(is_token) || !value.chars().all(is_plain) {
        return Err(Refusal::Bad);
    }
    Ok((name, value.trim_matches([' ', '\t'])))
}

/// Sends a response and closes the connection so that all of it arrives.
pub(super) async fn send(stream: &mut TcpStream, response: &[u8]) {
    let sending = async {
        stream.write_all(response).await?;
        stream.shutdown().await
    };
    if let Ok(Ok(())) = timeout(SENDING, sending).await {
        let mut rest = [0; 4096];
        let draining = async { while stream.read(&mut rest).await.is_ok_and(|length| length > 0) {} };
        let _ = timeout(DRAINING, draining).await;
    }
}
