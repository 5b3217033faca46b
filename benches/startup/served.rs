//! How long a request to `exec --serve` takes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use crate::files::Home;

const REQUESTS: usize = 2000;

/// The longest that a request should take, in microseconds.
const AIM: f64 = 2000.0;

const SCRIPT: &str =
    "echo $AWS_CONTAINER_CREDENTIALS_FULL_URI $AWS_CONTAINER_AUTHORIZATION_TOKEN; read line; exit 0";

/// Sends requests one after the other, each on a connection of its own, as SDKs do.
pub(crate) fn measure(program: &Path, home: &Home) {
    let mut command = home.command(program, &["exec", "--serve", "--", "sh", "-c", SCRIPT]);
    command.env("PATH", "/usr/bin:/bin").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    let (url, token) = line.trim_end().split_once(' ').expect("two words");
    let (host, path) =
        url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).expect("a URL with a path");
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {token}\r\n\r\n");
    let mut times: Vec<f64> = (0..REQUESTS)
        .map(|_| {
            let start = Instant::now();
            let mut stream = TcpStream::connect(host).expect("a connection");
            stream.write_all(request.as_bytes()).expect("it listens");
            let mut response = String::with_capacity(4096);
            stream.read_to_string(&mut response).expect("a response");
            let elapsed = start.elapsed();
            assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
            elapsed.as_secs_f64() * 1e6
        })
        .collect();
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
    times.sort_unstable_by(f64::total_cmp);
    let [low, median, high] = [5, 50, 95].map(|percent| times[REQUESTS * percent / 100]);
    let verdict = if high <= AIM { "" } else { " MISSED" };
    println!("\na request to exec --serve, {REQUESTS} rounds (aim: below {AIM} µs){verdict}");
    println!("{:>9}{:>9}{:>9}", "p5 µs", "median", "p95");
    println!("{low:>9.0}{median:>9.0}{high:>9.0}");
}
