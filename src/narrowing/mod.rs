//! What restricts a session, and what marks it: session policies, its duration and its names. Data and its checks; nothing here
//! sends a request.
//!
//! A [`Narrowing`] is what was asked for, and [`Narrowed`] what one request to STS gets of it. Session policies never grant
//! anything by themselves. Several of them add up: a session may do what one of them allows and the identity allows too. So
//! nothing that allows may be added to policies that are meant as a limit; [`Narrowing::demanded`] refuses it.

mod arn;
mod checked;
mod demand;
mod error;
mod naming;
mod policy;
mod unique;
mod values;

pub use arn::{PolicyArn, role_arn};
pub use demand::Demand;
pub use error::{Error, Fault};
pub use naming::{Naming, SessionName, Template};
pub use policy::Policy;
pub use values::{Tag, duration, name};

use serde_json::{Value, json};

use crate::origin::{Located, Origin};
use crate::settings::CREDENTIAL_PROCESS;
use naming::LONGEST_FEDERATED_NAME;

/// The longest session of a role, in seconds.
const LONGEST_OF_ROLE: u32 = 43_200;

/// The longest session of a role that another role assumes, in seconds.
const LONGEST_CHAINED: u32 = 3600;

/// The managed policy of `--read-only`.
const READ_ONLY: &str = "ReadOnlyAccess";

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// A role that the credentials assume.
    pub role_arn: Option<Located<String>>,
    pub policy_arns: Vec<Located<PolicyArn>>,
    pub policy: Option<Located<Policy>>,
    /// What asks for the policy `ReadOnlyAccess`.
    pub read_only: Option<Origin>,
    /// In seconds.
    pub duration: Option<Located<u32>>,
    pub session_name: Option<Located<String>>,
    pub source_identity: Option<Located<String>>,
    pub tags: Vec<Located<Tag>>,
}

/// What narrows: an operation of STS, or a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    AssumeRole,
    AssumeRoleWithWebIdentity,
    GetFederationToken,
    /// The program that prints the credentials: it is this one, and narrows them itself.
    Program,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            By::AssumeRole => "AssumeRole",
            By::AssumeRoleWithWebIdentity => "AssumeRoleWithWebIdentity",
            By::GetFederationToken => "GetFederationToken",
            By::Program => CREDENTIAL_PROCESS.name,
        }
    }
}

/// What one request gets.
#[derive(Clone, Debug)]
pub struct Narrowed {
    pub by: By,
    /// What was asked for, with the role that is assumed, which is `None` for a federated user.
    pub asked: Narrowing,
    /// Whole ARNs, with the one of `read_only`.
    pub policy_arns: Vec<Located<String>>,
}

impl Narrowing {
    /// The origin of what was asked for first. `None` if nothing was.
    pub fn first(&self) -> Option<&Origin> {
        let Narrowing {
            role_arn,
            policy_arns,
            policy,
            read_only,
            duration,
            session_name,
            source_identity,
            tags,
        } = self;
        let origins = [
            role_arn.as_ref().map(|found| &found.origin),
            read_only.as_ref(),
            policy_arns.first().map(|found| &found.origin),
            policy.as_ref().map(|found| &found.origin),
            duration.as_ref().map(|found| &found.origin),
            session_name.as_ref().map(|found| &found.origin),
            source_identity.as_ref().map(|found| &found.origin),
            tags.first().map(|found| &found.origin),
        ];
        origins.into_iter().flatten().next()
    }

    /// Refuses a duration that STS gives to no role which is assumed with the credentials of another one.
    pub fn check_chained(&self) -> Result<(), Error> {
        match &self.duration {
            Some(duration) if duration.value > LONGEST_CHAINED => {
                Err(Fault::TooLongForChain.at(duration.origin.clone()))
            }
            _ => Ok(()),
        }
    }

    /// What a request for the role gets, which may be the profile's own.
    ///
    /// # Errors
    /// A policy of another partition, and what the operation has no parameter for.
    pub fn for_role(&self, by: By, role_arn: &Located<String>) -> Result<Narrowed, Error> {
        if by == By::AssumeRoleWithWebIdentity {
            let source_identity = self.source_identity.as_ref().map(|found| &found.origin);
            if let Some(origin) = source_identity.or_else(|| self.tags.first().map(|tag| &tag.origin)) {
                return Err(Fault::NotByWebIdentity.at(origin.clone()));
            }
        }
        let partition = arn::partition(&role_arn.value);
        self.request(by, Some(role_arn.clone()), partition)
    }

    /// What a request for a federated user gets. `partition` is that of the region.
    ///
    /// # Errors
    /// Those of [`Narrowing::for_role`], and policies that are missing: the session could do nothing.
    pub fn for_federation(&self, partition: &str) -> Result<Narrowed, Error> {
        if let Some(identity) = &self.source_identity {
            return Err(Fault::NotByFederation.at(identity.origin.clone()));
        }
        if let Some(name) = &self.session_name
            && name.value.len() > LONGEST_FEDERATED_NAME
        {
            let fault = Fault::FederatedName { length: name.value.len(), most: LONGEST_FEDERATED_NAME };
            return Err(fault.at(name.origin.clone()));
        }
        let has_policy = self.policy.is_some() || !self.policy_arns.is_empty() || self.read_only.is_some();
        if !has_policy && let Some(origin) = self.first() {
            return Err(Fault::NoPolicy.at(origin.clone()));
        }
        self.request(By::GetFederationToken, None, partition)
    }

    fn request(&self, by: By, role_arn: Option<Located<String>>, partition: &str) -> Result<Narrowed, Error> {
        let whole = |found: &Located<PolicyArn>| {
            let arn = found.value.whole(partition);
            match arn::partition(&arn) {
                own if own == partition => Ok(Located::new(arn, found.origin.clone())),
                _ => {
                    let other = partition.to_owned();
                    Err(Fault::OtherPartition { arn, other }.at(found.origin.clone()))
                }
            }
        };
        let read_only = self
            .read_only
            .iter()
            .map(|origin| Located::new(PolicyArn::Managed(READ_ONLY.to_owned()), origin.clone()));
        let mut policy_arns: Vec<Located<String>> = Vec::new();
        for found in read_only.chain(self.policy_arns.iter().cloned()) {
            let found = whole(&found)?;
            if policy_arns.iter().all(|known| known.value != found.value) {
                policy_arns.push(found);
            }
        }
        self.duration.as_ref().map_or(Ok(()), |duration| check_duration(duration, by))?;
        Ok(Narrowed { by, asked: Narrowing { role_arn, ..self.clone() }, policy_arns })
    }
}

fn check_duration(duration: &Located<u32>, by: By) -> Result<(), Error> {
    if by != By::GetFederationToken && duration.value > LONGEST_OF_ROLE {
        return Err(Fault::TooLongForRole.at(duration.origin.clone()));
    }
    Ok(())
}

impl Narrowed {
    /// Everything that distinguishes it from other requests for the same identity, for the cache.
    pub fn key(&self) -> Value {
        let Narrowing {
            role_arn: _,
            policy_arns: _,
            policy,
            read_only: _,
            duration,
            session_name,
            source_identity,
            tags,
        } = &self.asked;
        let mut arns = self.arns();
        arns.sort_unstable();
        json!({
            "PolicyArns": arns,
            "Policy": policy.as_ref().map(|policy| policy.value.text()),
            "DurationSeconds": duration.as_ref().map(|duration| duration.value),
            "SessionName": session_name.as_ref().map(|name| &name.value),
            "SourceIdentity": source_identity.as_ref().map(|name| &name.value),
            "Tags": tags.iter().map(|tag| [&tag.value.key, &tag.value.value]).collect::<Vec<_>>(),
        })
    }

    /// The texts of the policy ARNs.
    pub fn arns(&self) -> Vec<&str> {
        self.policy_arns.iter().map(|arn| arn.value.as_str()).collect()
    }

    /// The keys and values of the tags.
    pub fn tags(&self) -> Vec<(&str, &str)> {
        self.asked.tags.iter().map(|tag| (tag.value.key.as_str(), tag.value.value.as_str())).collect()
    }

    /// The duration in seconds.
    pub fn seconds(&self) -> Option<i64> {
        self.asked.duration.as_ref().map(|duration| duration.value.into())
    }

    /// The role that is assumed.
    pub fn role_arn(&self) -> Option<&str> {
        self.asked.role_arn.as_ref().map(|role| role.value.as_str())
    }

    /// The name of the session.
    pub fn name(&self) -> Option<&str> {
        self.asked.session_name.as_ref().map(|name| name.value.as_str())
    }
}

#[cfg(test)]
mod tests;
