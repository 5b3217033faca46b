//! Whether a key can be the one that a request made whose answer was lost. Nothing here asks anybody.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::service::iam::{AccessKey, LastUsed, Use};
use crate::service::retry::LIFE;

/// How far IAM's clock and this machine's may be apart where IAM did not say. AWS turns away what is signed by a clock
/// that is more than that out.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

/// The same where IAM said: its dates have whole seconds, and its hosts are not wholly alike.
const SAID: SignedDuration = SignedDuration::from_secs(30);

/// How long after it was given up a request may still arrive.
const AFTER: SignedDuration = SignedDuration::from_secs(30);

/// What is known of a key whose answer was lost.
#[derive(Clone, Debug)]
pub struct Asked {
    /// When it was asked for, by this machine's clock.
    pub begun: Timestamp,
    /// When that was given up, if the process lived to see it.
    pub ended: Option<Timestamp>,
    /// How far IAM's clock is ahead of this machine's, if it said.
    pub ahead: Option<SignedDuration>,
    /// The keys that the user had before.
    pub known: Vec<String>,
}

/// Why a key can't be the one that was asked for, or can't be shown to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alibi {
    /// The user had it before.
    Known,
    /// It was created before the key was asked for.
    Earlier(Timestamp),
    /// It was created when the request was over.
    Later(Timestamp),
    /// IAM does not say when it was created.
    NoDate,
    /// This machine has it in this place.
    Held(String),
    /// It was used; whoever did that has its secret.
    Used(Use),
    /// IAM does not say whether it was used.
    UseUnknown,
}

impl fmt::Display for Alibi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Alibi::Known => f.write_str("existed before the new key was requested"),
            Alibi::Earlier(at) => write!(f, "was created at {at}, before the new key was requested"),
            Alibi::Later(at) => write!(f, "was created at {at}, after the request for the new key ended"),
            Alibi::NoDate => f.write_str("has no creation date"),
            Alibi::Held(place) => write!(f, "is in {place}"),
            Alibi::Used(used) => write!(f, "was used for {} at {}", used.service, used.at),
            Alibi::UseUnknown => f.write_str("may be in use: IAM does not say when it was last used"),
        }
    }
}

impl Asked {
    /// Whether `key` can be the one that was asked for: it came into being while the request was under way, and nobody
    /// has its secret. It is not proved by that: somebody else may have created a key at the same time.
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

    /// From when until when the request can have been carried out, by IAM's clock.
    fn window(&self) -> (Timestamp, Timestamp) {
        // A clock that is further out signs nothing that AWS takes, so somebody else said so.
        let said = self.ahead.filter(|ahead| ahead.abs() <= CLOCKS * 3);
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

    fn asked(ended: Option<&str>, ahead: Option<i64>) -> Asked {
        let ended = ended.map(at);
        let ahead = ahead.map(SignedDuration::from_secs);
        Asked { begun: at("12:00:00"), ended, ahead, known: vec!["OLD".to_owned()] }
    }

    fn key(id: &str, created: Option<Timestamp>) -> AccessKey {
        AccessKey { id: id.to_owned(), user: None, status: Status::Active, created }
    }

    fn used(at: Option<Timestamp>) -> LastUsed {
        let used = at.map(|at| Use { at, service: "s3".to_owned(), region: "r".to_owned() });
        LastUsed { user: None, used }
    }

    fn can_be(asked: &Asked, created: &str) -> Result<(), Alibi> {
        asked.can_be(&key("NEW", Some(at(created))), Some(&used(None)), None)
    }

    #[test]
    fn a_key_is_in_question_only_if_it_came_into_being_during_the_request() {
        // The process was killed: the request may have lived for its longest time, and the clocks may differ.
        let killed = asked(None, None);
        for (created, fits) in
            [("11:54:59", false), ("11:55:00", true), ("12:10:00", true), ("12:10:01", false)]
        {
            assert_eq!(can_be(&killed, created).is_ok(), fits, "{created}");
        }
        // It saw the request fail, and IAM had said what time it is.
        let failed = asked(Some("12:00:10"), Some(0));
        for (created, fits) in
            [("11:59:29", false), ("11:59:30", true), ("12:01:10", true), ("12:01:11", false)]
        {
            assert_eq!(can_be(&failed, created).is_ok(), fits, "{created}");
        }
        // This machine's clock is four minutes slow.
        let slow = asked(Some("12:00:10"), Some(240));
        assert_eq!(can_be(&slow, "12:00:00"), Err(Alibi::Earlier(at("12:00:00"))));
        assert!(can_be(&slow, "12:04:05").is_ok());
        // No such clock could have signed the request.
        let absurd = asked(Some("12:00:10"), Some(86_400));
        assert!(can_be(&absurd, "12:00:05").is_ok());
        let next_week: Timestamp = "2026-11-28T12:00:00Z".parse().unwrap();
        let later = killed.can_be(&key("NEW", Some(next_week)), Some(&used(None)), None);
        assert_eq!(later, Err(Alibi::Later(next_week)));
    }

    #[test]
    fn a_key_that_somebody_has_is_not_in_question() {
        let (asked, now) = (asked(None, None), at("12:00:01"));
        let new = key("NEW", Some(now));
        assert_eq!(asked.can_be(&key("OLD", Some(now)), Some(&used(None)), None), Err(Alibi::Known));
        assert_eq!(asked.can_be(&key("NEW", None), Some(&used(None)), None), Err(Alibi::NoDate));
        assert!(matches!(asked.can_be(&new, Some(&used(Some(now))), None), Err(Alibi::Used(_))));
        assert_eq!(asked.can_be(&new, None, None), Err(Alibi::UseUnknown));
        let held = asked.can_be(&new, Some(&used(None)), Some("~/.boto:2".to_owned()));
        assert_eq!(held, Err(Alibi::Held("~/.boto:2".to_owned())));
    }
}
