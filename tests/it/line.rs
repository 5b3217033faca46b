//! The line between the program and a service, which can be cut at any request.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens at a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is refused, as somebody who may not do it.
    Refused,
    /// The line is cut before it arrives, for this and all later ones.
    CutBefore,
    /// The line is cut before the answer comes back, for this one; later ones do not arrive.
    CutAfter,
    /// It never arrives and is never answered: the test is told, and may kill who waits.
    HangBefore,
    /// It arrives and is never answered: the test is told.
    HangAfter,
    /// It is one too many, and so are the third and the sixth from there.
    Throttled,
    /// The key that signs it is not known yet.
    Unknown,
    /// It never arrives: a proxy answers with a web page of this status.
    PageBefore(u16),
    /// It arrives: a proxy answers with a web page of this status in place of the answer.
    PageAfter(u16),
}

struct State {
    /// At which request, counted from 0, what happens.
    fault: Option<(usize, Fault)>,
    /// The operations that were asked for, in order.
    asked: Vec<String>,
}

/// The line. It listens on a port of its own.
pub(crate) struct Line {
    port: u16,
    state: Arc<Mutex<State>>,
    hanging: Receiver<()>,
}

impl Line {
    /// A whole line to a port of this machine.
    pub(crate) fn to(port: u16) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State { fault: None, asked: Vec::new() }));
        let (told, hanging) = mpsc::channel();
        let kept = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, told) = (Arc::clone(&kept), told.clone());
                thread::spawn(move || serve(stream, port, &state, &told));
            }
        });
        Line { port: own, state, hanging }
    }

    /// The address at this end.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Lets something happen at the request number `at`; forgets those before.
    pub(crate) fn fault(&self, at: usize, fault: Fault) {
        *self.state.lock().expect("no panic") = State { fault: Some((at, fault)), asked: Vec::new() };
    }

    /// Mends the line, and forgets what was asked.
    pub(crate) fn restore(&self) {
        *self.state.lock().expect("no panic") = State { fault: None, asked: Vec::new() };
    }

    /// The operations that were asked for.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.state.lock().expect("no panic").asked.clone()
    }

    /// Whether a request hangs, or will within some seconds.
    pub(crate) fn hangs(&self) -> bool {
        self.hanging.recv_timeout(std::time::Duration::from_secs(20)).is_ok()
    }
}

fn serve(mut stream: TcpStream, port: u16, state: &Mutex<State>, told: &Sender<()>) {
    let Some(request) = read(&stream) else { return };
    let text = String::from_utf8_lossy(&request);
    let operation = text.rsplit("Action=").next().and_then(|rest| rest.split('&').next()).unwrap_or_default();
    let fault = {
        let mut state = state.lock().expect("no panic");
        let number = state.asked.len();
        state.asked.push(operation.to_owned());
        state.fault.and_then(|(at, fault)| match fault {
            Fault::CutBefore if number >= at => Some(fault),
            Fault::CutAfter if number > at => Some(Fault::CutBefore),
            Fault::Throttled if [at, at + 3, at + 6].contains(&number) => Some(fault),
            // As long as a second takes to pass.
            Fault::Unknown if number == at || number == at + 1 => Some(fault),
            _ if number == at && !matches!(fault, Fault::CutBefore | Fault::Throttled) => Some(fault),
            _ => None,
        })
    };
    match fault {
        Some(Fault::CutBefore) => return,
        Some(Fault::Refused) => return refuse(stream, 403, "AccessDenied", "you may not"),
        Some(Fault::Throttled) => return refuse(stream, 400, "Throttling", "Rate exceeded"),
        Some(Fault::Unknown) => return refuse(stream, 403, "InvalidClientTokenId", "not yet"),
        Some(Fault::HangBefore) => return hang(stream, told),
        Some(Fault::PageBefore(status)) => return page(stream, status),
        _ => {}
    }
    let Some(answer) = forward(&request, port) else { return };
    match fault {
        Some(Fault::CutAfter) => {}
        Some(Fault::HangAfter) => hang(stream, told),
        Some(Fault::PageAfter(status)) => page(stream, status),
        _ => {
            let _ = stream.write_all(&answer);
        }
    }
}

fn hang(mut stream: TcpStream, told: &Sender<()>) {
    let _ = told.send(());
    // Ends when the other side does.
    let _ = stream.read(&mut [0; 1]);
}

/// A web page that is well-formed XML.
fn page(stream: TcpStream, status: u16) {
    answer(stream, status, "<html><body><h1>Blocked by DLP</h1></body></html>");
}

fn refuse(stream: TcpStream, status: u16, code: &str, message: &str) {
    let body = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>1</RequestId></ErrorResponse>"
    );
    answer(stream, status, &body);
}

fn answer(mut stream: TcpStream, status: u16, body: &str) {
    let head = format!("HTTP/1.1 {status} No\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let _ = stream.write_all((head + body).as_bytes());
}

/// The answer, whole: the other side is told to close when it has answered.
fn forward(request: &[u8], port: u16) -> Option<Vec<u8>> {
    let mut there = TcpStream::connect(("127.0.0.1", port)).ok()?;
    there.write_all(request).ok()?;
    let answer = read(&there);
    let _ = there.shutdown(Shutdown::Both);
    answer
}

/// A message: its head, and as much as the head says.
fn read(stream: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut message = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        message.extend_from_slice(line.as_bytes());
        if line == "\r\n" {
            break;
        }
    }
    let head = message.len();
    message.resize(head + length, 0);
    reader.read_exact(&mut message[head..]).ok()?;
    Some(message)
}
