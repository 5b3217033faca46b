//! Signing out: the token is revoked and removed, with the role credentials that were issued for it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use super::cached::{Cached, Members, issued, text};
use super::configured::Configured;
use super::console_folder;
use super::console_sign_in::principal_of;
use super::error::{Error, Fault};
use super::forget::{Scope, forget_roles};
use super::kind::{Console, NAMELESS, SignIn};
use super::{renewal, token, token_ends};
use crate::client::{self, Context};
use crate::credentials::Expiration;
use crate::origin::Located;
use crate::secret::Secret;
use crate::service::{Service, sso};
use crate::store::{self, Problem};

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
    /// The token is removed here, but a copy of it, such as the file under another name, is valid until then.
    NotRevoked { ends: Option<Expiration>, error: Box<Error>, other_name: bool },
    /// The console's credentials are removed. There is no way to revoke them. The file may have another name.
    Removed { other_name: bool },
}

impl Configured {
    /// Ends this sign-in. Not being signed in is not an error.
    pub fn sign_out(&self, context: &Context<'_>) -> Result<SignedOut, Error> {
        let ended = self.end(context);
        // Also if the token could not be removed: another user may be the next.
        forget_roles(Scope::Of(&self.sign_in()), context.files, context.world);
        ended
    }

    /// Ends this sign-in, but not the role credentials that were issued for it.
    fn end(&self, context: &Context<'_>) -> Result<SignedOut, Error> {
        let sign_in = self.sign_in();
        let (outcome, start_url) = match self {
            Configured::IdentityCenter(found) => {
                let token = found.token();
                let cached = token.cached(context.world)?;
                let outcome = end(&cached, Known::ByName(&found.region), context)?;
                (outcome, Some(found.start_url.value.clone()))
            }
            Configured::Console(console) => {
                let cached = console.cached(context.world)?;
                let outcome = forget_console(&cached, context)?;
                (outcome.map_or_else(|| without_tokens(&cached), Ok)?, None)
            }
        };
        Ok(SignedOut { sign_in, start_url, outcome })
    }
}

/// Ends every sign-in whose file is AWS CLI's by name and shape, configured or not. Other programs keep files of their own
/// in the same folder. What can't be ended doesn't keep the others from it.
pub fn sign_out_all(context: &Context<'_>) -> (Vec<SignedOut>, Vec<Error>) {
    let (mut ended, mut errors) = (Vec::new(), Vec::new());
    // Once for all sign-ins. First, so that an interruption leaves none.
    forget_roles(Scope::All, context.files, context.world);
    let mut take = |result: Result<SignedOut, Error>| match result {
        Ok(SignedOut { outcome: Outcome::None, .. }) => {}
        Ok(known) => ended.push(known),
        // It is the folder of all.
        Err(Error::NoFolder { .. }) if errors.iter().any(|one| matches!(one, Error::NoFolder { .. })) => {}
        Err(error) => errors.push(error),
    };
    for known in &Configured::all(context.files) {
        take(known.end(context));
    }
    let mut files = |folder: Result<PathBuf, Error>, digits| {
        let listed = folder.and_then(|folder| Ok(named(&folder, digits)?));
        let listed = listed.map_err(|error| take(Err(error))).unwrap_or_default();
        // A folder isn't a sign-in, whatever its name.
        let is_other = |path: &Path| path.exists() && !path.is_file();
        let files = listed.into_iter().filter(|path| !is_other(path));
        files.map(|path| Cached { sign_in: NAMELESS.clone(), path }).collect::<Vec<_>>()
    };
    let tokens = files(token::folder(&NAMELESS, context.world), 40);
    let consoles = files(console_folder::folder(&NAMELESS, context.world), 64);
    for cached in tokens {
        let start_url = cached.read().ok().and_then(|members| text(&members, "startUrl").map(str::to_owned));
        let start_url = start_url.unwrap_or_default();
        let outcome = end(&cached, Known::ByShape, context);
        let sign_in = SignIn::Sso { start_url: start_url.clone(), profile: String::new() };
        take(outcome.map(|outcome| SignedOut { sign_in, start_url: Some(start_url), outcome }));
    }
    for cached in consoles {
        let stem = || cached.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let session = principal_of(&cached).unwrap_or_else(stem);
        let sign_in = SignIn::Console(Console { session, profile: String::new() });
        let outcome = forget_console(&cached, context).map(|outcome| outcome.unwrap_or(Outcome::None));
        take(outcome.map(|outcome| SignedOut { sign_in, start_url: None, outcome }));
    }
    // Those that others were issued meanwhile.
    forget_roles(Scope::All, context.files, context.world);
    (ended, errors)
}

/// How long the answer to a revocation is waited for. Until then the token is in its file.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a token is revoked that another program replaces meanwhile.
const TRIES: usize = 3;

/// Why a file is taken for that of a token.
#[derive(Clone, Copy)]
enum Known<'r> {
    /// It has the name of a configured sign-in. The region of that is used where the file has none.
    ByName(&'r Located<String>),
    /// It is listed beside files of other programs.
    ByShape,
}

/// Revokes a token and removes its file. The order matters: an interruption must not leave a living token that nobody knows.
/// Where the file can't be removed, nothing is revoked.
fn end(cached: &Cached, known: Known<'_>, context: &Context<'_>) -> Result<Outcome, Error> {
    // A process that refreshes the token ends first; one that signs in waits. If the lock can't be had, the file is read
    // again before it is removed.
    let _lock = renewal::lock(cached, context);
    let (is_ours, region): (fn(&Members) -> bool, _) = match known {
        Known::ByName(region) => (has_token, Some(region)),
        Known::ByShape => (is_token, None),
    };
    let mut outcome = Outcome::None;
    let mut revoked = None;
    for _ in 0..TRIES {
        let members = match renewal::read_when_written(cached) {
            Ok(members) if is_ours(&members) => members,
            Ok(_) | Err(Error::Required { fault: Fault::Missing | Fault::Unreadable, .. }) => {
                let is_first = revoked.is_none() && matches!(known, Known::ByName(_));
                return if is_first { without_tokens(cached) } else { Ok(outcome) };
            }
            Err(error) => return Err(error),
        };
        let token = issued(&members).unwrap_or_default().to_owned();
        if revoked.as_ref() == Some(&token) {
            break;
        }
        if revoked.is_none() {
            store::check_removal(&cached.path)
                .map_err(|source| Error::NotRemoved { is_revoked: Some(false), source })?;
        }
        outcome = revoke(cached, &members, region, context);
        revoked = Some(token);
    }
    let has_other_name = store::has_other_name(&cached.path);
    let is_revoked = Some(matches!(outcome, Outcome::Revoked));
    store::remove(&cached.path).map_err(|source| Error::NotRemoved { is_revoked, source })?;
    if let Outcome::NotRevoked { other_name, .. } = &mut outcome {
        *other_name = has_other_name;
    }
    Ok(outcome)
}

fn revoke(
    cached: &Cached,
    members: &Members,
    region: Option<&Located<String>>,
    context: &Context<'_>,
) -> Outcome {
    let ends = token_ends::ends(members, context.world.now());
    let Some(token) = text(members, "accessToken").map(Secret::held) else {
        return Outcome::NotRevoked { ends, error: Box::new(Error::NothingToRevoke), other_name: false };
    };
    let own = text(members, "region").map(|region| Located::new(region.to_owned(), cached.origin()));
    let region = own.or_else(|| region.cloned());
    let revoked =
        client::for_sign_in(context, Service::Sso, region).map_err(Error::from).and_then(|client| {
            let _progress = context.progress.show("IAM Identity Center");
            match sso::logout(&client.without_retries().within(PATIENCE), &token) {
                // The token has ended already.
                Err(error) if error.is_signed_out() => Ok(()),
                ended => Ok(ended?),
            }
        });
    match revoked {
        Ok(()) => Outcome::Revoked,
        Err(error) => Outcome::NotRevoked { ends, error: Box::new(error), other_name: false },
    }
}

/// Removes the file of a console sign-in. `None` if it isn't known to be one.
fn forget_console(cached: &Cached, context: &Context<'_>) -> Result<Option<Outcome>, Error> {
    let _lock = renewal::lock(cached, context);
    match renewal::read_when_written(cached) {
        Ok(members) if is_console(&members) => {
            let other_name = store::has_other_name(&cached.path);
            let removed = store::remove(&cached.path);
            removed.map_err(|source| Error::NotRemoved { is_revoked: None, source })?;
            Ok(Some(Outcome::Removed { other_name }))
        }
        Ok(_) | Err(Error::Required { fault: Fault::Missing | Fault::Unreadable, .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// That nobody is signed in by the file of a configured sign-in. An error if that can't be known, because another program may read
/// what is in it.
fn without_tokens(cached: &Cached) -> Result<Outcome, Error> {
    let has_any =
        |members: &Members| ["accessToken", "refreshToken"].iter().any(|name| members.contains_key(*name));
    match cached.read() {
        Err(Error::Required { fault: Fault::Missing, .. }) => Ok(Outcome::None),
        Ok(members) if !has_any(&members) => Ok(Outcome::None),
        Ok(_) | Err(Error::Required { .. }) => Err(Error::NotASignIn { path: cached.path.clone() }),
        Err(error) => Err(error),
    }
}

/// The files in a folder that have the name of a sign-in of this kind, sorted.
pub(super) fn named(folder: &Path, digits: usize) -> Result<Vec<PathBuf>, Problem> {
    let mut listed = store::list(folder)?;
    listed.retain(|path| is_named(path, digits));
    listed.sort();
    Ok(listed)
}

fn is_named(path: &Path, digits: usize) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let stem = name.strip_suffix(".json");
    stem.is_some_and(|stem| stem.len() == digits && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether the file of a configured sign-in has a token, which is all that others need to use it, or to get another.
fn has_token(members: &Members) -> bool {
    issued(members).is_some()
}

/// Whether a file has the shape of a token of IAM Identity Center.
pub(super) fn is_token(members: &Members) -> bool {
    ["startUrl", "accessToken", "expiresAt", "region"].iter().all(|name| text(members, name).is_some())
}

fn is_console(members: &Members) -> bool {
    members.get("accessToken").and_then(|access| access.get("accessKeyId")).is_some_and(Value::is_string)
}
