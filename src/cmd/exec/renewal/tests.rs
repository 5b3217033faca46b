use std::cell::{Cell, RefCell};

use super::*;
use crate::failure::Code;
use crate::origin::{Located, Origin};
use crate::secret::Secret;

const START: &str = "2026-11-29T06:00:00Z";

/// Minutes and seconds after the start.
pub(in crate::cmd::exec) fn at(minutes: i64, seconds: i64) -> Timestamp {
    START.parse::<Timestamp>().unwrap() + SignedDuration::from_secs(60 * minutes + seconds)
}

/// Credentials that expire so many minutes after the start.
pub(in crate::cmd::exec) fn keys(id: &str, expiration: Option<i64>) -> Given {
    fn located<T>(value: T) -> Option<Located<T>> {
        Some(Located::new(value, Origin::Default))
    }
    let credentials = Credentials {
        access_key_id: located(id.to_owned()),
        secret_access_key: located(Secret::new("CANARY")),
        session_token: located(Secret::new("token")),
        expiration: expiration.and_then(|minutes| located(at(minutes, 0).into())),
        ..Credentials::default()
    };
    let identity = Identity {
        provider: Provider::AssumeRole,
        account: Some("1".to_owned()),
        role: Some("R".to_owned()),
        fingerprint: Some(Fingerprint::of(&json!({"RoleArn": "R", "Source": {"AccessKeyId": "A"}}))),
        owner: None,
    };
    Given { credentials, identity }
}

/// A renewal, how often it asked for new credentials, and its warnings.
struct Bench {
    renewal: Renewal,
    asked: Cell<u32>,
    warned: RefCell<Vec<String>>,
}

impl Bench {
    fn new(expiration: Option<i64>) -> Bench {
        let renewal = Renewal::new("dev".to_owned(), keys("first", expiration), at(0, 0));
        Bench { renewal, asked: Cell::new(0), warned: RefCell::default() }
    }

    /// The key ID and the expiration that a request gets, or its error; and how often new ones were asked for so far.
    fn ask(&mut self, now: Timestamp, renew: impl FnOnce() -> Result<Given, NotGiven>) -> (String, u32) {
        let counted = || {
            self.asked.set(self.asked.get() + 1);
            renew()
        };
        if self.renewal.is_due(now) {
            self.renewal.take((now, counted()));
        }
        let answer = self.renewal.answer(now, |text| self.warned.borrow_mut().push(text));
        let text = match answer {
            Answer::Credentials(document) => {
                let document: serde_json::Value = serde_json::from_str(document.expose()).unwrap();
                let member = |name: &str| document[name].as_str().unwrap().to_owned();
                format!("{} {}", member("AccessKeyId"), member("Expiration"))
            }
            Answer::Unavailable(error) => error,
        };
        (text, self.asked.get())
    }
}

fn refused() -> Result<Given, NotGiven> {
    Err(Failure::plain(Code::ProviderFailed, "STS said no").into())
}

#[test]
fn new_credentials_are_asked_for_a_quarter_of_an_hour_before_the_end() {
    let mut bench = Bench::new(Some(60));
    let renewed = || Ok(keys("second", Some(105)));
    for minutes in [0, 30, 45] {
        assert_eq!(bench.ask(at(minutes, 0), renewed), ("first 2026-11-29T07:00:00Z".to_owned(), 0));
    }
    for seconds in [1, 2, 60] {
        assert_eq!(bench.ask(at(45, seconds), renewed), ("second 2026-11-29T07:45:00Z".to_owned(), 1));
    }
    assert!(bench.warned.take().is_empty());
}

#[test]
fn short_lives_are_renewed_in_their_last_third() {
    let mut bench = Bench::new(Some(15));
    assert_eq!(bench.ask(at(10, 0), || unreachable!()).1, 0);
    let (first, asked) = bench.ask(at(10, 1), || Ok(keys("second", Some(15))));
    assert_eq!((first.as_str(), asked), ("second 2026-11-29T06:15:00Z", 1));
    // Where nothing newer is to be had, the attempts come ever later.
    assert_eq!(bench.ask(at(11, 0), || unreachable!()).1, 1);
    assert_eq!(bench.ask(at(13, 30), || Ok(keys("third", Some(30)))).0, "third 2026-11-29T06:30:00Z");
}

#[test]
fn keys_without_an_end_are_served_as_if_they_had_one() {
    let mut bench = Bench::new(None);
    assert_eq!(bench.ask(at(0, 0), || unreachable!()).0, "first 2026-11-29T07:00:00Z");
    assert_eq!(bench.ask(at(600, 0), || unreachable!()).0, "first 2026-11-29T17:00:00Z");
}

#[test]
fn after_a_failure_the_old_ones_are_served_while_they_last_with_one_warning() {
    let mut bench = Bench::new(Some(60));
    for (seconds, asked) in [(0, 1), (1, 1), (29, 1), (30, 2), (59, 2)] {
        assert_eq!(bench.ask(at(50, seconds), refused), ("first 2026-11-29T07:00:00Z".to_owned(), asked));
    }
    assert_eq!(
        bench.warned.take(),
        [
            "can't renew the credentials of `dev`; the command uses the old ones until 2026-11-29T07:00:00Z: STS said no"
        ]
    );
    for (millis, asked) in [(0, 3), (500, 3), (1000, 4)] {
        let now = at(60, 0) + SignedDuration::from_millis(millis);
        let error = "{\"code\":\"provider-failed\",\"message\":\"xcred: STS said no\"}\n";
        assert_eq!(bench.ask(now, refused), (error.to_owned(), asked));
    }
    assert_eq!(
        bench.warned.take(),
        ["can't renew the credentials of `dev`, which have expired: STS said no"]
    );
    // Afterwards all is well, and another failure is warned again.
    let (found, _) = bench.ask(at(61, 0), || Ok(keys("second", Some(121))));
    assert_eq!(found, "second 2026-11-29T08:01:00Z");
    assert!(bench.warned.take().is_empty());
    bench.ask(at(110, 0), refused);
    assert_eq!(bench.warned.take().len(), 1);
}

#[test]
fn a_clock_that_was_set_back_delays_nothing() {
    let mut bench = Bench::new(Some(60));
    bench.ask(at(59, 0), refused);
    assert_eq!(bench.ask(at(50, 0), refused).1, 2);
}

#[test]
fn a_code_is_not_asked_for_again_at_once() {
    let refused =
        || Err(NotGiven { needs_code: true, failure: Failure::plain(Code::NeedsTerminal, "no code") });
    let mut bench = Bench::new(Some(60));
    for (seconds, asked) in [(0, 1), (2, 1), (29, 1), (30, 2), (45, 2), (61, 3)] {
        assert_eq!(bench.ask(at(60, seconds), refused).1, asked, "{seconds}");
    }
}

#[test]
fn another_identity_is_never_served() {
    type Change = fn(&mut Identity);
    let other = |change: Change| {
        let mut new = keys("other", Some(120));
        change(&mut new.identity);
        Ok(new)
    };
    let changes: [(Change, &str); 7] = [
        (|identity| identity.account = Some("2".to_owned()), "its account changed from 1 to 2"),
        (|identity| identity.role = Some("S".to_owned()), "its role changed from R to S"),
        (
            |identity| identity.provider = Provider::SharedCredentialsFile,
            "its provider changed from assume-role to shared-credentials-file",
        ),
        (|identity| identity.account = None, "its account changed from 1 to an unknown one"),
        (|identity| identity.role = None, "its role changed from R to an unknown one"),
        (|identity| identity.fingerprint = None, "its source has changed"),
        (
            |identity| {
                let key = json!({"RoleArn": "R", "Source": {"AccessKeyId": "B"}});
                identity.fingerprint = Some(Fingerprint::of(&key));
            },
            "its access key changed from A to B",
        ),
    ];
    for (change, message) in changes {
        let mut bench = Bench::new(Some(60));
        assert_eq!(bench.ask(at(50, 0), || other(change)).0, "first 2026-11-29T07:00:00Z");
        assert!(bench.warned.take()[0].contains(message), "{message}");
        let (error, _) = bench.ask(at(60, 0), || other(change));
        assert!(error.contains(message) && error.contains("\"invalid-config\""), "{error}");
    }
    // What becomes known must not change from then on.
    let mut bench = Bench::new(Some(60));
    bench.renewal.given.identity.account = None;
    assert_eq!(bench.ask(at(50, 0), || other(|_| ())).0, "other 2026-11-29T08:00:00Z");
    let account = bench.ask(at(110, 0), || other(|identity| identity.account = Some("2".to_owned()))).0;
    assert_eq!(account, "other 2026-11-29T08:00:00Z");
    assert!(bench.warned.take()[0].contains("its account changed from 1 to 2"));
}

#[test]
fn other_temporary_keys_are_served_only_if_they_are_known_to_be_of_the_same_owner() {
    let temporary = |id: &str, owner: Option<&str>| {
        let mut given = keys(id, Some(60));
        given.identity.fingerprint = Some(Fingerprint::of_temporary(&json!({"AccessKeyId": id})));
        given.identity.owner = owner.map(str::to_owned);
        given
    };
    for (first, second, message) in [
        (Some("me"), Some("me"), None),
        (Some("me"), Some("you"), Some("its owner changed from me to you")),
        (Some("me"), None, Some("it is not known whose they are")),
        (None, Some("me"), Some("it is not known whose they are")),
        (None, None, Some("it is not known whose they are")),
    ] {
        let renewal = Renewal::new("dev".to_owned(), temporary("one", first), at(0, 0));
        let mut bench = Bench { renewal, asked: Cell::new(0), warned: RefCell::default() };
        let (found, _) = bench.ask(at(50, 0), || Ok(temporary("two", second)));
        assert_eq!(found.starts_with("two"), message.is_none(), "{found}");
        let warned = bench.warned.take().concat();
        assert!(warned.contains(message.unwrap_or_default()), "{warned}");
    }
}

#[test]
fn expired_or_half_credentials_are_not_served() {
    let mut bench = Bench::new(Some(60));
    assert_eq!(bench.ask(at(50, 0), || Ok(keys("old", Some(49)))).0, "first 2026-11-29T07:00:00Z");
    assert!(bench.warned.take()[0].ends_with("the new credentials have already expired"));
    let half = || {
        let mut half = keys("half", Some(120));
        half.credentials.secret_access_key = None;
        Ok(half)
    };
    let (error, _) = bench.ask(at(61, 0), half);
    assert!(error.contains("no secret access key"), "{error}");
}
