//! How each provider ended, as the chain is asked.

use serde_json::Value;

use crate::chain::error::Error;
use crate::chain::fingerprint;
use crate::chain::reason::Reason;
use crate::chain::run::failed;
use crate::chain::trace::{Source, Step, Verdict};
use crate::credentials::Credentials;
use crate::narrowing::Narrowed;
use crate::origin::Origin;
use crate::sdk::{Flow, Problem, Provider};

/// What a provider has.
pub(super) struct Got {
    pub(super) provider: Provider,
    pub(super) credentials: Credentials,
    /// Who they are, for people.
    pub(super) identity: String,
    /// Who they are, for the cache: it differs for any two identities.
    pub(super) key: Value,
    /// For a role: where the credentials that assume it come from.
    pub(super) via: Option<Source>,
    /// What has narrowed them.
    pub(super) narrowed: Option<Box<Narrowed>>,
}

impl Got {
    /// Credentials of no role, as they are.
    pub(super) fn new(provider: Provider, credentials: Credentials, identity: String, key: Value) -> Got {
        Got { provider, credentials, identity, key, via: None, narrowed: None }
    }

    /// Credentials that a place has issued, which may issue those of another identity the next time.
    pub(super) fn issued(
        provider: Provider,
        credentials: Credentials,
        identity: String,
        place: Value,
    ) -> Got {
        let key = fingerprint::issued(place, &credentials);
        Got::new(provider, credentials, identity, key)
    }
}

/// Why a provider has nothing.
pub(super) enum Miss {
    /// Nothing that it needs exists.
    Absent(Reason),
    Failed {
        problem: Problem,
        error: Box<Error>,
        via: Option<Source>,
    },
    /// What the rules can't change: a plan that `--offline` ends, or the user.
    Over {
        error: Box<Error>,
        via: Option<Source>,
        /// What `--offline` didn't ask for, if the request makes no difference to who it is.
        unasked: Option<Box<Unasked>>,
    },
}

/// Credentials that weren't asked for.
pub(super) struct Unasked {
    /// Who they are, for people and for the cache.
    pub(super) identity: String,
    pub(super) key: Value,
}

impl Miss {
    pub(super) fn failed(problem: Problem, error: impl Into<Error>) -> Miss {
        match error.into() {
            error @ (Error::Offline { .. } | Error::Interrupted) => Miss::over(error),
            error => Miss::Failed { problem, error: Box::new(error), via: None },
        }
    }

    pub(super) fn over(error: Error) -> Miss {
        Miss::Over { error: Box::new(error), via: None, unasked: None }
    }

    /// Says who the credentials are that a plan doesn't ask for.
    pub(super) fn of(self, identity: String, key: Value) -> Miss {
        match self {
            Miss::Over { error, via, .. } if error.is_behind_a_role() => {
                Miss::Over { error, via, unasked: Some(Box::new(Unasked { identity, key })) }
            }
            other => other,
        }
    }

    pub(super) fn no_key(keys: &'static [&'static str]) -> Miss {
        Miss::Absent(Reason::NoKey(keys))
    }

    /// Makes a failure one that ends the chain, if no other provider may follow: `is_last`.
    pub(super) fn last(self, is_last: bool) -> Miss {
        match self {
            Miss::Failed { error, via, .. } if is_last => Miss::Over { error, via, unasked: None },
            other => other,
        }
    }

    /// Adds the chain of the source that the last step of another trail has.
    pub(super) fn seen_in(self, below: Trail) -> Miss {
        match self {
            Miss::Over { error, via: None, unasked } => {
                let last = below.into_steps().pop();
                Miss::Over { error, via: last.and_then(|step| step.via), unasked }
            }
            other => other,
        }
    }

    /// Adds the chain of the source.
    pub(super) fn via(self, source: Source) -> Miss {
        match self {
            Miss::Over { error, unasked, .. } => Miss::Over { error, via: Some(source), unasked },
            Miss::Failed { problem, error, .. } => Miss::Failed { problem, error, via: Some(source) },
            Miss::Absent(reason) => Miss::Absent(reason),
        }
    }
}

pub(super) type Attempt = Result<Got, Miss>;

/// The steps so far.
#[derive(Default)]
pub(super) struct Trail {
    steps: Vec<Step>,
    /// The problem that has left the link of the chain.
    left: Option<Problem>,
    /// What the plan that ended it doesn't ask for.
    unasked: Option<Box<Unasked>>,
}

impl Trail {
    /// Notes how a provider ended. `Ok(None)` if the chain goes on.
    pub(super) fn record(
        &mut self,
        provider: Provider,
        attempt: Attempt,
        flow: fn(Problem) -> Flow,
    ) -> Result<Option<Got>, Error> {
        match attempt {
            Ok(mut got) => {
                let origin = got.credentials.access_key_id.as_ref().map(|id| id.origin.clone());
                let reason = match &origin {
                    Some(Origin::File(_) | Origin::Environment { .. }) => {
                        Reason::Keys(got.credentials.access_key_id.clone())
                    }
                    _ => Reason::Identity(got.identity.clone()),
                };
                let via = got.via.take();
                self.push(Step { via, ..Step::new(got.provider, Verdict::Found, reason, origin) });
                Ok(Some(got))
            }
            Err(Miss::Absent(reason)) => {
                self.push(Step::new(provider, Verdict::Absent, reason, None));
                Ok(None)
            }
            Err(Miss::Over { error, via, unasked }) => {
                self.unasked = unasked;
                self.fail(provider, &error, via);
                Err(*error)
            }
            Err(Miss::Failed { problem, error, via }) => {
                self.fail(provider, &error, via);
                match flow(problem) {
                    Flow::Stop => Err(*error),
                    Flow::Next => {
                        self.left = Some(problem);
                        Ok(None)
                    }
                    Flow::Skip => Ok(None),
                }
            }
        }
    }

    fn fail(&mut self, provider: Provider, error: &Error, via: Option<Source>) {
        use crate::failure::Explain as _;
        let (verdict, reason) = failed(error, provider);
        self.push(Step { via, ..Step::new(provider, verdict, reason, error.origin()) });
    }

    fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Adds the steps of another trail.
    pub(super) fn append(&mut self, other: Trail) {
        self.steps.extend(other.steps);
        self.left = self.left.or(other.left);
    }

    /// Begins a link of the chain.
    pub(super) fn enter(&mut self) {
        self.left = None;
    }

    /// The problem that has left the link of the chain, if one has.
    pub(super) fn left(&self) -> Option<Problem> {
        self.left
    }

    /// The error that ended it.
    pub(super) fn over(&mut self, error: Error) -> Miss {
        Miss::Over { error: Box::new(error), via: None, unasked: self.unasked.take() }
    }

    /// The provider of the last step.
    pub(super) fn last(&self) -> Option<Provider> {
        self.steps.last().map(|step| step.provider)
    }

    /// Whether the credentials are a role's, and those of its source were not requested.
    pub(super) fn is_without_source(&self) -> bool {
        fn is_unasked(source: &Source) -> bool {
            let is =
                |step: &Step| step.verdict == Verdict::WouldAsk || step.via.as_ref().is_some_and(is_unasked);
            source.chain.iter().any(is)
        }
        self.steps.last().and_then(|step| step.via.as_ref()).is_some_and(is_unasked)
    }

    pub(super) fn into_steps(self) -> Vec<Step> {
        self.steps
    }
}
