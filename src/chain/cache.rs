//! Role credentials kept on disk, in AWS CLI's folder and form but under names of our own: AWS CLI's names leave
//! out who assumes the role, so that two sources share an entry; ours have it.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::moment::Moment;
use super::{Operator, hex};
use crate::credentials::Credentials;
use crate::origin::{Located, Origin};
use crate::secret::Secret;
use crate::store::{self, Found, Problem};
use crate::world::World;

/// Credentials that end sooner are not taken from the cache (botocore's `EXPIRY_WINDOW_SECONDS`).
const LEAST: SignedDuration = SignedDuration::from_mins(15);

/// The folder of role credentials.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Whether the results of processes are kept too.
    pub keeps_processes: bool,
}

impl Cache {
    /// The folder that AWS CLI uses, `~/.aws/cli/cache`; none for a user without a home.
    pub fn new(world: &World, keeps_processes: bool) -> Option<Cache> {
        Some(Cache { folder: world.expand_user("~/.aws/cli/cache").ok()?, keeps_processes })
    }

    /// The credentials kept under `name`, if they are whole and last long enough. A file that is empty, torn or
    /// somebody else's is passed over.
    pub(super) fn look(&self, name: &Value, now: Timestamp) -> Option<Credentials> {
        let path = self.path(name);
        let Ok(Found::Bytes(bytes)) = store::read(&path) else { return None };
        let bytes = Zeroizing::new(bytes);
        let entry: Value = serde_json::from_slice(&bytes).ok()?;
        // The name is a digest; what it stands for is in the file, so that no two things can share an entry.
        if entry.get("For") != Some(name) {
            return None;
        }
        let member = |key: &str| entry["Credentials"][key].as_str();
        let Some(Moment::At(expiration)) = Moment::parse(member("Expiration")?, now) else { return None };
        if expiration.left(now) < LEAST {
            return None;
        }
        let origin = Origin::Cache { path };
        let located = |text: &str| Located::new(text.to_owned(), origin.clone());
        Some(Credentials {
            access_key_id: Some(located(member("AccessKeyId")?)),
            secret_access_key: Some(located(member("SecretAccessKey")?).map(Secret::new)),
            session_token: member("SessionToken").map(|token| located(token).map(Secret::new)),
            account_id: member("AccountId").map(located),
            expiration: Some(Located::new(expiration, origin.clone())),
        })
    }

    /// The credentials kept under `name`, else what `fetch` gets, which is kept if it says when it ends. Of many
    /// processes that need the same at once one fetches, and the others wait for it.
    ///
    /// A cache that can't be used is no reason to fail: then `fetch` is asked, and nothing kept.
    pub(super) fn get<E>(
        &self,
        name: &Value,
        now: Timestamp,
        operator: &dyn Operator,
        fetch: impl FnOnce() -> Result<Credentials, E>,
    ) -> Result<Credentials, E> {
        if let Some(kept) = self.look(name, now) {
            return Ok(kept);
        }
        let Some(lock) = self.lock(name, operator) else { return fetch() };
        if let Some(kept) = self.look(name, now) {
            return Ok(kept);
        }
        let is_new = || lock.metadata().is_ok_and(|found| found.len() == 0);
        let _leftover = is_new().then(|| operator.leftover(&self.path(name)));
        let fetched = fetch();
        let kept = match &fetched {
            Ok(credentials) => self.keep(name, credentials),
            Err(_) => false,
        };
        if !kept && is_new() {
            // The entry that was made to be locked. Whoever waits for it sees that it is gone, and makes another.
            let _ = fs::remove_file(self.path(name));
        }
        fetched
    }

    fn keep(&self, name: &Value, credentials: &Credentials) -> bool {
        let Credentials { access_key_id, secret_access_key, session_token, account_id, expiration } =
            credentials;
        let Some(expiration) = expiration else { return false };
        let entry = json!({
            "Credentials": {
                "AccessKeyId": access_key_id.as_ref().map(|id| &id.value),
                "SecretAccessKey": secret_access_key.as_ref().map(|secret| secret.value.expose()),
                "SessionToken": session_token.as_ref().map(|token| token.value.expose()),
                "AccountId": account_id.as_ref().map(|id| &id.value),
                "Expiration": expiration.value.to_string(),
            },
            "For": name,
        });
        let text = Zeroizing::new(entry.to_string());
        let path = self.path(name);
        let saved = store::edit(&[&path], |contents| {
            contents[0] = text.as_bytes().to_vec();
            Ok::<_, Problem>(())
        });
        saved.is_ok()
    }

    /// The lock on an entry: on its file, so that nothing else is left in the folder.
    fn lock(&self, name: &Value, operator: &dyn Operator) -> Option<File> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder).ok()?;
        let path = self.path(name);
        loop {
            let file =
                OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path).ok()?;
            if file.try_lock().is_err() {
                let _told = operator.waiting("another process that asks for the same credentials");
                file.lock().ok()?;
            }
            // The file may have been replaced while this process waited for the one that was there.
            let locked = file.metadata().ok()?;
            if fs::metadata(&path)
                .is_ok_and(|there| (there.dev(), there.ino()) == (locked.dev(), locked.ino()))
            {
                return Some(file);
            }
        }
    }

    fn path(&self, name: &Value) -> PathBuf {
        let digest = Sha1::digest(name.to_string());
        let digest = hex(&digest);
        self.folder.join(format!("xcred-{digest}.json"))
    }
}
