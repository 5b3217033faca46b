//! IAM and STS, as one who signs sees them.

use std::time::Duration;

use crate::client::{self, Context, Error};
use crate::credentials::Credentials;
use crate::service::Service;
use crate::service::iam::{self, AccessKey, LastUsed, Listing, NewKey, Status};
use crate::service::sts::{self, CallerIdentity};

/// How long a key that was just created or activated may stay unknown: AWS tells its regions one after the other.
const PATIENCE: Duration = Duration::from_mins(1);

/// The account, as reached with a profile's settings.
#[derive(Clone, Copy)]
pub struct Account<'c> {
    context: &'c Context<'c>,
}

type Answer<T> = Result<T, Error>;

impl<'c> Account<'c> {
    /// The account that the context's settings lead to.
    pub fn new(context: &'c Context<'c>) -> Account<'c> {
        Account { context }
    }

    /// Whose keys these are.
    pub fn identity(self, keys: &Credentials) -> Answer<CallerIdentity> {
        client::call(self.context, Service::Sts, |caller| sts::get_caller_identity(caller, keys))
    }

    /// The keys of a user, or of the one who asks.
    pub fn keys(self, by: &Credentials, user: Option<&str>) -> Answer<Vec<AccessKey>> {
        self.keys_by_clock(by, user).map(|(keys, _)| keys)
    }

    /// The same, and how many milliseconds IAM's clock is ahead of this machine's, if it said what time it is.
    pub fn keys_by_clock(
        self,
        by: &Credentials,
        user: Option<&str>,
    ) -> Answer<(Vec<AccessKey>, Option<i64>)> {
        let Listing { keys, date } =
            client::call(self.context, Service::Iam, |caller| iam::list_access_keys(caller, by, user))?;
        let now = self.context.world.now();
        let ahead = date.and_then(|date| i64::try_from(date.duration_since(now).as_millis()).ok());
        Ok((keys, ahead))
    }

    /// The names of all users.
    pub fn users(self, by: &Credentials) -> Answer<Vec<String>> {
        client::call(self.context, Service::Iam, |caller| iam::list_users(caller, by))
    }

    /// The last use of a key.
    pub fn last_used(self, by: &Credentials, id: &str) -> Answer<LastUsed> {
        client::call(self.context, Service::Iam, |caller| iam::get_access_key_last_used(caller, by, id))
    }

    /// Creates a key.
    pub fn create(self, by: &Credentials, user: Option<&str>) -> Answer<NewKey> {
        client::call(self.context, Service::Iam, |caller| iam::create_access_key(caller, by, user))
    }

    /// Activates or deactivates a key.
    pub fn update(self, by: &Credentials, user: Option<&str>, id: &str, status: Status) -> Answer<()> {
        client::call(self.context, Service::Iam, |caller| {
            iam::update_access_key(caller, by, user, id, status)
        })
    }

    /// Deletes a key, and tells whether it was there. One that is not there is deleted already.
    pub fn delete(self, by: &Credentials, user: Option<&str>, id: &str) -> Answer<bool> {
        match client::call(self.context, Service::Iam, |caller| iam::delete_access_key(caller, by, user, id))
        {
            Err(Error::Call(error)) if error.is_refusal("NoSuchEntity") => Ok(false),
            outcome => outcome.map(|()| true),
        }
    }

    /// Asks again for as long as the key that signs may not have become known yet; `tell` is called before each wait.
    pub fn once_known<T>(self, tell: impl Fn(), ask: impl Fn() -> Answer<T>) -> Answer<T> {
        let world = self.context.world;
        let start = world.now();
        let mut wait = Duration::from_secs(1);
        loop {
            match ask() {
                Err(error) if is_unknown(&error) => {
                    let waited = Duration::try_from(world.now().duration_since(start)).unwrap_or(PATIENCE);
                    if waited + wait > PATIENCE {
                        return Err(error);
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

/// Whether AWS does not know the key that signed, or not yet, or not while it is inactive.
pub fn is_unknown(error: &Error) -> bool {
    let Error::Call(error) = error else { return false };
    ["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"]
        .iter()
        .any(|code| error.is_refusal(code))
}

/// Whether a request certainly had no effect: it was not sent, or the service itself read it and turned it away. A web
/// page of a proxy in between proves nothing.
pub fn is_refused(error: &Error) -> bool {
    match error {
        Error::Call(error) => error.is_without_effect(),
        _ => true,
    }
}
