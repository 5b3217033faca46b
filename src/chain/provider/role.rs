//! `role_arn` with `source_profile` or `credential_source`: a role that is assumed with other credentials.

use serde_json::{Value, json};

use crate::address::redacted;
use crate::chain::ask::{Answer, Ask, Lead, Loaded, Planned, Provide, Scope, first_of};
use crate::chain::context::Context;
use crate::chain::error::{Error, Half, Settings};
use crate::chain::reason::Reason;
use crate::chain::run::{ChainRun, load};
use crate::chain::sources::{Endless, LIMIT, Next, Sources};
use crate::chain::trace::Source as Via;
use crate::client;
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::profile::Profile;
use crate::sdk::Provider;
use crate::secret::hold;
use crate::service::{Cause, Sent, Service, sts};
use crate::settings;
use crate::text::nearest;

const NAME: Provider = Provider::AssumeRole;

pub(super) struct AssumeRole;

impl Provide for AssumeRole {
    fn lead<'f>(&self, profile: &Profile<'f>) -> Option<Lead<'f>> {
        if profile.has(settings::WEB_IDENTITY_TOKEN_FILE.name) {
            None
        } else {
            first_of(profile, &[settings::ROLE_ARN.name])
        }
    }

    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error> {
        let client = &scope.context.client;
        if !client.has(scope.profile, settings::ROLE_ARN.name) {
            return Ok(Planned::absent(Reason::NoKey(const { &[settings::ROLE_ARN.name] })));
        }
        if client.has(scope.profile, settings::WEB_IDENTITY_TOKEN_FILE.name) {
            return Ok(Planned::absent(Reason::HasWebIdentity));
        }
        plan_role(scope, scope.profile, &mut Sources::from(client.files, scope.profile))
    }
}

/// A role and how to assume it.
struct Plan {
    role: Role,
    source: Source,
}

/// The settings of a role.
#[expect(clippy::struct_field_names, reason = "the names of the settings")]
struct Role {
    profile: String,
    role_arn: String,
    role_session_name: Option<String>,
    external_id: Option<String>,
    mfa_serial: Option<String>,
    duration_seconds: Option<i64>,
}

/// The credentials that assume the role.
struct Source {
    /// The profile, or the value of `credential_source`.
    name: String,
    /// The `source_profile` that names the profile.
    reference: Option<Origin>,
    chain: Vec<(Provider, Planned)>,
}

/// The plan of a profile with a role. It checks what botocore checks, in its order.
fn plan_role(scope: &Scope<'_>, profile: &str, sources: &mut Sources<'_>) -> Result<Planned, Error> {
    let text = |key: &str| scope.context.client.text(profile, key);
    let value = |key: &str| Ok::<_, Error>(text(key)?.map(|found| found.value));
    let Some(role_arn) = text(settings::ROLE_ARN.name)? else {
        return Ok(Planned::absent(Reason::NoKey(const { &[settings::ROLE_ARN.name] })));
    };
    let name = || profile.to_owned();
    let source = match (text(settings::SOURCE_PROFILE.name)?, text(settings::CREDENTIAL_SOURCE.name)?) {
        (Some(_), Some(source)) => {
            return Err(Settings::TwoSources { profile: name() }.at(source.origin));
        }
        (None, None) => return Err(Half::Role { profile: name() }.at(role_arn.origin)),
        (None, Some(source)) => named(scope, source)?,
        (Some(source), None) => from_profile(scope, profile, source, sources)?,
    };
    let role = Role {
        profile: name(),
        role_arn: role_arn.value,
        role_session_name: value(settings::ROLE_SESSION_NAME.name)?,
        external_id: value(settings::EXTERNAL_ID.name)?,
        mfa_serial: value(settings::MFA_SERIAL.name)?,
        // A duration that is not a number is ignored.
        duration_seconds: value(settings::DURATION_SECONDS.name)?.and_then(|text| settings::integer(&text)),
    };
    Ok(Planned::ask(vec![role_arn.origin], Plan { role, source }))
}

fn named(scope: &Scope<'_>, source: Located<String>) -> Result<Source, Error> {
    let provider = match source.value.as_str() {
        "Environment" => Provider::Env,
        "EcsContainer" => Provider::ContainerRole,
        "Ec2InstanceMetadata" => Provider::IamRole,
        _ => return Err(Settings::CredentialSource { value: source.value }.at(source.origin)),
    };
    Ok(Source { name: source.value, reference: None, chain: scope.plan_named(provider) })
}

fn from_profile(
    scope: &Scope<'_>,
    profile: &str,
    source: Located<String>,
    sources: &mut Sources<'_>,
) -> Result<Source, Error> {
    let Located { value: name, origin } = source;
    let files = scope.context.client.files;
    if !files.profile(&name).exists() {
        let nearest = nearest(&name, files.profiles()).map(std::borrow::Cow::into_owned);
        return Err(Settings::NoSourceProfile { profile: profile.to_owned(), name, nearest }.at(origin));
    }
    let chain = match sources.enter(&name) {
        Err(Endless::Circle(chain)) => return Err(Error::RoleLoop { chain, origin }),
        Err(Endless::TooLong) => return Err(Settings::TooManySources { limit: LIMIT }.at(origin)),
        Ok(Next::Role) => vec![(NAME, plan_role(scope, &name, sources)?)],
        Ok(Next::End) => scope.plan_source(&name),
    };
    Ok(Source { name, reference: Some(origin), chain })
}

impl Ask for Plan {
    /// Chooses the provider of the source credentials. Processes run and metadata services are called here; STS is called
    /// later.
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer {
        let Plan { role, source } = *self;
        // The external ID is a kind of password, and services repeat it.
        if let Some(id) = &role.external_id {
            hold(id);
        }
        let (source, via) = source.load(context, &role.profile);
        let loaded = source.map(|source| {
            let identity = format!("role {} by {}", role.role_arn, source.identity);
            let key = role.key(context, &source);
            let assumption = Assumption { role, source, key: key.clone() };
            Ok(Loaded::deferred(identity, key, move |context| assumption.retrieve(context)))
        });
        Answer { loaded, via: Some(via) }
    }
}

impl Source {
    fn load(self, context: &Context<'_>, profile: &str) -> (Result<Loaded, Error>, Via) {
        let Source { name, reference, chain } = self;
        let ChainRun { loaded, chain } = load(context, chain);
        let is_profile = reference.is_some();
        let none = || match reference {
            Some(origin) => Settings::EmptySourceProfile { name: name.clone() }.at(origin),
            None => Error::EmptySource {
                name: name.clone(),
                reason: chain.first().map(|step| step.reason.clone()),
                profile: profile.to_owned(),
            },
        };
        let loaded = loaded.and_then(|found| found.map(|(_, loaded)| loaded).ok_or_else(none));
        (loaded, Via { name, is_profile, chain })
    }
}

impl Role {
    /// What STS is asked for, whatever SDK asks.
    fn question(&self, source: &Loaded) -> Value {
        json!([self.role_arn, self.external_id, self.mfa_serial, self.duration_seconds, source.identity])
    }

    /// The cache key.
    fn key(&self, context: &Context<'_>, source: &Loaded) -> Value {
        let mut key = json!({"RoleArn": self.role_arn});
        let members: [(&str, Option<Value>); 4] = [
            ("RoleSessionName", self.role_session_name.as_deref().map(Value::from)),
            ("ExternalId", self.external_id.as_deref().map(Value::from)),
            ("SerialNumber", self.mfa_serial.as_deref().map(Value::from)),
            ("DurationSeconds", self.duration_seconds.map(Value::from)),
        ];
        for (member, value) in members {
            if let Some(value) = value {
                key[member] = value;
            }
        }
        key["Source"] = source.key();
        // Another endpoint, such as a local stand-in for AWS, may have other accounts with the same names.
        if let Ok(Some(url)) = client::configured_url(&context.client, Service::Sts) {
            key["Endpoint"] = json!(url);
        }
        key
    }
}

/// A role whose source has been chosen.
struct Assumption {
    role: Role,
    source: Loaded,
    key: Value,
}

impl Assumption {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let what = || format!("STS for the role {}", self.role.role_arn);
        let offline = || Error::Offline { provider: NAME, what: what() };
        let question = json!({"Sts": self.role.question(&self.source)});
        context.cached(&self.key, offline, || context.once(&question, || self.assume(context)))
    }
}

impl Assumption {
    /// As in botocore, the user types the MFA code of the outer role before the one of the inner role, although the inner
    /// request is sent first.
    fn assume(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let Role { profile, role_arn, role_session_name, external_id, mfa_serial, duration_seconds } =
            &self.role;
        let generated = sts::generated_session_name(context.client.world.now());
        let connect = || client::of(&context.client, Service::Sts, context.client.region());
        // Nobody is asked for a code of a request that can't be sent or signed: it fails as it would with one. Where there
        // is nobody to ask, the code is missed first, as in botocore.
        let asks = mfa_serial.is_some() && context.interaction.has_user();
        let ready = asks.then(connect).transpose()?;
        let can_sign = ready.as_ref().is_none_or(|client| client.endpoint.region.is_some());
        let asking = mfa_serial.as_deref().filter(|_| can_sign);
        let token_code = asking.map(|serial| context.interaction.mfa_code(serial)).transpose()?;
        let source = self.source.retrieve(context)?;
        let client = ready.map_or_else(connect, Ok)?;
        let request = sts::AssumeRole {
            role_arn,
            session_name: sts::SessionName::new(role_session_name.as_deref(), &generated),
            external_id: external_id.as_deref(),
            serial_number: mfa_serial.as_deref(),
            duration_seconds: *duration_seconds,
            token_code: token_code.as_ref(),
            is_checked: true,
        };
        let url = redacted(&client.endpoint.url);
        let _progress = context.client.progress.show(&format!("{url} for the role {role_arn}"));
        let assumed = sts::assume_role(&client, &source, &request).map_err(|error| {
            let id = source.access_key_id.as_ref().map(|id| id.value.as_str()).unwrap_or_default();
            let key = format!("access key {id}");
            let who = if key == self.source.identity {
                format!("the {key}")
            } else {
                format!("the {key} of {}", self.source.identity)
            };
            let context = format!("profile `{profile}` could not assume {role_arn} with {who}");
            let sent = Sent {
                access_key_id: id,
                has_token: source.session_token.is_some(),
                resource: role_arn,
                host: client.endpoint.host(),
            };
            let advice = Cause::of(&error, &sent).map(|cause| cause.help(profile));
            Error::Service { provider: NAME, context, advice, source: error }
        })?;
        Ok(assumed.keys.from(&client.endpoint.url, assumed.expiration, assumed.account_id))
    }
}
