//! The address of this machine to which a browser returns after a sign-in: RFC 8252, section 7.3.
//!
//! Any page on the web can send requests here, so only a request with the `state` of our sign-in is an answer. All others
//! are refused, and waiting goes on. One thread serves all connections.

mod answer;
mod handover;
mod page;
mod request;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use zeroize::Zeroizing;

use super::inbound::{self, ListenError, Refusal, read};
use crate::secret::Secret;

pub use answer::{Answer, parse};
pub use handover::Handover;
use page::Page;
use request::{BOUNDS, judge};

/// The most connections at a time. One more ends the oldest.
const MOST: usize = 64;

/// A port of 127.0.0.1, taken before anything else is done for a sign-in.
pub struct Callback {
    listener: TcpListener,
    port: u16,
}

impl Callback {
    /// Takes `port`, or any free one.
    pub fn bind(port: Option<u16>) -> Result<Callback, ListenError> {
        let (listener, port) = inbound::bind(port.unwrap_or(0)).map_err(|source| match port {
            Some(port) if source.kind() == ErrorKind::AddrInUse => ListenError::Taken { port },
            Some(port) => ListenError::Port { port, source },
            None => ListenError::loopback(source),
        })?;
        Ok(Callback { listener, port })
    }

    /// For the authorization request and the exchange. The service accepts no other host, and any port.
    pub fn redirect_uri(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, answer::PATH)
    }

    /// Serves the port until the answer with this `state` arrives, or the result is dropped.
    pub fn listen(self, state: &Secret) -> Result<Listening, ListenError> {
        let (runtime, listener) = inbound::runtime(self.listener).map_err(ListenError::loopback)?;
        let (events, received) = unbounded_channel();
        let (answers, answered) = mpsc::channel();
        let (port, state) = (self.port, state.clone());
        let site = Site { judge: Arc::new(move |head| judge(head, port, &state)), events: events.clone() };
        let serve = move || {
            let page = |answer: &Answer| {
                let page = if matches!(answer, Answer::Code(_)) { Page::Success } else { Page::Failure };
                page.response()
            };
            if let Some(answer) = runtime.block_on(serve(listener, site, received, page)) {
                let _ = answers.send(answer);
            }
        };
        let thread = thread::Builder::new().name("callback".to_owned()).spawn(serve);
        let thread = thread.map_err(ListenError::loopback)?;
        Ok(Listening { events, answered, thread: Some(thread) })
    }
}

/// A port that is being served. Dropping it closes the port, after the page of an answer is sent.
pub struct Listening {
    events: UnboundedSender<Event<Answer>>,
    answered: Receiver<Answer>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// The answer, if it arrives within this time. There is at most one; the port is closed when it is returned.
    pub fn answer(&self, within: Duration) -> Option<Answer> {
        match self.answered.recv_timeout(within) {
            Ok(answer) => Some(answer),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                thread::sleep(within);
                None
            }
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.events.send(Event::End);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

enum Event<T> {
    /// The right request, and the connection that waits for its page.
    Answered(TcpStream, T),
    End,
}

/// What the head of a request brings, or why it is refused.
type Judge<T> = Arc<dyn Fn(&[u8]) -> Result<T, Refusal> + Send + Sync>;

/// What every connection needs to know.
struct Site<T> {
    judge: Judge<T>,
    events: UnboundedSender<Event<T>>,
}

/// What the first right request brings, after its response is sent and the port is closed.
async fn serve<T: Send + 'static>(
    listener: tokio::net::TcpListener,
    site: Site<T>,
    mut received: UnboundedReceiver<Event<T>>,
    response: impl Fn(&T) -> String,
) -> Option<T> {
    let accepting = tokio::spawn(accept(listener, site));
    let event = received.recv().await;
    accepting.abort();
    // Until the task has ended, the port is open.
    let _ = accepting.await;
    let Some(Event::Answered(mut stream, answer)) = event else { return None };
    send(&mut stream, &Zeroizing::new(response(&answer))).await;
    Some(answer)
}

async fn accept<T: Send + 'static>(listener: tokio::net::TcpListener, site: Site<T>) {
    let mut connections: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let stream = inbound::next(&listener).await;
        connections.retain(|connection| !connection.is_finished());
        if connections.len() >= MOST
            && let Some(oldest) = connections.pop_front()
        {
            oldest.abort();
        }
        let site = Site { judge: Arc::clone(&site.judge), events: site.events.clone() };
        connections.push_back(tokio::spawn(answer_one(stream, site)).abort_handle());
    }
}

/// Serves one connection.
async fn answer_one<T>(mut stream: TcpStream, site: Site<T>) {
    let Some(head) = read(&mut stream, BOUNDS).await else { return };
    match head.and_then(|head| (site.judge)(&head)) {
        Ok(answer) => _ = site.events.send(Event::Answered(stream, answer)),
        Err(refusal) => send(&mut stream, &Page::Refused(refusal).response()).await,
    }
}

/// Sends a response and closes the connection so that all of it arrives.
async fn send(stream: &mut TcpStream, response: &str) {
    inbound::send(stream, response.as_bytes()).await;
}
