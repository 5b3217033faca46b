//! The request of a browser: its limits, and the headers by which it is accepted or refused.

use std::time::Duration;

use super::answer::{Answer, PATH, of_query};
use crate::net::inbound::{Bounds, Head, Refusal};
use crate::secret::Secret;

/// Browsers send the cookies of every server on this machine.
pub(super) const BOUNDS: Bounds = Bounds { line: 16 << 10, whole: 128 << 10, time: Duration::from_secs(5) };

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
    let head = Head::parse(head)?;
    if head.method != "GET" {
        return Err(Refusal::Method);
    }
    if !head.is_for(port) {
        return Err(Refusal::Bad);
    }
    // A page that is loaded ahead is never seen, and what works once is used up.
    let purposes = ["purpose", "sec-purpose", "x-moz"].map(|name| head.all(name)).concat();
    if purposes.iter().any(|purpose| purpose.to_ascii_lowercase().contains("prefetch")) {
        return Err(Refusal::Bad);
    }
    Ok(head.target.split_once('?').unwrap_or((head.target, "")))
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
