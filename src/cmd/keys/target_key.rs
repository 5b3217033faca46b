//! The key that a command is about.

use super::super::session::Session;
use crate::credentials::Credentials;
use crate::failure::{Code, Failure, Hint};
use crate::keys::{Account, command};
use crate::profile::{Holder, KeyFiles};
use crate::service::iam::AccessKey;
use crate::ui::Ui;

pub(super) struct TargetKey {
    pub(super) key: AccessKey,
    /// The profile that makes the requests of the command.
    profile: String,
    /// Whether the command's own requests are signed with it.
    signs: bool,
    /// Where it is on this machine.
    holders: Vec<Holder>,
}

impl TargetKey {
    /// Shows the caller, and finds the key: of `user` if it is given, otherwise the caller's, otherwise of the user that
    /// IAM names.
    pub(super) fn find(
        id: &str,
        user: Option<&str>,
        session: &Session<'_>,
        account: Account<'_>,
        by: &Credentials,
        ui: &Ui,
    ) -> Result<TargetKey, Failure> {
        let profile = session.selection.name.value.clone();
        let identity = account.identity(by)?;
        ui.note(format_args!("account {}, {}", identity.account, identity.arn));
        let among = |keys: Vec<AccessKey>| keys.into_iter().find(|key| key.id == id);
        let own = account.keys(by, user).map(among);
        let found = match (own, user) {
            (Ok(Some(key)), _) => Some(key),
            (Ok(None), Some(_)) => None,
            (Err(error), Some(_)) => return Err(error.into()),
            // A role has no keys of its own, so that an error means nothing yet.
            (_, None) => {
                let owner = account.last_used(by, id)?.user;
                among(account.keys(by, owner.as_deref())?)
            }
        };
        let Some(key) = found else {
            let whose = user.map_or_else(|| "this account".to_owned(), |user| format!("user `{user}`"));
            let failure = Failure::plain(Code::InvalidConfig, format!("{whose} has no access key {id}"));
            let list = command("list", &profile).flag("--all-users");
            return Err(failure.with_help(Hint::from("run ").run(list).say(" to see all keys")));
        };
        let signs = by.access_key_id.as_ref().is_some_and(|signing| signing.value == id);
        let holders = KeyFiles::load(session.world)?.holders(id);
        Ok(TargetKey { key, profile, signs, holders })
    }

    /// Rejects a key that this machine uses.
    pub(super) fn require_spare(&self, what: &str, allowed: bool) -> Result<(), Failure> {
        let id = &self.key.id;
        let reason = match self.holders.first() {
            _ if allowed => return Ok(()),
            _ if self.signs => "this command is signed with it".to_owned(),
            Some(holder) => format!("it is in {}", holder.place),
            None => return Ok(()),
        };
        let failure = Failure::plain(Code::InvalidConfig, format!("{id} is in use: {reason}"));
        // Only the key that signs is known to be the profile's own; `rotate` would replace another.
        let way = if self.signs {
            Hint::default().run(command("rotate", &self.profile)).say(" replaces it")
        } else {
            Hint::from("rotate it with the profile that uses it")
        };
        Err(failure.with_help(way.say(format!("; to {what} it anyway, add `--even-in-use`"))))
    }
}
