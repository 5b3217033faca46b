//! An address of this machine from which one program gets credentials: one random path, which answers only who sends
//! the token. The token and the path are chosen by the caller.
//!
//! Any page on the web and any user of this machine can send requests here. One thread serves all connections, so a slow
//! client delays nobody; another thread makes the answers, one at a time, so many requests at once need one renewal.

mod request;
mod response;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

use super::inbound::{ListenError, bind, next, read, runtime, send};
use crate::secret::Secret;

use request::{BOUNDS, Door, judge};
pub use response::Answer;

/// The most connections at a time that have not sent the token. One more ends the oldest of them.
const MOST: usize = 128;

/// How long each connection has for the token, however many there are. SDKs send it at once.
const CHANCE: Duration = Duration::from_millis(250);

/// A port of 127.0.0.1 that is not served yet.
pub struct Endpoint {
    listener: TcpListener,
    door: Door,
}

impl Endpoint {
    /// Takes any free port. `path` begins with a slash.
    pub fn bind(path: Secret, token: Secret) -> Result<Endpoint, ListenError> {
        let failed = |source| ListenError::Endpoint { source };
        let (listener, port) = bind(0).map_err(failed)?;
        Ok(Endpoint { listener, door: Door { port, path, token } })
    }

    /// The whole address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.door.port, self.door.path.expose())
    }

    /// Serves the port until the process ends. `answer` is called on a thread of its own.
    pub fn serve(self, mut answer: impl FnMut() -> Answer + Send + 'static) -> Result<(), ListenError> {
        let failed = |source| ListenError::Endpoint { source };
        let (runtime, listener) = runtime(self.listener).map_err(failed)?;
        let (asking, asked) = channel::<oneshot::Sender<Answer>>();
        let answering = move || {
            for client in asked {
                // A client that has gone meanwhile needs no renewal.
                if !client.is_closed() {
                    let _ = client.send(answer());
                }
            }
        };
        let thread = |name: &str| thread::Builder::new().name(name.to_owned());
        thread("answers").spawn(answering).map_err(failed)?;
        let door = self.door;
        let serving = move || runtime.block_on(accept(listener, door, asking));
        thread("endpoint").spawn(serving).map_err(failed)?;
        Ok(())
    }
}

/// A connection that has not sent the token when this was last looked at.
struct Stranger {
    task: AbortHandle,
    since: Instant,
    has_token: Arc<AtomicBool>,
}

/// Ends the oldest connection without a token if there are too many.
async fn make_room(strangers: &mut VecDeque<Stranger>) {
    loop {
        strangers
            .retain(|stranger| !stranger.task.is_finished() && !stranger.has_token.load(Ordering::Relaxed));
        if strangers.len() < MOST {
            return;
        }
        let Some(oldest) = strangers.front() else { return };
        // Meanwhile the others send what they have.
        sleep_until(oldest.since + CHANCE).await;
        if !oldest.has_token.load(Ordering::Relaxed) {
            oldest.task.abort();
        }
        strangers.pop_front();
    }
}

async fn accept(listener: tokio::net::TcpListener, door: Door, asking: Sender<oneshot::Sender<Answer>>) {
    let mut strangers = VecDeque::new();
    loop {
        let stream = next(&listener).await;
        make_room(&mut strangers).await;
        let has_token = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(answer_one(stream, door.clone(), asking.clone(), Arc::clone(&has_token)));
        strangers.push_back(Stranger { task: task.abort_handle(), since: Instant::now(), has_token });
    }
}

/// Serves one connection.
async fn answer_one(
    mut stream: TcpStream,
    door: Door,
    asking: Sender<oneshot::Sender<Answer>>,
    has_token: Arc<AtomicBool>,
) {
    let Some(head) = read(&mut stream, BOUNDS).await else { return };
    let response = match head.and_then(|head| judge(&head, &door)) {
        Err(refusal) => refusal.response(),
        Ok(()) => {
            has_token.store(true, Ordering::Relaxed);
            let (client, answer) = oneshot::channel();
            let Ok(answer) = async {
                asking.send(client).map_err(drop)?;
                answer.await.map_err(drop)
            }
            .await
            else {
                return;
            };
            answer.response()
        }
    };
    send(&mut stream, response.expose().as_bytes()).await;
}
