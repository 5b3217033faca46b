//! What guards demand of a session, whatever was asked for.

use super::error::{Error, Fault};
use super::{By, Narrowed, Narrowing, PolicyArn, READ_ONLY};
use crate::origin::{Located, Origin};

/// The most that a session may be allowed to do.
#[derive(Clone, Debug)]
pub enum Demand {
    /// What the policy `ReadOnlyAccess` allows.
    ReadOnly(Origin),
    /// What one of these policies allows.
    Policies(Located<Vec<PolicyArn>>),
}

impl Demand {
    pub fn origin(&self) -> &Origin {
        match self {
            Demand::ReadOnly(origin) => origin,
            Demand::Policies(found) => &found.origin,
        }
    }

    /// The policies of which the session gets no more than all.
    pub fn policies(&self) -> Vec<String> {
        match self {
            Demand::ReadOnly(_) => vec![READ_ONLY.to_owned()],
            Demand::Policies(found) => found.value.iter().map(PolicyArn::to_string).collect(),
        }
    }

    fn has(&self, policy: &PolicyArn) -> bool {
        match self {
            Demand::ReadOnly(_) => policy.is_managed(READ_ONLY),
            Demand::Policies(found) => found.value.iter().any(|own| own.is(policy)),
        }
    }
}

impl Narrowing {
    /// What was asked for, within what is demanded; all of that, if no policy was asked for. `None` if it is nothing.
    ///
    /// # Errors
    /// Those of [`Narrowing::checked`], and policies beside the demanded ones: several add up, so the session could do more.
    /// This holds for two demands as well.
    pub fn demanded(asked: Option<Narrowing>, demands: &[Demand]) -> Result<Option<Narrowing>, Error> {
        let mut all = asked.unwrap_or_default();
        let is_chosen = all.read_only.is_some() || !all.policy_arns.is_empty();
        for demand in demands.iter().rev().filter(|_| !is_chosen) {
            match demand {
                Demand::ReadOnly(origin) => all.read_only = Some(origin.clone()),
                Demand::Policies(found) => {
                    let own = found.value.iter().map(|arn| Located::new(arn.clone(), found.origin.clone()));
                    all.policy_arns.splice(..0, own);
                }
            }
        }
        for demand in demands {
            if let Some(wider) = all.beside(demand) {
                return Err(Fault::Widens { than: demand.origin().clone() }.at(wider));
            }
        }
        all.checked()
    }

    /// What a program prints that narrows to the policy `ReadOnlyAccess` itself. `None` if anything else was asked for.
    pub fn for_read_only_program(&self, partition: &str) -> Option<Narrowed> {
        let Narrowing {
            role_arn: None,
            policy_arns,
            policy: None,
            read_only: Some(_),
            duration: None,
            session_name: None,
            source_identity: None,
            tags,
        } = self
        else {
            return None;
        };
        let is_all = policy_arns.is_empty() && tags.is_empty();
        is_all.then(|| self.request(By::Program, None, partition)).and_then(Result::ok)
    }

    /// The origin of a policy that may allow what isn't demanded.
    pub(super) fn beside(&self, demand: &Demand) -> Option<Origin> {
        let read_only = PolicyArn::Managed(READ_ONLY.to_owned());
        let read_only = self.read_only.as_ref().filter(|_| !demand.has(&read_only));
        let other = self.policy_arns.iter().find(|found| !demand.has(&found.value));
        let inline = self.policy.as_ref().filter(|policy| policy.value.allows());
        let other = read_only.or_else(|| other.map(|found| &found.origin));
        other.or_else(|| inline.map(|found| &found.origin)).cloned()
    }
}
