//! The request for a role whose source has been chosen.

use serde_json::{Value, json};

use crate::chain::ask::{Deferred, Loaded, Stage};
use crate::chain::context::{Context, signing};
use crate::chain::error::Error;
use crate::chain::mfa;
use crate::chain::parameters::Parameters;
use crate::chain::question;
use crate::chain::text::{named, sts_for};
use crate::client;
use crate::credentials::Credentials;
use crate::narrowing::{By, Narrowed, Narrowing, SessionName};
use crate::origin::{Located, Origin};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{Caller, Sent, Service, sts};
use crate::settings;

const NAME: Provider = Provider::AssumeRole;

/// The settings of a role.
#[expect(clippy::struct_field_names, reason = "the names of the settings")]
pub(super) struct Role {
    pub(super) profile: String,
    pub(super) role_arn: Located<String>,
    pub(super) role_session_name: Option<String>,
    /// The name of the session, if the profile has none.
    pub(super) given_name: Option<SessionName>,
    pub(super) external_id: Option<String>,
    pub(super) mfa_serial: Option<Located<String>>,
    pub(super) duration_seconds: Option<i64>,
}

impl Role {
    fn serial(&self) -> Option<&str> {
        self.mfa_serial.as_ref().map(|serial| serial.value.as_str())
    }
}

/// The profile whose credentials assume a role of another one, and their provider.
pub(super) struct Owner {
    pub(super) profile: String,
    pub(super) provider: Provider,
}

/// A role, and the credentials that assume it.
pub(super) struct Assumption {
    pub(super) role: Role,
    pub(super) source: Loaded,
    pub(super) owner: Option<Owner>,
    /// Whether the credentials that assume it are those of another role.
    pub(super) source_is_role: bool,
    pub(super) narrowed: Option<Narrowed>,
}

impl Assumption {
    pub(super) fn loaded(self, context: &Context<'_>) -> Loaded {
        let identity = format!("role {} by {}", self.role.role_arn.value, self.source.identity);
        Loaded::narrowable(identity, self.key(context), self)
    }

    /// The cache key.
    fn key(&self, context: &Context<'_>) -> Value {
        let Assumption { role, source, narrowed, .. } = self;
        let members: [(&str, Option<Value>); 8] = [
            ("RoleArn", Some(json!(role.role_arn.value))),
            ("RoleSessionName", role.role_session_name.as_deref().map(Value::from)),
            ("ExternalId", role.external_id.as_deref().map(Value::from)),
            ("SerialNumber", role.serial().map(Value::from)),
            ("DurationSeconds", role.duration_seconds.map(Value::from)),
            ("GivenName", role.given_name.as_ref().map(|name| json!(name.key))),
            ("Source", Some(source.key())),
            ("Narrowing", narrowed.as_ref().map(Narrowed::key)),
        ];
        context
            .at_endpoint(members.into_iter().filter_map(|(member, value)| Some((member, value?))).collect())
    }
}

impl Deferred for Assumption {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let key = self.key(context);
        let offline = || Error::Offline { provider: NAME, what: sts_for(&self.role.role_arn.value) };
        context.cached(&key, offline, || {
            // A code is asked for once for all SDKs that ask for the same.
            let question = json!({"Assume": key, "At": context.place_of_sts()});
            context.once(&question, || self.assume(context))
        })
    }

    fn narrowed(
        self: Box<Self>,
        asked: &Narrowing,
        context: &Context<'_>,
    ) -> Result<Option<(Loaded, Narrowed)>, Error> {
        let Assumption { role, source, owner, source_is_role, .. } = *self;
        if source_is_role {
            asked.check_chained()?;
        }
        let narrowed = asked.for_role(By::AssumeRole, &role.role_arn)?;
        let role = Role {
            given_name: role.given_name.filter(|_| narrowed.name().is_none()),
            duration_seconds: narrowed.seconds().or(role.duration_seconds),
            role_session_name: narrowed.name().map(str::to_owned).or(role.role_session_name),
            ..role
        };
        let assumption = Assumption { role, source, owner, source_is_role, narrowed: Some(narrowed.clone()) };
        Ok(Some((assumption.loaded(context), narrowed)))
    }
}

impl Assumption {
    /// The session of the user that assumes the role in place of the keys, if such sessions are shared. Only a kept one is of
    /// use, and a role that lasts longer than an hour can't be assumed so.
    pub(super) fn session(&self, context: &Context<'_>) -> Option<Loaded> {
        let is_long = self.role.duration_seconds.is_some_and(|seconds| seconds > mfa::LONGEST_ROLE);
        if is_long || context.cache.is_none() {
            return None;
        }
        mfa::session(context, NAME, self.role.serial()?, &self.source)
    }

    fn assume(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        // Before a code is asked for. A session is made with the keys, too.
        if let Stage::Ready(keys) = &self.source.stage {
            self.check(context, keys)?;
        }
        let Some(session) = self.session(context) else { return self.assume_with_code(context) };
        let (session, _) = signing(session.retrieve(context))?;
        let id = session.access_key_id.as_ref();
        let is_kept = id.is_some_and(|id| matches!(id.origin, Origin::Cache { .. }));
        let client = client::of(&context.client, Service::Sts, context.client.region())?;
        match self.send(context, &client, &session, None) {
            // The role may demand a newer code than that of the session: it is asked for once, as without sessions.
            Err(error) if is_kept && mfa::is_denied(&error) => match self.assume_with_code(context) {
                Err(Error::NeedsTerminal { .. }) => Err(error),
                outcome => outcome,
            },
            outcome => outcome,
        }
    }

    /// As in botocore, the user types the MFA code of the outer role before the one of the inner role, although the inner
    /// request is sent first.
    fn assume_with_code(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let connect = || client::of(&context.client, Service::Sts, context.client.region());
        // Nobody is asked for a code of a request that can't be sent or signed: it fails as it would with one. Where there
        // is nobody to ask, the code is missed first, as in botocore.
        let serial = self.role.serial();
        let asks = serial.is_some() && context.interaction.has_user();
        let ready = asks.then(connect).transpose()?;
        let can_sign = ready.as_ref().is_none_or(|client| client.endpoint.region.is_some());
        let asking = serial.filter(|_| can_sign);
        let token_code = asking.map(|serial| context.mfa_code(serial)).transpose()?;
        let (source, is_known) = signing(self.source.retrieve(context))?;
        if let Stage::Deferred(_) = &self.source.stage
            && is_known
        {
            self.check(context, &source)?;
        }
        let client = ready.map_or_else(connect, Ok)?;
        self.send(context, &client, &source, serial.map(|serial| (serial, token_code.as_ref())))
    }

    /// Refuses credentials that their profile's guards forbid.
    fn check(&self, context: &Context<'_>, source: &Credentials) -> Result<(), Error> {
        match &self.owner {
            Some(Owner { profile, provider }) => (context.check_source)(profile, *provider, source),
            None => Ok(()),
        }
    }

    /// Assumes the role with credentials, and with a device and its code unless they have used them already.
    fn send(
        &self,
        context: &Context<'_>,
        client: &Caller<'_>,
        source: &Credentials,
        device: Option<(&str, Option<&Secret>)>,
    ) -> Result<Credentials, Error> {
        let given = self.role.given_name.as_ref().map(|name| name.text.as_str());
        let name = given.or(self.role.role_session_name.as_deref());
        let generated = sts::generated_session_name(context.client.world.now());
        let parameters = Parameters::of(self.narrowed.as_ref());
        let request = sts::AssumeRole {
            role_arn: &self.role.role_arn.value,
            session_name: sts::SessionName::new(name, &generated),
            external_id: self.role.external_id.as_deref(),
            serial_number: device.map(|(serial, _)| serial),
            duration_seconds: self.role.duration_seconds,
            token_code: device.and_then(|(_, code)| code),
            restrictions: parameters.restrictions(),
            as_botocore: true,
        };
        let ask = || self.request(context, client, source, &request);
        if device.is_some() || source.id().is_empty() {
            return ask();
        }
        let question = question::assume_role(&request, source, self.narrowed.as_ref());
        context.once(&question::at(&client.endpoint, &question), ask)
    }

    fn request(
        &self,
        context: &Context<'_>,
        client: &Caller<'_>,
        source: &Credentials,
        request: &sts::AssumeRole<'_>,
    ) -> Result<Credentials, Error> {
        let (profile, role_arn) = (&self.role.profile, request.role_arn);
        let ask = || sts::assume_role(client, source, request);
        context
            .ask_sts(client, &format!("the role {role_arn}"), ask, |error| {
                let id = source.id();
                let key = format!("access key {id}");
                let who = if key == self.source.identity {
                    format!("the {key}")
                } else if id.is_empty() {
                    format!("the credentials of {}", self.source.identity)
                } else {
                    format!("the {key} of {}", self.source.identity)
                };
                let text = format!("profile `{profile}` could not assume {} with {who}", named(role_arn));
                let sent = Sent {
                    keys: source,
                    holder: self.owner.as_ref().map_or(profile, |owner| &owner.profile),
                    client: &context.client.profile.name.value,
                    resource: role_arn,
                    host: client.endpoint.host(),
                    chose_duration: Parameters::of(self.narrowed.as_ref()).chose_duration(),
                };
                (NAME, text, sent.advice(error, profile))
            })
            .map_err(|error| error.at_setting(|parameter| self.setting(context, parameter)))
    }

    /// Where the profile has what a parameter of the request was made of.
    fn setting(&self, context: &Context<'_>, parameter: &str) -> Option<Origin> {
        let row = match parameter {
            "RoleArn" => return Some(self.role.role_arn.origin.clone()),
            "ExternalId" => &settings::EXTERNAL_ID,
            "SerialNumber" => &settings::MFA_SERIAL,
            // Options may have given the others.
            _ if self.narrowed.is_some() => return None,
            "RoleSessionName" => &settings::ROLE_SESSION_NAME,
            "DurationSeconds" => &settings::DURATION_SECONDS,
            _ => return None,
        };
        Some(context.client.text(&self.role.profile, row.name).ok()??.origin)
    }
}
