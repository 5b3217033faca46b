use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Instant;

use super::*;

const STATE: &str = "0f2d8a51-8c7e-4b8e-9d4f-6a1b2c3d4e5f";
const CODE: &str = "CANARYcode0123456789";

struct Running {
    port: u16,
    listening: Listening,
}

fn running() -> Running {
    let callback = Callback::bind(None).unwrap();
    let port = callback.port;
    Running { port, listening: callback.listen(&Secret::new(STATE)).unwrap() }
}

/// Sends a request as it is and returns the whole response.
fn ask(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

fn get(port: u16, target: &str) -> String {
    ask(port, &format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: a=b\r\n\r\n"))
}

fn right() -> String {
    format!("/oauth/callback?code={CODE}&state={STATE}")
}

impl Running {
    /// The right answer is still taken, and then the port is closed.
    #[track_caller]
    fn completes(self) {
        assert!(get(self.port, &right()).starts_with("HTTP/1.1 200 OK\r\n"));
        let answer = self.listening.answer(Duration::from_secs(5));
        assert!(matches!(&answer, Some(Answer::Code(code)) if code.expose() == CODE), "{answer:?}");
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err(), "the port is open");
    }
}

#[test]
fn only_127_0_0_1_is_listened_on() {
    let callback = Callback::bind(None).unwrap();
    assert_eq!(callback.redirect_uri(), format!("http://127.0.0.1:{}/oauth/callback", callback.port));
    assert_eq!(callback.listener.local_addr().unwrap().ip(), Ipv4Addr::LOCALHOST);
    assert!(TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), callback.port)).is_err());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let first = Callback::bind(None).unwrap();
    let second = Callback::bind(Some(first.port)).map(|_| ());
    assert!(matches!(second, Err(ListenError::Taken { port }) if port == first.port), "{second:?}");
    let port = first.port;
    drop(first);
    assert_eq!(Callback::bind(Some(port)).unwrap().port, port);
}

#[test]
fn dropping_it_closes_the_port() {
    let Running { port, listening } = running();
    let silent = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let start = Instant::now();
    drop(listening);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    drop(silent);
    Callback::bind(Some(port)).unwrap();
}

#[test]
fn what_is_no_answer_is_refused_and_waiting_goes_on() {
    let running = running();
    let port = running.port;
    let silent: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap()).collect();
    let long = format!("{}&x={}", right(), "x".repeat(100_000));
    let head = format!("HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    for (request, status) in [
        (format!("GET /favicon.ico {head}\r\n"), 404),
        (format!("GET / {head}\r\n"), 404),
        (format!("GET /oauth/callback {head}\r\n"), 400),
        (format!("GET /oauth/callback/more?code={CODE}&state={STATE} {head}\r\n"), 404),
        (format!("POST {} {head}Content-Length: 0\r\n\r\n", right()), 405),
        (format!("POST {} {head}Content-Length: 5\r\n\r\nabcde", right()), 405),
        (format!("GET {} HTTP/1.1\r\nHost: evil.example\r\n\r\n", right()), 400),
        (format!("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", right()), 400),
        (format!("GET {long} {head}\r\n"), 400),
        (format!("GET {} {head}Cookie: {}\r\n\r\n", right(), "c".repeat(200_000)), 400),
        (format!("GET /oauth/callback?code={CODE}&state=foreign {head}\r\n"), 400),
        (format!("GET /oauth/callback?error=access_denied {head}\r\n"), 400),
        (format!("GET /oauth/callback?error=access_denied&state=foreign {head}\r\n"), 400),
        (format!("GET {}&code=other {head}\r\n", right()), 400),
        (format!("GET {} {head}Sec-Purpose: prefetch\r\n\r\n", right()), 400),
        ("\x16\x03\x01\x02\x00\x01\r\n\r\n".to_owned(), 400),
    ] {
        let response = ask(port, &request);
        let shown: String = request.chars().take(120).collect();
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{shown}: {response}");
        assert!(response.ends_with("</html>\n"), "{shown}: {response}");
    }
    assert!(running.listening.answer(Duration::ZERO).is_none());
    let cookies = "c".repeat(100_000);
    let answered = ask(port, &format!("GET {} {head}Cookie: {cookies}\r\n\r\n", right()));
    assert!(answered.starts_with("HTTP/1.1 200 "), "{answered}");
    assert!(matches!(running.listening.answer(Duration::from_secs(5)), Some(Answer::Code(_))));
    drop(silent);
}

#[test]
fn a_hundred_silent_connections_block_nobody() {
    let running = running();
    let silent: Vec<TcpStream> =
        (0..100).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, running.port)).unwrap()).collect();
    let start = Instant::now();
    running.completes();
    assert!(start.elapsed() < Duration::from_secs(3));
    drop(silent);
}

#[test]
fn a_request_in_small_pieces_is_read() {
    let running = running();
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, running.port)).unwrap();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", right(), running.port);
    for piece in request.as_bytes().chunks(40) {
        stream.write_all(piece).unwrap();
        thread::sleep(Duration::from_millis(5));
    }
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert!(running.listening.answer(Duration::from_secs(5)).is_some());
}

#[test]
fn the_page_is_fixed_text_with_its_headers() {
    let success = running();
    let page = get(success.port, &format!("{}&hint=%3Cscript%3Ealert", right()));
    let (head, body) = page.split_once("\r\n\r\n").unwrap();
    for header in [
        "HTTP/1.1 200 OK",
        "Content-Type: text/html; charset=utf-8",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "Connection: close",
        &format!("Content-Length: {}", body.len()),
    ] {
        assert!(head.lines().any(|line| line == header), "{header}: {head}");
    }
    for part in [CODE, STATE, "script", "hint", "alert"] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    assert!(body.contains("Sign-in received"), "{body}");
    let failure = running();
    let target = format!("/oauth/callback?error=access_denied&error_description=%1b%3Cb%3Eboo&state={STATE}");
    let page = get(failure.port, &target);
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("Sign-in failed"), "{page}");
    assert!(!page.contains("boo") && !page.contains("denied") && !page.contains(STATE), "{page}");
    let answer = failure.listening.answer(Duration::from_secs(5));
    let Some(Answer::Error { error, description }) = answer else { panic!("{answer:?}") };
    assert_eq!((error.as_str(), description.as_deref()), ("access_denied", Some("\u{1b}<b>boo")));
}

#[test]
fn the_first_of_two_answers_wins() {
    let running = running();
    let port = running.port;
    let threads: Vec<_> = (0..8)
        .map(|_| {
            thread::spawn(move || {
                TcpStream::connect((Ipv4Addr::LOCALHOST, port)).and_then(|mut stream| {
                    let request = format!("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", right());
                    stream.write_all(request.as_bytes())?;
                    let mut response = String::new();
                    stream.read_to_string(&mut response).map(|_| response)
                })
            })
        })
        .collect();
    let responses = threads.into_iter().filter_map(|thread| thread.join().unwrap().ok());
    assert_eq!(responses.filter(|response| response.contains("Sign-in received")).count(), 1);
    assert!(running.listening.answer(Duration::from_secs(5)).is_some());
    assert!(running.listening.answer(Duration::from_millis(10)).is_none());
}
