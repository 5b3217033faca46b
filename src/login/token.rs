//! The sign-in of IAM Identity Center: the token in `~/.aws/sso/cache`, where AWS CLI and the SDKs find it, too.

use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::cached::{Cached, Members, date, filled, issued, text};
use super::error::{Error, Fault};
use super::renewal::{self, Failed, Refresh};
use super::token_ends::{check_dates, ends, ends_by, usable_by};
use super::{Facts, Kept, Notice, SignIn};
use crate::address::redacted;
use crate::client::{self, Context};
use crate::credentials::Expiration;
use crate::origin::{Located, Origin};
use crate::sdk::Registration;
use crate::secret::Secret;
use crate::service::oidc::{self, Grant};
use crate::service::{Service, Unissued};
use crate::text::hex;
use crate::world::World;

/// A token that has not expired.
pub struct Token {
    pub access_token: Secret,
    pub ends: Expiration,
    pub origin: Origin,
    /// Such as why it wasn't refreshed although it expires soon.
    pub notice: Option<Notice>,
}

/// A token as its file has it.
pub struct AsItIs {
    pub access_token: Secret,
    pub is_refreshable: bool,
    pub origin: Origin,
}

pub struct SsoToken<'s> {
    pub sign_in: &'s SignIn,
    pub start_url: &'s str,
    pub region: &'s Located<String>,
}

/// Tokens that expire sooner are refreshed (botocore's `SSOTokenProvider`), unless the SDK's rules differ.
pub(super) const REFRESH_WITHIN: SignedDuration = SignedDuration::from_mins(15);

impl SsoToken<'_> {
    /// What is known without a request, by the rules of the SDK; nothing is refreshed. `None` if there is no file.
    pub fn facts(&self, context: &Context<'_>) -> Option<Facts> {
        let cached = self.cached(context.world).ok()?;
        cached.facts(context.world.now(), |cached, members| self.kept(cached, members, context))
    }

    /// The token as it is cached, whether it has ended or not. An error if its dates have a form that the SDK doesn't read.
    pub fn as_it_is(&self, context: &Context<'_>) -> Result<AsItIs, Error> {
        let cached = self.cached(context.world)?;
        let members = cached.read_standard()?;
        let token = text(&members, "accessToken").ok_or_else(|| cached.required(Fault::Incomplete))?;
        check_dates(&members, context).map_err(|fault| cached.required(fault))?;
        Ok(AsItIs {
            access_token: Secret::held(token),
            is_refreshable: self.is_refreshable(&members, context.world.now(), Registration::Needed),
            origin: cached.origin(),
        })
    }

    /// Only tokens of sessions can be refreshed.
    fn is_refreshable(&self, members: &Members, now: Timestamp, rule: Registration) -> bool {
        self.session().is_some() && can_refresh(members, now, rule)
    }

    fn kept(&self, cached: &Cached, members: &Members, context: &Context<'_>) -> Kept {
        let found = check_dates(members, context).map_err(|fault| cached.required(fault));
        let at = match found.and_then(|()| self.ends(cached, members, context)) {
            Ok(at) => at,
            Err(error) => return Kept::Unusable(Box::new(error)),
        };
        let is_refreshable = self.is_refreshable(members, context.world.now(), registration(context));
        let can_refresh = if is_refreshable {
            cached.check().map_err(Error::from)
        } else {
            Err(cached.required(Fault::NotRefreshed))
        };
        let at = Some(at).filter(|at| *at != Timestamp::MAX.into());
        let mut kept = Kept::until(at, can_refresh);
        if let Kept::Until { other_portal, .. } = &mut kept {
            let found = text(members, "startUrl").filter(|found| !is_same_portal(found, self.start_url));
            *other_portal = found.map(redacted);
        }
        kept
    }

    /// When the token ends. botocore looks at the token itself only after it has refreshed it.
    fn ends(&self, cached: &Cached, members: &Members, context: &Context<'_>) -> Result<Expiration, Error> {
        let now = context.world.now();
        let found = ends(members, now).filter(|at| {
            let is_due = context.sdk.ruled.is_none() && at.left(now) < REFRESH_WITHIN;
            is_due && self.is_refreshable(members, now, Registration::Needed)
        });
        found.map_or_else(|| usable_by(cached, members, context).map(|(_, ends)| ends), Ok)
    }

    /// The token, refreshed if it expires soon and can be refreshed. Only tokens of sessions can.
    pub fn get(&self, context: &Context<'_>) -> Result<Token, Error> {
        let now = context.world.now();
        let cached = self.cached(context.world)?;
        let members = cached.read()?;
        let ends = self.ends(&cached, &members, context)?;
        let token = |members: &Members, notice| {
            let (access_token, ends) = usable_by(&cached, members, context)?;
            Ok(Token { access_token, ends, origin: cached.origin(), notice })
        };
        let old = token(&members, None);
        let refreshing = Refreshing { token: self, context, refused: None };
        let is_session = self.session().is_some();
        if is_session
            && (!context.offline || ends.has_passed(now) || old.is_err())
            && refreshing.is_due(&members)
            && can_refresh(&members, now, registration(context))
        {
            return match renewal::refresh(&refreshing, &cached, context) {
                Ok((members, notice)) => token(&members, notice),
                Err(error) => match old {
                    Ok(old) if !ends.has_passed(context.world.now()) => {
                        let error = Box::new(error);
                        let notice = Notice::NotRefreshed { sign_in: self.sign_in.clone(), ends, error };
                        Ok(Token { notice: Some(notice), ..old })
                    }
                    _ if error.is_final() => Err(cached.required(Fault::NotRefreshed)),
                    _ => Err(error),
                },
            };
        }
        let old = old?;
        if ends.has_passed(now) {
            let fault = if is_session { Fault::NotRefreshed } else { Fault::Expired };
            return Err(cached.required(fault));
        }
        Ok(old)
    }

    /// The token to use instead of one that the portal has refused although it should last: what another process has got
    /// meanwhile, else a refreshed one. `None` if there is none: the user has to sign in.
    pub fn instead_of(&self, refused: &Secret, context: &Context<'_>) -> Option<Token> {
        let now = context.world.now();
        let cached = self.cached(context.world).ok()?;
        let other = |members: &Members, notice| {
            let (access_token, ends) = usable_by(&cached, members, context).ok()?;
            let is_other = access_token.expose() != refused.expose() && !ends.has_passed(now);
            is_other.then(|| Token { access_token, ends, origin: cached.origin(), notice })
        };
        let members = cached.read().ok()?;
        if let Some(token) = other(&members, None) {
            return Some(token);
        }
        if self.session().is_none() || context.offline || !can_refresh(&members, now, registration(context)) {
            return None;
        }
        let refreshing = Refreshing { token: self, context, refused: Some(refused) };
        let (members, notice) = renewal::refresh(&refreshing, &cached, context).ok()?;
        other(&members, notice)
    }

    /// What tells this sign-in apart from those before and after it: credentials that were issued for one must not be used
    /// with another, which may be another user's. `None` if nobody is signed in.
    pub fn generation(&self, world: &World) -> Option<String> {
        let members = self.cached(world).ok()?.read().ok()?;
        Some(hex(&Sha1::digest(issued(&members)?)))
    }

    /// The name of the session, if there is one.
    pub fn session(&self) -> Option<&str> {
        self.sign_in.session()
    }

    /// AWS CLI's name for the file: a digest of the session's name, or of the start URL as it is written.
    pub(super) fn cached(&self, world: &World) -> Result<Cached, Error> {
        let name = hex(&Sha1::digest(self.session().unwrap_or(self.start_url)));
        let path = folder(self.sign_in, world)?.join(format!("{name}.json"));
        Ok(Cached { sign_in: self.sign_in.clone(), path })
    }
}

/// The folder of AWS CLI and the SDKs for tokens and registrations.
pub(super) fn folder(sign_in: &SignIn, world: &World) -> Result<PathBuf, Error> {
    let folder = world.expand_user("~/.aws/sso/cache");
    folder.map_err(|no_home| sign_in.required(Fault::NoHome(no_home), None))
}

/// The rule of the SDK. botocore's is the strictest one.
fn registration(context: &Context<'_>) -> Registration {
    context.sdk.ruled.map_or(Registration::Needed, |rules| rules.sso.registration)
}

pub(super) fn can_refresh(members: &Members, now: Timestamp, rule: Registration) -> bool {
    let whole =
        ["clientId", "clientSecret", "refreshToken"].iter().all(|name| filled(members, name).is_some());
    let date = text(members, "registrationExpiresAt");
    let lasts = date.and_then(|text| Expiration::parse(text, now)).is_some_and(|at| !at.has_passed(now));
    whole
        && match rule {
            Registration::Needed => lasts,
            Registration::IfKnown => date.is_none() || lasts,
            Registration::Ignored => true,
        }
}

/// How a token is refreshed.
struct Refreshing<'r> {
    token: &'r SsoToken<'r>,
    context: &'r Context<'r>,
    /// What the portal doesn't take, however long it should last.
    refused: Option<&'r Secret>,
}

impl Refresh for Refreshing<'_> {
    fn issued<'m>(&self, members: &'m Members) -> Option<&'m str> {
        issued(members)
    }

    fn is_due(&self, members: &Members) -> bool {
        if self.refused.is_some_and(|refused| self.issued(members) == Some(refused.expose())) {
            return true;
        }
        let now = self.context.world.now();
        let within = self.context.sdk.ruled.map_or(REFRESH_WITHIN, |rules| rules.sso.renewed_within);
        ends_by(members, self.context).is_none_or(|at| at.left(now) < within)
    }

    fn left(&self, members: &Members) -> Option<Duration> {
        let Refreshing { token, context, refused } = self;
        let cached = token.cached(context.world).ok().filter(|_| refused.is_none())?;
        let (_, ends) = usable_by(&cached, members, context).ok()?;
        Duration::try_from(ends.left(context.world.now())).ok().filter(|left| !left.is_zero())
    }

    fn request(&self, members: &Members) -> Result<Members, Failed> {
        let Refreshing { token, context, .. } = self;
        let client = client::of(context, Service::Oidc, Some(token.region.clone()))?;
        let client = renewal::patient(client, self.left(members));
        let member = |name: &str| text(members, name).unwrap_or_default();
        let secret = Secret::held(member("clientSecret"));
        let refresh_token = Secret::held(member("refreshToken"));
        let _progress = context.progress.show(&redacted(&client.endpoint.url));
        let grant = Grant::Renewal { refresh_token: &refresh_token };
        let issued = oidc::create_token(&client, member("clientId"), &secret, &grant);
        let issued = issued.map_err(|Unissued { error, refresh_token }| {
            Failed::new(Error::Refresh(error), members, refresh_token)
        })?;
        let mut refreshed = members.clone();
        token.issue(&mut refreshed, &issued, context.world.now());
        Ok(refreshed)
    }
}

impl SsoToken<'_> {
    /// Puts an issued token into the members of its file. The last refresh token stays if there is no new one.
    pub(super) fn issue(&self, members: &mut Members, issued: &oidc::Token, now: Timestamp) {
        let ends = now.saturating_add(SignedDuration::from_secs(issued.expires_in)).unwrap_or(Timestamp::MAX);
        let mut put = |name: &str, value: &str| members.insert(name.to_owned(), Value::from(value));
        put("startUrl", self.start_url);
        put("region", &self.region.value);
        put("accessToken", issued.access_token.expose());
        put("expiresAt", &date(ends));
        if let Some(token) = &issued.refresh_token {
            put("refreshToken", token.expose());
        }
    }
}

/// Whether two start URLs are of the same portal, however their ends are spelled.
fn is_same_portal(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|url| url.trim().trim_end_matches(['/', '#']));
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sdk::Sdk;

    #[test]
    fn each_sdk_has_its_rule_for_the_end_of_a_registration() {
        let refreshing = |date: Option<&str>| {
            let mut members = json!({"clientId": "c", "clientSecret": "s", "refreshToken": "r"});
            if let Some(date) = date {
                members["registrationExpiresAt"] = json!(date);
            }
            let members = members.as_object().unwrap();
            let can = |sdk: &Sdk| {
                let rule = sdk.ruled.map_or(Registration::Needed, |rules| rules.sso.registration);
                can_refresh(members, Timestamp::UNIX_EPOCH, rule)
            };
            let able = Sdk::all().iter().filter(|sdk| can(sdk)).map(|sdk| sdk.name());
            able.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(refreshing(Some("2099-01-01T00:00:00Z")), "boto3 aws-cli rust js go java ruby");
        assert_eq!(refreshing(Some("1960-01-01T00:00:00Z")), "js go");
        assert_eq!(refreshing(None), "js go ruby");
    }

    #[test]
    fn a_token_without_a_refresh_token_is_refreshed_by_nobody() {
        let members = json!({"clientId": "c", "clientSecret": "s", "refreshToken": ""});
        let members = members.as_object().unwrap();
        assert!(!can_refresh(members, Timestamp::UNIX_EPOCH, Registration::Ignored));
    }
}

#[cfg(test)]
mod fuzz {
    use super::super::token_ends::usable;
    use super::*;

    #[test]
    fn sso_cache() {
        let sign_in = SignIn::SsoSession("s".to_owned());
        let cached = Cached { sign_in, path: PathBuf::from("/c") };
        bolero::check!().for_each(|bytes: &[u8]| {
            let Ok(text) = std::str::from_utf8(bytes) else { return };
            let Ok(members) = cached.parse(text) else { return };
            let Ok((found, _)) = usable(&cached, &members, Timestamp::UNIX_EPOCH) else { return };
            assert_eq!(Some(found.expose()), members["accessToken"].as_str());
        });
    }
}
