//! The plan put into effect: files, programs and services are asked until the chain ends.

use serde_json::{Value, json};

use super::plan::{Ask, Intent, Planned};
use super::{Context, Error, Flow, Provider, Resolution, Source, Step, Verdict, flow};
use crate::credentials::Credentials;

/// Credentials that a provider has promised by winning the chain.
pub(super) struct Loaded {
    /// Who they belong to, for people.
    pub(super) identity: String,
    /// The same for the cache, where nothing may be left out that tells two identities apart. Keys that are there
    /// have none: their ID says it.
    pub(super) key: Option<Value>,
    pub(super) stage: Stage,
}

/// How far they have got.
#[expect(clippy::large_enum_variant, reason = "a chain of roles has a few of them")]
pub(super) enum Stage {
    /// They are there.
    Ready(Credentials),
    /// They have to be asked for, or looked at again before they are used.
    Later(Box<dyn Later>),
}

/// The second stage of a provider.
pub(super) trait Later {
    /// Gets the credentials.
    fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error>;
}

impl Loaded {
    /// Keys that identify themselves.
    pub(super) fn keys(credentials: Credentials) -> Loaded {
        let id = credentials.access_key_id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
        Loaded { identity: format!("access key {id}"), key: None, stage: Stage::Ready(credentials) }
    }

    /// Who they belong to, for the cache.
    pub(super) fn key(&self) -> Value {
        let id = match &self.stage {
            Stage::Ready(credentials) => credentials.access_key_id.as_ref(),
            Stage::Later(_) => None,
        };
        let by_id = || json!({"AccessKeyId": id.map_or("", |id| id.value.as_str())});
        self.key.clone().unwrap_or_else(by_id)
    }

    /// The credentials.
    pub(super) fn retrieve(&self, context: &Context<'_>) -> Result<Credentials, Error> {
        let credentials = match &self.stage {
            Stage::Ready(credentials) => return Ok(credentials.clone()),
            Stage::Later(later) => later.retrieve(context)?,
        };
        match &credentials.expiration {
            Some(expiration) if expiration.value.left(context.client.world.now()).is_negative() => {
                Err(Error::Provider {
                    provider: self.identity.as_str().into(),
                    message: "the credentials that came have ended already".to_owned(),
                    origin: Some(expiration.origin.clone()),
                    help: Some("see whether this machine's clock is right".into()),
                })
            }
            _ => Ok(credentials),
        }
    }
}

/// What asking came to.
pub(super) struct Answer {
    /// The credentials, or why the provider has none though nothing went wrong.
    pub(super) loaded: Result<Result<Loaded, String>, Error>,
    /// For a role: the chain of its source.
    pub(super) via: Option<Source>,
}

impl Answer {
    pub(super) fn of(loaded: Result<Result<Loaded, String>, Error>) -> Answer {
        Answer { loaded, via: None }
    }
}

/// A chain that has been loaded.
pub(super) struct Ran {
    pub(super) loaded: Result<Option<(Provider, Loaded)>, Error>,
    pub(super) chain: Vec<Step>,
}

/// Runs the plan to its end.
pub(super) fn run(context: &Context<'_>, plan: Vec<Planned>) -> Resolution {
    let Ran { loaded, mut chain } = load(context, plan);
    let outcome = match loaded {
        Err(error) => Err(error),
        Ok(None) => Err(Error::NoCredentials {
            looked_for: looked_for(&chain),
            profile: context.client.profile.is_named().then(|| context.client.profile.name.value.clone()),
        }),
        Ok(Some((provider, loaded))) => match loaded.retrieve(context) {
            Ok(credentials) => Ok((provider, credentials)),
            Err(error) => {
                if let Some(step) = chain.iter_mut().find(|step| step.provider == provider) {
                    (step.verdict, step.reason) = (verdict(&error), error.reason(provider));
                }
                Err(error)
            }
        },
    };
    Resolution { outcome, chain }
}

/// Runs the plan until a provider has been chosen.
pub(super) fn load(context: &Context<'_>, plan: Vec<Planned>) -> Ran {
    let mut chain = Vec::new();
    let mut loaded = Ok(None);
    let mut ended_by: Option<Provider> = None;
    for Planned { provider, looked_at, intent } in plan {
        if let Some(winner) = ended_by {
            let reason = format!("{winner} ended the chain");
            chain.push(Step { provider, verdict: Verdict::NotReached, reason, looked_at, via: None });
            continue;
        }
        let Answer { loaded: answer, via } = match intent {
            Intent::Skipped(reason) => {
                chain.push(Step { provider, verdict: Verdict::Skipped, reason, looked_at, via: None });
                continue;
            }
            Intent::Absent(reason) => Answer::of(Ok(Err(reason))),
            Intent::Found(credentials) => Answer::of(Ok(Ok(Loaded::keys(credentials)))),
            Intent::Failed(error) => Answer::of(Err(error)),
            Intent::Ask(ask) => ask.load(context, provider),
        };
        let (verdict, reason) = match &answer {
            Ok(Ok(loaded)) => (Verdict::Found, found(loaded)),
            Ok(Err(reason)) => (Verdict::Absent, reason.clone()),
            Err(error) => (verdict(error), error.reason(provider)),
        };
        if flow(verdict) == Flow::Stop {
            ended_by = Some(provider);
            loaded = answer.map(|answer| answer.ok().map(|loaded| (provider, loaded)));
        }
        chain.push(Step { provider, verdict, reason, looked_at, via });
    }
    Ran { loaded, chain }
}

/// One line for each provider that was asked.
fn looked_for(chain: &[Step]) -> Vec<String> {
    let asked = chain.iter().filter(|step| step.provider != Provider::Explicit);
    asked.map(|step| format!("{}: {}", step.provider, step.reason)).collect()
}

fn verdict(error: &Error) -> Verdict {
    if matches!(error, Error::Partial { .. }) { Verdict::Incomplete } else { Verdict::Failed }
}

/// Why a provider that has credentials has them.
fn found(loaded: &Loaded) -> String {
    match &loaded.stage {
        Stage::Ready(credentials) => match &credentials.access_key_id {
            Some(id) => format!("keys in {}", id.origin),
            None => "keys without an access key ID".to_owned(),
        },
        Stage::Later(_) => loaded.identity.clone(),
    }
}

impl Ask {
    fn load(self, context: &Context<'_>, provider: Provider) -> Answer {
        let keys = |found: Result<Result<Credentials, String>, Error>| {
            Answer::of(found.map(|found| found.map(Loaded::keys)))
        };
        if context.client.offline
            && let Some(what) = self.would_ask()
        {
            return Answer::of(Err(Error::Offline { provider, what }));
        }
        match self {
            Ask::Role(plan) => plan.load(context),
            Ask::WebIdentity(plan) => Answer::of(Ok(Ok(plan.load()))),
            Ask::Sso(plan) => Answer::of(Ok(Ok(plan.load()))),
            Ask::Login(plan) => Answer::of(plan.load(context).map(Ok)),
            Ask::Process(plan) => Answer::of(plan.load(context).map(Ok)),
            Ask::Ec2File(file) => keys(file.load()),
            Ask::BotoConfig(config) => keys(config.load()),
            Ask::Container(plan) => Answer::of(plan.load(context).map(Ok)),
            Ask::Imds(plan) => plan.load(context),
        }
    }

    /// What it would ask beyond this machine's files. Roles and web identities may be answered by the cache, so
    /// they see for themselves.
    fn would_ask(&self) -> Option<String> {
        match self {
            Ask::Sso(plan) => Some(plan.what()),
            Ask::Process(plan) => Some(plan.what()),
            Ask::Container(plan) => Some(plan.what()),
            Ask::Imds(plan) => Some(plan.what()),
            Ask::Role(_) | Ask::WebIdentity(_) | Ask::Login(_) | Ask::Ec2File(_) | Ask::BotoConfig(_) => None,
        }
    }
}
