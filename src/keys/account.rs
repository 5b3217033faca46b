//! The requests about access keys, to IAM and STS.

use std::time::Duration;

use super::error::Error;
use crate::client::{self, Context};
use crate::credentials::Credentials;
use crate::service::iam::{self, AccessKey, LastUsed, Listing, NewKey, Status};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{self, Caller, Service};

/// How long IAM may take to list a key that it has created.
pub(super) const SETTLING: Duration = Duration::from_secs(10);

/// How long a new or activated key may take to propagate to all of AWS.
const PATIENCE: Duration = Duration::from_mins(1);

/// The account, as reached with a profile's settings.
#[derive(Clone, Copy)]
pub struct Account<'c> {
    context: &'c Context<'c>,
    factor: &'c dyn SecondFactor,
}

/// The user's MFA device, for an account that demands it.
pub trait SecondFactor {
    /// The session that was made with these keys, if there is one.
    fn made_with(&self, by: &Credentials) -> Option<Credentials>;

    /// A session with a code, for a request that IAM has refused. It is made once. `None` without a device, and without
    /// anybody to ask for the code.
    ///
    /// # Errors
    /// There is no code, or STS refuses it.
    fn session(&self, by: &Credentials, refusal: &service::Error) -> Answer<Option<Credentials>>;
}

type Answer<T> = Result<T, client::Error>;

impl<'c> Account<'c> {
    /// The account that the context's settings lead to.
    pub fn new(context: &'c Context<'c>, factor: &'c dyn SecondFactor) -> Account<'c> {
        Account { context, factor }
    }

    /// What IAM answers. Where it refuses the long-term keys of a user, the account may demand MFA: the request is sent
    /// once more with a session, if there can be one.
    fn iam<T>(
        self,
        by: &Credentials,
        send: impl Fn(&Caller<'_>, &Credentials) -> Result<T, service::Error>,
    ) -> Answer<T> {
        let ask = |keys: &Credentials| client::call(self.context, Service::Iam, |caller| send(caller, keys));
        if let Some(session) = self.factor.made_with(by) {
            return ask(&session);
        }
        match ask(by) {
            // What may have had an effect is not repeated.
            Err(client::Error::Call(error))
                if error.is_refusal("AccessDenied") && error.is_without_effect() && by.token().is_none() =>
            {
                match self.factor.session(by, &error)? {
                    Some(session) => ask(&session),
                    None => Err(client::Error::Call(error)),
                }
            }
            answer => answer,
        }
    }

    pub fn identity(self, keys: &Credentials) -> Answer<CallerIdentity> {
        client::call(self.context, Service::Sts, |caller| sts::get_caller_identity(caller, keys))
    }

    /// The keys of a user, or the caller's own. `by` signs the requests.
    pub fn keys_of(self, by: &'c Credentials, user: Option<&'c str>) -> UserKeys<'c> {
        UserKeys { account: self, by, user }
    }

    pub fn users(self, by: &Credentials) -> Answer<Vec<String>> {
        self.iam(by, iam::list_users)
    }

    /// Retries while the key that signs may not have propagated yet. `tell` is called before each wait.
    pub fn once_known<T, E: Into<Error>>(
        self,
        tell: impl Fn(),
        ask: impl Fn() -> Result<T, E>,
    ) -> Result<T, Error> {
        let world = self.context.world;
        let start = world.now();
        let mut wait = Duration::from_secs(1);
        loop {
            match ask().map_err(Into::into) {
                Err(Error::Service(error)) if is_unknown(&error) => {
                    let waited = Duration::try_from(world.now().duration_since(start)).unwrap_or(PATIENCE);
                    if waited + wait > PATIENCE {
                        return Err(Error::Service(error));
                    }
                    tell();
                    world.sleep(wait);
                    wait = (wait * 2).min(Duration::from_secs(8));
                }
                outcome => return outcome,
            }
        }
    }
}

/// The keys of a user, and who reads and changes them.
#[derive(Clone, Copy)]
pub struct UserKeys<'c> {
    account: Account<'c>,
    /// Signs the requests.
    by: &'c Credentials,
    /// `None` for the caller's own.
    user: Option<&'c str>,
}

impl UserKeys<'_> {
    pub fn list(self) -> Answer<Vec<AccessKey>> {
        self.list_by_clock().map(|(keys, _)| keys)
    }

    /// The keys, and how many milliseconds IAM's clock is ahead of this machine's, if it said what time it is.
    pub fn list_by_clock(self) -> Answer<(Vec<AccessKey>, Option<i64>)> {
        let Listing { keys, date } = self.iam(|caller, by| iam::list_access_keys(caller, by, self.user))?;
        let now = self.account.context.world.now();
        let ahead = date.and_then(|date| i64::try_from(date.duration_since(now).as_millis()).ok());
        Ok((keys, ahead))
    }

    /// The keys that are `wanted`, and how far IAM's clock is ahead. Waits for them at most this long: a list may be out of
    /// date.
    pub fn listed_within(
        self,
        mut patience: Duration,
        wanted: impl Fn(&AccessKey) -> bool,
    ) -> Answer<(Vec<AccessKey>, Option<i64>)> {
        loop {
            let (mut keys, ahead) = self.list_by_clock()?;
            keys.retain(&wanted);
            if !keys.is_empty() || patience.is_zero() {
                return Ok((keys, ahead));
            }
            let wait = patience.min(Duration::from_secs(1));
            self.account.context.world.sleep(wait);
            patience -= wait;
        }
    }

    /// Whether no list shows the key, however long one waits.
    pub fn is_unlisted(self, id: &str) -> Answer<bool> {
        let (found, _) = self.listed_within(SETTLING, |key| key.id == id)?;
        Ok(found.is_empty())
    }

    /// When a key was last used. IAM finds it also if the user isn't known.
    pub fn last_used(self, id: &str) -> Answer<LastUsed> {
        self.iam(|caller, by| iam::get_access_key_last_used(caller, by, self.user, id))
    }

    /// `known` are the IDs of keys that exist already.
    pub fn create(self, known: &[String]) -> Answer<NewKey> {
        self.iam(|caller, by| iam::create_access_key(caller, by, self.user, known))
    }

    pub fn update(self, id: &str, status: Status) -> Answer<()> {
        self.iam(|caller, by| iam::update_access_key(caller, by, self.user, id, status))
    }

    /// Changes the status of a key. Returns whether it exists.
    pub fn update_if_exists(self, id: &str, status: Status) -> Result<bool, Error> {
        self.existed(id, self.update(id, status))
    }

    /// Deletes a key. Returns whether it existed.
    pub fn delete(self, id: &str) -> Result<bool, Error> {
        self.existed(id, self.iam(|caller, by| iam::delete_access_key(caller, by, self.user, id)))
    }

    fn iam<T>(self, send: impl Fn(&Caller<'_>, &Credentials) -> Result<T, service::Error>) -> Answer<T> {
        self.account.iam(self.by, send)
    }

    /// Whether the key existed that a request was about. Each of IAM's answers may be out of date, so a key is gone only if
    /// IAM doesn't know it and doesn't list it either.
    fn existed(self, id: &str, outcome: Answer<()>) -> Result<bool, Error> {
        match outcome {
            Err(client::Error::Call(error)) if error.is_refusal("NoSuchEntity") => {
                if self.is_unlisted(id)? {
                    Ok(false)
                } else {
                    Err(Error::Contradicted { id: id.to_owned() })
                }
            }
            outcome => Ok(outcome.map(|()| true)?),
        }
    }
}

/// Whether AWS doesn't know the key that signed: it is deleted, inactive, or not propagated yet.
pub fn is_unknown(error: &client::Error) -> bool {
    let client::Error::Call(error) = error else { return false };
    ["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"]
        .iter()
        .any(|code| error.is_refusal(code))
}

/// Whether a request certainly had no effect: it was not sent, or the service itself refused it. An error page of a
/// proxy proves nothing.
pub fn is_refused(error: &client::Error) -> bool {
    match error {
        client::Error::Call(error) => error.is_without_effect(),
        _ => true,
    }
}

/// Whether the caller may do without what was asked: IAM may not tell it to everyone who may do the rest. If the code of a device
/// is missing or wrong, nothing goes on.
pub fn is_dispensable(error: &client::Error) -> bool {
    is_refused(error) && !matches!(error, client::Error::NoCode(_))
}

/// [`is_refused`], for an error of this module.
pub(super) fn is_without_effect(error: &Error) -> bool {
    matches!(error, Error::Service(error) if is_refused(error))
}

/// Whether the caller may not do it.
pub(super) fn is_denied(error: &client::Error) -> bool {
    matches!(error, client::Error::Call(error) if error.is_refusal("AccessDenied"))
}
