//! Signing in to the console: in a browser on this machine, or on another one, which then shows a code.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::cached::{Cached, Members, text};
use super::console_folder::folder;
use super::error::Error;
use super::pkce::Pkce;
use super::renewal;
use super::sign_in::{Invitation, PLACEHOLDER, User, accepted, wait};
use super::wait::WaitError;
use super::{Console, SignIn};
use crate::address::redacted;
use crate::client::{self, Context};
use crate::net::callback::{Callback, parse};
use crate::origin::Located;
use crate::secret::Secret;
use crate::service::dpop::ProofKey;
use crate::service::signin::{self, Authorization, CROSS_DEVICE, Grant, SAME_DEVICE};
use crate::service::{self, Service};
use crate::settings::LOGIN_SESSION;
use crate::store;
use crate::text::hex;

/// A sign-in to the console.
pub struct NewConsole<'n> {
    pub profile: &'n str,
    pub region: &'n Located<String>,
    /// Whether the browser is on another machine.
    pub is_remote: bool,
    /// The port for the browser's return; `None` for any.
    pub port: Option<u16>,
    /// How long to wait for the user.
    pub limit: Duration,
}

/// A sign-in that succeeded and isn't cached yet: it may be another principal's than the profile's.
pub struct NewCredentials {
    principal: String,
    profile: String,
    region: String,
    client_id: &'static str,
    key: ProofKey,
    token: signin::Token,
}

/// Where a sign-in is cached.
pub struct Kept {
    pub path: PathBuf,
    /// Whether there was a sign-in of this principal before.
    pub replaced: bool,
}

impl NewConsole<'_> {
    /// Signs in. Everything that can fail without the user is tried before the user is asked.
    pub fn sign_in(&self, context: &Context<'_>, user: &dyn User) -> Result<NewCredentials, Error> {
        let sign_in = SignIn::Console(Console { session: String::new(), profile: self.profile.to_owned() });
        store::make_ready(&folder(&sign_in, context.world)?.join("new.json"), &PLACEHOLDER)?;
        // Most likely the same principal signs in again.
        if let Some(session) = context.files.profile(self.profile).text(LOGIN_SESSION.name) {
            let known = Console { session: session.into_owned(), profile: self.profile.to_owned() };
            known.cached(context.world)?.check()?;
        }
        let client = client::for_sign_in(context, Service::Signin, Some(self.region.clone()))?;
        let pkce = Pkce::new().map_err(service::Error::from)?;
        let key = ProofKey::generate().map_err(service::Error::from)?;
        let challenge = pkce.challenge();
        let client_id = if self.is_remote { CROSS_DEVICE } else { SAME_DEVICE };
        let address = |redirect_uri: &str| {
            let wanted = Authorization { client_id, redirect_uri, state: &pkce.state, challenge: &challenge };
            signin::authorize_url(&client, &wanted)
        };
        let (redirect_uri, code) = if self.is_remote {
            if user.terminal().is_none() {
                return Err(Error::NeedsTerminal);
            }
            let redirect_uri = signin::confirmation_url(&client);
            let address = address(&redirect_uri);
            user.invite(&Invitation { address: &address, code: None, page: None, comes_back: false });
            let code = typed(&pkce.state, self.limit, user)?;
            (redirect_uri, code)
        } else {
            let callback = Callback::bind(self.port)?;
            let redirect_uri = callback.redirect_uri();
            let listening = callback.listen(&pkce.state)?;
            let address = address(&redirect_uri);
            user.invite(&Invitation { address: &address, code: None, page: None, comes_back: true });
            let _progress = context.progress.show("the browser");
            let code = wait(&listening, &pkce.state, self.limit, user)?;
            (redirect_uri, code)
        };
        let grant = Grant::Code { code: &code, verifier: &pkce.verifier, redirect_uri: &redirect_uri };
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let token =
            signin::create_token(&client, client_id, &key, &grant).map_err(|unissued| unissued.error)?;
        let principal = principal(token.id_token.as_ref())?;
        Ok(NewCredentials {
            principal,
            profile: self.profile.to_owned(),
            region: self.region.value.clone(),
            client_id,
            key,
            token,
        })
    }
}

/// The code that the browser on another machine shows, asked for until it is one.
fn typed(state: &Secret, limit: Duration, user: &dyn User) -> Result<Secret, Error> {
    let start = Instant::now();
    let mut again = false;
    loop {
        let typed = user.code(again, limit.saturating_sub(start.elapsed()))?;
        let typed = typed.ok_or(WaitError::TimedOut { limit })?;
        let text: String = typed.expose().chars().filter(|c| !c.is_whitespace()).collect();
        let decoded = STANDARD.decode(&text).or_else(|_| URL_SAFE_NO_PAD.decode(&text));
        let decoded = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some(answer) = decoded.and_then(|text| parse(&text, state)) {
            return accepted(answer);
        }
        again = true;
    }
}

/// The ARN of who signed in. It becomes a value of the config file, and the name of the cached sign-in.
fn principal(token: Option<&Secret>) -> Result<String, Error> {
    let found = token.and_then(subject).ok_or(Error::NoPrincipal)?;
    let is_arn = found.starts_with("arn:")
        && found.splitn(6, ':').filter(|part| !part.is_empty()).count() >= 5
        && found.bytes().all(|byte| byte.is_ascii_graphic());
    if is_arn { Ok(found) } else { Err(Error::Principal { found }) }
}

/// The principal of a cached sign-in, if its file's name is that principal's.
pub(super) fn principal_of(cached: &Cached) -> Option<String> {
    let members = cached.read().ok()?;
    let principal = subject(&Secret::held(text(&members, "idToken")?))?;
    let is_its_own = cached.path.file_stem()?.to_str()? == hex(&Sha256::digest(&principal));
    is_its_own.then_some(principal)
}

/// The `sub` of an ID token. Its signature isn't checked: it came over TLS from the service itself.
fn subject(token: &Secret) -> Option<String> {
    let mut parts = token.expose().split('.');
    let (_, claims, _, None) = (parts.next()?, parts.next()?, parts.next()?, parts.next()) else {
        return None;
    };
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?).ok()?;
    let subject = claims["sub"].as_str()?;
    (!subject.is_empty()).then(|| subject.to_owned())
}

impl NewCredentials {
    /// The ARN of who signed in.
    pub fn principal(&self) -> &str {
        &self.principal
    }

    /// Caches the sign-in.
    pub fn keep(&self, context: &Context<'_>) -> Result<Kept, Error> {
        let now = context.world.now();
        let console = Console { session: self.principal.clone(), profile: self.profile.clone() };
        let cached = console.cached(context.world)?;
        let replaced = cached.path.exists();
        let pem = self.key.to_pem().ok_or(Error::NoPem)?;
        let mut members = Members::new();
        console.issue(&mut members, &self.token, now);
        for (name, value) in [
            ("tokenType", self.token.token_type.as_str()),
            ("clientId", self.client_id),
            ("idToken", self.token.id_token.as_ref().map_or("", Secret::expose)),
            ("dpopKey", pem.expose()),
            ("signInRegion", &self.region),
        ] {
            members.insert(name.to_owned(), json!(value));
        }
        renewal::replace(&cached, &members, context)?;
        Ok(Kept { path: cached.path, replaced })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_principal_is_the_subject_of_the_id_token() {
        let token = |claims: &str| Secret::new(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)));
        let found = |claims| subject(&token(claims));
        assert_eq!(found(r#"{"sub":"arn:aws:iam::1:user/me"}"#).as_deref(), Some("arn:aws:iam::1:user/me"));
        assert_eq!([r#"{"sub":""}"#, r#"{"sub":1}"#, "{}", "[", ""].map(found), [const { None }; 5]);
        for text in ["", "a", "a.b", "a.b.c.d", "..", "a.!.c"] {
            assert_eq!(subject(&Secret::new(text)), None, "{text}");
        }
    }

    #[test]
    fn only_an_arn_signs_in() {
        let signed = |claims: Value| {
            let token = Secret::new(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string())));
            principal(Some(&token)).map_err(|error| error.to_string())
        };
        for arn in [
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::111122223333:user/team/me",
            "arn:aws-cn:sts::111122223333:assumed-role/Admin/me@example.org",
        ] {
            assert_eq!(signed(json!({"sub": arn})).as_deref(), Ok(arn));
        }
        for (found, shown) in [
            ("not an arn", "not an arn"),
            ("arn:aws", "arn:aws"),
            ("arn:aws:iam::1:user/a\nb", "arn:aws:iam::1:user/a\\nb"),
            ("arn:aws:iam::1:user/a b", "arn:aws:iam::1:user/a b"),
        ] {
            let words = format!("the console's answer says that `{shown}` signed in, which is not an ARN");
            assert_eq!(signed(json!({"sub": found})), Err(words));
        }
        for claims in [json!({}), json!({"sub": ""}), json!({"sub": 1})] {
            assert_eq!(signed(claims), Err("the console's answer doesn't say who signed in".to_owned()));
        }
    }
}
