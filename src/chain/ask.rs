//! A provider: first a plan, made only from files and variables, then perhaps a request.

use serde_json::{Value, json};

use super::context::Context;
use super::device::Device;
use super::error::Error;
use super::fingerprint::Fingerprint;
use super::reason::Reason;
use super::trace::{Source, Verdict};
use crate::client::Metadata;
use crate::credentials::Credentials;
use crate::failure::Explain as _;
use crate::narrowing::{Narrowed, Narrowing};
use crate::origin::Origin;
use crate::profile::{Found, Profile};
use crate::sdk::Provider;

pub(super) trait Provide: Sync {
    /// What it would do. Pure, and complete even if the provider is not reached.
    fn plan(&self, scope: &Scope<'_>) -> Result<Planned, Error>;

    /// The key by which a profile chooses this provider.
    fn lead<'f>(&self, _: &Profile<'f>) -> Option<Lead<'f>> {
        None
    }
}

/// A key of a profile, and its value.
pub(super) type Lead<'f> = (&'static str, Found<'f>);

pub(super) fn first_of<'f>(profile: &Profile<'f>, keys: &[&'static str]) -> Option<Lead<'f>> {
    keys.iter().find_map(|key| Some((*key, profile.find(key)?)))
}

pub(super) type Named = (Provider, &'static dyn Provide);

pub(super) type Providers = &'static [Named];

/// The providers that a role's source profile may use (botocore's `ProfileProviderBuilder`).
const FOR_SOURCE_PROFILES: [Provider; 6] = [
    Provider::AssumeRoleWithWebIdentity,
    Provider::ConfigFile,
    Provider::CustomProcess,
    Provider::Login,
    Provider::SharedCredentialsFile,
    Provider::Sso,
];

/// What a plan depends on.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    pub(super) context: &'s Context<'s>,
    pub(super) providers: Providers,
    pub(super) profile: &'s str,
    pub(super) environment: Environment,
    /// What the settings say of instance metadata. Read already, because botocore checks them before it asks anybody.
    pub(super) metadata: Option<&'s Metadata>,
}

/// Whether a provider reads the environment's variables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Environment {
    Used,
    Ignored,
}

impl Scope<'_> {
    pub(super) fn plan(&self, (name, provider): Named) -> (Provider, Planned) {
        let planned = provider.plan(self).unwrap_or_else(|error| Planned {
            looked_at: error.origin().into_iter().collect(),
            intent: Intent::Failed(error),
        });
        (name, planned)
    }

    /// The plan of the provider of this name, which uses the environment even if an option named the profile.
    pub(super) fn plan_named(&self, name: Provider) -> Vec<(Provider, Planned)> {
        let scope = Scope { environment: Environment::Used, ..*self };
        let named = self.providers.iter().filter(|(found, _)| *found == name);
        named.map(|provider| scope.plan(*provider)).collect()
    }

    /// The plan for a role's source profile: the environment is ignored.
    pub(super) fn plan_source(&self, profile: &str) -> Vec<(Provider, Planned)> {
        let scope = Scope { profile, environment: Environment::Ignored, ..*self };
        let usable = self.providers.iter().filter(|(name, _)| FOR_SOURCE_PROFILES.contains(name));
        usable.map(|provider| scope.plan(*provider)).collect()
    }
}

/// A provider's part of the plan.
pub(super) struct Planned {
    pub(super) looked_at: Vec<Origin>,
    pub(super) intent: Intent,
}

pub(super) enum Intent {
    /// Nothing that it needs exists.
    Absent(Reason),
    /// It is not part of the chain.
    Skipped(Reason),
    Found(Box<Credentials>),
    /// It stops the chain.
    Failed(Error),
    /// It has to read a file, run a program or send a request.
    Ask(Box<dyn Ask>),
}

impl Planned {
    pub(super) fn absent(reason: Reason) -> Planned {
        Planned { looked_at: Vec::new(), intent: Intent::Absent(reason) }
    }

    pub(super) fn ask(looked_at: Vec<Origin>, ask: impl Ask + 'static) -> Planned {
        Planned { looked_at, intent: Intent::Ask(Box::new(ask)) }
    }
}

/// The first stage of a provider: it chooses the provider, perhaps by asking.
pub(super) trait Ask {
    /// With `--offline` it ends before anybody is asked, with [`Loaded::unasked`].
    fn load(self: Box<Self>, context: &Context<'_>) -> Answer;
}

/// How the first stage ended.
pub(super) struct Answer {
    /// The credentials, or why the provider has none although nothing failed.
    pub(super) loaded: Result<Result<Loaded, Reason>, Error>,
    /// For a role: the chain of its source.
    pub(super) via: Option<Source>,
    /// For a role: the MFA device.
    pub(super) mfa: Option<Device>,
}

impl Answer {
    /// Of a provider that has credentials unless it fails.
    pub(super) fn of(loaded: Result<Loaded, Error>) -> Answer {
        Answer::if_any(loaded.map(Ok))
    }

    /// Of a provider that may have none although nothing failed.
    pub(super) fn if_any(loaded: Result<Result<Loaded, Reason>, Error>) -> Answer {
        Answer { loaded, via: None, mfa: None }
    }
}

/// The credentials of the provider that won the chain, which may have to be requested.
pub(super) struct Loaded {
    /// A description for people.
    pub(super) identity: String,
    /// The cache key. It differs for any two identities. `None` for keys, because their ID identifies them.
    pub(super) key: Option<Value>,
    pub(super) stage: Stage,
}

#[expect(clippy::large_enum_variant, reason = "a chain of roles has a few of them")]
pub(super) enum Stage {
    Ready(Credentials),
    /// They have to be requested, or checked again before they are used.
    Deferred(Box<dyn Deferred>),
}

/// The second stage of a provider (botocore's `DeferredRefreshableCredentials`).
pub(super) trait Deferred {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error>;

    /// What would be asked, if `--offline` has prevented it: the provider was chosen, and nothing is known of its credentials.
    fn unasked(&self) -> Option<&str> {
        None
    }

    /// The credentials, narrowed by the request that gets them. `None` if there is no such request, which is the default:
    /// a provider that doesn't know of narrowing never gives more than was asked for.
    fn narrowed(
        self: Box<Self>,
        _: &Narrowing,
        _: &Context<'_>,
    ) -> Result<Option<(Loaded, Narrowed)>, Error> {
        Ok(None)
    }
}

impl<F: Fn(&Context<'_>) -> Result<Credentials, Error>> Deferred for F {
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        self(context)
    }
}

/// What takes the place of credentials that `--offline` doesn't ask for.
struct Unasked {
    provider: Provider,
    what: String,
}

impl Deferred for Unasked {
    fn retrieve(&self, _: &Context<'_>) -> Result<Credentials, Error> {
        Err(Error::Offline { provider: self.provider, what: self.what.clone() })
    }

    fn unasked(&self) -> Option<&str> {
        Some(&self.what)
    }
}

impl Loaded {
    /// Credentials that `--offline` doesn't ask for.
    pub(super) fn unasked(identity: String, key: Value, (provider, what): (Provider, String)) -> Loaded {
        Loaded::narrowable(identity, key, Unasked { provider, what })
    }

    /// Keys that identify themselves.
    pub(super) fn keys(credentials: Credentials) -> Loaded {
        let id = credentials.id().to_owned();
        Loaded { identity: format!("access key {id}"), key: None, stage: Stage::Ready(credentials) }
    }

    pub(super) fn deferred(
        identity: String,
        key: Value,
        retrieve: impl Fn(&Context<'_>) -> Result<Credentials, Error> + 'static,
    ) -> Loaded {
        Loaded { identity, key: Some(key), stage: Stage::Deferred(Box::new(retrieve)) }
    }

    /// Credentials of a second stage that has its own way to narrow them.
    pub(super) fn narrowable(identity: String, key: Value, deferred: impl Deferred + 'static) -> Loaded {
        Loaded { identity, key: Some(key), stage: Stage::Deferred(Box::new(deferred)) }
    }

    /// The cache key.
    pub(super) fn key(&self) -> Value {
        let id = match &self.stage {
            Stage::Ready(credentials) => credentials.access_key_id.as_ref(),
            Stage::Deferred(_) => None,
        };
        let by_id = || json!({"AccessKeyId": id.map_or("", |id| id.value.as_str())});
        self.key.clone().unwrap_or_else(by_id)
    }

    /// What identifies the credentials.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let Stage::Ready(credentials) = &self.stage else { return Fingerprint::of(&self.key()) };
        let (id, has_token) = (credentials.id(), credentials.token().is_some());
        match &self.key {
            Some(key) if has_token => Fingerprint::of_temporary(key),
            Some(key) => Fingerprint::of(key),
            None => Fingerprint::of_keys(id, has_token),
        }
    }

    /// How the provider ended, and why it won.
    pub(super) fn end(&self) -> (Verdict, Reason) {
        match &self.stage {
            Stage::Ready(credentials) => {
                let id = credentials.access_key_id.clone();
                let reason = match id.as_ref().map(|id| &id.origin) {
                    // A sign-in has another pair every quarter of an hour.
                    Some(Origin::Cache { .. }) => Reason::Identity(self.identity.clone()),
                    _ => Reason::Keys(id),
                };
                (Verdict::Found, reason)
            }
            Stage::Deferred(_) => match self.what() {
                Some(what) => (Verdict::WouldAsk, Reason::WouldAsk(what.to_owned())),
                None => (Verdict::Found, Reason::Identity(self.identity.clone())),
            },
        }
    }

    /// What `--offline` has prevented, if it did.
    pub(super) fn what(&self) -> Option<&str> {
        match &self.stage {
            Stage::Ready(_) => None,
            Stage::Deferred(deferred) => deferred.unasked(),
        }
    }

    pub(super) fn reason(&self) -> Reason {
        self.end().1
    }

    pub(super) fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let credentials = match &self.stage {
            Stage::Ready(credentials) => return Ok(credentials.clone()),
            Stage::Deferred(deferred) => deferred.retrieve(context)?,
        };
        match &credentials.expiration {
            Some(expiration) if expiration.value.left(context.client.world.now()).is_negative() => {
                Err(Error::ExpiredOnArrival {
                    identity: self.identity.clone(),
                    origin: expiration.origin.clone(),
                })
            }
            _ => Ok(credentials),
        }
    }
}
