//! `login_session`: a console sign-in of `aws login`. Its credentials are used until they expire; xcred can't refresh them
//! yet.

use std::ffi::OsStr;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, Stage, first_of};
use crate::chain::context::Context;
use crate::chain::error::Error;
use crate::chain::reason::Reason;
use crate::credentials::{Credentials, Expiration};
use crate::login::{self, Fault, SignIn};
use crate::origin::{Located, Origin};
use crate::profile::Profile;
use crate::secret::Secret;
use crate::settings;
use crate::store::hex;
use crate::world::{NoHome, World};

const KEY: &str = settings::LOGIN_SESSION.name;

pub(super) struct Login;

struct Plan {
    session: Located<String>,
    sign_in: SignIn,
}

impl Provide for Login {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &[KEY])
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Some(session) = scope.context.client.text(scope.profile, KEY)? else {
            return Ok(Planned::absent(Reason::NoKey(&[KEY])));
        };
        let looked_at = vec![session.origin.clone()];
        Ok(Planned::ask(looked_at, Plan::new(session, scope.profile)))
    }
}

impl Plan {
    fn new(session: Located<String>, profile: &str) -> Plan {
        let sign_in = SignIn::Console { session: session.value.clone(), profile: profile.to_owned() };
        Plan { session, sign_in }
    }

    fn read(&self, context: &Context<'_>) -> Result<Credentials, login::Error> {
        let world = context.client.world;
        let path = self.path(world).map_err(|no_home| self.sign_in.required(Fault::NoHome(no_home), None))?;
        let text = self.sign_in.read(&path)?;
        let origin = Origin::Cache { path };
        Plan::parse(&text, &origin, world.now())
            .map_err(|fault| self.sign_in.required(fault, Some(origin.clone())))
    }

    /// The credentials in the cached sign-in, unless they have expired.
    fn parse(text: &str, origin: &Origin, now: Timestamp) -> Result<Credentials, Fault> {
        let kept: Value = serde_json::from_str(text).map_err(|_| Fault::Unreadable)?;
        for required in ["accessToken", "refreshToken", "dpopKey", "clientId"] {
            if kept.get(required).is_none() {
                return Err(Fault::Lacks(required));
            }
        }
        let text = |name: &str| kept["accessToken"][name].as_str();
        let located = |text: &str| Located::new(text.to_owned(), origin.clone());
        let expires_at = text("expiresAt").and_then(|text| Expiration::parse(text, now));
        let whole = (text("accessKeyId"), text("secretAccessKey"), expires_at);
        let (Some(id), Some(secret), Some(expires_at)) = whole else { return Err(Fault::Incomplete) };
        if expires_at.has_passed(now) {
            return Err(Fault::CredentialsExpired);
        }
        Ok(Credentials {
            access_key_id: Some(located(id)),
            secret_access_key: Some(located(secret).map(Secret::held)),
            session_token: text("sessionToken").map(|token| located(token).map(Secret::held)),
            account_id: text("accountId").map(located),
            expiration: Some(Located::new(expires_at, origin.clone())),
        })
    }

    fn path(&self, world: &World) -> Result<PathBuf, NoHome> {
        let name = hex(&Sha256::digest(&self.session.value));
        let folder = world.path("AWS_LOGIN_CACHE_DIRECTORY");
        let folder = folder.unwrap_or(OsStr::new("~/.aws/login/cache"));
        Ok(world.expand(folder)?.join(format!("{name}.json")))
    }
}

impl Ask for Plan {
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let loaded = self.read(context).map(|credentials| Loaded {
            identity: format!("console sign-in {}", self.session.value),
            key: Some(json!({"LoginSession": self.session.value})),
            stage: Stage::Ready(credentials),
        });
        Answer::of(loaded.map(Ok).map_err(Error::from))
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn login_cache() {
        let origin = Origin::Cache { path: PathBuf::from("/c") };
        let now = Timestamp::UNIX_EPOCH;
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(found) = Plan::parse(text, &origin, now) else { return };
            assert!(found.expiration.is_some_and(|expiration| !expiration.value.has_passed(now)));
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
        });
    }
}
