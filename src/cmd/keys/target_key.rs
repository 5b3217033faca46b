//! The key that a command is about.

use super::super::Cx;
use super::super::session::Session;
use super::caller::{as_profile, own_key, session};
use crate::cli::keys::KeyRef;
use crate::credentials::Credentials;
use crate::failure::{Code, Exit, Explain as _, Failure, Hint};
use crate::keys::{self, Access, Account, Error, Unfinished, UserKeys};
use crate::profile::KeyFiles;
use crate::service::iam::AccessKey;
use crate::ui::Ui;

pub(super) struct TargetKey {
    pub(super) key: AccessKey,
    /// Signs the requests of the command.
    pub(super) access: Access,
    /// Whether the command's own requests are signed with it.
    signs: bool,
    /// Whether the profile has it in a file, so that `rotate` would replace it.
    is_own: bool,
    /// Where it is on this machine.
    place: Option<String>,
    /// What has it in its journal. An error if a journal that can't be used might.
    unfinished: Result<Option<Unfinished>, Error>,
}

/// Shows the caller, finds the key, and does something with it among the keys of its user.
pub(super) fn with_key(
    key: &KeyRef,
    cx: Cx<'_>,
    act: impl FnOnce(&TargetKey, UserKeys<'_>) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let session = session(cx, &key.expecting)?;
    as_profile(&session, |account, by, access| {
        let target = TargetKey::find(key, &session, account, (by, access), cx.ui)?;
        act(&target, account.keys_of(by, target.key.user.as_deref()))
    })
}

impl TargetKey {
    /// The key of the user that is given, otherwise the caller's, otherwise of the user that IAM names.
    fn find(
        KeyRef { id, user, .. }: &KeyRef,
        session: &Session<'_>,
        account: Account<'_>,
        (by, access): (&Credentials, &Access),
        ui: &Ui,
    ) -> Result<TargetKey, Failure> {
        let user = user.as_deref();
        let identity = account.identity(by)?;
        ui.note(format_args!("account {}, {}", identity.account, identity.arn));
        let among = |keys: Vec<AccessKey>| keys.into_iter().find(|key| key.id == *id);
        let own = account.keys_of(by, user).list().map(among);
        let found = match (own, user) {
            (Ok(Some(key)), _) => Some(key),
            (Ok(None), Some(_)) => None,
            (Err(error), Some(_)) => return Err(error.into()),
            // A role has no keys of its own, so that an error means nothing yet.
            (_, None) => {
                let owner = account.keys_of(by, None).last_used(id)?.user;
                among(account.keys_of(by, owner.as_deref()).list()?)
            }
        };
        let Some(key) = found else {
            let whose = user.map_or_else(|| "this account".to_owned(), |user| format!("user `{user}`"));
            let failure = Failure::plain(Code::InvalidConfig, format!("{whose} has no access key {id}"));
            let list = access.command("list").flag("--all-users");
            return Err(failure.with_help(Hint::from("run ").run(list).say(" to see all keys")));
        };
        let signs = by.access_key_id.as_ref().is_some_and(|signing| signing.value == *id);
        let is_own = signs && own_key(session)?.as_deref() == Some(id);
        let place = keys::place_of(id, &KeyFiles::load(session.world)?, session.world);
        let unfinished = keys::holding(session.world, &session.files, id);
        Ok(TargetKey { key, access: access.clone(), signs, is_own, place, unfinished })
    }

    /// Rejects a key that this machine uses.
    pub(super) fn require_spare(&self, what: &str, allowed: bool, ui: &Ui) -> Result<(), Failure> {
        if allowed {
            if let Err(error) = &self.unfinished {
                ui.problem(error);
            }
            return Ok(());
        }
        let id = &self.key.id;
        let refused = |reason: String, help: Hint| {
            let help = help.say(format!("; to {what} it anyway, add `--even-in-use`"));
            Err(Failure::plain(Code::InvalidConfig, format!("{id} {reason}")).with_help(help))
        };
        let reason = match (&self.unfinished, &self.place) {
            (Ok(Some(unfinished)), _) => {
                let reason = format!("is in use: it is {}", unfinished.reference());
                return refused(reason, unfinished.again.ways());
            }
            _ if self.signs => "this command is signed with it".to_owned(),
            (_, Some(place)) => format!("it is in {place}"),
            (Err(error), None) => {
                return refused(format!("may be in use: {error}"), error.help().unwrap_or_default());
            }
            (Ok(None), None) => return Ok(()),
        };
        // `rotate` replaces only the profile's own key.
        let replace = if self.is_own {
            Hint::default().run(self.access.command("rotate")).say(" replaces it")
        } else if self.signs {
            Hint::from("sign with another key")
        } else {
            Hint::from("rotate it with the profile that uses it")
        };
        refused(format!("is in use: {reason}"), replace)
    }
}
