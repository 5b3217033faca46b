//! What a request needs to be answered.

use std::time::Duration;

use subtle::ConstantTimeEq as _;

use crate::net::inbound::{Bounds, Head, Refusal};
use crate::secret::Secret;

/// SDKs send a few hundred bytes.
pub(super) const BOUNDS: Bounds = Bounds { line: 4 << 10, whole: 16 << 10, time: Duration::from_secs(5) };

/// What a request must know to be answered.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) port: u16,
    pub(super) path: Secret,
    pub(super) token: Secret,
}

/// Whether a request gets credentials. The path and the token are compared in constant time: how long a refusal takes
/// reveals nothing about them.
pub(super) fn judge(head: &[u8], door: &Door) -> Result<(), Refusal> {
    let head = Head::parse(head)?;
    if !head.is_for(door.port) {
        return Err(Refusal::Host);
    }
    if !is_same(head.target, &door.path) {
        return Err(Refusal::NotFound);
    }
    if head.method != "GET" {
        return Err(Refusal::Method);
    }
    match head.only("authorization") {
        Some(token) if is_same(token, &door.token) => Ok(()),
        _ => Err(Refusal::Token),
    }
}

fn is_same(found: &str, expected: &Secret) -> bool {
    found.as_bytes().ct_eq(expected.expose().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        Door { port: 4711, path: Secret::new("/p"), token: Secret::new("t0ken") }
    }

    fn judged(head: &str) -> Result<(), Refusal> {
        judge(head.as_bytes(), &door())
    }

    #[test]
    fn only_a_get_of_the_path_with_the_token_at_our_host_is_answered() {
        let (host, token) = ("Host: 127.0.0.1:4711", "Authorization: t0ken");
        for head in [
            format!("GET /p HTTP/1.1\r\n{host}\r\n{token}\r\n\r\n"),
            "GET /p HTTP/1.1\r\nAUTHORIZATION:t0ken \r\nhost: LocalHost:4711\r\n\r\n".to_owned(),
            format!("GET /p HTTP/1.0\n{host}\n{token}\n\n"),
        ] {
            assert_eq!(judged(&head), Ok(()), "{head}");
        }
        for (line, headers, refusal) in [
            ("GET /p HTTP/1.1", "", Refusal::Host),
            ("GET /p HTTP/1.1", "Host: 127.0.0.1", Refusal::Host),
            ("GET /p HTTP/1.1", "Host: evil.example:4711", Refusal::Host),
            ("GET /p HTTP/1.1", "Host: 127.0.0.1:4711\r\nHost: 127.0.0.1:4711", Refusal::Host),
            ("POST /p HTTP/1.1", "Host: evil.example", Refusal::Host),
            ("GET / HTTP/1.1", host, Refusal::NotFound),
            ("GET /p/ HTTP/1.1", host, Refusal::NotFound),
            ("GET /p?x HTTP/1.1", host, Refusal::NotFound),
            ("GET http://127.0.0.1:4711/p HTTP/1.1", host, Refusal::NotFound),
            ("POST /q HTTP/1.1", host, Refusal::NotFound),
            ("POST /p HTTP/1.1", host, Refusal::Method),
            ("HEAD /p HTTP/1.1", host, Refusal::Method),
            ("OPTIONS /p HTTP/1.1", host, Refusal::Method),
            ("get /p HTTP/1.1", host, Refusal::Method),
            ("GET /p HTTP/2", host, Refusal::Bad),
            ("GET /p", host, Refusal::Bad),
            ("GET  /p HTTP/1.1", host, Refusal::Bad),
            ("\u{16}\u{3}\u{1}", host, Refusal::Bad),
        ] {
            let head = format!("{line}\r\n{headers}\r\n{token}\r\n\r\n");
            assert_eq!(judged(&head).err(), Some(refusal), "{head}");
        }
        // Beside what is right.
        for header in [
            "Host : evil.example",
            "Host\t: evil.example",
            " Host: evil.example",
            "\tfolded",
            "X: a\0b",
            "X: a\rHost: evil.example",
            "X: a\u{1b}[2J",
            "X: \u{7f}",
            "\0: x",
            ": x",
            "no colon",
            "Hóst: evil.example",
            "X(y): z",
        ] {
            for head in [
                format!("GET /p HTTP/1.1\r\n{host}\r\nAuthorization: t0ken\r\n{header}\r\n\r\n"),
                format!("GET /p HTTP/1.1\r\n{header}\r\n{host}\r\nAuthorization: t0ken\r\n\r\n"),
            ] {
                assert_eq!(judged(&head), Err(Refusal::Bad), "{head:?}");
            }
        }
        for token in [
            "X: y",
            "Authorization:",
            "Authorization: T0ken",
            "Authorization: t0ken0",
            "Authorization: t0ke",
            "Authorization: Bearer t0ken",
            "Authorization: t0ken\r\nAuthorization: t0ken",
        ] {
            let head = format!("GET /p HTTP/1.1\r\n{host}\r\n{token}\r\n\r\n");
            assert_eq!(judged(&head), Err(Refusal::Token), "{head}");
        }
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn endpoint_request() {
        let door = Door { port: 1, path: Secret::new("/p"), token: Secret::new("t0ken") };
        bolero::check!().for_each(|bytes: &[u8]| {
            if judge(bytes, &door).is_ok() {
                assert!(bytes.starts_with(b"GET /p HTTP/1."));
                assert!(memchr::memmem::find(bytes, b"t0ken").is_some());
            }
        });
    }
}
