//! The key that a command is about, and what may be done with it.

use super::super::session::Session;
use crate::credentials::Credentials;
use crate::failure::{Code, Failure};
use crate::keys::Account;
use crate::profile::{Holder, KeyFiles};
use crate::service::iam::AccessKey;
use crate::ui::Ui;

/// A key that IAM has.
pub(super) struct Subject {
    pub(super) key: AccessKey,
    /// Whether the command itself is signed with it.
    signs: bool,
    /// Where it stands on this machine.
    holders: Vec<Holder>,
}

impl Subject {
    /// Says who asks, and finds the key: among those of `user` if one is named, else of the one who asks, else of
    /// whoever IAM says.
    pub(super) fn find(
        id: &str,
        user: Option<&str>,
        session: &Session<'_>,
        account: Account<'_>,
        by: &Credentials,
        ui: &Ui,
    ) -> Result<Subject, Failure> {
        let identity = account.identity(by)?;
        ui.note(format_args!("account {}, {}", identity.account, identity.arn));
        let among = |keys: Vec<AccessKey>| keys.into_iter().find(|key| key.id == id);
        let own = account.keys(by, user).map(among);
        let found = match (own, user) {
            (Ok(Some(key)), _) => Some(key),
            (Ok(None), Some(_)) => None,
            (Err(error), Some(_)) => return Err(error.into()),
            // A role has no keys of its own, so being refused here says nothing yet.
            (_, None) => {
                let owner = account.last_used(by, id)?.user;
                among(account.keys(by, owner.as_deref())?)
            }
        };
        let Some(key) = found else {
            let whose = user.map_or_else(|| "this account".to_owned(), |user| format!("user `{user}`"));
            let failure = Failure::plain(Code::InvalidConfig, format!("{whose} has no access key {id}"));
            return Err(failure.with_help("`xcred keys list --all-users` lists those that there are"));
        };
        let signs = by.access_key_id.as_ref().is_some_and(|signing| signing.value == id);
        let holders = KeyFiles::load(session.world)?.holders(id);
        Ok(Subject { key, signs, holders })
    }

    /// Refuses a key that this machine works with.
    pub(super) fn require_spare(&self, what: &str, allowed: bool) -> Result<(), Failure> {
        let id = &self.key.id;
        let reason = match self.holders.first() {
            _ if allowed => return Ok(()),
            _ if self.signs => "this command is signed with it".to_owned(),
            Some(holder) => format!("it is in {}", holder.place),
            None => return Ok(()),
        };
        let failure = Failure::plain(Code::InvalidConfig, format!("{id} is in use: {reason}"));
        let way = "`xcred keys rotate` replaces it";
        Err(failure.with_help(format!("{way}; to {what} it all the same, give `--even-in-use`")))
    }
}
