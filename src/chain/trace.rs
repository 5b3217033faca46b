//! How each provider ended, and the rule that decides whether the chain continues.

use std::ops::ControlFlow;

use super::device::Device;
use super::error::{BEHIND_A_ROLE, Error};
use super::fingerprint::Fingerprint;
use super::reason::Reason;
use crate::credentials::Credentials;
use crate::narrowing::Narrowed;
use crate::origin::Origin;
use crate::sdk::Provider;

/// One provider's part in a resolution.
#[derive(Debug)]
pub struct Step {
    pub provider: Provider,
    pub verdict: Verdict,
    pub reason: Reason,
    /// What it looked at, or would have looked at.
    pub looked_at: Vec<Origin>,
    /// For a role: where the credentials that assume it come from.
    pub via: Option<Source>,
    /// The MFA device that it uses.
    pub mfa: Option<Device>,
}

impl Step {
    /// A step of a provider that is not a role, and that looked at one place at most.
    pub(super) fn new(provider: Provider, verdict: Verdict, reason: Reason, origin: Option<Origin>) -> Step {
        Step { provider, verdict, reason, looked_at: origin.into_iter().collect(), via: None, mfa: None }
    }

    /// Whether an MFA code is part of it, or of its source.
    pub fn needs_code(&self) -> bool {
        self.mfa.is_some() || self.via.as_ref().is_some_and(|via| via.chain.iter().any(Step::needs_code))
    }

    /// Whether the provider has, would have or lacks something that a person should know of.
    pub fn is_of_interest(&self) -> bool {
        let has_tried = matches!(
            self.verdict,
            Verdict::Found | Verdict::WouldAsk | Verdict::Incomplete | Verdict::Failed
        );
        let tells = matches!(
            self.reason,
            Reason::NoKeyId { only_secret: true, .. } | Reason::Empty(_) | Reason::HasWebIdentity
        );
        has_tried || tells
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the credentials.
    Found,
    /// Nothing that it needs exists.
    Absent,
    /// Something that it needs is missing.
    Incomplete,
    /// It has everything that it needs, but failed.
    Failed,
    /// Its next step leaves the machine, which `--offline` prevents.
    WouldAsk,
    /// It is not part of the chain.
    Skipped,
    /// An earlier provider ended the chain.
    NotReached,
}

impl Verdict {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Found => "found",
            Verdict::Absent => "absent",
            Verdict::Incomplete => "incomplete",
            Verdict::Failed => "failed",
            Verdict::WouldAsk => "would-ask",
            Verdict::Skipped => "skipped",
            Verdict::NotReached => "not-reached",
        }
    }
}

/// The chain inside a role.
#[derive(Debug)]
pub struct Source {
    /// The source profile, or the value of `credential_source`.
    pub name: String,
    pub is_profile: bool,
    /// The ARN of the role.
    pub role: String,
    pub chain: Vec<Step>,
}

/// The only place that decides whether the chain continues. botocore never ignores an error to try the next provider:
/// half a key pair stops the chain, as a complete pair does.
pub fn flow(verdict: Verdict) -> ControlFlow<()> {
    match verdict {
        Verdict::Absent | Verdict::Skipped => ControlFlow::Continue(()),
        Verdict::Found | Verdict::Incomplete | Verdict::Failed | Verdict::WouldAsk | Verdict::NotReached => {
            ControlFlow::Break(())
        }
    }
}

/// The end of a chain.
#[derive(Debug)]
pub struct Resolution {
    /// The credentials and their provider, or why there are none.
    pub outcome: Result<(Provider, Credentials), Error>,
    /// How each provider ended, in order. Empty if the chain could not begin.
    pub chain: Vec<Step>,
    /// What narrows the credentials, or would narrow them, if that was asked for.
    pub narrowed: Option<Narrowed>,
    /// What identifies the credentials, if a provider was chosen.
    pub fingerprint: Option<Fingerprint>,
}

impl Resolution {
    /// The outcome, with a failed request of a role or a sign-in reported as pending.
    pub fn planned(self) -> Result<(Provider, Credentials), Error> {
        let failed = self.chain.iter().find(|step| step.verdict == Verdict::Failed).map(|step| step.provider);
        match (self.outcome, failed.filter(|provider| BEHIND_A_ROLE.contains(provider))) {
            (Err(error), Some(provider)) => Err(Error::Offline { provider, what: error.to_string() }),
            (outcome, _) => outcome,
        }
    }

    /// A chain that chose no provider.
    pub(super) fn failed(error: Error, chain: Vec<Step>) -> Resolution {
        Resolution { outcome: Err(error), chain, narrowed: None, fingerprint: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_continues_only_after_an_absent_or_skipped_provider() {
        for (verdict, expected) in [
            (Verdict::Found, true),
            (Verdict::Absent, false),
            (Verdict::Incomplete, true),
            (Verdict::Failed, true),
            (Verdict::WouldAsk, true),
            (Verdict::Skipped, false),
            (Verdict::NotReached, true),
        ] {
            assert_eq!(flow(verdict).is_break(), expected, "{verdict:?}");
        }
    }
}
