//! Whether what was asked for is consistent.

use super::{By, Demand, Error, Fault, Narrowing, Tag, check_duration};
use crate::origin::Located;

/// STS accepts no more managed policies.
const MOST_POLICIES: usize = 10;

/// STS accepts no more tags.
const MOST_TAGS: usize = 50;

impl Narrowing {
    /// What was asked for, if it is consistent. `None` if nothing was.
    ///
    /// # Errors
    /// More than STS accepts, a tag key that is given twice, and policies that widen `--read-only`.
    pub fn checked(self) -> Result<Option<Narrowing>, Error> {
        let Some(first) = self.first().cloned() else { return Ok(None) };
        let count = self.policy_arns.len() + usize::from(self.read_only.is_some());
        if count > MOST_POLICIES {
            let origin = self.policy_arns.last().map_or(first, |found| found.origin.clone());
            return Err(Fault::TooManyPolicies { count }.at(origin));
        }
        if let Some(extra) = self.tags.get(MOST_TAGS) {
            return Err(Fault::TooManyTags { count: self.tags.len() }.at(extra.origin.clone()));
        }
        for (at, tag) in self.tags.iter().enumerate() {
            let is_same =
                |other: &Located<Tag>| other.value.key.to_lowercase() == tag.value.key.to_lowercase();
            if self.tags[..at].iter().any(is_same) {
                return Err(Fault::TagTwice { key: tag.value.key.clone() }.at(tag.origin.clone()));
            }
        }
        if let Some(origin) = &self.read_only
            && let Some(wider) = self.beside(&Demand::ReadOnly(origin.clone()))
        {
            return Err(Fault::Widens { than: origin.clone() }.at(wider));
        }
        if let (Some(_), Some(duration)) = (&self.role_arn, &self.duration) {
            check_duration(duration, By::AssumeRole)?;
        }
        Ok(Some(self))
    }
}
