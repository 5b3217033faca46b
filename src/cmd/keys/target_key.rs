//! The key that a command is about.

use super::super::Cx;
use super::super::session::Session;
use super::caller::{as_profile, session};
use crate::cli::keys::KeyRef;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Failure, Hint};
use crate::keys::{self, Account, Unfinished, command};
use crate::profile::{Holder, KeyFiles};
use crate::service::iam::AccessKey;
use crate::ui::Ui;

pub(super) struct TargetKey {
    pub(super) key: AccessKey,
    /// The profile that makes the requests of the command.
    pub(super) profile: String,
    /// Whether the command's own requests are signed with it.
    signs: bool,
    /// Where it is on this machine.
    holders: Vec<Holder>,
    /// What has it in its journal.
    unfinished: Option<Unfinished>,
}

/// Shows the caller, finds the key, and does something with it.
pub(super) fn with_key(
    key: &KeyRef,
    cx: Cx<'_>,
    act: impl FnOnce(&TargetKey, Account<'_>, &Credentials) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let session = session(cx, &key.expecting)?;
    as_profile(&session, |account, by| act(&TargetKey::find(key, &session, account, by, cx.ui)?, account, by))
}

impl TargetKey {
    /// The key of the user that is given, otherwise the caller's, otherwise of the user that IAM names.
    fn find(
        KeyRef { id, user, .. }: &KeyRef,
        session: &Session<'_>,
        account: Account<'_>,
        by: &Credentials,
        ui: &Ui,
    ) -> Result<TargetKey, Failure> {
        let user = user.as_deref();
        let profile = session.selection.name.value.clone();
        let identity = account.identity(by)?;
        ui.note(format_args!("account {}, {}", identity.account, identity.arn));
        let among = |keys: Vec<AccessKey>| keys.into_iter().find(|key| key.id == *id);
        let own = account.keys(by, user).map(among);
        let found = match (own, user) {
            (Ok(Some(key)), _) => Some(key),
            (Ok(None), Some(_)) => None,
            (Err(error), Some(_)) => return Err(error.into()),
            // A role has no keys of its own, so that an error means nothing yet.
            (_, None) => {
                let owner = account.last_used(by, None, id)?.user;
                among(account.keys(by, owner.as_deref())?)
            }
        };
        let Some(key) = found else {
            let whose = user.map_or_else(|| "this account".to_owned(), |user| format!("user `{user}`"));
            let failure = Failure::plain(Code::InvalidConfig, format!("{whose} has no access key {id}"));
            let list = command("list", &profile).flag("--all-users");
            return Err(failure.with_help(Hint::from("run ").run(list).say(" to see all keys")));
        };
        let signs = by.access_key_id.as_ref().is_some_and(|signing| signing.value == *id);
        let holders = KeyFiles::load(session.world)?.holders(id);
        let unfinished = keys::holding(session.world, &session.files, id);
        Ok(TargetKey { key, profile, signs, holders, unfinished })
    }

    /// Rejects a key that this machine uses.
    pub(super) fn require_spare(&self, what: &str, allowed: bool) -> Result<(), Failure> {
        let id = &self.key.id;
        let way = |hint: Hint| hint.say(format!("; to {what} it anyway, add `--even-in-use`"));
        if let Some(unfinished) = self.unfinished.as_ref().filter(|_| !allowed) {
            let message = format!("{id} is in use: it is {}", unfinished.reference());
            return Err(Failure::plain(Code::InvalidConfig, message).with_help(way(unfinished.again.ways())));
        }
        let reason = match self.holders.first() {
            _ if allowed => return Ok(()),
            _ if self.signs => "this command is signed with it".to_owned(),
            Some(holder) => format!("it is in {}", holder.place),
            None => return Ok(()),
        };
        let failure = Failure::plain(Code::InvalidConfig, format!("{id} is in use: {reason}"));
        // Only the key that signs is known to be the profile's own; `rotate` would replace another.
        let replace = if self.signs {
            Hint::default().run(command("rotate", &self.profile)).say(" replaces it")
        } else {
            Hint::from("rotate it with the profile that uses it")
        };
        Err(failure.with_help(way(replace)))
    }
}
