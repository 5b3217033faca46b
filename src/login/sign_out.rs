//! Signing out: the token is revoked and removed, with the role credentials that were issued for it.

use std::path::Path;

use serde_json::Value;

use super::SignIn;
use super::cached::{Cached, Members, text};
use super::configured::Configured;
use super::console_cache::{self, Console};
use super::error::{Error, Fault};
use super::forget::{Scope, forget_roles};
use super::token;
use crate::client::{self, Context};
use crate::credentials::Expiration;
use crate::origin::Located;
use crate::secret::Secret;
use crate::service::{Service, sso};
use crate::store;

/// What became of one sign-in.
#[derive(Debug)]
pub struct SignedOut {
    pub sign_in: SignIn,
    /// Of IAM Identity Center.
    pub start_url: Option<String>,
    pub outcome: Outcome,
}

#[derive(Debug)]
pub enum Outcome {
    /// There was no sign-in.
    None,
    /// The token is revoked and removed.
    Revoked,
    /// The token is removed, but lives until then, for whoever has a copy of it.
    NotRevoked { ends: Option<Expiration>, error: Box<Error> },
    /// The console's credentials are removed. There is no way to revoke them.
    Removed,
}

impl Configured {
    /// Ends this sign-in. Not being signed in is no error.
    pub fn sign_out(&self, context: &Context<'_>) -> Result<SignedOut, Error> {
        let sign_in = self.sign_in();
        match self {
            Configured::IdentityCenter(found) => {
                let token = found.token();
                let cached = token.cached(context.world)?;
                let outcome = match cached.read() {
                    Ok(members) if is_token(&members) => end(&cached, &members, context)?,
                    Ok(_) | Err(Error::Required { fault: Fault::Missing | Fault::Unreadable, .. }) => {
                        Outcome::None
                    }
                    Err(error) => return Err(error),
                };
                forget_roles(Scope::Of(&sign_in), context.files, context.world);
                let start_url = Some(found.start_url.value.clone());
                Ok(SignedOut { sign_in: sign_in.clone(), start_url, outcome })
            }
            Configured::Console { session, .. } => {
                let console = Console { sign_in: &sign_in, session };
                let cached = console.cached(context.world)?;
                let outcome = match cached.read() {
                    Ok(members) if is_console(&members) => {
                        store::remove(&cached.path)?;
                        Outcome::Removed
                    }
                    Ok(_) | Err(Error::Required { fault: Fault::Missing | Fault::Unreadable, .. }) => {
                        Outcome::None
                    }
                    Err(error) => return Err(error),
                };
                forget_roles(Scope::Of(&sign_in), context.files, context.world);
                Ok(SignedOut { sign_in: sign_in.clone(), start_url: None, outcome })
            }
        }
    }
}

/// Ends every sign-in whose file is AWS CLI's by name and shape, configured or not. Other programs keep files of their own
/// in the same folder.
pub fn sign_out_all(context: &Context<'_>) -> Result<Vec<SignedOut>, Error> {
    let mut ended = Vec::new();
    let configured = Configured::all(context.files);
    for known in &configured {
        let known = known.sign_out(context)?;
        if !matches!(known.outcome, Outcome::None) {
            ended.push(known);
        }
    }
    let nameless = SignIn::Sso { start_url: String::new(), profile: String::new() };
    for path in store::list(&token::folder(&nameless, context.world)?)? {
        let cached = Cached { sign_in: &nameless, path };
        if !is_named(&cached.path, 40) {
            continue;
        }
        let Some(members) = cached.read().ok().filter(is_token) else { continue };
        let outcome = end(&cached, &members, context)?;
        let start_url = text(&members, "startUrl").unwrap_or_default().to_owned();
        let sign_in = SignIn::Sso { start_url: start_url.clone(), profile: String::new() };
        ended.push(SignedOut { sign_in, start_url: Some(start_url), outcome });
    }
    for path in store::list(&console_cache::folder(&nameless, context.world)?)? {
        let cached = Cached { sign_in: &nameless, path };
        let is_ours = is_named(&cached.path, 64) && cached.read().is_ok_and(|members| is_console(&members));
        if is_ours {
            store::remove(&cached.path)?;
            let session = cached.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let sign_in = SignIn::Console { session, profile: String::new() };
            ended.push(SignedOut { sign_in, start_url: None, outcome: Outcome::Removed });
        }
    }
    forget_roles(Scope::All, context.files, context.world);
    Ok(ended)
}

/// Revokes a token and removes its file. The order matters: an interruption must not leave a living token that nobody
/// knows.
fn end(cached: &Cached<'_>, members: &Members, context: &Context<'_>) -> Result<Outcome, Error> {
    let token = Secret::held(text(members, "accessToken").unwrap_or_default());
    let region = Located::new(text(members, "region").unwrap_or_default().to_owned(), cached.origin());
    let ends = text(members, "expiresAt").and_then(|text| Expiration::parse(text, context.world.now()));
    let revoked =
        client::for_sign_in(context, Service::Sso, Some(region)).map_err(Error::from).and_then(|client| {
            let _progress = context.progress.show("IAM Identity Center");
            match sso::logout(&client.without_retries(), &token) {
                // The token has ended already.
                Err(error) if error.is_refusal("UnauthorizedException") => Ok(()),
                ended => Ok(ended?),
            }
        });
    store::remove(&cached.path)?;
    Ok(match revoked {
        Ok(()) => Outcome::Revoked,
        Err(error) => Outcome::NotRevoked { ends, error: Box::new(error) },
    })
}

fn is_named(path: &Path, digits: usize) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let stem = name.strip_suffix(".json");
    stem.is_some_and(|stem| stem.len() == digits && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a file has the shape of a token of IAM Identity Center.
fn is_token(members: &Members) -> bool {
    ["startUrl", "accessToken", "expiresAt", "region"].iter().all(|name| text(members, name).is_some())
}

fn is_console(members: &Members) -> bool {
    members.get("accessToken").and_then(|access| access.get("accessKeyId")).is_some_and(Value::is_string)
}
