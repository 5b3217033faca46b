//! What became of each provider, and the one rule that decides whether the next is asked.

use super::error::Error;
use super::reason::Reason;
use crate::credentials::Credentials;
use crate::origin::Origin;
use crate::sdk::Provider;

/// One provider's part in a resolution.
#[derive(Debug)]
pub struct Step {
    /// Which provider.
    pub provider: Provider,
    /// How it ended.
    pub verdict: Verdict,
    pub reason: Reason,
    /// What it looked at, or would have.
    pub looked_at: Vec<Origin>,
    /// For a role: where the credentials that assume it come from.
    pub via: Option<Source>,
}

/// How a provider ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It gave the credentials.
    Found,
    /// Nothing that it needs is there.
    Absent,
    /// A part of what it needs is there.
    Incomplete,
    /// It has all that it needs, and could not give credentials.
    Failed,
    /// Something takes it out of the chain.
    Skipped,
    /// An earlier provider ended the chain.
    NotReached,
}

impl Verdict {
    /// The verdict as it stands in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Found => "found",
            Verdict::Absent => "absent",
            Verdict::Incomplete => "incomplete",
            Verdict::Failed => "failed",
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
    /// Whether `name` is a profile.
    pub is_profile: bool,
    /// What became of its providers.
    pub chain: Vec<Step>,
}

/// Whether the chain goes on after a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The next provider is asked.
    Continue,
    /// The chain ends with this provider's answer or error.
    Stop,
}

/// The only place that decides whether the chain goes on. botocore swallows no error to try the next provider:
/// half a key pair stops the chain as surely as a whole one.
pub fn flow(verdict: Verdict) -> Flow {
    match verdict {
        Verdict::Absent | Verdict::Skipped => Flow::Continue,
        Verdict::Found | Verdict::Incomplete | Verdict::Failed | Verdict::NotReached => Flow::Stop,
    }
}

/// What a chain ended in.
#[derive(Debug)]
pub struct Resolution {
    /// The provider that gave the credentials, and what it gave; or why there are none.
    pub outcome: Result<(Provider, Credentials), Error>,
    /// What became of each provider, in order. Empty if the chain could not begin.
    pub chain: Vec<Step>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_there_lets_the_chain_go_on() {
        for (verdict, expected) in [
            (Verdict::Found, Flow::Stop),
            (Verdict::Absent, Flow::Continue),
            (Verdict::Incomplete, Flow::Stop),
            (Verdict::Failed, Flow::Stop),
            (Verdict::Skipped, Flow::Continue),
            (Verdict::NotReached, Flow::Stop),
        ] {
            assert_eq!(flow(verdict), expected, "{verdict:?}");
        }
    }
}
