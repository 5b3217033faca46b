//! What is known of the active profile.

use crate::chain::{self, Expiration as Fault, Identity, Provider, Resolution, Step, Verdict};
use crate::checks::KnownSignIn;
use crate::cmd::session::{ResolveOptions, ResolvedSoFar, Session};
use crate::credentials::{Credentials, Expiration};
use crate::failure::Failure;
use crate::guard::{Agent, Guards};
use crate::origin::{Located, Origin};
use crate::settings::REGION;

/// What is known of the active profile.
pub(super) struct Known<'s> {
    pub(super) session: &'s Session<'s>,
    pub(super) outcome: Outcome,
    /// The sign-in that it needs, or all; none at first.
    pub(super) sign_ins: Vec<KnownSignIn>,
    pub(super) guards: Guards,
    /// Whether the credentials are narrowed to what the policy `ReadOnlyAccess` allows.
    pub(super) is_read_only: bool,
    pub(super) agent: Option<Agent>,
    /// The end of the keys that would assume a role, if it has passed.
    pub(super) source_end: Option<Located<Expiration>>,
}

/// What the chain ends with, as far as it goes without asking anybody.
pub(super) enum Outcome {
    Found(Provider, Box<Credentials>),
    /// The provider that would ask, and whom.
    Pending(Provider, String),
    /// The keys in the environment are past their time.
    Expired(Failure),
    /// The provider that ended the chain, if it began.
    Failed(Option<Provider>, Failure),
}

/// What files, variables and caches alone say.
pub(super) fn known<'s>(session: &'s Session<'s>) -> Result<Known<'s>, Failure> {
    let how = ResolveOptions { offline: true, ..ResolveOptions::default() };
    let Resolution { outcome, chain, narrowed, .. } = session.resolve(how)?;
    let outcome = match outcome {
        Ok((provider, credentials)) => Outcome::Found(provider, Box::new(credentials)),
        Err(chain::Error::Offline { provider, what }) => Outcome::Pending(provider, what),
        // Of a profile that an option names, they would only be the source.
        Err(error @ chain::Error::EnvironmentExpiration { fault: Fault::Passed, .. })
            if !session.selection.is_explicit() =>
        {
            Outcome::Expired(error.into())
        }
        Err(error) => {
            let is_end = |step: &&Step| matches!(step.verdict, Verdict::Failed | Verdict::Incomplete);
            Outcome::Failed(chain.iter().find(is_end).map(|step| step.provider), error.into())
        }
    };
    let (found, pending) = match &outcome {
        Outcome::Found(provider, credentials) => (Some((*provider, &**credentials)), None),
        Outcome::Pending(provider, _) => (None, Some(*provider)),
        Outcome::Expired(_) | Outcome::Failed(..) => (None, None),
    };
    let guards =
        session.guards(ResolvedSoFar { found, pending, narrowed: narrowed.as_ref(), chain: &chain })?;
    let is_read_only = narrowed.is_some_and(|narrowed| narrowed.asked.read_only.is_some());
    let source_end = pending.and_then(|_| session.end_of_source(&chain));
    let (sign_ins, agent) = (Vec::new(), session.agent()?);
    Ok(Known { session, outcome, sign_ins, guards, is_read_only, agent, source_end })
}

impl Outcome {
    /// The outcome with its failure as `advise` makes it.
    pub(super) fn advised(self, advise: impl FnOnce(Failure) -> Failure) -> Outcome {
        match self {
            Outcome::Expired(failure) => Outcome::Expired(advise(failure)),
            Outcome::Failed(provider, failure) => Outcome::Failed(provider, advise(failure)),
            outcome => outcome,
        }
    }

    pub(super) fn failure(self) -> Option<Failure> {
        match self {
            Outcome::Expired(failure) | Outcome::Failed(_, failure) => Some(failure),
            Outcome::Found(..) | Outcome::Pending(..) => None,
        }
    }
}

impl Known<'_> {
    /// Whether only the role of an EC2 instance could give credentials, and not as the source of a role in the profile.
    pub(super) fn is_of_this_machine(&self) -> bool {
        let profile = self.session.files.profile(&self.session.selection.name.value);
        let has_role = || chain::leads(&profile).any(|(provider, ..)| provider == Provider::AssumeRole);
        matches!(self.outcome, Outcome::Pending(Provider::IamRole, _)) && !has_role()
    }

    /// The profile that the identity belongs to, and who chose it. `None` for keys in the environment, unless the profile is known
    /// that they were loaded with.
    pub(super) fn profile(&self) -> Option<Located<&str>> {
        let Session { selection, world, .. } = self.session;
        let loaded = |name| Located::new(name, Origin::environment("XCRED_PROFILE"));
        let own = || Located::new(selection.name.value.as_str(), selection.name.origin.clone());
        match &self.outcome {
            Outcome::Found(Provider::Env, _) | Outcome::Expired(_) => world.profile_of_keys().map(loaded),
            // What `exec --serve` serves doesn't belong to the default profile either.
            Outcome::Pending(Provider::ContainerRole, _) if !selection.is_named() => {
                let served = world.served_profile().filter(|name| *name != selection.name.value);
                Some(served.map_or_else(own, loaded))
            }
            _ => Some(own()),
        }
    }

    /// What the profile's settings say of the identity, if it is theirs.
    pub(super) fn identity(&self) -> Identity<'_> {
        match &self.outcome {
            Outcome::Found(Provider::Env | Provider::Explicit, _) | Outcome::Expired(_) => {
                Identity::default()
            }
            _ => Identity::of(&self.session.files.profile(&self.session.selection.name.value)),
        }
    }

    /// The account that came with the credentials, or the one of the profile's role.
    pub(super) fn account(&self) -> Option<Located<String>> {
        match &self.outcome {
            Outcome::Found(_, credentials) if credentials.account_id.is_some() => {
                credentials.account_id.clone()
            }
            _ => {
                let Identity { account, found, .. } = self.identity();
                Some(Located::new(account?.into_owned(), Origin::File(found?.place())))
            }
        }
    }

    /// The region as it may be shown.
    pub(super) fn region(&self) -> Option<Located<String>> {
        let setting = self.session.lookup().setting(&REGION)?;
        Some(Located::new(setting.shown_value(false)?, setting.winner.origin))
    }

    pub(super) fn expiration(&self) -> Option<Located<Expiration>> {
        match &self.outcome {
            Outcome::Found(_, credentials) => credentials.expiration.clone(),
            _ => self.source_end.clone(),
        }
    }
}
