//! What a resolution depends on.

use std::time::Duration;

use serde_json::{Value, json};

use super::cache::{Cache, PATIENCE};
use super::circle::Circle;
use super::error::Error;
use super::interaction::Interaction;
use super::memo::Memo;
use crate::address::redacted;
use crate::client;
use crate::credentials::Credentials;
use crate::failure::{Code, Explain as _, Hint};
use crate::login::Notice;
use crate::narrowing::{self, Naming, Narrowing};
use crate::origin::{Located, Origin};
use crate::sdk::Provider;
use crate::secret::Secret;
use crate::service::{self, Caller, Service, sts};

/// Refuses credentials of a role's source profile, by the profile's name, before they sign anything.
pub type ChecksSource<'n> = dyn Fn(&str, Provider, &Credentials) -> Result<(), Error> + 'n;

/// What narrows the credentials of a provider, if anything does. It fails where what is asked for is not consistent.
pub type Narrows<'n> = dyn Fn(Provider) -> Result<Option<Narrowing>, narrowing::Error> + 'n;

pub struct Context<'c> {
    /// The profile and the network.
    pub client: client::Context<'c>,
    /// Credentials from options, which disable all providers.
    pub explicit: Option<&'c Credentials>,
    /// What the credentials of a provider are narrowed to before they are handed out.
    pub narrowing: &'c Narrows<'c>,
    /// Whether a `credential_process`, by its words, prints nothing that isn't narrowed to the policy `ReadOnlyAccess`.
    pub is_read_only_program: &'c dyn Fn(&[String]) -> bool,
    /// What the credentials of source profiles must be.
    pub check_source: &'c ChecksSource<'c>,
    /// The names of sessions that nothing else names. `None` means botocore's.
    pub naming: Option<&'c Naming>,
    /// The setting by which roles of a user share a session with an MFA code, if it is on.
    pub mfa_session: Option<Origin>,
    /// `None` with `--no-cache`.
    pub cache: Option<Cache>,
    /// The profiles of the programs that started this run.
    pub circle: &'c Circle,
    /// The time limit of a program.
    pub process_limit: Duration,
    pub interaction: &'c dyn Interaction,
    /// The answers of other resolutions in this run, if there are any.
    pub memo: Option<&'c Memo>,
}

impl Context<'_> {
    /// Asks with this context as it would be with `--offline`, and without memory: what wasn't requested must not be taken for an
    /// answer later.
    pub(super) fn offline<T>(&self, ask: impl FnOnce(&Context<'_>) -> T) -> T {
        self.client.offline(|client| {
            let (cache, mfa_session) = (self.cache.clone(), self.mfa_session.clone());
            ask(&Context { client, cache, mfa_session, memo: None, ..*self })
        })
    }

    /// Warns about a sign-in, if it has a notice.
    pub(super) fn warn(&self, notice: Option<Notice>) {
        if let Some(notice) = notice {
            self.interaction.warn(&notice.to_string());
        }
    }

    /// The credentials that are cached under `key`, else those of `fetch`. With `--offline`, `fetch` comes as far as its first
    /// request, and then the error is `offline`.
    pub(super) fn cached(
        &self,
        key: &Value,
        offline: impl Fn() -> Error,
        fetch: impl FnOnce() -> Result<Credentials, Error>,
    ) -> Result<Credentials, Error> {
        self.cached_within(PATIENCE, key, offline, fetch)
    }

    /// Like [`cached`](Context::cached), with a limit for the wait for another process that fetches the credentials.
    pub(super) fn cached_within(
        &self,
        patience: Duration,
        key: &Value,
        offline: impl Fn() -> Error,
        fetch: impl FnOnce() -> Result<Credentials, Error>,
    ) -> Result<Credentials, Error> {
        let now = self.client.world.now();
        match &self.cache {
            cache if self.client.offline => {
                let kept = cache.as_ref().and_then(|cache| cache.look(key, now));
                kept.map_or_else(|| fetch().map_err(|error| self.unasked(error, offline)), Ok)
            }
            Some(cache) => cache.get(key, (now, patience), self.client.progress, self.interaction, fetch),
            None => fetch(),
        }
    }

    /// What an error is with `--offline`: `offline` if nothing is wrong but that a request wasn't sent. Where the source of a
    /// role isn't asked, neither is STS for the role; programs and endpoints are asked before a role is chosen.
    pub(super) fn unasked(&self, error: Error, offline: impl Fn() -> Error) -> Error {
        if !self.client.offline {
            return error;
        }
        match error.peeled() {
            peeled if peeled.is_behind_a_role() => offline(),
            Error::Offline { provider, what } => Error::Offline { provider: *provider, what: what.clone() },
            peeled if peeled.is_unsent() => offline(),
            peeled if peeled.code() == Code::NoRegion && self.client.awaits_region() => offline(),
            _ => error,
        }
    }

    /// The credentials that STS issues for `what`. `explain` says of a refusal whose request it was, what failed and what to do.
    pub(super) fn ask_sts(
        &self,
        client: &Caller<'_>,
        what: &str,
        send: impl FnOnce() -> Result<sts::Session, service::Error>,
        explain: impl FnOnce(&service::Error) -> (Provider, String, Option<Hint>),
    ) -> Result<Credentials, Error> {
        let url = &client.endpoint.url;
        let _progress = self.client.progress.show(&format!("{} for {what}", redacted(url)));
        let session = send().map_err(|source| {
            let (provider, context, advice) = explain(&source);
            Error::Service { provider, context, advice, source }
        })?;
        Ok(session.credentials(url))
    }

    /// The current code of an MFA device. With `--offline` no code is asked for: any makes a request that isn't sent.
    pub(super) fn mfa_code(&self, serial: &str) -> Result<Secret, Error> {
        if self.client.offline { Ok(Secret::new("000000")) } else { self.interaction.mfa_code(serial) }
    }

    /// The cache key with the endpoint that a setting names: another one, such as a local stand-in for AWS, may have other
    /// accounts with the same names.
    pub(super) fn at_endpoint(&self, mut key: Value) -> Value {
        if let Ok(Some(url)) = client::configured_url(&self.client, Service::Sts) {
            key["Endpoint"] = json!(url.value);
        }
        key
    }

    /// Where STS would be asked with the settings of the profile, or why it can't be.
    pub(super) fn place_of_sts(&self) -> Value {
        match client::of(&self.client, Service::Sts, self.client.region()) {
            Ok(caller) => caller.endpoint.place(),
            Err(error) => Value::from(error.to_string()),
        }
    }

    /// What `ask` answers, or has answered to the same question in this run.
    pub(super) fn once<T: Clone + 'static>(
        &self,
        question: &Value,
        ask: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self.memo {
            Some(memo) => memo.once(question, ask),
            None => ask(),
        }
    }
}

/// The keys that sign the request for a role, and whether they are known. With `--offline` a source isn't asked, and the request
/// for the role is checked with keys that have no text: it would be sent only if it could be.
pub(super) fn signing(source: Result<Credentials, Error>) -> Result<(Credentials, bool), Error> {
    match source {
        Err(error) if error.is_behind_a_role() => Ok((unknown_keys(), false)),
        source => source.map(|keys| (keys, true)),
    }
}

/// Keys for a request that is checked and not sent.
pub(super) fn unknown_keys() -> Credentials {
    Credentials {
        access_key_id: Some(Located::new(String::new(), Origin::Default)),
        secret_access_key: Some(Located::new(Secret::new(""), Origin::Default)),
        ..Credentials::default()
    }
}
