//! Accounts that STS has named, by access key ID: the account of a key never changes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::secret::is_impossible_key_id;
use crate::store::{Private, SMALL};
use crate::world::World;

/// At most so many are kept: those of temporary keys are soon of no use.
const MOST: usize = 100;

const FILE: &str = "accounts.json";

/// The file in this program's folder for state. It is used only if nobody else can write to it, and has no secrets.
pub struct KnownAccounts {
    folder: PathBuf,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Known {
    /// The oldest first.
    accounts: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    access_key_id: String,
    /// The endpoint of STS: another one may know another key by this ID.
    endpoint: String,
    account: String,
}

impl KnownAccounts {
    /// `None` for a user without a home folder.
    pub fn of(world: &World) -> Option<KnownAccounts> {
        Some(KnownAccounts { folder: world.state_folder()?.join("accounts") })
    }

    /// The account of a key, if the endpoint has named it before. Which one that is, is asked only if any account is known.
    pub fn get(&self, access_key_id: &str, endpoint: impl FnOnce() -> Option<String>) -> Option<String> {
        let found = read(&Private::open(&self.folder).ok()?).accounts.into_iter();
        let endpoint = endpoint()?;
        let is_it = |entry: &Entry| entry.access_key_id == access_key_id && entry.endpoint == endpoint;
        // The last one is the latest.
        found.rev().find(is_it).map(|entry| entry.account)
    }

    /// Keeps the account of a key. If that isn't possible, STS is asked again the next time.
    pub fn keep(&self, access_key_id: &str, endpoint: &str, account: &str) {
        // It may be a secret in the wrong place.
        if is_impossible_key_id(access_key_id) {
            return;
        }
        let Ok(folder) = Private::make(&self.folder) else { return };
        let mut known = read(&folder);
        let [access_key_id, endpoint, account] = [access_key_id, endpoint, account].map(str::to_owned);
        known.accounts.push(Entry { access_key_id, endpoint, account });
        let surplus = known.accounts.len().saturating_sub(MOST);
        known.accounts.drain(..surplus);
        if let Ok(bytes) = serde_json::to_vec(&known) {
            // Two processes that write at once may lose an entry, which only costs a request.
            let _ = folder.save(FILE, &bytes);
        }
    }
}

fn read(folder: &Private) -> Known {
    folder.read(FILE, SMALL).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn known() -> (tempfile::TempDir, KnownAccounts) {
        let home = tempfile::tempdir().unwrap();
        let known = KnownAccounts { folder: home.path().join("state/accounts") };
        (home, known)
    }

    #[test]
    fn what_is_kept_is_found_for_the_same_endpoint() {
        let (_home, known) = known();
        assert_eq!(known.get("AKIAONE", || Some("https://sts".into())), None);
        known.keep("AKIAONE", "https://sts", "111111111111");
        known.keep("AKIATWO", "https://sts", "222222222222");
        assert_eq!(known.get("AKIAONE", || Some("https://sts".into())).as_deref(), Some("111111111111"));
        assert_eq!(known.get("AKIATWO", || Some("https://sts".into())).as_deref(), Some("222222222222"));
        assert_eq!(known.get("AKIAONE", || Some("http://localhost".into())), None);
        for key in 0..MOST {
            known.keep(&format!("ASIA{key}"), "https://sts", "111111111111");
        }
        assert_eq!(known.get("AKIATWO", || Some("https://sts".into())), None);
        assert!(known.get("ASIA99", || Some("https://sts".into())).is_some());
    }

    #[test]
    fn a_file_that_others_can_write_is_not_trusted_and_a_broken_one_is_replaced() {
        let (_home, known) = known();
        known.keep("AKIAONE", "https://sts", "111111111111");
        let mode = |mode| fs::set_permissions(&known.folder, fs::Permissions::from_mode(mode)).unwrap();
        mode(0o777);
        assert_eq!(known.get("AKIAONE", || Some("https://sts".into())), None);
        mode(0o700);
        let path = known.folder.join(FILE);
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        #[expect(clippy::disallowed_methods, reason = "a test")]
        fs::write(&path, "{").unwrap();
        assert_eq!(known.get("AKIAONE", || Some("https://sts".into())), None);
        known.keep("AKIAONE", "https://sts", "111111111111");
        assert!(known.get("AKIAONE", || Some("https://sts".into())).is_some());
    }
}
