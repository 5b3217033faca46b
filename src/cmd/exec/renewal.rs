//! The credentials that a command is served, and when they are renewed.
//!
//! The command never gets those of another identity than it was started with: it gets an error instead.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::error::NotRenewed;
use crate::chain::{Change, Fingerprint, Provider};
use crate::credentials::{Credentials, Expiration};
use crate::failure::Failure;
use crate::net::endpoint::Answer;
use crate::render::{self, json};

/// Credentials that expire within this time are renewed. SDKs come back 5 to 15 minutes before the end.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

/// Short-lived credentials are renewed in the last third of their life.
const PARTS: i32 = 3;

/// Credentials that never expire: for so long an SDK keeps them.
const ROLLING: SignedDuration = SignedDuration::from_hours(1);

/// How long to wait after a failure before the next attempt, while the old credentials last.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);

/// How long to wait after a failure when the old credentials have expired, unless an MFA code is needed: a person may have to
/// touch a key for each attempt, and a device that gets too many codes is locked. Requests that arrive together get one error.
const IMPATIENCE: SignedDuration = SignedDuration::from_secs(1);

/// Credentials and whose they are.
pub(super) struct Given {
    pub(super) credentials: Credentials,
    pub(super) identity: Identity,
}

/// Why there are no new credentials.
pub(super) struct NotGiven {
    pub(super) failure: Failure,
    /// Whether an MFA code is needed for them.
    pub(super) needs_code: bool,
}

impl<E: Into<Failure>> From<E> for NotGiven {
    fn from(error: E) -> NotGiven {
        NotGiven { failure: error.into(), needs_code: false }
    }
}

/// Whose credentials these are, as far as that is known without a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) provider: Provider,
    pub(super) account: Option<String>,
    pub(super) role: Option<String>,
    /// Their source, and the roles behind it.
    pub(super) fingerprint: Option<Fingerprint>,
    /// Whose temporary keys of a file they are, as STS said.
    pub(super) owner: Option<String>,
}

impl Identity {
    /// Refuses `new` unless it is the same one.
    fn check(&self, new: &Identity) -> Result<(), NotRenewed> {
        let provider = |identity: &Identity| Some(identity.provider.name().to_owned());
        for (what, old, new) in [
            ("account", self.account.clone(), new.account.clone()),
            ("role", self.role.clone(), new.role.clone()),
            ("provider", provider(self), provider(new)),
        ] {
            if let Some(old) = old
                && new.as_ref() != Some(&old)
            {
                let new = new.unwrap_or_else(|| "an unknown one".to_owned());
                return Err(NotRenewed::OtherIdentity { what, old, new });
            }
        }
        let (Some(old), Some(now)) = (&self.fingerprint, &new.fingerprint) else {
            return Err(NotRenewed::OtherSource { what: "source" });
        };
        match old.change(now) {
            None => Ok(()),
            Some(Change { what, values: Some((old, new)) }) => {
                Err(NotRenewed::OtherIdentity { what, old, new })
            }
            Some(Change { what, values: None }) => Err(NotRenewed::OtherSource { what }),
        }
    }

    /// Refuses other temporary keys unless they are known to belong to the same one.
    fn check_owner(&self, new: &Identity) -> Result<(), NotRenewed> {
        if !self.fingerprint.as_ref().is_some_and(Fingerprint::is_of_temporary_keys) {
            return Ok(());
        }
        match (&self.owner, &new.owner) {
            (Some(old), Some(new)) if old == new => Ok(()),
            (Some(old), Some(new)) => {
                let (old, new) = (old.clone(), new.clone());
                Err(NotRenewed::OtherIdentity { what: "owner", old, new })
            }
            _ => Err(NotRenewed::Unknown),
        }
    }
}

/// The last warning.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Warned {
    OldOnesLast,
    NothingIsLeft,
}

/// The credentials at hand.
pub(super) struct Renewal {
    profile: String,
    given: Given,
    since: Timestamp,
    /// The last failure, and when it was.
    failed: Option<(Timestamp, NotGiven)>,
    warned: Option<Warned>,
}

impl Renewal {
    /// `given` are the credentials of `profile`, received now.
    pub(super) fn new(profile: String, given: Given, now: Timestamp) -> Renewal {
        Renewal { profile, given, since: now, failed: None, warned: None }
    }

    /// Takes what a renewal gave, and when.
    pub(super) fn take(&mut self, (now, given): (Timestamp, Result<Given, NotGiven>)) {
        match given.and_then(|new| Ok(self.accept(new, now)?)) {
            Ok(()) => (self.failed, self.warned) = (None, None),
            Err(why) => self.failed = Some((now, why)),
        }
    }

    /// The answer to one request, with the credentials at hand. After failures `warn` is called once for a row of them, and
    /// once more when the credentials have expired.
    pub(super) fn answer(&mut self, now: Timestamp, warn: impl FnOnce(String)) -> Answer {
        let is_over = self.is_over(now);
        if self.failed.is_some() {
            let state = if is_over { Warned::NothingIsLeft } else { Warned::OldOnesLast };
            if self.warned != Some(state) {
                self.warned = Some(state);
                warn(self.warning(is_over));
            }
        }
        if is_over {
            return self.unavailable();
        }
        let expiration = match self.expiration() {
            Some(at) => at.to_string(),
            None => now.saturating_add(ROLLING).map(|at| at.to_string()).unwrap_or_default(),
        };
        match render::container_document(&self.given.credentials, &expiration) {
            Ok(document) => Answer::Credentials(document),
            Err(error) => unavailable(&error.into()),
        }
    }

    fn expiration(&self) -> Option<Expiration> {
        self.given.credentials.expiration.as_ref().map(|found| found.value)
    }

    fn left(&self, now: Timestamp) -> Option<SignedDuration> {
        self.expiration().map(|at| at.left(now))
    }

    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.left(now).is_some_and(|left| !left.is_positive())
    }

    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        let (Some(left), Some(life)) = (self.left(now), self.left(self.since)) else { return false };
        if left >= AHEAD.min(life / PARTS) {
            return false;
        }
        let needs_code = self.failed.as_ref().is_some_and(|(_, why)| why.needs_code);
        let pause = if left.is_positive() || needs_code { PATIENCE } else { IMPATIENCE };
        // A clock that was set back must not delay the next attempt.
        self.failed.as_ref().is_none_or(|(at, _)| now.duration_since(*at).abs() >= pause)
    }

    fn accept(&mut self, new: Given, now: Timestamp) -> Result<(), Failure> {
        self.given.identity.check(&new.identity)?;
        let id = |given: &Given| given.credentials.access_key_id.as_ref().map(|id| id.value.clone());
        if id(&self.given) != id(&new) {
            self.given.identity.check_owner(&new.identity)?;
        }
        if new.credentials.expiration.as_ref().is_some_and(|found| found.value.has_passed(now)) {
            return Err(NotRenewed::Expired.into());
        }
        new.credentials.pair()?;
        let known = &mut self.given.identity.account;
        *known = known.take().or(new.identity.account);
        self.given.credentials = new.credentials;
        self.since = now;
        Ok(())
    }

    /// One line for the user of the command.
    fn warning(&self, is_over: bool) -> String {
        let reason = self.failed.as_ref().map(|(_, why)| reason(&why.failure)).unwrap_or_default();
        let state = match self.expiration() {
            Some(at) if !is_over => format!("; the command uses the old ones until {at}"),
            _ => ", which have expired".to_owned(),
        };
        format!("can't renew the credentials of `{}`{state}: {reason}", self.profile)
    }

    fn unavailable(&self) -> Answer {
        match &self.failed {
            Some((_, why)) => unavailable(&why.failure),
            None => unavailable(&NotRenewed::Slow.into()),
        }
    }
}

fn reason(failure: &Failure) -> String {
    failure.chain().collect::<Vec<_>>().join(": ")
}

/// The error in the form in which SDKs show it.
fn unavailable(failure: &Failure) -> Answer {
    let error = json::error(failure);
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let help = Some(text("help")).filter(|help| !help.is_empty()).map(|help| format!("; {help}"));
    let message = format!("xcred: {}{}", text("message"), help.unwrap_or_default());
    Answer::Unavailable(format!("{}\n", json!({"code": error["code"], "message": message})))
}

#[cfg(test)]
pub(super) mod tests;
