//! IAM Identity Center: a role in an account, for a signed-in user.

use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::error::{Assignment, Error, Settings};
use crate::chain::portal::{is_signed_out, role_credentials};
use crate::chain::text::portal_for;
use crate::client;
use crate::credentials::Credentials;
use crate::login::{Fault, SignIn, SsoToken};
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::sdk::{BesideSession, Problem, Provider};
use crate::secret::Secret;
use crate::service::Service;
use crate::settings::{SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL};
use crate::view::Section;

/// Where to sign in.
struct Portal {
    sign_in: SignIn,
    start_url: Located<String>,
    region: Located<String>,
}

impl Sight<'_> {
    pub(super) fn sso(&self, section: &Section, profile: &str) -> Attempt {
        let leads = self.rules.sso.leads;
        let Some(lead) = leads.iter().find_map(|key| self.text(section, key)) else {
            return Err(Miss::no_key(leads));
        };
        let session = self.text(section, SSO_SESSION.name);
        let ([account, role], refusal) = self.sso_role(section, &lead, session.as_ref(), profile)?;
        let portal = self.portal(section, &lead, session.as_ref(), profile)?;
        let sign_in = &portal.sign_in;
        let token = SsoToken { sign_in, start_url: &portal.start_url.value, region: &portal.region };
        let by = sign_in.name();
        let identity = format!("{} in {} by the session {by}", role.value, account.value);
        let key = json!({
            "Sdk": self.context.client.sdk.name(),
            "SsoRoleName": role.value, "SsoAccountId": account.value, "SsoStartUrl": portal.start_url.value,
            "SignIn": token.generation(self.context.client.world),
        });
        let what = || portal_for(&role.value, &account.value);
        let offline = || Error::Offline { provider: Provider::Sso, what: what() };
        let unasked = |miss: Miss| miss.of(identity.clone(), key.clone());
        let (access_token, origin) = self.token(&token, offline).map_err(unasked)?;
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        let credentials = self.role_credentials(&portal, &access_token, origin, &role, &account);
        let credentials = credentials.map_err(|error| self.context.unasked(error, offline));
        let credentials = credentials.map_err(|error| Miss::failed(Problem::Refused, error));
        let mut credentials = credentials.map_err(unasked)?;
        credentials.account_id = self.rules.sso.knows_account.then_some(account);
        Ok(Got::new(Provider::Sso, credentials, identity, key))
    }

    /// The account and the role. Where an empty value is a value, the request can't be made with it: why, which is seen only
    /// then.
    fn sso_role(
        &self,
        section: &Section,
        lead: &Located<String>,
        session: Option<&Located<String>>,
        profile: &str,
    ) -> Result<([Located<String>; 2], Option<Miss>), Miss> {
        let keys = [SSO_ACCOUNT_ID.name, SSO_ROLE_NAME.name];
        let found = keys.map(|key| self.text(section, key));
        let is_empty = |found: &Located<String>| found.value.is_empty();
        let has_empty = found.iter().flatten().any(is_empty);
        let is_missing = |found: &Option<Located<String>>| found.as_ref().is_none_or(is_empty);
        let missing: Vec<_> = keys.into_iter().zip(&found).filter(|(_, found)| is_missing(found)).collect();
        let problem = match missing.len() {
            0 => None,
            _ if self.rules.sso.sends_empty_role && session.is_some() => None,
            _ if has_empty => Some(Problem::SsoHalfRole),
            1 => Some(Problem::SsoHalfRole),
            _ => Some(Problem::SsoNoRole),
        };
        let refusal = problem.map(|problem| {
            let missing = missing.into_iter().map(|(key, _)| key).collect();
            incomplete(problem, lead, session, profile, missing)
        });
        let [account, role] = found;
        let refusal = match refusal {
            Some(refusal) if account.is_none() || role.is_none() => return Err(refusal),
            refusal => refusal,
        };
        let or_empty =
            |found: Option<_>| found.unwrap_or_else(|| Located::new(String::new(), Origin::Default));
        Ok(([or_empty(account), or_empty(role)], refusal))
    }

    fn portal(
        &self,
        section: &Section,
        lead: &Located<String>,
        session: Option<&Located<String>>,
        profile: &str,
    ) -> Result<Portal, Miss> {
        let keys = [SSO_START_URL.name, SSO_REGION.name];
        let (holder, sign_in) = match session {
            None => (section, None),
            Some(session) => {
                let shared = self.session(session, profile)?;
                for key in keys {
                    self.check_beside(section, shared, key, profile)?;
                }
                (shared, Some(SignIn::SsoSession(session.value.clone())))
            }
        };
        let [start_url, region] = keys.map(|key| self.text(holder, key));
        let (Some(start_url), Some(region)) = (&start_url, &region) else {
            let found = [&start_url, &region];
            let missing = keys.into_iter().zip(found).filter(|(_, found)| found.is_none());
            let missing = missing.map(|(key, _)| key).collect();
            return Err(incomplete(Problem::SsoNoPortal, lead, session, profile, missing));
        };
        let legacy = || SignIn::Sso { start_url: start_url.value.clone(), profile: profile.to_owned() };
        Ok(Portal {
            sign_in: sign_in.unwrap_or_else(legacy),
            start_url: start_url.clone(),
            region: region.clone(),
        })
    }

    pub(super) fn session(&self, session: &Located<String>, profile: &str) -> Result<&Section, Miss> {
        self.view.sso_session(&session.value).ok_or_else(|| {
            let section = SectionName::SsoSession(session.value.clone());
            let (names, files) = (self.view.sso_sessions(), self.context.client.files);
            let fault = Settings::missing(profile, section, names, files);
            Miss::failed(Problem::NoSsoSession, fault.at(session.origin.clone()))
        })
    }

    /// What the profile has beside its session.
    pub(super) fn check_beside(
        &self,
        section: &Section,
        session: &Section,
        key: &'static str,
        profile: &str,
    ) -> Result<(), Miss> {
        let (Some(own), shared) = (self.text(section, key), self.text(session, key)) else { return Ok(()) };
        let agrees = match (self.rules.sso.beside_session, &shared) {
            (BesideSession::Ignored, _) => true,
            (BesideSession::SameAs { any_case: true }, Some(shared)) => {
                own.value.eq_ignore_ascii_case(&shared.value)
            }
            (BesideSession::SameAs { any_case: false }, Some(shared)) => own.value == shared.value,
            (BesideSession::Refused, _) | (BesideSession::SameAs { .. }, None) => false,
        };
        if agrees {
            return Ok(());
        }
        let named = self.text(section, SSO_SESSION.name);
        let name = named.as_ref().map(|named| named.value.as_str().into()).unwrap_or_default();
        let other = shared.or(named).map_or(Origin::Default, |found| found.origin);
        let (profile, key) = (profile.into(), key.into());
        let fault = Settings::SsoConflict { profile, session: name, key, other };
        Err(Miss::failed(Problem::SsoConflict, fault.at(own.origin)))
    }

    /// The token to ask with, renewed if it has ended.
    fn token(&self, token: &SsoToken<'_>, offline: impl Fn() -> Error) -> Result<(Secret, Origin), Miss> {
        let client = &self.context.client;
        let miss = |error: crate::login::Error| {
            Miss::failed(Problem::SsoToken, self.context.unasked(error.into(), &offline))
        };
        let cached = token.as_it_is(client).map_err(miss)?;
        if token.session().is_none() && !self.rules.sso.checks_legacy_end {
            return Ok((cached.access_token, cached.origin));
        }
        match token.get(client) {
            Ok(found) => {
                self.context.warn(found.notice);
                Ok((found.access_token, found.origin))
            }
            Err(_) if self.rules.sso.uses_old_token && cached.is_refreshable => {
                Ok((cached.access_token, cached.origin))
            }
            Err(error) => Err(miss(error)),
        }
    }

    fn role_credentials(
        &self,
        portal: &Portal,
        access_token: &Secret,
        origin: Origin,
        role: &Located<String>,
        account: &Located<String>,
    ) -> Result<Credentials, Error> {
        let client = &self.context.client;
        let caller = client::of(client, Service::Sso, Some(portal.region.clone()))?;
        let (role, account) = (role.clone(), account.clone());
        let wanted = Assignment { role, account, sign_in: portal.sign_in.clone() };
        let found = role_credentials(self.context, &caller, access_token, &wanted);
        found.map_err(|error| match error {
            error if is_signed_out(&error) => portal.sign_in.required(Fault::Refused, Some(origin)).into(),
            error => error,
        })
    }
}

fn incomplete(
    problem: Problem,
    lead: &Located<String>,
    session: Option<&Located<String>>,
    profile: &str,
    missing: Vec<&'static str>,
) -> Miss {
    let session = session.map(|session| session.value.clone());
    let fault = Settings::IncompleteSso { profile: profile.to_owned(), session, missing };
    Miss::failed(problem, fault.at(lead.origin.clone()))
}
