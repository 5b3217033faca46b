//! Answers requests while credentials are renewed on another thread: a renewal that takes long, or never ends, keeps nobody
//! from the credentials at hand.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::renewal::{Given, NotGiven, Renewal};
use crate::net::endpoint::Answer;

/// How long requests wait for new credentials while the old ones are good. SDKs wait for 1 or 2 seconds.
const MOMENT: Duration = Duration::from_millis(700);

/// How long they wait when the old ones have expired: a person may have to touch a key.
const LONG: Duration = Duration::from_mins(1);

/// What a renewal gave, and when.
type Renewed = (Timestamp, Result<Given, NotGiven>);

pub(super) struct Desk {
    renewal: Renewal,
    asking: Sender<()>,
    renewed: Receiver<Renewed>,
    /// When the renewal that is under way was begun.
    begun: Option<Instant>,
    clock: Box<dyn Fn() -> Timestamp + Send>,
}

impl Desk {
    /// `renew` gets new credentials, on a thread of its own.
    pub(super) fn open(
        renewal: Renewal,
        clock: impl Fn() -> Timestamp + Clone + Send + 'static,
        renew: impl Fn() -> Result<Given, NotGiven> + Send + 'static,
    ) -> io::Result<Desk> {
        let (asking, asked) = channel::<()>();
        let (giving, renewed) = channel();
        let now = clock.clone();
        let renewing = move || {
            for () in asked {
                let given = renew();
                let _ = giving.send((now(), given));
            }
        };
        thread::Builder::new().name("renewals".to_owned()).spawn(renewing)?;
        Ok(Desk { renewal, asking, renewed, begun: None, clock: Box::new(clock) })
    }

    /// The answer to one request.
    pub(super) fn answer(&mut self, warn: impl FnOnce(String)) -> Answer {
        self.receive(Duration::ZERO);
        if self.begun.is_none() && self.renewal.is_due((self.clock)()) && self.asking.send(()).is_ok() {
            self.begun = Some(Instant::now());
        }
        self.receive(MOMENT);
        // They may have expired meanwhile.
        if self.renewal.is_over((self.clock)()) {
            self.receive(LONG);
        }
        self.renewal.answer((self.clock)(), warn)
    }

    /// Takes the result of the renewal that is under way, if it comes so soon after its beginning.
    fn receive(&mut self, limit: Duration) {
        let Some(begun) = self.begun else { return };
        if let Ok(renewed) = self.renewed.recv_timeout(limit.saturating_sub(begun.elapsed())) {
            self.begun = None;
            self.renewal.take(renewed);
        }
    }
}
