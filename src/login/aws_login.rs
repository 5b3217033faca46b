//! The sign-in of `aws login`: credentials that are cached in `~/.aws/login/cache`.

use std::ffi::OsStr;
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::error::{Error, Fault};
use super::{Kept, SignIn};
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::store::hex;
use crate::world::{NoHome, World};

/// A console sign-in, as `login_session` names it.
pub struct Console<'s> {
    pub sign_in: &'s SignIn,
    pub session: &'s str,
}

impl Console<'_> {
    /// The cached credentials, unless they have expired.
    pub fn credentials(&self, world: &World) -> Result<Credentials, Error> {
        let path = self.path(world).map_err(|no_home| self.sign_in.required(Fault::NoHome(no_home), None))?;
        let text = self.sign_in.read(&path)?;
        let origin = Origin::Cache { path };
        let required = |fault| self.sign_in.required(fault, Some(origin.clone()));
        let found = parse(&text, &origin, world.now()).map_err(required)?;
        let has_expired = found.expiration.as_ref().is_some_and(|at| at.value.has_passed(world.now()));
        if has_expired { Err(required(Fault::CredentialsExpired)) } else { Ok(found) }
    }

    /// What is cached, and where. `None` if there is nothing.
    pub fn kept(&self, world: &World) -> Option<(PathBuf, Kept)> {
        let path = self.path(world).ok()?;
        let text = match self.sign_in.read(&path) {
            Ok(text) => text,
            Err(Error::Required { fault: Fault::Unreadable, .. }) => return Some((path, Kept::Unusable)),
            Err(_) => return None,
        };
        let found = parse(&text, &Origin::Cache { path: path.clone() }, world.now());
        let at = found.ok().and_then(|credentials| credentials.expiration);
        let kept = at.map_or(Kept::Unusable, |at| Kept::Until { at: at.value, is_refreshable: false });
        Some((path, kept))
    }

    /// AWS CLI's name for the file: a digest of the session's name.
    fn path(&self, world: &World) -> Result<PathBuf, NoHome> {
        let name = hex(&Sha256::digest(self.session));
        let folder = world.path("AWS_LOGIN_CACHE_DIRECTORY");
        let folder = folder.unwrap_or(OsStr::new("~/.aws/login/cache"));
        Ok(world.expand(folder)?.join(format!("{name}.json")))
    }
}

/// The credentials in a cached sign-in, with their end.
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
    Ok(Credentials {
        access_key_id: Some(located(id)),
        secret_access_key: Some(located(secret).map(Secret::held)),
        session_token: text("sessionToken").map(|token| located(token).map(Secret::held)),
        account_id: text("accountId").map(located),
        expiration: Some(Located::new(expires_at, origin.clone())),
    })
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn login_cache() {
        let origin = Origin::Cache { path: PathBuf::from("/c") };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(found) = parse(text, &origin, Timestamp::UNIX_EPOCH) else { return };
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
            assert!(found.expiration.is_some());
        });
    }
}
