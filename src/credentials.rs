//! The result of every provider, and the keys that sign requests.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::dateutil::{self, Parsed};
use crate::jsdate;
use crate::origin::Located;
use crate::secret::Secret;
use crate::text::hex;

const UNIX_EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Credentials, each value with its origin.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// `None` only if the user gave a part of the keys, which boto3's session accepts.
    pub access_key_id: Option<Located<String>>,
    /// `None` as above.
    pub secret_access_key: Option<Located<Secret>>,
    /// As it was given. [`Credentials::token`] is what is sent.
    pub session_token: Option<Located<Secret>>,
    /// If the provider knows it.
    pub account_id: Option<Located<String>>,
    /// If the provider knows it. Only keys in a file can be expired: another program wrote the date, and botocore ignores
    /// it.
    pub expiration: Option<Located<Expiration>>,
    /// How much of STS's space for session policies and tags they take, in percent. `None` without any.
    pub packed_policy_size: Option<u32>,
}

impl Credentials {
    /// Keys whose secrets others may send back, and nothing else that may be known of them.
    pub fn keys(id: Located<String>, secret: Located<String>, token: Option<Located<String>>) -> Credentials {
        Credentials {
            access_key_id: Some(id),
            secret_access_key: Some(secret.map(Secret::held)),
            session_token: token.map(|token| token.map(Secret::held)),
            ..Credentials::default()
        }
    }

    /// The access key ID, empty where there is none.
    pub fn id(&self) -> &str {
        self.access_key_id.as_ref().map_or("", |id| &id.value)
    }

    /// The session token with which requests are signed. An empty one is none, as in botocore: the keys are long-term.
    pub fn token(&self) -> Option<&Secret> {
        self.session_token.as_ref().map(|token| &token.value).filter(|token| !token.expose().is_empty())
    }

    /// A text that only the same keys have, and that shows no secret.
    pub fn digest(&self) -> String {
        let secrets = [&self.secret_access_key, &self.session_token];
        let secrets = secrets.map(|secret| secret.as_ref().map_or("", |secret| secret.value.expose()));
        let mut digest = Sha256::new();
        for part in [self.id(), secrets[0], secrets[1]] {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        hex(&digest.finalize())
    }
}

/// When credentials expire. It is exact for every year from 1 to 9999, of which a [`Timestamp`] can't hold the last
/// two days, and shown in UTC, except on those days: there the offset stays the one that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiration {
    local: DateTime,
    offset: Offset,
}

impl Expiration {
    pub fn new(local: DateTime, offset: Offset) -> Expiration {
        Expiration { local, offset }
    }

    /// Parses a date as botocore does. `None` also for one without a time zone, which botocore can't compare with the
    /// clock.
    pub fn parse(text: &str, now: Timestamp) -> Option<Expiration> {
        let Parsed { local, offset } = dateutil::parse(text, now)?;
        Some(Expiration::new(local, offset?))
    }

    /// What `new Date(value)` is in JavaScript, in a zone. `None` if it is JavaScript's `Invalid Date`.
    pub fn of_javascript(value: &Value, zone: impl FnOnce() -> TimeZone) -> Option<Expiration> {
        let text = match value {
            Value::String(text) => text,
            Value::Number(milliseconds) => return Expiration::from_milliseconds(milliseconds.as_f64()?),
            Value::Bool(value) => return Expiration::from_milliseconds(f64::from(u8::from(*value))),
            Value::Null => return Expiration::from_milliseconds(0.0),
            Value::Array(_) | Value::Object(_) => return None,
        };
        let found = jsdate::parse(text)?;
        let offset = match found.offset {
            Some(seconds) => seconds,
            None => zone()
                .to_ambiguous_zoned(found.local)
                .compatible()
                .map_or(0, |at| at.offset().seconds().into()),
        };
        let local = found.local.saturating_sub(SignedDuration::from_secs(offset));
        Some(Expiration::new(local, Offset::UTC))
    }

    /// A time of JavaScript's, which is the last one of a [`DateTime`] if it is later.
    fn from_milliseconds(milliseconds: f64) -> Option<Expiration> {
        const LAST: f64 = 8.64e15;
        if milliseconds.abs() > LAST {
            return None;
        }
        let local = UNIX_EPOCH.saturating_add(SignedDuration::from_secs_f64(milliseconds.trunc() / 1000.0));
        Some(Expiration::new(local, Offset::UTC))
    }

    /// Seconds since 1970. `None` after the year 9999.
    pub fn from_second(seconds: i64) -> Option<Expiration> {
        let local = UNIX_EPOCH.checked_add(SignedDuration::from_secs(seconds)).ok()?;
        Some(Expiration::new(local, Offset::UTC))
    }

    pub fn since_1970(&self) -> SignedDuration {
        self.local.duration_since(UNIX_EPOCH) - SignedDuration::from_secs(self.offset.seconds().into())
    }

    /// The time left; negative if it has passed.
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        self.since_1970() - now.as_duration()
    }

    pub fn has_passed(&self, now: Timestamp) -> bool {
        !self.left(now).is_positive()
    }

    /// The day, in the time zone that was given.
    pub fn day(&self) -> Date {
        self.local.date()
    }
}

impl From<Timestamp> for Expiration {
    fn from(at: Timestamp) -> Expiration {
        Expiration::new(Offset::UTC.to_datetime(at), Offset::UTC)
    }
}

impl fmt::Display for Expiration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset.to_timestamp(self.local) {
            Ok(at) => at.fmt(f),
            Err(_) if self.offset == Offset::UTC => write!(f, "{}Z", self.local),
            Err(_) => {
                let (sign, seconds) =
                    (if self.offset.is_negative() { '-' } else { '+' }, self.offset.seconds().unsigned_abs());
                write!(f, "{}{sign}{:02}:{:02}", self.local, seconds / 3600, seconds / 60 % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_that_no_timestamp_can_hold_is_shown_as_it_was_given() {
        let day = |hour, second| DateTime::constant(9999, 12, 31, hour, 59, second, 0);
        for (local, minutes, shown) in [
            (DateTime::constant(2026, 11, 21, 19, 0, 0, 0), 60, "2026-11-21T18:00:00Z"),
            (day(23, 59), 0, "9999-12-31T23:59:59Z"),
            (day(23, 59), -300, "9999-12-31T23:59:59-05:00"),
            (day(0, 0), 90, "9999-12-31T00:59:00+01:30"),
            (DateTime::constant(9999, 12, 30, 21, 0, 0, 0), 0, "9999-12-30T21:00:00Z"),
        ] {
            let expiration = Expiration::new(local, Offset::from_seconds(minutes * 60).unwrap());
            assert_eq!(expiration.to_string(), shown);
            assert!(!expiration.has_passed("2026-01-01T00:00:00Z".parse().unwrap()));
            assert_eq!(expiration.day(), local.date());
        }
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        let [sooner, later] = ["9999-12-31T23:59:58.5Z", "9999-12-31T23:59:59-05:00"]
            .map(|text| Expiration::parse(text, now).unwrap());
        assert_eq!(sooner.to_string(), "9999-12-31T23:59:58.5Z");
        assert_eq!(later.left(now) - sooner.left(now), SignedDuration::from_millis(5 * 3_600_000 + 500));
        assert!(!sooner.has_passed(Timestamp::MAX));
        let last = Expiration::from_second(253_402_300_799).unwrap();
        assert_eq!(last.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(Expiration::from_second(253_402_300_800), None);
        assert_eq!(Expiration::from_second(i64::MAX), None);
        assert_eq!(Expiration::from_second(0).unwrap(), Timestamp::UNIX_EPOCH.into());
    }
}
