//! Narrows the credentials that the chain has found: by one more role, in the request that gets them, or by the session of a
//! federated user. What nothing can narrow is refused.

use serde_json::{Value, json};

use super::ask::{Deferred, Loaded, Stage};
use super::context::{Context, signing};
use super::error::Error;
use super::parameters::Parameters;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::Hint;
use crate::narrowing::{By, Fault, Narrowed, Narrowing, SessionName};
use crate::origin::Origin;
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{self, Caller, Sent, Service, sts};

/// The credentials of `provider`, narrowed. `device` is the one whose code is in the request for a role, and `origin` is
/// where they come from.
///
/// # Errors
/// What can't be narrowed as it was asked for. The request is not sent yet.
pub(super) fn narrow(
    context: &Context<'_>,
    asked: &Narrowing,
    (provider, loaded): (Provider, Loaded),
    device: Option<String>,
    origin: Option<Origin>,
) -> Result<(Loaded, Narrowed), Error> {
    if let Some(role_arn) = &asked.role_arn {
        if provider.is_of_role() {
            asked.check_chained()?;
        }
        let narrowed = asked.for_role(By::AssumeRole, role_arn)?;
        return Ok(NarrowedRequest::loaded(context, provider, loaded, device, narrowed));
    }
    let identity = loaded.identity.clone();
    let refusal = |why| {
        let asks = asked.first().cloned().unwrap_or(Origin::Default);
        let found = origin.map_or(identity, |origin| origin.to_string());
        let from_environment = provider == Provider::Env;
        Fault::Source { provider: provider.name(), from_environment, found, why }.at(asks).into()
    };
    match loaded.stage {
        Stage::Deferred(deferred) => {
            let narrowed = deferred.narrowed(asked, context)?;
            narrowed.ok_or_else(|| refusal("they are not requested from STS"))
        }
        Stage::Ready(_) if !provider.has_own_keys() => Err(refusal("they are not requested from STS")),
        Stage::Ready(ref keys) if keys.token().is_some() => Err(refusal("they are temporary")),
        Stage::Ready(_) => {
            let narrowed = asked.for_federation(context.client.partition().name)?;
            Ok(NarrowedRequest::loaded(context, provider, loaded, None, narrowed))
        }
    }
}

/// Credentials that get others from STS.
struct NarrowedRequest {
    /// The provider of the source.
    provider: Provider,
    source: Loaded,
    /// The serial number of the MFA device whose code is needed.
    device: Option<String>,
    narrowed: Narrowed,
    /// The name of the session, if no option has set one.
    given_name: Option<SessionName>,
    /// The cache key.
    key: Value,
}

impl NarrowedRequest {
    fn loaded(
        context: &Context<'_>,
        provider: Provider,
        source: Loaded,
        device: Option<String>,
        narrowed: Narrowed,
    ) -> (Loaded, Narrowed) {
        let mut key = match narrowed.role_arn() {
            Some(role_arn) => json!({"RoleArn": role_arn}),
            None => json!({"Operation": narrowed.by.name()}),
        };
        let naming = context.naming.filter(|_| narrowed.name().is_none());
        let given_name = naming.and_then(|naming| naming.name(&context.client.profile.name.value));
        let given_name = match narrowed.role_arn() {
            Some(_) => given_name,
            None => given_name.map(SessionName::federated),
        };
        if let Some(name) = &given_name {
            key["GivenName"] = json!(name.key);
        }
        if let Some(serial) = &device {
            key["SerialNumber"] = json!(serial);
        }
        key["Narrowing"] = narrowed.key();
        key["Source"] = source.key();
        let key = context.at_endpoint(key);
        let identity = match narrowed.role_arn() {
            Some(role_arn) => format!("role {role_arn} by {}", source.identity),
            None => format!("session of {}", source.identity),
        };
        let request = NarrowedRequest {
            provider,
            source,
            device,
            narrowed: narrowed.clone(),
            given_name,
            key: key.clone(),
        };
        (Loaded::narrowable(identity, key, request), narrowed)
    }

    /// What is requested, after the name of the service.
    fn what(&self) -> String {
        match self.narrowed.role_arn() {
            Some(role_arn) => format!("the role {role_arn}"),
            None => format!("a session of the {}", self.source.identity),
        }
    }

    fn request(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let client = client::of(&context.client, Service::Sts, context.client.region())?;
        // Nobody is asked for a code of a request that can't be signed: it fails as it would with one.
        let device = self.device.as_deref().filter(|_| client.endpoint.region.is_some());
        let code = device.map(|serial| context.mfa_code(serial)).transpose()?;
        let (source, _) = signing(self.source.retrieve(context))?;
        let send = || self.send(context, &client, &source, code.as_ref());
        context.ask_sts(&client, &self.what(), send, |error| self.refused(context, &client, &source, error))
    }

    fn send(
        &self,
        context: &Context<'_>,
        client: &Caller<'_>,
        source: &Credentials,
        code: Option<&Secret>,
    ) -> Result<sts::Session, service::Error> {
        let parameters = Parameters::of(Some(&self.narrowed));
        let (duration_seconds, restrictions) = (self.narrowed.seconds(), parameters.restrictions());
        let now = context.client.world.now();
        let given = self.given_name.as_ref().map(|name| name.text.as_str());
        let name = self.narrowed.name().or(given);
        match self.narrowed.role_arn() {
            Some(role_arn) => {
                let generated = sts::generated_session_name(now);
                let request = sts::AssumeRole {
                    role_arn,
                    session_name: sts::SessionName::new(name, &generated),
                    external_id: None,
                    serial_number: self.device.as_deref(),
                    duration_seconds,
                    token_code: code,
                    restrictions,
                    as_botocore: false,
                };
                sts::assume_role(client, source, &request)
            }
            None => {
                let generated = format!("xcred-session-{}", now.as_second());
                let name = name.unwrap_or(&generated);
                let request = sts::FederationToken { name, duration_seconds, restrictions };
                sts::get_federation_token(client, source, &request)
            }
        }
    }

    fn refused(
        &self,
        context: &Context<'_>,
        client: &Caller<'_>,
        source: &Credentials,
        error: &service::Error,
    ) -> (Provider, String, Option<Hint>) {
        let who = &self.source.identity;
        let role_arn = self.narrowed.role_arn();
        let text = match role_arn {
            Some(role_arn) => format!("could not assume {role_arn} with the {who}"),
            None => format!("could not narrow the {who}"),
        };
        let profile = &context.client.profile.name.value;
        let sent = Sent {
            keys: source,
            holder: profile,
            client: profile,
            resource: role_arn.unwrap_or_default(),
            host: client.endpoint.host(),
            chose_duration: self.narrowed.asked.duration.is_some(),
        };
        let provider = role_arn.map_or(self.provider, |_| Provider::AssumeRole);
        (provider, text, sent.advice(error, profile))
    }
}

impl Deferred for NarrowedRequest {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let offline = || Error::Offline { provider: self.provider, what: format!("STS for {}", self.what()) };
        context.cached(&self.key, offline, || {
            let question = json!({"Again": self.key, "At": context.place_of_sts()});
            context.once(&question, || self.request(context))
        })
    }
}
