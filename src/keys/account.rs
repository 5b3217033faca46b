//! IAM and STS, as one who signs sees them.

use std::time::Duration;

use crate::chain::{self, Context};
use crate::credentials::Credentials;
use crate::service::iam::{self, AccessKey, LastUsed, NewKey, Status};
use crate::service::sts::{self, CallerIdentity};
use crate::service::{self, Service};

/// How long a key that was just created or activated may stay unknown: AWS tells its regions one after the other.
const PATIENCE: Duration = Duration::from_mins(1);

/// The account, as reached with a profile's settings.
#[derive(Clone, Copy)]
pub struct Account<'c> {
    context: &'c Context<'c>,
}

type Answer<T> = Result<T, chain::Error>;

impl<'c> Account<'c> {
    /// The account that the context's settings lead to.
    pub fn new(context: &'c Context<'c>) -> Account<'c> {
        Account { context }
    }

    /// Whose keys these are.
    pub fn identity(self, keys: &Credentials) -> Answer<CallerIdentity> {
        chain::call_sts(self.context, |caller| sts::get_caller_identity(caller, keys))
    }

    /// The keys of a user, or of the one who asks.
    pub fn keys(self, by: &Credentials, user: Option<&str>) -> Answer<Vec<AccessKey>> {
        chain::call(self.context, Service::Iam, |caller| iam::list_access_keys(caller, by, user))
    }

    /// The names of all users.
    pub fn users(self, by: &Credentials) -> Answer<Vec<String>> {
        chain::call(self.context, Service::Iam, |caller| iam::list_users(caller, by))
    }

    /// The last use of a key.
    pub fn last_used(self, by: &Credentials, id: &str) -> Answer<LastUsed> {
        chain::call(self.context, Service::Iam, |caller| iam::get_access_key_last_used(caller, by, id))
    }

    /// Creates a key.
    pub fn create(self, by: &Credentials, user: Option<&str>) -> Answer<NewKey> {
        chain::call(self.context, Service::Iam, |caller| iam::create_access_key(caller, by, user))
    }

    /// Activates or deactivates a key.
    pub fn update(self, by: &Credentials, user: Option<&str>, id: &str, status: Status) -> Answer<()> {
        chain::call(self.context, Service::Iam, |caller| iam::update_access_key(caller, by, user, id, status))
    }

    /// Deletes a key. One that is not there is deleted already.
    pub fn delete(self, by: &Credentials, user: Option<&str>, id: &str) -> Answer<()> {
        match chain::call(self.context, Service::Iam, |caller| iam::delete_access_key(caller, by, user, id)) {
            Err(chain::Error::Call(error)) if error.is_refusal("NoSuchEntity") => Ok(()),
            outcome => outcome,
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
pub fn is_unknown(error: &chain::Error) -> bool {
    let chain::Error::Call(error) = error else { return false };
    ["InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"]
        .iter()
        .any(|code| error.is_refusal(code))
}

/// Whether a request certainly had no effect: the service read it and said no.
pub fn is_refused(error: &chain::Error) -> bool {
    matches!(error, chain::Error::Call(service::Error::Refused { status: 400..=499, .. }))
        || !matches!(error, chain::Error::Call(_))
}
