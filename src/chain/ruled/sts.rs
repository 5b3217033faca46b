//! The requests to STS.

use jiff::Timestamp;
use serde_json::json;

use super::sight::Sight;
use super::trail::{Attempt, Got, Miss};
use crate::chain::error::Error;
use crate::chain::parameters::Parameters;
use crate::chain::question;
use crate::chain::text::{named, sts_for};
use crate::chain::trace::Source;
use crate::client;
use crate::narrowing::{By, Narrowed};
use crate::origin::{Located, Origin};
use crate::sdk::{DurationRule, MfaRule, Problem, Provider, SessionName, StsRegion, Unit};
use crate::secret::hold;
use crate::service::sts::SessionName::{Configured, Generated};
use crate::service::{self, Caller, Service, sts};
use crate::settings::{self, DURATION_SECONDS, EXTERNAL_ID, MFA_SERIAL, REGION, ROLE_SESSION_NAME};
use crate::view::Section;

/// A role that is assumed.
pub(super) struct Target {
    pub(super) role_arn: Located<String>,
    /// The profile that the source is of, if it is another one than the role's.
    pub(super) owner: Option<String>,
    /// Where the source comes from.
    pub(super) via: Source,
    /// Whether its credentials are handed out, and not those of a role that it assumes.
    pub(super) is_last: bool,
}

/// A request to STS.
pub(super) struct Asked<'a> {
    pub(super) provider: Provider,
    pub(super) role_arn: &'a str,
    /// What is asked, wherever it is sent.
    pub(super) question: &'a serde_json::Value,
    /// The cache key.
    pub(super) key: &'a serde_json::Value,
    pub(super) parameters: &'a Parameters<'a>,
    /// The credentials of another profile that sign it.
    pub(super) source: Option<(&'a str, &'a Got)>,
}

impl Sight<'_> {
    /// Assumes the role of a profile with the credentials of a source.
    pub(super) fn assume_with(&self, section: &Section, source: &Got, target: Target) -> Attempt {
        let Target { role_arn, owner, via, is_last } = target;
        let narrowed = self.narrowed(is_last, By::AssumeRole, &role_arn)?;
        let text = |key| self.text(section, key).map(|found| found.value);
        let (session, external_id) = (text(ROLE_SESSION_NAME.name), text(EXTERNAL_ID.name));
        let name = narrowed.as_deref().and_then(Narrowed::name).map(str::to_owned);
        let session = name.or(session);
        // The external ID is a kind of password, and services repeat it.
        if let Some(id) = external_id.as_deref().filter(|id| !id.is_empty()) {
            hold(id);
        }
        let seconds = text(DURATION_SECONDS.name).and_then(|text| settings::integer(&text));
        let duration = match self.rules.role.duration {
            DurationRule::NeverSent => None,
            DurationRule::Sent { least, default } => {
                Some(seconds.filter(|seconds| *seconds >= least).unwrap_or(default))
            }
        };
        let duration = narrowed.as_deref().and_then(Narrowed::seconds).or(duration);
        let serial = text(MFA_SERIAL.name).filter(|_| self.rules.role.mfa == MfaRule::OnlyDevice);
        let identity = format!("role {} by {}", role_arn.value, source.identity);
        let mut key = self.cache_key(json!({
            "RoleArn": role_arn.value, "RoleSessionName": session, "ExternalId": external_id,
            "DurationSeconds": duration, "Source": source.key,
        }));
        if let Some(narrowed) = &narrowed {
            key["Narrowing"] = narrowed.key();
        }
        let region = match self.sts_region(self.rules.role.region, Some(section)) {
            Ok(region) => region,
            Err(miss) => return Err(miss.via(via).last(narrowed.is_some())),
        };
        let parameters = Parameters::of(narrowed.as_deref());
        let generated = self.rules.role.session_name.at(self.context.client.world.now());
        let request = sts::AssumeRole {
            role_arn: &role_arn.value,
            session_name: session.as_deref().map_or(Generated(&generated), Configured),
            external_id: external_id.as_deref(),
            serial_number: serial.as_deref(),
            duration_seconds: duration,
            token_code: None,
            restrictions: parameters.restrictions(),
            as_botocore: false,
        };
        let asked = Asked {
            provider: Provider::AssumeRole,
            role_arn: &role_arn.value,
            question: &question::assume_role(&request, &source.credentials, narrowed.as_deref()),
            key: &key,
            parameters: &parameters,
            source: owner.as_deref().map(|owner| (owner, source)),
        };
        let send = |caller: &Caller<'_>| sts::assume_role(caller, &source.credentials, &request);
        let assumed = self.requested(&asked, region.as_ref(), send);
        match assumed {
            Ok(credentials) => {
                let via = Some(via);
                Ok(Got { provider: Provider::AssumeRole, credentials, identity, key, via, narrowed })
            }
            Err(miss) => Err(miss.of(identity, key).via(via).last(narrowed.is_some())),
        }
    }

    /// The cache key of a request: another SDK, or another endpoint, may give other credentials.
    pub(super) fn cache_key(&self, mut key: serde_json::Value) -> serde_json::Value {
        key["Sdk"] = json!(self.context.client.sdk.name());
        self.context.at_endpoint(key)
    }

    /// What STS answers, or what is cached.
    pub(super) fn requested(
        &self,
        asked: &Asked<'_>,
        region: Option<&Located<String>>,
        send: impl Fn(&Caller<'_>) -> Result<sts::Session, service::Error>,
    ) -> Result<crate::credentials::Credentials, Miss> {
        if self.rules.checks_only_for_sts {
            self.check_settings().map_err(|error| Miss::failed(Problem::Refused, error))?;
        }
        let Asked { provider, role_arn, question, key, parameters, source } = *asked;
        let context = self.context;
        let offline = || Error::Offline { provider, what: sts_for(role_arn) };
        let is_global = self.rules.role.region == StsRegion::ProfileOrGlobal;
        let needs_region = self.rules.role.region == StsRegion::ClientAlways;
        let fetch = || {
            if region.is_none()
                && !is_global
                && (needs_region || client::configured_url(&context.client, Service::Sts)?.is_none())
            {
                return Err(client::Error::Client(service::Error::NoRegion { service: Service::Sts }).into());
            }
            let caller = client::of(&context.client, Service::Sts, region.cloned())?;
            if let Some((profile, got)) = source {
                (context.check_source)(profile, got.provider, &got.credentials)?;
            }
            context.once(&question::at(&caller.endpoint, question), || {
                context.ask_sts(
                    &caller,
                    &format!("the role {role_arn}"),
                    || send(&caller),
                    |error| {
                        let text = format!("could not assume {}", named(role_arn));
                        (provider, text, parameters.advice(error, context))
                    },
                )
            })
        };
        let found: Result<_, Error> = context.cached(key, offline, fetch);
        found.map_err(|error| {
            use crate::failure::{Code, Explain as _};
            match error.code() {
                // No other provider takes the place of what a guard refuses.
                Code::Guarded => Miss::over(error),
                Code::NoRegion => Miss::failed(Problem::NoRegion, error),
                _ => Miss::failed(Problem::Refused, error),
            }
        })
    }

    /// The region of a request to STS.
    pub(super) fn sts_region(
        &self,
        rule: StsRegion,
        section: Option<&Section>,
    ) -> Result<Option<Located<String>>, Miss> {
        let client = &self.context.client;
        let of_profile = || {
            let outermost = self.view.profile(self.profile).or(section);
            outermost
                .and_then(|section| self.text(section, REGION.name))
                .filter(|found| !found.value.is_empty())
        };
        let or = |found: Option<_>, default: &str| {
            let found = found.unwrap_or_else(|| Located::new(default.to_owned(), Origin::Default));
            if found.value.is_empty() {
                let profile = client.profile.name.value.clone();
                let error = client::Error::EmptyRegion { profile, origin: found.origin };
                return Err(Miss::failed(Problem::NoRegion, error));
            }
            Ok(Some(found))
        };
        match rule {
            StsRegion::Client | StsRegion::ClientAlways => Ok(client.region()),
            StsRegion::SettingOr(default) => or(client.clients_region(), default),
            StsRegion::ProfileOr(default) => or(of_profile().or_else(|| client.clients_region()), default),
            StsRegion::ProfileOrGlobal => Ok(of_profile().or_else(|| client.region())),
        }
    }
}

impl SessionName {
    pub(super) fn at(self, now: Timestamp) -> String {
        let SessionName { prefix, unit } = self;
        match unit {
            Unit::Milliseconds => format!("{prefix}{}", now.as_millisecond()),
            Unit::Nanoseconds => format!("{prefix}{}", now.as_nanosecond()),
            Unit::Nothing => prefix.to_owned(),
        }
    }
}
