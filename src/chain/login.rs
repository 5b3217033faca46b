//! `login_session`: a console sign-in made by `aws login`. Its credentials are taken while they last; renewing
//! them is not built yet.

use std::ffi::OsStr;
use std::io::ErrorKind::{InvalidData, NotADirectory, NotFound};
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::plan::{Ask, Intent, Planned};
use super::run::{Loaded, Stage};
use super::{Context, Error, Provider, hex, small_text};
use crate::credentials::{Credentials, Expiration};
use crate::failure::Command;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::world::NoHome;

/// A sign-in.
pub(super) struct Plan {
    session: Located<String>,
    profile: String,
}

/// The plan for a profile.
pub(super) fn plan(context: &Context<'_>, profile: &str) -> Result<Planned, Error> {
    let Some(session) = context.client.text(profile, "login_session")? else {
        return Ok(Planned::absent(Provider::Login, "no login_session"));
    };
    let looked_at = vec![session.origin.clone()];
    let plan = Plan { session, profile: profile.to_owned() };
    Ok(Planned::new(Provider::Login, looked_at, Intent::Ask(Ask::Login(plan))))
}

impl Plan {
    /// Reads the sign-in.
    pub(super) fn load(self, context: &Context<'_>) -> Result<Loaded, Error> {
        let path = self.path(context).map_err(|no_home| self.required(&no_home.to_string(), None))?;
        let origin = Origin::Cache { path: path.clone() };
        let missing = |what: &str| self.required(what, Some(&origin));
        let text = match small_text(&path, "the file with the sign-in", &origin) {
            Err(Error::Io { source, .. }) if matches!(source.kind(), NotFound | NotADirectory) => {
                return Err(missing("nobody has signed in"));
            }
            Err(Error::Io { source, .. }) if source.kind() == InvalidData => {
                return Err(missing("the file with the sign-in can't be read"));
            }
            text => text?,
        };
        let credentials = self.parse(&text, &origin, context.client.world.now())?;
        let identity = format!("console sign-in {}", self.session.value);
        let key = json!({"LoginSession": self.session.value});
        Ok(Loaded { identity, key: Some(key), stage: Stage::Ready(credentials) })
    }

    /// The credentials in the file with the sign-in, while they last.
    pub(super) fn parse(&self, text: &str, origin: &Origin, now: Timestamp) -> Result<Credentials, Error> {
        let missing = |what: &str| self.required(what, Some(origin));
        let kept: Value =
            serde_json::from_str(text).map_err(|_| missing("the file with the sign-in can't be read"))?;
        for required in ["accessToken", "refreshToken", "dpopKey", "clientId"] {
            if kept.get(required).is_none() {
                return Err(missing(&format!("the file with the sign-in has no {required}")));
            }
        }
        let text = |name: &str| kept["accessToken"][name].as_str();
        let located = |text: &str| Located::new(text.to_owned(), origin.clone());
        let expires_at = text("expiresAt").and_then(|text| Expiration::parse(text, now));
        let whole = (text("accessKeyId"), text("secretAccessKey"), expires_at);
        let (Some(id), Some(secret), Some(expires_at)) = whole else {
            return Err(missing("the file with the sign-in is not whole"));
        };
        if expires_at.has_passed(now) {
            return Err(missing("the sign-in's credentials have ended"));
        }
        Ok(Credentials {
            access_key_id: Some(located(id)),
            secret_access_key: Some(located(secret).map(Secret::held)),
            session_token: text("sessionToken").map(|token| located(token).map(Secret::held)),
            account_id: text("accountId").map(located),
            expiration: Some(Located::new(expires_at, origin.clone())),
        })
    }

    fn path(&self, context: &Context<'_>) -> Result<PathBuf, NoHome> {
        let digest = Sha256::digest(&self.session.value);
        let name = hex(&digest);
        let folder = context.client.world.path("AWS_LOGIN_CACHE_DIRECTORY");
        let folder = folder.unwrap_or(OsStr::new("~/.aws/login/cache"));
        Ok(context.client.world.expand(folder)?.join(format!("{name}.json")))
    }

    fn required(&self, what: &str, origin: Option<&Origin>) -> Error {
        Error::LoginRequired {
            message: format!("{what}: `{}`", self.session.value),
            command: Command::new(["aws", "login"]).profile(&self.profile),
            origin: origin.cloned(),
        }
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn login_cache() {
        let origin = Origin::Cache { path: PathBuf::from("/c") };
        let session = Located::new("arn:aws:iam::1:user/u".to_owned(), origin.clone());
        let plan = Plan { session, profile: "p".to_owned() };
        let now = Timestamp::UNIX_EPOCH;
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(found) = plan.parse(text, &origin, now) else { return };
            assert!(found.expiration.is_some_and(|expiration| !expiration.value.has_passed(now)));
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
        });
    }
}
