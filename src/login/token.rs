//! The sign-in of IAM Identity Center: the token that AWS CLI caches in `~/.aws/sso/cache`, and its refresh.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::error::{Error, Fault};
use super::{Kept, SignIn};
use crate::address::redacted;
use crate::client::{self, Context};
use crate::credentials::Expiration;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::{self, Service, oidc};
use crate::store::{self, Problem, hex};
use crate::world::World;

/// A token that has not expired.
pub struct Token {
    pub access_token: Secret,
    pub origin: Origin,
}

pub struct SsoToken<'s> {
    pub sign_in: &'s SignIn,
    pub start_url: &'s str,
    pub region: &'s Located<String>,
}

/// Tokens that expire sooner are refreshed (botocore's `SSOTokenProvider`).
const REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(15);

impl SsoToken<'_> {
    /// What is cached, and where; nothing is refreshed. `None` if there is nothing.
    pub fn kept(&self, world: &World) -> Option<(PathBuf, Kept)> {
        let path = self.path(world).ok()?;
        let unusable = |path| Some((path, Kept::Unusable));
        let kept = match self.sign_in.read(&path) {
            Ok(text) => text,
            Err(Error::Required { fault: Fault::Unreadable, .. }) => return unusable(path),
            Err(_) => return None,
        };
        let origin = Origin::Cache { path: path.clone() };
        let Ok(kept) = self.parse(&kept, &origin) else { return unusable(path) };
        let Ok((_, at)) = self.usable(&kept, &origin, world.now()) else { return unusable(path) };
        let is_refreshable = self.session().is_some() && Self::can_refresh(&kept, world.now());
        Some((path, Kept::Until { at, is_refreshable }))
    }

    /// The token, refreshed if it expires soon and can be refreshed. Only tokens of sessions can.
    pub fn get(&self, context: &Context<'_>) -> Result<Token, Error> {
        let now = context.world.now();
        let path = self.path(context.world)?;
        let kept = self.sign_in.read(&path)?;
        let origin = Origin::Cache { path: path.clone() };
        let kept = self.parse(&kept, &origin)?;
        let (access_token, expires_at) = self.usable(&kept, &origin, now)?;
        let is_session = self.session().is_some();
        if is_session
            && expires_at.left(now) < REFRESH_WITHIN
            && Self::is_refreshable(&kept, context)
            && let Some(access_token) = self.refresh(&kept, &path, context)?
        {
            return Ok(Token { access_token, origin });
        }
        if expires_at.has_passed(now) {
            let fault = if is_session { Fault::NotRefreshed } else { Fault::Expired };
            return Err(self.sign_in.required(fault, Some(origin)));
        }
        Ok(Token { access_token, origin })
    }

    fn session(&self) -> Option<&str> {
        if let SignIn::SsoSession(session) = self.sign_in { Some(session) } else { None }
    }

    /// AWS CLI's name for the file: a digest of the session's name, or of the start URL as it is written.
    fn path(&self, world: &World) -> Result<PathBuf, Error> {
        let name = hex(&Sha1::digest(self.session().unwrap_or(self.start_url)));
        let folder = world.expand_user("~/.aws/sso/cache");
        let folder = folder.map_err(|no_home| self.sign_in.required(Fault::NoHome(no_home), None))?;
        Ok(folder.join(format!("{name}.json")))
    }

    fn parse(&self, text: &str, origin: &Origin) -> Result<Map<String, Value>, Error> {
        let unreadable = |_| self.sign_in.required(Fault::Unreadable, Some(origin.clone()));
        serde_json::from_str(text).map_err(unreadable)
    }

    fn usable(
        &self,
        kept: &Map<String, Value>,
        origin: &Origin,
        now: Timestamp,
    ) -> Result<(Secret, Expiration), Error> {
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        let (Some(token), Some(expires_at)) = (text("accessToken"), text("expiresAt")) else {
            return Err(self.sign_in.required(Fault::Incomplete, Some(origin.clone())));
        };
        let expires_at = Expiration::parse(expires_at, now);
        let expires_at = expires_at.ok_or_else(|| Error::NoDate { origin: origin.clone() })?;
        Ok((Secret::held(token), expires_at))
    }

    fn is_refreshable(kept: &Map<String, Value>, context: &Context<'_>) -> bool {
        Self::can_refresh(kept, context.world.now()) && !context.offline
    }

    fn can_refresh(kept: &Map<String, Value>, now: Timestamp) -> bool {
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        let whole = ["clientId", "clientSecret", "refreshToken"].iter().all(|name| text(name).is_some());
        let registered = text("registrationExpiresAt").and_then(|text| Expiration::parse(text, now));
        let lasts = registered.is_some_and(|at| !at.has_passed(now));
        whole && lasts
    }

    /// Requests a new token and caches it. `None` if the service refuses: then the old token is used until it expires.
    fn refresh(
        &self,
        kept: &Map<String, Value>,
        path: &Path,
        context: &Context<'_>,
    ) -> Result<Option<Secret>, Error> {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let client = client::of(context, Service::Oidc, Some(self.region.clone()))?;
        let (client_secret, refresh_token) =
            (Secret::held(text("clientSecret")), Secret::held(text("refreshToken")));
        let refresh = oidc::Refresh {
            client_id: &text("clientId"),
            client_secret: &client_secret,
            refresh_token: &refresh_token,
        };
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let refreshed = match oidc::create_token(&client, &refresh) {
            Ok(refreshed) => refreshed,
            Err(service::Error::Refused { .. }) => return Ok(None),
            Err(source) => return Err(Error::Refresh(source)),
        };
        let ends = context.world.now() + SignedDuration::from_secs(refreshed.expires_in);
        let mut fresh = Map::new();
        for (name, value) in [
            ("startUrl", self.start_url.to_owned()),
            ("region", self.region.value.clone()),
            ("accessToken", refreshed.access_token.expose().to_owned()),
            ("expiresAt", ends.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            ("clientId", text("clientId")),
            ("clientSecret", text("clientSecret")),
            ("registrationExpiresAt", text("registrationExpiresAt")),
        ] {
            fresh.insert(name.to_owned(), Value::String(value));
        }
        if let Some(token) = &refreshed.refresh_token {
            fresh.insert("refreshToken".to_owned(), Value::String(token.expose().to_owned()));
        }
        let written = Zeroizing::new(Value::Object(fresh).to_string());
        // Only the token that was read may be replaced. A sign-in in the meantime is newer.
        let old = text("accessToken");
        let saved = store::edit(&[path], |contents| {
            let now: Option<Value> = serde_json::from_slice(&contents[0]).ok();
            if now.as_ref().and_then(|now| now["accessToken"].as_str()).is_none_or(|now| now == old) {
                contents[0] = written.as_bytes().to_vec();
            }
            Ok::<_, Problem>(())
        });
        saved?;
        Ok(Some(refreshed.access_token))
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn sso_cache() {
        let origin = Origin::Cache { path: PathBuf::from("/c") };
        let region = Located::new("r".to_owned(), origin.clone());
        let token = SsoToken {
            sign_in: &SignIn::SsoSession("s".to_owned()),
            start_url: "https://u",
            region: &region,
        };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(kept) = token.parse(text, &origin) else { return };
            let Ok((found, _)) = token.usable(&kept, &origin, Timestamp::UNIX_EPOCH) else { return };
            assert_eq!(Some(found.expose()), kept["accessToken"].as_str());
        });
    }
}
