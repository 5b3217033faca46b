//! One MFA code for many roles: a session of a user, which is kept and which assumes the user's roles.

use std::time::Duration;

use serde_json::{Value, json};

use super::ask::{Loaded, Stage};
use super::context::Context;
use super::device::Device;
use super::error::Error;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Command, Hint};
use crate::origin::Located;
use crate::sdk::Provider;
use crate::service::{Sent, Service, sts};

/// How long a session lasts, in seconds: AWS's default for it. A user's may last up to 36 hours.
const LASTING: i64 = 43_200;

/// STS gives a role no more than this to a session, in seconds, as to another role.
pub(super) const LONGEST_ROLE: i64 = 3600;

/// How long to wait for another process that makes the same session: a person may be typing the code.
const PATIENCE: Duration = Duration::from_mins(3);

/// The use of a device, for people.
pub(super) fn device(context: &Context<'_>, serial: &Located<String>, is_shared: bool) -> Device {
    Device {
        serial: serial.clone(),
        from: context.interaction.code_from(&serial.value),
        session: context.mfa_session.clone().filter(|_| is_shared),
    }
}

/// The session of a user with a code of the device, made when it is first used. `None` if the setting is off, or if the
/// source isn't a user's long-term keys, which alone can have such a session.
pub(super) fn session(
    context: &Context<'_>,
    provider: Provider,
    serial: &str,
    source: &Loaded,
) -> Option<Loaded> {
    context.mfa_session.as_ref()?;
    let Stage::Ready(keys) = &source.stage else { return None };
    if keys.token().is_some() {
        return None;
    }
    let key = json!({"Operation": "GetSessionToken", "SerialNumber": serial, "Source": source.key()});
    let key = context.at_endpoint(key);
    let identity = format!("session of the {} with the MFA device {serial}", source.identity);
    let request = Request {
        provider,
        serial: serial.to_owned(),
        keys: keys.clone(),
        user: source.identity.clone(),
        key: key.clone(),
    };
    Some(Loaded::deferred(identity, key, move |context| request.retrieve(context)))
}

struct Request {
    /// The provider whose credentials need it.
    provider: Provider,
    serial: String,
    keys: Credentials,
    /// The source, for people.
    user: String,
    /// The cache key.
    key: Value,
}

impl Request {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let what = || format!("STS for a session of the {}, with an MFA code", self.user);
        let offline = || Error::Offline { provider: self.provider, what: what() };
        let fetch = || {
            let question = json!({"Session": self.key, "At": context.place_of_sts()});
            context.once(&question, || self.send(context))
        };
        context.cached_within(PATIENCE, &self.key, offline, fetch)
    }

    fn send(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let client = client::of(&context.client, Service::Sts, context.client.region())?;
        // Nobody is asked for a code of a request that can't be signed: it fails as it would with one.
        let can_sign = client.endpoint.region.is_some();
        let code = can_sign.then(|| context.mfa_code(&self.serial)).transpose()?;
        let request = sts::SessionToken {
            serial_number: &self.serial,
            token_code: code.as_ref(),
            duration_seconds: LASTING,
        };
        let what = format!("a session of the {}", self.user);
        let ask = || sts::get_session_token(&client, &self.keys, &request);
        context.ask_sts(&client, &what, ask, |error| {
            let profile = &context.client.profile.name.value;
            let sent = Sent { host: client.endpoint.host(), ..Sent::by(&self.keys, profile) };
            let unset = Command::xcred(["config", "unset"]).argument("mfa.session");
            let without = Hint::default().run(unset).say(" asks for a code for each role instead");
            let advice = sent.advice(error, profile);
            let advice = advice.or_else(|| error.is_refusal("AccessDenied").then_some(without));
            (self.provider, format!("could not get {what}"), advice)
        })
    }
}

/// Whether another session could do better: one with a newer code, or of a key that exists.
pub(super) fn is_denied(error: &Error) -> bool {
    const CODES: [&str; 3] = ["AccessDenied", "ExpiredToken", "InvalidClientTokenId"];
    match error.peeled() {
        Error::Service { source, .. } => CODES.iter().any(|code| source.is_refusal(code)),
        _ => false,
    }
}
