//! ARNs of roles and policies: their form, and their partition.

use super::error::{Error, Fault};
use crate::origin::Located;
use crate::service::Partition;
use crate::settings::{is_account, is_in_iam_name};

/// A managed policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyArn {
    #[error("{0}")]
    Whole(String),
    /// A policy of AWS, by its name and path, in the partition of the request: `ReadOnlyAccess`,
    /// `job-function/ViewOnlyAccess`.
    #[error("{0}")]
    Managed(String),
}

impl PolicyArn {
    /// Parses an ARN, or the name of a policy of AWS.
    pub fn parse(text: Located<String>) -> Result<Located<PolicyArn>, Error> {
        let is_managed = !text.value.contains(':') && is_path(&text.value);
        match fields(&text.value) {
            Some(["iam", "", account, resource])
                if (*account == *"aws" || is_account(account))
                    && resource.strip_prefix("policy/").is_some_and(is_path) =>
            {
                Ok(text.map(PolicyArn::Whole))
            }
            None if is_managed => Ok(text.map(PolicyArn::Managed)),
            _ => Err(Fault::PolicyArn { text: text.value }.at(text.origin)),
        }
    }

    /// The ARN in a partition.
    pub fn whole(&self, partition: &str) -> String {
        match self {
            PolicyArn::Whole(arn) => arn.clone(),
            PolicyArn::Managed(name) => format!("arn:{partition}:iam::aws:policy/{name}"),
        }
    }

    /// The name and path of a policy of AWS.
    fn managed(&self) -> Option<&str> {
        match self {
            PolicyArn::Managed(name) => Some(name),
            PolicyArn::Whole(arn) => arn.split_once(":iam::aws:policy/").map(|(_, name)| name),
        }
    }

    /// Whether it is the policy of AWS with this name, in whatever partition.
    pub fn is_managed(&self, name: &str) -> bool {
        self.managed() == Some(name)
    }

    /// Whether it is the same policy, in whatever partition if it is one of AWS.
    pub fn is(&self, other: &PolicyArn) -> bool {
        self == other || self.managed().is_some_and(|name| other.is_managed(name))
    }
}

/// Accepts a role's own ARN, not that of one of its sessions.
pub fn role_arn(text: Located<String>) -> Result<Located<String>, Error> {
    match fields(&text.value) {
        Some(["iam", "", account, resource])
            if is_account(account) && resource.strip_prefix("role/").is_some_and(is_path) =>
        {
            Ok(text)
        }
        _ => Err(Fault::RoleArn { text: text.value }.at(text.origin)),
    }
}

/// The partition of an ARN; empty if it has none.
pub(super) fn partition(arn: &str) -> &str {
    arn.split(':').nth(1).unwrap_or_default()
}

/// The fields of an ARN in a known partition: service, region, account, resource.
fn fields(text: &str) -> Option<[&str; 4]> {
    let mut fields = text.splitn(6, ':');
    if fields.next() != Some("arn") || Partition::named(fields.next()?).is_none() {
        return None;
    }
    Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
}

/// Whether it is a name of IAM, perhaps below a path.
fn is_path(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 640
        && text.split('/').all(|part| !part.is_empty() && part.chars().all(is_in_iam_name))
}
