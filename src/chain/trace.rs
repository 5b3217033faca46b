//! How each provider ended, and the one rule that decides whether the next is asked.

use super::error::Error;
use super::reason::Reason;
use crate::credentials::Credentials;
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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the credentials.
    Found,
    /// Nothing that it needs exists.
    Absent,
    /// A part of what it needs is missing.
    Incomplete,
    /// It has all that it needs, but no credentials came of it.
    Failed,
    /// Something takes it out of the chain.
    Skipped,
    /// An earlier provider ended the chain.
    NotReached,
}

impl Verdict {
    /// The verdict as JSON has it.
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
    pub is_profile: bool,
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

/// The only place that decides whether the chain goes on. botocore never ignores an error to try the next provider:
/// half a key pair stops the chain as a whole one does.
pub fn flow(verdict: Verdict) -> Flow {
    match verdict {
        Verdict::Absent | Verdict::Skipped => Flow::Continue,
        Verdict::Found | Verdict::Incomplete | Verdict::Failed | Verdict::NotReached => Flow::Stop,
    }
}

/// The end of a chain.
#[derive(Debug)]
pub struct Resolution {
    /// The credentials and their provider, or why there are none.
    pub outcome: Result<(Provider, Credentials), Error>,
    /// How each provider ended, in order. Empty if the chain could not begin.
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
