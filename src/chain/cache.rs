//! Role credentials cached on disk, in AWS CLI's folder and format. The file names differ: AWS CLI's names don't depend on
//! the credentials that assume the role, so two sources share an entry.

use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::interaction::Interaction;
use crate::client::Progress;
use crate::credentials::{Credentials, Expiration};
use crate::failure::Command;
use crate::origin::{Located, Origin};
use crate::store::{Distrust, Entry, Private, SMALL, make_missing, remove_made};
use crate::text::hex;
use crate::world::World;

/// Credentials that expire sooner are not taken from the cache (botocore's `EXPIRY_WINDOW_SECONDS`).
const LEAST: SignedDuration = SignedDuration::from_mins(15);

/// How long to wait for another process that requests the same credentials. Most requests take less than a second. A
/// process that hangs or prompts must not block the others forever.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// The folder of role credentials. It is used only if this user owns it and no other user can write to it: another user
/// could otherwise replace this user's identity.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Whether the output of credential processes is cached too.
    pub keeps_processes: bool,
    /// Whether nothing is added to it.
    is_read_only: bool,
}

impl Cache {
    /// AWS CLI's folder, `~/.aws/cli/cache`. `None` for a user without a home folder.
    pub fn new(world: &World, keeps_processes: bool) -> Option<Cache> {
        let folder = world.expand_user("~/.aws/cli/cache").ok()?;
        Some(Cache { folder, keeps_processes, is_read_only: false })
    }

    /// The same folder, to which nothing is added.
    pub fn read_only(self) -> Cache {
        Cache { is_read_only: true, ..self }
    }

    /// The credentials cached under `name`, if they are complete and last long enough. A file that is empty, truncated,
    /// a link or open to others is ignored.
    pub(super) fn look(&self, name: &Value, now: Timestamp) -> Option<Credentials> {
        Cache::read(&Private::open(&self.folder).ok()?, name, now)
    }

    fn read(folder: &Private, name: &Value, now: Timestamp) -> Option<Credentials> {
        let file = file_name(name);
        let path = folder.path(&file);
        Cache::parse(&folder.read(&file, SMALL)?, path, name, now)
    }

    /// The credentials of an entry, if it is the one for `name`.
    pub(super) fn parse(bytes: &[u8], path: PathBuf, name: &Value, now: Timestamp) -> Option<Credentials> {
        let entry: Value = serde_json::from_slice(bytes).ok()?;
        // The file name is only a digest, so the file contains the whole name.
        if entry.get("For") != Some(name) {
            return None;
        }
        let member = |key: &str| entry["Credentials"][key].as_str().filter(|text| !text.is_empty());
        let expiration = Expiration::parse(member("Expiration")?, now)?;
        if expiration.left(now) < LEAST {
            return None;
        }
        let origin = Origin::Cache { path };
        let located = |text: &str| Located::new(text.to_owned(), origin.clone());
        let (id, secret) = (located(member("AccessKeyId")?), located(member("SecretAccessKey")?));
        Some(Credentials {
            account_id: member("AccountId").map(located),
            expiration: Some(Located::new(expiration, origin.clone())),
            packed_policy_size: entry["PackedPolicySize"].as_u64().and_then(|size| size.try_into().ok()),
            ..Credentials::keys(id, secret, member("SessionToken").map(located))
        })
    }

    /// The credentials cached under `name`, else those of `fetch`, which are cached if they have an expiration. If several
    /// processes need the same credentials, one calls `fetch` and the others wait.
    ///
    /// If the cache can't be used, `fetch` is called and nothing is cached.
    pub(super) fn get<E>(
        &self,
        name: &Value,
        (now, patience): (Timestamp, Duration),
        progress: &dyn Progress,
        interaction: &dyn Interaction,
        fetch: impl FnOnce() -> Result<Credentials, E>,
    ) -> Result<Credentials, E> {
        if self.is_read_only {
            return self.look(name, now).map_or_else(fetch, Ok);
        }
        // If one can't be made, `Private::make` says why.
        let made = make_missing(&self.folder).unwrap_or_default();
        let folder = match Private::make(&self.folder) {
            Ok(folder) => folder,
            Err(distrust) => {
                self.warn(&distrust, interaction);
                return fetch();
            }
        };
        if let Some(kept) = Cache::read(&folder, name, now) {
            return Ok(kept);
        }
        let file = file_name(name);
        let waiting = || progress.show("another process that requests the same credentials");
        let lock = folder.lock(&file, patience, waiting);
        if let Some(kept) = Cache::read(&folder, name, now) {
            return Ok(kept);
        }
        let is_new = || lock.as_ref().is_some_and(Entry::is_empty);
        let _leftover = is_new().then(|| interaction.leftover(&folder.path(&file)));
        let fetched = fetch();
        let kept = fetched.as_ref().is_ok_and(|credentials| Cache::keep(&folder, name, credentials));
        if !kept && is_new() {
            // This entry was created for its lock. Processes that wait for it notice its removal and create a new one.
            folder.remove(&file);
            // Nothing was added, so nothing is left.
            remove_made(&made);
        }
        fetched
    }

    /// Warns that the folder is not used, unless it just can't be opened.
    fn warn(&self, distrust: &Distrust, interaction: &dyn Interaction) {
        let remedy = match distrust {
            Distrust::Closed(_) => return,
            Distrust::Owner(_) => None,
            Distrust::Writable(_) => Some(Command::new(["chmod"]).argument("go-w").argument(&self.folder)),
        };
        let remedy = remedy.map(|command| format!("; make it yours with `{command}`")).unwrap_or_default();
        interaction.warn(&format!("{} is not used: {distrust}{remedy}", self.folder.display()));
    }

    fn keep(folder: &Private, name: &Value, credentials: &Credentials) -> bool {
        let Credentials {
            access_key_id,
            secret_access_key,
            session_token,
            account_id,
            expiration,
            packed_policy_size,
        } = credentials;
        let Some(expiration) = expiration else { return false };
        // Half an answer must not be the answer until it expires.
        if access_key_id.as_ref().is_none_or(|id| id.value.is_empty())
            || secret_access_key.as_ref().is_none_or(|secret| secret.value.expose().is_empty())
        {
            return false;
        }
        let mut entry = json!({
            "Credentials": {
                "AccessKeyId": access_key_id.as_ref().map(|id| &id.value),
                "SecretAccessKey": secret_access_key.as_ref().map(|secret| secret.value.expose()),
                "SessionToken": session_token.as_ref().map(|token| token.value.expose()),
                "AccountId": account_id.as_ref().map(|id| &id.value),
                "Expiration": expiration.value.to_string(),
            },
            "For": name,
        });
        if let Some(size) = packed_policy_size {
            entry["PackedPolicySize"] = json!(size);
        }
        let text = Zeroizing::new(entry.to_string());
        folder.save(&file_name(name), text.as_bytes()).is_ok()
    }
}

fn file_name(name: &Value) -> String {
    let digest = Sha1::digest(name.to_string());
    format!("xcred-{}.json", hex(&digest))
}

#[cfg(test)]
mod fuzz {
    use super::*;

    #[test]
    fn role_cache() {
        let (name, now) = (json!({"RoleArn": "r"}), Timestamp::UNIX_EPOCH);
        bolero::check!().for_each(|bytes: &[u8]| {
            let Some(found) = Cache::parse(bytes, PathBuf::from("/c"), &name, now) else { return };
            let entry: Value = serde_json::from_slice(bytes).unwrap();
            assert_eq!(entry["For"], name);
            assert!(found.expiration.is_some_and(|expiration| expiration.value.left(now) >= LEAST));
            assert!(found.access_key_id.is_some() && found.secret_access_key.is_some());
        });
    }
}
