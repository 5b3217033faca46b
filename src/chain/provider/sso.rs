//! IAM Identity Center: a role in an account, for a signed-in user.

use serde_json::json;

use crate::address::redacted;
use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, first_of};
use crate::chain::context::Context;
use crate::chain::error::{Assignment, Error, Settings};
use crate::chain::portal;
use crate::chain::reason::Reason;
use crate::chain::text::portal_for;
use crate::client::{self, plain};
use crate::credentials::Credentials;
use crate::login::{Fault, SignIn, SsoToken, Token};
use crate::origin::Located;
use crate::profile::{Profile, SectionName};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::Service;
use crate::settings;

/// The keys that choose this provider.
const KEYS: [&str; 2] = [settings::SSO_ACCOUNT_ID.name, settings::SSO_ROLE_NAME.name];

pub(super) struct Sso;

/// A role, an account, and the session that may use it.
struct Plan {
    role_name: Located<String>,
    account_id: Located<String>,
    start_url: Located<String>,
    region: Located<String>,
    session: Option<String>,
    profile: String,
}

impl Provide for Sso {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        first_of(profile, &KEYS)
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let Scope { context: Context { client, .. }, profile, .. } = *scope;
        let Some(lead) = KEYS.iter().find_map(|key| client.files.profile(profile).value(key)) else {
            return Ok(Planned::absent(Reason::NoKey(
                const { &[settings::SSO_ROLE_NAME.name, settings::SSO_ACCOUNT_ID.name] },
            )));
        };
        let session = client.text(profile, settings::SSO_SESSION.name)?;
        let section = session.as_ref().map(|session| SectionName::SsoSession(session.value.clone()));
        let section = section.map(|name| client.files.find(&name));
        if let (Some(session), Some(section)) = (&session, &section) {
            check_session(client, profile, session, section)?;
        }
        let mut missing = Vec::new();
        let mut value = |key: &'static str| {
            let own = client.text(profile, key)?;
            let found = match (&own, &section) {
                (None, Some(section)) => text(section, key)?,
                _ => own,
            };
            if found.is_none() {
                missing.push(key);
            }
            Ok::<_, Error>(found)
        };
        let found = (
            value(settings::SSO_ROLE_NAME.name)?,
            value(settings::SSO_ACCOUNT_ID.name)?,
            value(settings::SSO_START_URL.name)?,
            value(settings::SSO_REGION.name)?,
        );
        let (Some(role_name), Some(account_id), Some(start_url), Some(region)) = found else {
            let profile = profile.to_owned();
            let session = session.map(|session| session.value);
            return Err(Settings::IncompleteSso { profile, session, missing }.at(lead.origin));
        };
        let looked_at = vec![role_name.origin.clone(), account_id.origin.clone()];
        let session = session.map(|session| session.value);
        let profile = profile.to_owned();
        Ok(Planned::ask(looked_at, Plan { role_name, account_id, start_url, region, session, profile }))
    }
}

/// The session has to exist, and no key may have another value there than in the profile.
fn check_session(
    client: &client::Context<'_>,
    profile: &str,
    session: &Located<String>,
    section: &Profile<'_>,
) -> Result<(), Error> {
    if !section.exists() {
        let section = SectionName::SsoSession(session.value.clone());
        let fault = Settings::missing(profile, section, client.files.sso_sessions(), client.files);
        return Err(fault.at(session.origin.clone()));
    }
    for key in section.keys() {
        let (Some(own), Some(shared)) = (client.text(profile, &key)?, text(section, &key)?) else {
            continue;
        };
        if own.value != shared.value {
            let (profile, session) = (profile.into(), session.value.as_str().into());
            let fault = Settings::SsoConflict { profile, session, key: key.into(), other: shared.origin };
            return Err(fault.at(own.origin));
        }
    }
    Ok(())
}

fn text(section: &Profile<'_>, key: &str) -> Result<Option<Located<String>>, client::Error> {
    section.value(key).map(|found| plain(key, found)).transpose()
}

impl Ask for Plan {
    /// Nothing is requested yet.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let session = self.session.clone().unwrap_or_else(|| redacted(&self.start_url.value));
        let identity =
            format!("{} in {} by the session {session}", self.role_name.value, self.account_id.value);
        let key = json!({
            "SsoRoleName": self.role_name.value,
            "SsoAccountId": self.account_id.value,
            "SsoStartUrl": self.start_url.value,
            "SsoSession": self.session,
            "SignIn": self.token(&self.sign_in()).generation(context.client.world),
        });
        if context.client.offline
            && let Err(Error::Offline { provider, what }) = self.retrieve(context)
        {
            return Answer::of(Ok(Loaded::unasked(identity, key, (provider, what))));
        }
        Answer::of(Ok(Loaded::deferred(identity, key, move |context| self.retrieve(context))))
    }
}

impl Plan {
    fn sign_in(&self) -> SignIn {
        match &self.session {
            Some(session) => SignIn::SsoSession(session.clone()),
            None => SignIn::Sso { start_url: self.start_url.value.clone(), profile: self.profile.clone() },
        }
    }

    fn token<'s>(&'s self, sign_in: &'s SignIn) -> SsoToken<'s> {
        SsoToken { sign_in, start_url: &self.start_url.value, region: &self.region }
    }

    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let what = || portal_for(&self.role_name.value, &self.account_id.value);
        let offline = || Error::Offline { provider: Provider::Sso, what: what() };
        self.request(context).map_err(|error| context.unasked(error, offline))
    }

    fn request(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let client = client::of(&context.client, Service::Sso, Some(self.region.clone()))?;
        let sign_in = self.sign_in();
        let token = self.token(&sign_in);
        let Token { access_token, origin, notice, .. } = token.get(&context.client)?;
        context.warn(notice);
        let (role, account) = (self.role_name.clone(), self.account_id.clone());
        let wanted = Assignment { role, account, sign_in: sign_in.clone() };
        let ask = |token: &Secret| portal::role_credentials(context, &client, token, &wanted);
        let found = match ask(&access_token) {
            // The service may have ended it before its time, as when somebody signs out elsewhere.
            Err(error) if portal::is_signed_out(&error) => {
                match token.instead_of(&access_token, &context.client) {
                    Some(other) => {
                        context.warn(other.notice);
                        ask(&other.access_token)
                    }
                    None => Err(error),
                }
            }
            answer => answer,
        };
        let mut credentials = found.map_err(|error| match error {
            error if portal::is_signed_out(&error) => sign_in.required(Fault::Refused, Some(origin)).into(),
            error => error,
        })?;
        credentials.account_id = Some(self.account_id.clone());
        Ok(credentials)
    }
}
