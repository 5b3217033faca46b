//! The sign-in of the console: credentials in `~/.aws/login/cache`, which last a quarter of an hour and can be
//! refreshed for half a day.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::cached::{Cached, Members, date, filled, text};
use super::console_folder::{FOLDER, folder};
use super::console_members::{ends, is_due, keys, parse, parse_by, rules};
use super::error::{Error, Fault};
use super::kind::Console;
use super::renewal::{self, Failed, Refresh};
use super::{Facts, Kept, Notice, SignIn};
use crate::address::redacted;
use crate::client::{self, Context};
use crate::credentials::Credentials;
use crate::failure::{Code, Explain as _};
use crate::origin::Located;
use crate::sdk::{LoginRegion, LoginRules, OldCredentials, Problem};
use crate::secret::Secret;
use crate::service::dpop::ProofKey;
use crate::service::signin::{self, Grant};
use crate::service::{self, Caller, Service, Unissued};
use crate::settings::REGION;
use crate::text::hex;
use crate::world::World;

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
    pub fn generation(&self, context: &Context<'_>) -> Option<String> {
        let members = self.cached_for(context).ok()?.read().ok()?;
        // It stays the same when credentials are refreshed.
        let issued = text(&members, "idToken").or_else(|| text(&members, "dpopKey"))?;
        Some(hex(&Sha256::digest(issued)))
    }

    /// What is cached, whether it has expired or not; nothing is refreshed.
    pub fn cached_credentials(&self, world: &World) -> Result<Found, Error> {
        let cached = self.cached(world)?;
        let members = cached.read()?;
        let now = world.now();
        let found = parse(&members, &cached.origin(), ends(&members, now));
        let credentials = found.map_err(|fault| cached.required(fault))?;
        Ok(Found { is_due: is_due(&credentials, now, None), credentials })
    }

    /// The credentials, refreshed if they expire soon, and what the user should know of that, such as why they were not. An
    /// error with the problem that it is to the SDK.
    pub fn credentials(
        &self,
        context: &Context<'_>,
    ) -> Result<(Credentials, Option<Notice>), (Problem, Error)> {
        let (now, rules) = (context.world.now(), rules(context));
        let unusable = |error| (Problem::Login, error);
        let cached = self.cached_for(context).map_err(unusable)?;
        let members = cached.read().map_err(unusable)?;
        let parsed = |members: &Members| {
            parse_by(members, &cached.origin(), context).map_err(|fault| unusable(cached.required(fault)))
        };
        let old = parsed(&members)?;
        let ends = old.expiration.as_ref().map(|at| at.value);
        let usable_until = ends.filter(|at| !at.has_passed(now));
        let is_ever_old = rules.is_none_or(|rules| rules.old != OldCredentials::Unused);
        if !is_due(&old, now, rules) || context.offline && usable_until.is_some() && is_ever_old {
            return Ok((old, None));
        }
        let refreshing = Refreshing { console: self, cached: &cached, context };
        let error = match renewal::refresh(&refreshing, &cached, context) {
            Ok((members, notice)) => return Ok((parsed(&members)?, notice)),
            Err(error) => error,
        };
        // The refresh may have taken longer than they last.
        let now = context.world.now();
        if let Some(ends) = usable_until.filter(|at| !at.has_passed(now) && is_used_after(&error, rules)) {
            let error = Box::new(error);
            return Ok((old, Some(Notice::NotRefreshed { sign_in: cached.sign_in.clone(), ends, error })));
        }
        let problem = if error.is_denial() { Problem::Login } else { Problem::LoginRenewal };
        Err((problem, explained(error, &cached)))
    }

    /// What is known without a request, by the rules of the SDK; nothing is refreshed. `None` if there is no file. The
    /// context is one with `--offline`.
    pub fn facts(&self, context: &Context<'_>) -> Option<Facts> {
        let cached = self.cached_for(context).ok()?;
        cached.facts(context.world.now(), |cached, members| self.kept(cached, members, context))
    }

    fn kept(&self, cached: &Cached, members: &Members, context: &Context<'_>) -> Kept {
        let (now, rules) = (context.world.now(), rules(context));
        let found = match parse_by(members, &cached.origin(), context) {
            Ok(found) => found,
            Err(fault) => return Kept::Unusable(Box::new(cached.required(fault))),
        };
        let refreshing = Refreshing { console: self, cached, context };
        // The end of a refresh token isn't known.
        let can_refresh = match refreshing.prepared(members) {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Code::NoRegion && context.awaits_region() => Ok(()),
            Err(error) => Err(error),
        };
        let can_refresh = can_refresh.and_then(|()| Ok(cached.check()?));
        let ends = found.expiration.as_ref().map(|at| at.value);
        let lasts = ends.is_none_or(|at| !at.has_passed(now));
        match can_refresh {
            Err(error) if lasts && is_due(&found, now, rules) && !is_used_after(&error, rules) => {
                Kept::Unusable(Box::new(error))
            }
            can_refresh => Kept::until(ends, can_refresh),
        }
    }

    /// AWS CLI's name for the file: a digest of the session's name.
    pub(super) fn cached(&self, world: &World) -> Result<Cached, Error> {
        let sign_in = SignIn::Console(self.clone());
        let folder = folder(&sign_in, world)?;
        Ok(self.cached_in(&folder))
    }

    /// Where the SDK looks for the file.
    fn cached_for(&self, context: &Context<'_>) -> Result<Cached, Error> {
        match context.world.path(FOLDER) {
            Some(folder) if rules(context).is_some() => Ok(self.cached_in(Path::new(folder))),
            _ => self.cached(context.world),
        }
    }

    fn cached_in(&self, folder: &Path) -> Cached {
        let path = folder.join(format!("{}.json", hex(&Sha256::digest(&self.session))));
        Cached { sign_in: SignIn::Console(self.clone()), path }
    }
}

/// The error of a refresh, as the user should see it.
fn explained(error: Error, cached: &Cached) -> Error {
    match error {
        Error::Refresh(error) if error.is_refusal("INSUFFICIENT_PERMISSIONS") => Error::NotPermitted(error),
        Error::Refresh(error) if is_over(&error) => cached.required(Fault::NotRefreshed),
        Error::Refresh(error) => match error.clock_behind(EXPIRED) {
            Some(clock) => cached.required(Fault::Clock(clock)),
            None => Error::Refresh(error),
        },
        error => error,
    }
}

/// Whether credentials that last are used although a refresh has ended so.
fn is_used_after(error: &Error, rules: Option<&LoginRules>) -> bool {
    match rules.map_or(OldCredentials::Used, |rules| rules.old) {
        OldCredentials::Used => true,
        OldCredentials::UsedUnlessDenied => !error.is_denial(),
        OldCredentials::Unused => false,
    }
}

/// Whether the user has to sign in again.
fn is_over(error: &service::Error) -> bool {
    [EXPIRED, "USER_CREDENTIALS_CHANGED"].iter().any(|code| error.is_refusal(code))
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
        let (context, now) = (self.context, self.context.world.now());
        let found = parse_by(members, &self.cached.origin(), context);
        found.map_or(true, |found| is_due(&found, now, rules(context)))
    }

    fn left(&self, members: &Members) -> Option<Duration> {
        let Refreshing { cached, context, .. } = self;
        if rules(context).is_some_and(|rules| rules.old == OldCredentials::Unused) {
            return None;
        }
        let ends = parse_by(members, &cached.origin(), context).ok()?.expiration?.value;
        Duration::try_from(ends.left(context.world.now())).ok().filter(|left| !left.is_zero())
    }

    fn request(&self, members: &Members) -> Result<Members, Failed> {
        let Refreshing { console, cached, context } = self;
        let Prepared { key, client_id, refresh_token, client, asked, is_known } = self.prepared(members)?;
        let client = renewal::patient(client, self.left(members));
        let refresh_token = Secret::held(refresh_token);
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let grant = Grant::Renewal { refresh_token: &refresh_token };
        let issued = signin::create_token(&client, client_id, &key, &grant);
        let issued = issued.map_err(|Unissued { error, refresh_token }| {
            if asked.is_empty() || !error.is_refusal("INVALID_REQUEST") {
                return Failed::new(Error::Refresh(error), members, refresh_token);
            }
            // AWS has no error of its own for another region.
            let guessed_for = (!is_known).then(|| Box::new(cached.sign_in.clone()));
            Error::RefusedIn { region: asked, guessed_for, source: Box::new(error) }.into()
        })?;
        let mut refreshed = members.clone();
        console.issue(&mut refreshed, &issued, context.world.now());
        Ok(refreshed)
    }
}

/// What a request for a refresh needs.
struct Prepared<'p> {
    key: ProofKey,
    client_id: &'p str,
    refresh_token: &'p str,
    client: Caller<'p>,
    /// The region that is asked, or nothing.
    asked: String,
    /// Whether the sign-in says that it was made there.
    is_known: bool,
}

impl Refreshing<'_> {
    fn prepared<'p>(&'p self, members: &'p Members) -> Result<Prepared<'p>, Error> {
        let Refreshing { console, cached, context } = self;
        let (key, client_id, refresh_token) = keys(members).map_err(|fault| cached.required(fault))?;
        let rules = rules(context);
        // Where the sign-in was made, whatever region the profile has now.
        let made_in =
            filled(members, "signInRegion").map(|region| Located::new(region.to_owned(), cached.origin()));
        let made_in = made_in.filter(|_| rules.is_none_or(|rules| rules.knows_region));
        let is_known = made_in.is_some();
        let region = made_in.or_else(|| console.region(context, rules));
        let asked = region.as_ref().map(|region| region.value.clone()).unwrap_or_default();
        // botocore needs it also with an endpoint of the user's own, and looks only for that and at few settings before.
        if region.is_none() && rules.is_none_or(|rules| rules.needs_region) {
            client::before_region(context)?;
            client::configured_url(context, Service::Signin)?;
            return Err(client::Error::Client(service::Error::NoRegion { service: Service::Signin }).into());
        }
        let client = client::of(context, Service::Signin, region)?;
        Ok(Prepared { key, client_id, refresh_token, client, asked, is_known })
    }
}

impl Console {
    /// The region in which it is refreshed, if the sign-in doesn't say where it was made.
    fn region(&self, context: &Context<'_>, rules: Option<&LoginRules>) -> Option<Located<String>> {
        let own =
            || context.text(&self.profile, REGION.name).ok().flatten().filter(|own| !own.value.is_empty());
        match rules.map_or(LoginRegion::Client, |rules| rules.region) {
            LoginRegion::Client => context.region(),
            LoginRegion::OfVariable => context.region_of_variable(),
            LoginRegion::OfProfile => own().or_else(|| context.region_of_variable()),
        }
    }

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
mod tests {
    use super::*;
    use crate::client::fixture::Fixture;
    use crate::sdk::Sdk;
    use crate::service::dpop::ProofKey;

    /// Which SDKs can use a sign-in that ends after so many seconds, with these other members of its credentials; `!` before
    /// those that can't. What is shown of it has to agree with what they do.
    fn usable(seconds: i64, change: &[(&str, &str)], region: Option<&str>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let variables = [("AWS_LOGIN_CACHE_DIRECTORY", folder), ("AWS_EC2_METADATA_DISABLED", "true")];
        let console = Console { session: "s".to_owned(), profile: "default".to_owned() };
        Fixture { variables: &variables, region, ..Fixture::default() }.ask(|context| {
            let now = context.world.now();
            let mut access = json!({
                "accessKeyId": "ASIA", "secretAccessKey": "s", "sessionToken": "t", "accountId": "1",
                "expiresAt": date(now.saturating_add(SignedDuration::from_secs(seconds)).unwrap()),
            });
            for (name, value) in change {
                access[*name] = (*value).into();
            }
            let key = ProofKey::generate().unwrap().to_pem().unwrap();
            let file = json!({
                "accessToken": access, "clientId": "c", "refreshToken": "r", "dpopKey": key.expose(),
            });
            let path = console.cached(context.world).unwrap().path;
            std::fs::write(path, file.to_string()).unwrap();
            let found = |sdk: &Sdk| {
                let context = Context { sdk: *sdk, ..context };
                let facts = console.facts(&context).unwrap();
                let used = console.credentials(&context).map(drop).or_else(|(_, error)| match error {
                    Error::Refresh(error) if error.is_unsent() => Ok(()),
                    error => Err(error),
                });
                let is_usable = facts.kept.is_usable(now);
                assert_eq!(is_usable, used.is_ok(), "{sdk:?} {used:?} {:?}", facts.kept.reason());
                format!("{}{}", if is_usable { "" } else { "!" }, sdk.name())
            };
            Sdk::all().iter().map(found).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn what_is_known_of_a_sign_in_is_what_the_sdk_makes_of_it() {
        let all = "boto3 aws-cli rust js go java ruby";
        let none = "!boto3 !aws-cli !rust !js !go !java !ruby";
        let odd_date = [("expiresAt", "2099-01-01T00:00:00+00:00")];
        for (seconds, change, region, expected) in [
            (600, &[][..], None, all),
            (600, &odd_date, None, "boto3 aws-cli !rust js go java ruby"),
            (600, &[("accountId", "")], None, "boto3 aws-cli rust !js !go java ruby"),
            (600, &[("expiresAt", "never")], None, "!boto3 !aws-cli !rust js !go !java !ruby"),
            // It has to be refreshed, and there is no region for that.
            (120, &[], None, "boto3 aws-cli !rust js go !java ruby"),
            (120, &[], Some("eu-west-1"), all),
            (-60, &[], None, none),
            (-60, &[], Some("eu-west-1"), all),
        ] {
            assert_eq!(usable(seconds, change, region), expected, "{seconds} {change:?} {region:?}");
        }
    }
}
