//! The sign-in of IAM Identity Center: the token that AWS CLI keeps in `~/.aws/sso/cache`, and its renewal.

use std::io::ErrorKind::{InvalidData, NotADirectory, NotFound};
use std::path::PathBuf;

use jiff::SignedDuration;
use serde_json::{Map, Value};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::{Context, Error, Provider, hex, small_text};
use crate::address::redacted;
use crate::client;
use crate::credentials::Expiration;
use crate::failure::Command;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::{self, Service, oidc};
use crate::store::{self, Problem};

/// A sign-in that may be used.
pub(super) struct Token {
    pub(super) access_token: Secret,
    pub(super) origin: Origin,
}

/// Which sign-in.
pub(super) struct SsoToken<'s> {
    pub(super) session: Option<&'s str>,
    pub(super) start_url: &'s str,
    pub(super) region: &'s Located<String>,
    pub(super) profile: &'s str,
}

/// Tokens that end sooner are renewed (botocore's `SSOTokenProvider`).
const RENEW_WITHIN: SignedDuration = SignedDuration::from_mins(15);

impl SsoToken<'_> {
    /// The token, renewed if it ends soon and can be renewed. Only sessions have tokens that can.
    pub(super) fn get(&self, context: &Context<'_>) -> Result<Token, Error> {
        let path = self.path(context)?;
        let origin = Origin::Cache { path: path.clone() };
        let kept = self.read(&path)?;
        let (access_token, expires_at) = self.usable(&kept, &origin, context.client.world.now())?;
        let left = expires_at.left(context.client.world.now());
        if self.session.is_none() {
            return if left > SignedDuration::ZERO {
                Ok(Token { access_token, origin })
            } else {
                Err(self.login_required("the sign-in is over", Some(origin)))
            };
        }
        if left < RENEW_WITHIN && Self::is_renewable(&kept, context) {
            match self.renew(&kept, &path, context) {
                Ok(Some(access_token)) => return Ok(Token { access_token, origin }),
                Ok(None) => {}
                Err(error) => return Err(error),
            }
        }
        if left <= SignedDuration::ZERO {
            return Err(self.login_required("the sign-in is over, and could not be renewed", Some(origin)));
        }
        Ok(Token { access_token, origin })
    }

    /// What mends a sign-in that is missing or over.
    pub(super) fn login_required(&self, what: &str, origin: Option<Origin>) -> Error {
        let (message, command) = match self.session {
            Some(session) => (
                format!("{what}: session `{session}`"),
                Command::new(["aws", "sso", "login"]).option("--sso-session", session),
            ),
            None => (
                format!("{what}: {}", redacted(self.start_url)),
                Command::new(["aws", "sso", "login"]).profile(self.profile),
            ),
        };
        Error::LoginRequired { message, command, origin }
    }

    /// AWS CLI's name for the file: a digest of the session's name, or of the start URL as it is written.
    fn path(&self, context: &Context<'_>) -> Result<PathBuf, Error> {
        let digest = Sha1::digest(self.session.unwrap_or(self.start_url));
        let name = hex(&digest);
        let folder = context.client.world.expand_user("~/.aws/sso/cache");
        let folder = folder.map_err(|no_home| self.login_required(&no_home.to_string(), None))?;
        Ok(folder.join(format!("{name}.json")))
    }

    fn read(&self, path: &std::path::Path) -> Result<Map<String, Value>, Error> {
        let origin = Origin::Cache { path: path.to_owned() };
        let missing = || self.login_required("nobody has signed in", Some(origin.clone()));
        let text = match small_text(path, "the file with the sign-in", &origin) {
            Err(Error::Io { source, .. }) if matches!(source.kind(), NotFound | NotADirectory) => {
                return Err(missing());
            }
            Err(Error::Io { source, .. }) if source.kind() == InvalidData => {
                return Err(self.login_required("the file with the sign-in can't be read", Some(origin)));
            }
            text => text?,
        };
        self.parse(&text, &origin)
    }

    pub(super) fn parse(&self, text: &str, origin: &Origin) -> Result<Map<String, Value>, Error> {
        let unreadable =
            || self.login_required("the file with the sign-in can't be read", Some(origin.clone()));
        serde_json::from_str(text).map_err(|_| unreadable())
    }

    pub(super) fn usable(
        &self,
        kept: &Map<String, Value>,
        origin: &Origin,
        now: jiff::Timestamp,
    ) -> Result<(Secret, Expiration), Error> {
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        let invalid = || self.login_required("the file with the sign-in is not whole", Some(origin.clone()));
        let (Some(token), Some(expires_at)) = (text("accessToken"), text("expiresAt")) else {
            return Err(invalid());
        };
        match Expiration::parse(expires_at, now) {
            Some(at) => Ok((Secret::held(token), at)),
            _ => Err(Error::provider(
                Provider::Sso,
                format!("{origin}: expiresAt is not a date with a time zone"),
            )),
        }
    }

    fn is_renewable(kept: &Map<String, Value>, context: &Context<'_>) -> bool {
        let text = |name: &str| kept.get(name).and_then(Value::as_str);
        let whole = ["clientId", "clientSecret", "refreshToken"].iter().all(|name| text(name).is_some());
        let now = context.client.world.now();
        let registered = text("registrationExpiresAt").and_then(|text| Expiration::parse(text, now));
        let lasts = registered.is_some_and(|at| !at.has_passed(now));
        whole && lasts && !context.client.offline
    }

    /// Asks for a new token and keeps it. `None` if the service refused: then the old one counts while it lasts.
    fn renew(
        &self,
        kept: &Map<String, Value>,
        path: &std::path::Path,
        context: &Context<'_>,
    ) -> Result<Option<Secret>, Error> {
        let text = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let client = client::of(&context.client, Service::Oidc, Some(self.region.clone()))?;
        let (client_secret, refresh_token) =
            (Secret::held(text("clientSecret")), Secret::held(text("refreshToken")));
        let refresh = oidc::Refresh {
            client_id: &text("clientId"),
            client_secret: &client_secret,
            refresh_token: &refresh_token,
        };
        let _progress = context.interaction.show(&redacted(&client.endpoint.url));
        let renewed = match oidc::create_token(&client.caller(), &refresh) {
            Ok(renewed) => renewed,
            Err(service::Error::Refused { .. }) => return Ok(None),
            Err(source) => {
                let context = "the sign-in could not be renewed".to_owned();
                return Err(Error::Service { provider: Provider::Sso, context, source });
            }
        };
        let ends = context.client.world.now() + SignedDuration::from_secs(renewed.expires_in);
        let mut fresh = Map::new();
        for (name, value) in [
            ("startUrl", self.start_url.to_owned()),
            ("region", self.region.value.clone()),
            ("accessToken", renewed.access_token.expose().to_owned()),
            ("expiresAt", ends.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            ("clientId", text("clientId")),
            ("clientSecret", text("clientSecret")),
            ("registrationExpiresAt", text("registrationExpiresAt")),
        ] {
            fresh.insert(name.to_owned(), Value::String(value));
        }
        if let Some(token) = &renewed.refresh_token {
            fresh.insert("refreshToken".to_owned(), Value::String(token.expose().to_owned()));
        }
        let written = Zeroizing::new(Value::Object(fresh).to_string());
        // Only what was read may be replaced: a sign-in that was made meanwhile is newer.
        let old = text("accessToken");
        let saved = store::edit(&[path], |contents| {
            let now: Option<Value> = serde_json::from_slice(&contents[0]).ok();
            if now.as_ref().and_then(|now| now["accessToken"].as_str()).is_none_or(|now| now == old) {
                contents[0] = written.as_bytes().to_vec();
            }
            Ok::<_, Problem>(())
        });
        saved.map_err(|problem| Error::Files(problem.into()))?;
        Ok(Some(renewed.access_token))
    }
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn sso_cache() {
        let origin = Origin::Cache { path: PathBuf::from("/c") };
        let region = crate::origin::Located::new("r".to_owned(), origin.clone());
        let token = SsoToken { session: Some("s"), start_url: "https://u", region: &region, profile: "p" };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(kept) = token.parse(text, &origin) else { return };
            let Ok((found, _)) = token.usable(&kept, &origin, jiff::Timestamp::UNIX_EPOCH) else { return };
            assert_eq!(Some(found.expose()), kept["accessToken"].as_str());
        });
    }
}
