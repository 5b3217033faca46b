//! What the user asks of a sync, besides the listing: the template, and the values of `--set` and `--only`.

use super::error::Error;
use super::pattern::Pattern;
use super::template::Template;
use crate::profile::{KeyPath, is_credential};
use crate::settings::variable;

#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub template: Template,
    pub(super) set: Vec<(KeyPath, String)>,
    /// Nothing means everything.
    pub only: Vec<Pattern>,
    /// Whether profiles of roles that are gone are removed.
    pub prune: bool,
    /// Whether profiles of ours get the name that the template gives them now.
    pub rename: bool,
}

impl Wishes {
    /// Adds keys for new profiles, and for those of ours that don't have them.
    ///
    /// # Errors
    /// A key would take the credentials from elsewhere.
    pub fn with_keys(self, set: Vec<(KeyPath, String)>) -> Result<Wishes, Error> {
        match set.iter().find(|(key, _)| key.name.starts_with("sso_") || is_decisive(&key.name)) {
            Some((key, _)) => Err(Error::Key { key: key.name.clone() }),
            None => Ok(Wishes { set, ..self }),
        }
    }

    /// The keys for new profiles, and for those of ours that don't have them.
    pub fn keys(&self) -> &[(KeyPath, String)] {
        &self.set
    }

    /// Whether a role is among what is synced.
    pub(super) fn includes(&self, account_id: &str, account_name: Option<&str>, role: &str) -> bool {
        let includes =
            |one: &Pattern| one.includes_account(account_id, account_name) && one.includes_role(role);
        self.only.is_empty() || self.only.iter().any(includes)
    }

    /// Whether the roles of an account must be listed.
    pub fn includes_account(&self, id: &str, name: Option<&str>) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one.includes_account(id, name))
    }
}

/// Whether a key takes the credentials of a profile from elsewhere than IAM Identity Center.
pub(super) fn is_decisive(key: &str) -> bool {
    let leads = variable(key).is_some_and(|row| row.leads && !key.starts_with("sso_"));
    leads || is_credential(key)
}
