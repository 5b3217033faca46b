//! IAM Identity Center: a role in an account, for whoever has signed in.

use serde_json::json;

use super::plan::{Ask, Intent, Planned};
use super::run::{Later, Loaded, Stage};
use super::token::{SsoToken, Token};
use super::{Context, Error, Provider};
use crate::address::redacted;
use crate::client::{self, plain};
use crate::credentials::Credentials;
use crate::failure::{Command, Hint};
use crate::origin::Located;
use crate::profile::{Profile, SectionName};
use crate::service::{Service, sso};

/// A role, an account, and the session that may use it.
pub(super) struct Plan {
    role_name: Located<String>,
    account_id: Located<String>,
    start_url: Located<String>,
    region: Located<String>,
    session: Option<String>,
    profile: String,
}

/// The plan for a profile.
pub(super) fn plan(context: &Context<'_>, profile: &str) -> Result<Planned, Error> {
    if !context.client.has(profile, "sso_role_name") && !context.client.has(profile, "sso_account_id") {
        return Ok(Planned::absent(Provider::Sso, "neither sso_role_name nor sso_account_id"));
    }
    let session = context.client.text(profile, "sso_session")?;
    if let Some(session) = &session {
        check_session(context, profile, session)?;
    }
    let mut missing = Vec::new();
    let mut value = |key: &'static str| {
        let own = context.client.text(profile, key)?;
        let found = match (&own, &session) {
            (None, Some(session)) => {
                text(&context.client.files.find(&SectionName::SsoSession(session.value.clone())), key)?
            }
            _ => own,
        };
        if found.is_none() {
            missing.push(key);
        }
        Ok::<_, Error>(found)
    };
    let found =
        (value("sso_role_name")?, value("sso_account_id")?, value("sso_start_url")?, value("sso_region")?);
    let (Some(role_name), Some(account_id), Some(start_url), Some(region)) = found else {
        return Err(Error::Invalid {
            message: format!(
                "profile `{profile}` is set up for IAM Identity Center without {}",
                missing.join(", ")
            ),
            origin: context
                .client
                .text(profile, "sso_account_id")?
                .or(context.client.text(profile, "sso_role_name")?)
                .map(|v| v.origin),
            help: Some(
                Hint::from("set what is missing: ")
                    .run(Command::xcred(["set"]).argument(missing[0]).argument("VALUE").profile(profile)),
            ),
        });
    };
    let looked_at = vec![role_name.origin.clone(), account_id.origin.clone()];
    let session = session.map(|session| session.value);
    let plan = Plan { role_name, account_id, start_url, region, session, profile: profile.to_owned() };
    Ok(Planned::new(Provider::Sso, looked_at, Intent::Ask(Ask::Sso(plan))))
}

/// The session has to exist, and no key may have one value there and another in the profile.
fn check_session(context: &Context<'_>, profile: &str, session: &Located<String>) -> Result<(), Error> {
    let section = SectionName::SsoSession(session.value.clone());
    let section = context.client.files.find(&section);
    if !section.exists() {
        return Err(Error::Invalid {
            message: format!(
                "profile `{profile}` has the sso_session `{}`, which does not exist",
                session.value
            ),
            origin: Some(session.origin.clone()),
            help: Some(
                Hint::from("set it up: ")
                    .run(Command::xcred(["configure", "sso-session"]).option("--name", &session.value)),
            ),
        });
    }
    for key in section.keys() {
        let (Some(own), Some(shared)) = (context.client.text(profile, &key)?, text(&section, &key)?) else {
            continue;
        };
        if own.value != shared.value {
            return Err(Error::Invalid {
                message: format!("`{key}` has another value in {}", shared.origin),
                origin: Some(own.origin),
                help: Some(
                    Hint::from("remove one of them: ")
                        .run(Command::xcred(["unset"]).argument(&*key).profile(profile)),
                ),
            });
        }
    }
    Ok(())
}

fn text(section: &Profile<'_>, key: &str) -> Result<Option<Located<String>>, client::Error> {
    section.value(key).map(|found| plain(key, found)).transpose()
}

impl Plan {
    /// What would be asked.
    pub(super) fn what(&self) -> String {
        format!(
            "IAM Identity Center for the role {} in the account {}",
            self.role_name.value, self.account_id.value
        )
    }

    /// Nothing is asked yet.
    pub(super) fn load(self) -> Loaded {
        let session = self.session.clone().unwrap_or_else(|| redacted(&self.start_url.value));
        let identity =
            format!("{} in {} by the session {session}", self.role_name.value, self.account_id.value);
        let key = json!({
            "SsoRoleName": self.role_name.value,
            "SsoAccountId": self.account_id.value,
            "SsoStartUrl": self.start_url.value,
            "SsoSession": self.session,
        });
        Loaded { identity, key: Some(key), stage: Stage::Later(Box::new(self)) }
    }
}

impl Later for Plan {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let client = client::of(&context.client, Service::Sso, Some(self.region.clone()))?;
        let token = SsoToken {
            session: self.session.as_deref(),
            start_url: &self.start_url.value,
            region: &self.region,
            profile: &self.profile,
        };
        let Token { access_token, origin: cache } = token.get(context)?;
        let _progress = context.interaction.show(&redacted(&client.endpoint.url));
        let (role, account) = (&self.role_name.value, &self.account_id.value);
        let found =
            sso::get_role_credentials(&client.caller(), &access_token, role, account).map_err(|source| {
                if source.is_refusal("UnauthorizedException") {
                    return token.login_required("the sign-in is over", Some(cache));
                }
                let context = format!("no credentials for the role {role} in the account {account}");
                Error::Service { provider: Provider::Sso, context, source }
            })?;
        let mut credentials = found.keys.from(&client.endpoint.url, found.expiration, None);
        credentials.account_id = Some(self.account_id.clone());
        Ok(credentials)
    }
}
