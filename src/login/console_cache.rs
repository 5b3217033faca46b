//! The sign-in of the console: credentials in `~/.aws/login/cache`, which last a quarter of an hour and can be
//! refreshed for half a day.

use std::ffi::OsStr;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cached::{Cached, Members, date, filled, text};
use super::error::{Error, Fault};
use super::kind::Console;
use super::renewal::{self, Refresh};
use super::{Facts, Kept, Notice, SignIn};
use crate::address::redacted;
use crate::client::{self, Context};
use crate::credentials::{Credentials, Expiration};
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::service::dpop::ProofKey;
use crate::service::signin::{self, Grant};
use crate::service::{self, Service};
use crate::text::hex;
use crate::world::World;

/// Credentials with no more time than this are refreshed (botocore's `LoginCredentialFetcher`).
const REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// The code for a refresh token that has expired.
const EXPIRED: &str = "TOKEN_EXPIRED";

/// The credentials of a console sign-in.
pub struct Found {
    pub credentials: Credentials,
    /// Whether so little time is left that they should be refreshed before they are used.
    pub is_due: bool,
}

impl Console {
    /// What tells this sign-in apart from those before and after it. `None` if nobody is signed in.
    pub fn generation(&self, world: &World) -> Option<String> {
        let members = self.cached(world).ok()?.read().ok()?;
        // It stays the same when credentials are refreshed.
        let issued = text(&members, "idToken").or_else(|| text(&members, "dpopKey"))?;
        Some(hex(&Sha256::digest(issued)))
    }

    /// What is cached, whether it has expired or not; nothing is refreshed.
    pub fn cached_credentials(&self, world: &World) -> Result<Found, Error> {
        let cached = self.cached(world)?;
        let members = cached.read()?;
        let now = world.now();
        let credentials = parse(&members, &cached.origin(), now).map_err(|fault| cached.required(fault))?;
        Ok(Found { credentials, is_due: is_due(&members, now) })
    }

    /// The credentials, refreshed if they expire soon, and what the user should know of that, such as why they were not.
    pub fn credentials(&self, context: &Context<'_>) -> Result<(Credentials, Option<Notice>), Error> {
        let now = context.world.now();
        let cached = self.cached(context.world)?;
        let members = cached.read()?;
        let parsed =
            |members: &Members| parse(members, &cached.origin(), now).map_err(|fault| cached.required(fault));
        let old = parsed(&members)?;
        let ends = old.expiration.as_ref().map(|at| at.value);
        let lasts = ends.is_some_and(|at| !at.has_passed(now));
        if !is_due(&members, now) || context.offline && lasts {
            return Ok((old, None));
        }
        let refreshing = Refreshing { console: self, cached: &cached, context };
        match (renewal::refresh(&refreshing, &cached, context), ends) {
            (Ok((members, notice)), _) => Ok((parsed(&members)?, notice)),
            (Err(error), Some(ends)) if lasts => {
                let error = Box::new(error);
                Ok((old, Some(Notice::NotRefreshed { sign_in: cached.sign_in.clone(), ends, error })))
            }
            (Err(Error::Refresh(error)), _) if error.is_refusal("INSUFFICIENT_PERMISSIONS") => {
                Err(Error::NotPermitted(error))
            }
            (Err(Error::Refresh(error)), _) if is_over(&error) => Err(cached.required(Fault::NotRefreshed)),
            (Err(Error::Refresh(error)), _) => Err(match error.clock_behind(EXPIRED) {
                Some(clock) => cached.required(Fault::Clock(clock)),
                None => Error::Refresh(error),
            }),
            (Err(error), _) => Err(error),
        }
    }

    /// What is known without asking anybody; nothing is refreshed. `None` if there is no file.
    pub fn facts(&self, world: &World) -> Option<Facts> {
        let now = world.now();
        self.cached(world).ok()?.facts(now, |cached, members| {
            let found = parse(members, &cached.origin(), now).ok();
            let at = found.and_then(|credentials| credentials.expiration);
            // The end of a refresh token isn't known.
            let is_refreshable = keys(members).is_ok();
            at.map_or(Kept::Unusable, |at| Kept::Until {
                at: at.value,
                is_refreshable,
                unsaved: None,
                other_portal: None,
            })
        })
    }

    /// AWS CLI's name for the file: a digest of the session's name.
    pub(super) fn cached(&self, world: &World) -> Result<Cached, Error> {
        let sign_in = SignIn::Console(self.clone());
        let path = folder(&sign_in, world)?.join(format!("{}.json", hex(&Sha256::digest(&self.session))));
        Ok(Cached { sign_in, path })
    }
}

/// The folder of AWS CLI and the SDKs for console sign-ins.
pub(super) fn folder(sign_in: &SignIn, world: &World) -> Result<PathBuf, Error> {
    let folder = world.path("AWS_LOGIN_CACHE_DIRECTORY").unwrap_or(OsStr::new("~/.aws/login/cache"));
    world.expand(folder).map_err(|no_home| sign_in.required(Fault::NoHome(no_home), None))
}

/// Whether the user has to sign in again.
fn is_over(error: &service::Error) -> bool {
    [EXPIRED, "USER_CREDENTIALS_CHANGED"].iter().any(|code| error.is_refusal(code))
}

/// The members that botocore demands.
const REQUIRED: [&str; 4] = ["accessToken", "refreshToken", "dpopKey", "clientId"];

/// The members of its `accessToken` that botocore demands, besides those that credentials can't do without.
const REQUIRED_OF_CREDENTIALS: [&str; 2] = ["sessionToken", "accountId"];

/// The credentials in a cached sign-in, with their end.
fn parse(members: &Members, origin: &Origin, now: Timestamp) -> Result<Credentials, Fault> {
    if let Some(missing) = REQUIRED.into_iter().find(|name| !members.contains_key(*name)) {
        return Err(Fault::Lacks(missing));
    }
    let credentials = &members["accessToken"];
    if REQUIRED_OF_CREDENTIALS.iter().any(|name| credentials.get(name).is_none()) {
        return Err(Fault::Incomplete);
    }
    let text = |name: &str| credentials[name].as_str();
    let located = |text: &str| Located::new(text.to_owned(), origin.clone());
    let whole = (text("accessKeyId"), text("secretAccessKey"), ends(members, now));
    let (Some(id), Some(secret), Some(expires_at)) = whole else { return Err(Fault::Incomplete) };
    Ok(Credentials {
        account_id: text("accountId").map(located),
        expiration: Some(Located::new(expires_at, origin.clone())),
        ..Credentials::keys(located(id), located(secret), text("sessionToken").map(located))
    })
}

/// When the credentials of a console sign-in end.
pub(super) fn ends(members: &Members, now: Timestamp) -> Option<Expiration> {
    Expiration::parse(members.get("accessToken")?["expiresAt"].as_str()?, now)
}

fn is_due(members: &Members, now: Timestamp) -> bool {
    ends(members, now).is_none_or(|at| at.left(now) <= REFRESH_WITHIN)
}

/// What a refresh takes from the file: the key of the proof, the client and the refresh token.
fn keys(members: &Members) -> Result<(ProofKey, &str, &str), Fault> {
    let key = text(members, "dpopKey").and_then(ProofKey::from_pem).ok_or(Fault::NoKey)?;
    let tokens = text(members, "clientId").zip(filled(members, "refreshToken"));
    let (client_id, refresh_token) = tokens.ok_or(Fault::Incomplete)?;
    Ok((key, client_id, refresh_token))
}

/// How credentials are refreshed.
struct Refreshing<'r> {
    console: &'r Console,
    cached: &'r Cached,
    context: &'r Context<'r>,
}

impl Refresh for Refreshing<'_> {
    fn issued<'m>(&self, members: &'m Members) -> Option<&'m str> {
        members.get("accessToken")?["accessKeyId"].as_str()
    }

    fn is_due(&self, members: &Members) -> bool {
        is_due(members, self.context.world.now())
    }

    fn request(&self, members: &Members) -> Result<Members, Error> {
        let Refreshing { console, cached, context } = self;
        let (key, client_id, refresh_token) = keys(members).map_err(|fault| cached.required(fault))?;
        let refresh_token = Secret::held(refresh_token);
        // Where the sign-in was made, whatever region the profile has now.
        let made_in =
            filled(members, "signInRegion").map(|region| Located::new(region.to_owned(), cached.origin()));
        let is_known = made_in.is_some();
        let region = made_in.or_else(|| context.region());
        let asked = region.as_ref().map(|region| region.value.clone()).unwrap_or_default();
        // botocore needs it also with an endpoint of the user's own, and looks only for that before.
        if region.is_none() && context.sdk.ruled.is_none() {
            client::configured_url(context, Service::Signin)?;
            return Err(client::Error::Client(service::Error::NoRegion { service: Service::Signin }).into());
        }
        let client = client::of(context, Service::Signin, region)?;
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let grant = Grant::Renewal { refresh_token: &refresh_token };
        let issued = signin::create_token(&client, client_id, &key, &grant).map_err(|error| {
            if asked.is_empty() || !error.is_refusal("INVALID_REQUEST") {
                return Error::Refresh(error);
            }
            // AWS has no error of its own for another region.
            let guessed_for = (!is_known).then(|| Box::new(cached.sign_in.clone()));
            Error::RefusedIn { region: asked, guessed_for, source: Box::new(error) }
        })?;
        let mut refreshed = members.clone();
        console.issue(&mut refreshed, &issued, context.world.now());
        Ok(refreshed)
    }
}

impl Console {
    /// Puts issued credentials into the members of their file. The last refresh token stays if there is no new one.
    pub(super) fn issue(&self, members: &mut Members, issued: &signin::Token, now: Timestamp) {
        let ends = now.saturating_add(SignedDuration::from_secs(issued.expires_in)).unwrap_or(Timestamp::MAX);
        let mut access = json!({
            "accessKeyId": issued.keys.access_key_id,
            "secretAccessKey": issued.keys.secret_access_key.expose(),
            "sessionToken": issued.keys.session_token.as_ref().map(Secret::expose),
        });
        let account = members.get("accessToken").and_then(|old| old.get("accountId"));
        access["accountId"] = account.cloned().unwrap_or_else(|| account_of(&self.session).into());
        access["expiresAt"] = date(ends).into();
        members.insert("accessToken".to_owned(), access);
        if let Some(token) = &issued.refresh_token {
            members.insert("refreshToken".to_owned(), Value::from(token.expose()));
        }
    }
}

/// The account in an ARN. Empty for a text that is none.
pub fn account_of(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn login_cache() {
        let sign_in = SignIn::Console(Console { session: "s".to_owned(), profile: "p".to_owned() });
        let cached = Cached { sign_in, path: PathBuf::from("/c") };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(members) = cached.parse(text) else { return };
            let Ok(found) = parse(&members, &cached.origin(), Timestamp::UNIX_EPOCH) else { return };
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
            assert!(found.expiration.is_some());
        });
    }
}
