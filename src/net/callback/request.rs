//! The request of a browser: read with limits, and judged.

use std::time::Duration;

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::answer::{Answer, PATH, of_query};
use crate::secret::Secret;

/// The longest request line, in bytes.
const LONGEST_LINE: usize = 16 << 10;

/// The largest request, in bytes. Browsers send the cookies of every server on this machine.
const LARGEST: usize = 128 << 10;

/// How long a request may take.
const LIMIT: Duration = Duration::from_secs(5);

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Malformed, too large, to another host, or an answer to another sign-in.
    Bad,
    NotFound,
    /// Not GET.
    Method,
}

/// Reads the head of a request. `None` if the connection ends, or the time.
pub(super) async fn read(stream: &mut TcpStream) -> Option<Result<Zeroizing<Vec<u8>>, Refusal>> {
    // A buffer that grows leaves copies in memory that are never zeroed.
    let mut head = Zeroizing::new(Vec::with_capacity(LARGEST));
    let reading = async {
        loop {
            if stream.read_buf(&mut *head).await.ok()? == 0 {
                return None;
            }
            let line = memchr::memchr(b'\n', &head);
            if line.unwrap_or(head.len()) > LONGEST_LINE {
                return Some(Err(Refusal::Bad));
            }
            if is_whole(&head) {
                return Some(Ok(()));
            }
            if head.len() >= LARGEST {
                return Some(Err(Refusal::Bad));
            }
        }
    };
    let read = timeout(LIMIT, reading).await.ok()??;
    Some(read.map(|()| head))
}

fn is_whole(head: &[u8]) -> bool {
    memchr::memmem::find(head, b"\r\n\r\n").is_some() || memchr::memmem::find(head, b"\n\n").is_some()
}

/// The answer that a request brings to the sign-in of `state`, at our `port`.
pub(super) fn judge(head: &[u8], port: u16, state: &Secret) -> Result<Answer, Refusal> {
    let (path, query) = target(head, port)?;
    if path != PATH {
        return Err(Refusal::NotFound);
    }
    of_query(query, state).ok_or(Refusal::Bad)
}

/// The path and the query that a browser asks for at our `port`, to show the page to its user.
pub(super) fn target(head: &[u8], port: u16) -> Result<(&str, &str), Refusal> {
    let head = std::str::from_utf8(head).map_err(|_| Refusal::Bad)?;
    let mut lines = head.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, version] = words[..] else { return Err(Refusal::Bad) };
    if !version.starts_with("HTTP/1.") {
        return Err(Refusal::Bad);
    }
    if method != "GET" {
        return Err(Refusal::Method);
    }
    let headers: Vec<(&str, &str)> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':').map(|(name, value)| (name, value.trim())))
        .collect();
    let all = |wanted: &str| {
        let same = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        same.map(|(_, value)| *value).collect::<Vec<_>>()
    };
    // A page of another host whose name now leads here sends that name.
    let is_ours = |host: &str| {
        ["127.0.0.1", "localhost"].iter().any(|name| host.eq_ignore_ascii_case(&format!("{name}:{port}")))
    };
    let hosts = all("host");
    if hosts.len() != 1 || !is_ours(hosts[0]) {
        return Err(Refusal::Bad);
    }
    // A page that is loaded ahead is never seen, and what works once is used up.
    let purposes = ["purpose", "sec-purpose", "x-moz"].map(all).concat();
    if purposes.iter().any(|purpose| purpose.to_ascii_lowercase().contains("prefetch")) {
        return Err(Refusal::Bad);
    }
    Ok(target.split_once('?').unwrap_or((target, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(head: &str) -> Result<Answer, Refusal> {
        judge(head.as_bytes(), 4711, &Secret::new("s"))
    }

    #[test]
    fn only_a_get_of_our_path_at_our_host_is_an_answer() {
        let host = "Host: 127.0.0.1:4711";
        let target = "/oauth/callback?code=c&state=s";
        for head in [
            format!("GET {target} HTTP/1.1\r\n{host}\r\n\r\n"),
            format!("GET {target} HTTP/1.1\r\nCookie: a=b\r\nHOST:localhost:4711 \r\n\r\n"),
            format!("GET {target} HTTP/1.0\n{host}\n\n"),
        ] {
            assert!(matches!(judged(&head), Ok(Answer::Code(_))), "{head}");
        }
        for (line, header, refusal) in [
            (format!("GET {target} HTTP/1.1"), "", Refusal::Bad),
            (format!("GET {target} HTTP/1.1"), "Host: 127.0.0.1", Refusal::Bad),
            (format!("GET {target} HTTP/1.1"), "Host: 127.0.0.1:4712", Refusal::Bad),
            (format!("GET {target} HTTP/1.1"), "Host: evil.example:4711", Refusal::Bad),
            (format!("GET {target} HTTP/1.1"), "Host: 127.0.0.1:4711\r\nHost: 127.0.0.1:4711", Refusal::Bad),
            (
                format!("GET {target} HTTP/1.1"),
                "Host: 127.0.0.1:4711\r\nSec-Purpose: prefetch;prerender",
                Refusal::Bad,
            ),
            (format!("GET {target} HTTP/2"), host, Refusal::Bad),
            (format!("GET {target}"), host, Refusal::Bad),
            (format!("GET  {target} HTTP/1.1"), host, Refusal::Bad),
            (format!("GET http://127.0.0.1:4711{target} HTTP/1.1"), host, Refusal::NotFound),
            (format!("POST {target} HTTP/1.1"), host, Refusal::Method),
            (format!("HEAD {target} HTTP/1.1"), host, Refusal::Method),
            (format!("get {target} HTTP/1.1"), host, Refusal::Method),
            ("GET /favicon.ico HTTP/1.1".to_owned(), host, Refusal::NotFound),
            ("GET / HTTP/1.1".to_owned(), host, Refusal::NotFound),
            ("GET /oauth/callback HTTP/1.1".to_owned(), host, Refusal::Bad),
            ("GET /oauth/callback/x?code=c&state=s HTTP/1.1".to_owned(), host, Refusal::NotFound),
            ("GET /oauth/callback?code=c&state=t HTTP/1.1".to_owned(), host, Refusal::Bad),
        ] {
            let head = format!("{line}\r\n{header}\r\n\r\n");
            assert_eq!(judged(&head).err(), Some(refusal), "{head}");
        }
    }
}
