use super::*;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::AtomicU32;

const TOKEN: &str = "t0ken";

/// An endpoint that counts its answers, and gives each after `thinking`.
fn running(thinking: Duration) -> (u16, Arc<AtomicU32>) {
    let endpoint = Endpoint::bind(Secret::new("/secret-path"), Secret::new(TOKEN)).unwrap();
    let port = endpoint.door.port;
    assert_eq!(endpoint.url(), format!("http://127.0.0.1:{port}/secret-path"));
    let count = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&count);
    let answer = move || {
        let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
        thread::sleep(thinking);
        match number {
            13 => Answer::Unavailable("{\"code\":\"c\",\"message\":\"m\"}".to_owned()),
            _ => Answer::Credentials(Secret::new("{\"AccessKeyId\":\"A\"}")),
        }
    };
    endpoint.serve(answer).unwrap();
    (port, count)
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

fn ask(port: u16, request: &str) -> String {
    let mut stream = connect(port);
    let _ = stream.write_all(request.as_bytes());
    let mut response = String::new();
    let _ = stream.read_to_string(&mut response);
    response
}

fn right(port: u16) -> String {
    format!("GET /secret-path HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {TOKEN}\r\n\r\n")
}

#[test]
fn the_right_request_gets_the_document_and_nobody_may_keep_it() {
    let (port, _) = running(Duration::ZERO);
    for request in [
        right(port),
        right(port).replace("HTTP/1.1", "HTTP/1.0"),
        right(port).replace("\r\n\r\n", "\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc"),
    ] {
        assert_eq!(
            ask(port, &request),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 19\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{\"AccessKeyId\":\"A\"}"
        );
    }
}

#[test]
fn every_other_request_is_refused_without_an_answer_being_made() {
    let (port, count) = running(Duration::ZERO);
    let right = right(port);
    for (request, status) in [
        (right.replace(TOKEN, "wrong"), 403),
        (right.replace("Authorization", "X-Authorization"), 403),
        (right.replace("127.0.0.1", "evil.example"), 403),
        (right.replace("Host", "X-Host"), 403),
        (right.replace("/secret-path", "/"), 404),
        (right.replace("/secret-path", "/secret-path/x"), 404),
        (right.replace("GET", "POST"), 405),
        (right.replace("GET", "OPTIONS"), 405),
        (right.replace("HTTP/1.1", "HTTP/3"), 400),
        (right.replace("/secret-path", &"x".repeat(5000)), 400),
        (right.replace("\r\n\r\n", &format!("\r\nCookie: {}\r\n\r\n", "c".repeat(20_000))), 400),
        ("\x16\x03\x01\r\n\r\n".to_owned(), 400),
    ] {
        let response = ask(port, &request);
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {response}");
        assert_eq!(response.contains("\r\nAllow: GET\r\n"), status == 405, "{response}");
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert!(body["code"].is_string() && body["message"].is_string(), "{body}");
        assert!(!head.to_lowercase().contains("access-control") && head.contains("no-store"), "{head}");
        assert!(!response.contains("secret-path") && !response.contains(TOKEN), "{response}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn an_error_is_told_with_a_status_after_which_sdks_try_again() {
    let (port, _) = running(Duration::ZERO);
    let answers: Vec<String> = (0..13).map(|_| ask(port, &right(port))).collect();
    assert!(answers[12].starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{}", answers[12]);
    assert!(answers[12].ends_with("\r\n\r\n{\"code\":\"c\",\"message\":\"m\"}"), "{}", answers[12]);
}

#[test]
fn silent_and_slow_clients_delay_nobody() {
    let (port, _) = running(Duration::ZERO);
    let silent: Vec<TcpStream> = (0..200).map(|_| connect(port)).collect();
    let slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = connect(port);
            stream.write_all(b"GET /secret-path HTTP/1.1\r\nHo").unwrap();
            stream
        })
        .collect();
    let start = std::time::Instant::now();
    assert!(ask(port, &right(port)).starts_with("HTTP/1.1 200 "));
    assert!(start.elapsed() < Duration::from_secs(3));
    drop((silent, slow));
}

#[test]
fn who_has_sent_the_token_is_not_crowded_out() {
    let (port, count) = running(Duration::from_millis(2));
    let clients: Vec<_> = (0..300).map(|_| thread::spawn(move || ask(port, &right(port)))).collect();
    let crowd: Vec<TcpStream> = (0..200).map(|_| connect(port)).collect();
    let answers: Vec<String> = clients.into_iter().map(|client| client.join().unwrap()).collect();
    let answered = answers.iter().filter(|answer| answer.contains("\r\n\r\n{")).count();
    assert_eq!((answered, count.load(Ordering::SeqCst)), (300, 300));
    drop(crowd);
}
