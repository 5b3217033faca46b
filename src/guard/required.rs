//! The accounts that an option and the guards of profiles require.

use super::Error;
use super::account::Account;
use crate::config::{AccountId, Config, Guard};
use crate::origin::Origin;

/// All accounts that are required: that of the option, and those of the guards of the profiles.
#[derive(Debug, Default)]
pub(crate) struct Required(Vec<Account>);

impl Required {
    /// # Errors
    /// Two of them contradict each other.
    pub(crate) fn of<'p>(
        option: Option<(&'static str, &AccountId)>,
        profiles: impl IntoIterator<Item = &'p str>,
        config: &Config,
    ) -> Result<Required, Error> {
        let option = option.map(|(name, id)| {
            let origin = Origin::Option { name };
            Account { id: id.clone(), profile: None, origin }
        });
        let guards = profiles.into_iter().filter_map(|profile| {
            let Guard { profile, value, place } = config.account_guard(profile)?;
            Some(Account { id: value, profile: Some(profile), origin: Origin::File(place) })
        });
        let all: Vec<Account> = option.into_iter().chain(guards).collect();
        if let Some(first) = all.first()
            && let Some(other) = all.iter().find(|other| other.id != first.id)
        {
            return Err(Error::Contradiction {
                one: Box::new(other.clone()),
                other: Box::new(first.clone()),
            });
        }
        Ok(Required(all))
    }

    /// The account; none where any will do.
    pub(crate) fn account(&self) -> Option<&Account> {
        // The guard tells more than the option.
        self.0.last()
    }

    /// Refuses another account than the required one.
    pub(crate) fn check(&self, found: &str) -> Result<(), Error> {
        match self.account() {
            Some(required) if required.id.as_str() != found => {
                Err(Error::OtherAccount { required: Box::new(required.clone()), found: found.to_owned() })
            }
            _ => Ok(()),
        }
    }
}
