//! Answers requests while credentials are renewed in the background: a renewal that takes long, or never ends, doesn't keep
//! the command from the credentials at hand.

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

pub(super) struct Background {
    renewal: Renewal,
    asking: Sender<()>,
    renewed: Receiver<Renewed>,
    /// When the renewal that is under way was begun.
    begun: Option<Instant>,
    clock: Box<dyn Fn() -> Timestamp + Send>,
}

impl Background {
    /// `renew` gets new credentials, on a thread of its own.
    pub(super) fn open(
        renewal: Renewal,
        clock: impl Fn() -> Timestamp + Clone + Send + 'static,
        renew: impl Fn() -> Result<Given, NotGiven> + Send + 'static,
    ) -> io::Result<Background> {
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
        Ok(Background { renewal, asking, renewed, begun: None, clock: Box::new(clock) })
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::SyncSender;

    use super::*;
    use crate::cmd::exec::renewal::tests::{at, keys};

    /// Renewals that end when they are let.
    fn held_back(minutes: i64) -> (Background, SyncSender<()>) {
        let (letting, ends) = std::sync::mpsc::sync_channel(0);
        let renewal = Renewal::new("dev".to_owned(), keys("first", Some(60)), at(0, 0));
        let renew = move || {
            ends.recv().unwrap();
            Ok(keys("second", Some(120)))
        };
        (Background::open(renewal, move || at(minutes, 0), renew).unwrap(), letting)
    }

    fn id(background: &mut Background) -> String {
        match background.answer(|_| ()) {
            Answer::Credentials(document) => {
                let document: serde_json::Value = serde_json::from_str(document.expose()).unwrap();
                document["AccessKeyId"].as_str().unwrap().to_owned()
            }
            Answer::Unavailable(error) => error,
        }
    }

    #[test]
    fn who_asks_during_a_renewal_gets_the_old_ones_and_only_the_first_waits() {
        let (mut background, letting) = held_back(50);
        let start = Instant::now();
        for _ in 0..100 {
            assert_eq!(id(&mut background), "first");
        }
        assert!((MOMENT..10 * MOMENT).contains(&start.elapsed()), "{:?}", start.elapsed());
        letting.send(()).unwrap();
        let start = Instant::now();
        while id(&mut background) == "first" {
            assert!(start.elapsed() < Duration::from_secs(10));
        }
        assert_eq!(id(&mut background), "second");
    }

    #[test]
    fn whose_credentials_have_expired_waits_for_the_renewal() {
        let (mut background, letting) = held_back(61);
        let letting = thread::spawn(move || {
            thread::sleep(2 * MOMENT);
            letting.send(()).unwrap();
            letting
        });
        assert_eq!(id(&mut background), "second");
        letting.join().unwrap();
    }
}
