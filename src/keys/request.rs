//! A request for a key, and whether a key may be the one that it created, if the response was lost.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::service::iam::{AccessKey, LastUsed, Use};
use crate::service::retry::LIFE;

/// How far apart IAM's clock and this machine's may be if IAM's time is unknown. AWS rejects signatures from a clock
/// that is wrong by more than that.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// How far apart the clocks may be if IAM's time is known: its dates have whole seconds, and its hosts differ a little.
const SAID: SignedDuration = SignedDuration::from_secs(30);

/// How long a request may still arrive after it was given up.
const AFTER: SignedDuration = SignedDuration::from_secs(30);

/// A request for a key. It is saved before it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// When it was sent, by this machine's clock.
    pub begun: Timestamp,
    /// When it was given up. `None` also if the process was killed.
    #[serde(default)]
    pub ended: Option<Timestamp>,
    /// How many milliseconds IAM's clock is ahead of this machine's, if IAM's time is known.
    #[serde(default)]
    pub ahead: Option<i64>,
    /// The keys that the user had before.
    pub known: Vec<String>,
    /// Those of them that were deleted to make room. A list may still have them.
    #[serde(default)]
    pub deleted: Vec<String>,
}

/// Why a key can't be the one that was requested, or can't be shown to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Alibi {
    #[error("existed before the new key was requested")]
    Known,
    #[error("was created at {0}, before the new key was requested")]
    Earlier(Timestamp),
    #[error("was created at {0}, after the request for the new key ended")]
    Later(Timestamp),
    #[error("has no creation date")]
    NoDate,
    /// It is on this machine.
    #[error("is in {0}")]
    Held(String),
    /// Whoever used it has its secret.
    #[error("was used for {} at {}", .0.service, .0.at)]
    Used(Use),
    #[error("may be in use: IAM doesn't say when it was last used")]
    UseUnknown,
}

impl Request {
    /// Whether `key` can be the one that was requested: it was created during the request, and nobody has its secret.
    /// This doesn't prove it: someone else may have created a key at the same time.
    pub fn can_be(
        &self,
        key: &AccessKey,
        used: Option<&LastUsed>,
        place: Option<String>,
    ) -> Result<(), Alibi> {
        if self.known.contains(&key.id) {
            return Err(Alibi::Known);
        }
        let created = key.created.ok_or(Alibi::NoDate)?;
        let (from, until) = self.window();
        if created < from {
            return Err(Alibi::Earlier(created));
        }
        if created > until {
            return Err(Alibi::Later(created));
        }
        if let Some(place) = place {
            return Err(Alibi::Held(place));
        }
        match used.ok_or(Alibi::UseUnknown)?.used.clone() {
            Some(used) => Err(Alibi::Used(used)),
            None => Ok(()),
        }
    }

    /// How many keys the user had when it was sent.
    pub fn existing(&self) -> usize {
        self.known.iter().filter(|id| !self.deleted.contains(id)).count()
    }

    /// When the request can have been executed, by IAM's clock: from, until.
    fn window(&self) -> (Timestamp, Timestamp) {
        // AWS accepts no signature from a clock that is further off, so this time isn't IAM's.
        let said = self.ahead.map(SignedDuration::from_millis).filter(|ahead| ahead.abs() <= CLOCKS * 3);
        let (ahead, about) = said.map_or((SignedDuration::ZERO, CLOCKS), |ahead| (ahead, SAID));
        let life = SignedDuration::try_from(LIFE).unwrap_or(SignedDuration::ZERO);
        let add = |at: Timestamp, by: SignedDuration| at.saturating_add(by).unwrap_or(at);
        let longest = add(self.begun, life);
        let end = self.ended.map_or(longest, |ended| add(ended, AFTER).min(longest));
        (add(self.begun, ahead - about), add(end, ahead + about))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::iam::Status;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-20T{text}Z").parse().unwrap()
    }

    fn request(ended: Option<&str>, ahead: Option<i64>) -> Request {
        let (ended, ahead) = (ended.map(at), ahead.map(|seconds| seconds * 1000));
        Request { begun: at("12:00:00"), ended, ahead, known: vec!["OLD".to_owned()], deleted: Vec::new() }
    }

    fn key(id: &str, created: Option<Timestamp>) -> AccessKey {
        AccessKey { id: id.to_owned(), user: None, status: Status::Active, created }
    }

    fn used(at: Option<Timestamp>) -> LastUsed {
        let used = at.map(|at| Use { at, service: "s3".to_owned(), region: "r".to_owned() });
        LastUsed { user: None, used }
    }

    fn can_be(request: &Request, created: &str) -> Result<(), Alibi> {
        request.can_be(&key("NEW", Some(at(created))), Some(&used(None)), None)
    }

    #[test]
    fn a_key_may_be_the_lost_one_only_if_it_was_created_during_the_request() {
        // The process was killed: the request may have lived for its longest time, and the clocks may differ.
        let killed = request(None, None);
        for (created, fits) in
            [("11:54:59", false), ("11:55:00", true), ("12:10:00", true), ("12:10:01", false)]
        {
            assert_eq!(can_be(&killed, created).is_ok(), fits, "{created}");
        }
        // It saw the request fail, and IAM had said what time it is.
        let failed = request(Some("12:00:10"), Some(0));
        for (created, fits) in
            [("11:59:29", false), ("11:59:30", true), ("12:01:10", true), ("12:01:11", false)]
        {
            assert_eq!(can_be(&failed, created).is_ok(), fits, "{created}");
        }
        // This machine's clock is four minutes slow.
        let slow = request(Some("12:00:10"), Some(240));
        assert_eq!(can_be(&slow, "12:00:00"), Err(Alibi::Earlier(at("12:00:00"))));
        assert!(can_be(&slow, "12:04:05").is_ok());
        // No such clock could have signed the request.
        let absurd = request(Some("12:00:10"), Some(86_400));
        assert!(can_be(&absurd, "12:00:05").is_ok());
        let next_week: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let later = killed.can_be(&key("NEW", Some(next_week)), Some(&used(None)), None);
        assert_eq!(later, Err(Alibi::Later(next_week)));
    }

    #[test]
    fn a_key_that_someone_has_is_not_the_lost_one() {
        let (request, now) = (request(None, None), at("12:00:01"));
        let new = key("NEW", Some(now));
        assert_eq!(request.can_be(&key("OLD", Some(now)), Some(&used(None)), None), Err(Alibi::Known));
        assert_eq!(request.can_be(&key("NEW", None), Some(&used(None)), None), Err(Alibi::NoDate));
        assert!(matches!(request.can_be(&new, Some(&used(Some(now))), None), Err(Alibi::Used(_))));
        assert_eq!(request.can_be(&new, None, None), Err(Alibi::UseUnknown));
        let held = request.can_be(&new, Some(&used(None)), Some("~/.boto:2".to_owned()));
        assert_eq!(held, Err(Alibi::Held("~/.boto:2".to_owned())));
    }
}
