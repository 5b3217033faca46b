//! What a request to STS gets of a narrowing.

use super::context::Context;
use crate::credentials::Credentials;
use crate::failure::Hint;
use crate::narrowing::Narrowed;
use crate::service::sts::Restrictions;
use crate::service::{self, Sent};

/// The parameters of a request. Empty if nothing narrows it.
pub(super) struct Parameters<'n> {
    narrowed: Option<&'n Narrowed>,
    arns: Vec<&'n str>,
    tags: Vec<(&'n str, &'n str)>,
}

impl<'n> Parameters<'n> {
    pub(super) fn of(narrowed: Option<&'n Narrowed>) -> Parameters<'n> {
        Parameters {
            narrowed,
            arns: narrowed.map(Narrowed::arns).unwrap_or_default(),
            tags: narrowed.map(Narrowed::tags).unwrap_or_default(),
        }
    }

    pub(super) fn restrictions(&self) -> Restrictions<'_> {
        let policy = self.narrowed.and_then(|narrowed| narrowed.asked.policy.as_ref());
        let identity = self.narrowed.and_then(|narrowed| narrowed.asked.source_identity.as_ref());
        Restrictions {
            policy: policy.map(|policy| policy.value.text()),
            policy_arns: &self.arns,
            tags: &self.tags,
            source_identity: identity.map(|identity| identity.value.as_str()),
        }
    }

    /// What to do where STS refuses a request that nothing signs, or whose source is not known any more. `None` for a request
    /// that nothing narrows, unless it is for the root user: the refusal is about the profile.
    pub(super) fn advice(&self, error: &service::Error, context: &Context<'_>) -> Option<Hint> {
        if self.narrowed.is_none() && !error.is_for_root() {
            return None;
        }
        let (keys, profile) = (&Credentials::default(), &context.client.profile.name.value);
        Sent { chose_duration: self.chose_duration(), ..Sent::by(keys, profile) }.advice(error, profile)
    }

    /// Whether the duration of the request comes from the narrowing.
    pub(super) fn chose_duration(&self) -> bool {
        self.narrowed.is_some_and(|narrowed| narrowed.asked.duration.is_some())
    }
}
