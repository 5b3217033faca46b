//! Role credentials that were issued for a sign-in. After it ends, or another user signs in, they must not be used.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use super::SignIn;
use crate::profile::Files;
use crate::settings::{SSO_ACCOUNT_ID, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL};
use crate::store::{self, SMALL};
use crate::text::hex;
use crate::world::World;

/// Which role credentials to remove.
#[derive(Clone, Copy)]
pub enum Scope<'s> {
    Of(&'s SignIn),
    /// Those of every sign-in.
    All,
}

/// Removes the cached role credentials of a sign-in: AWS CLI's, for the profiles that use it, and xcred's own. What can't be
/// removed stays; it expires by itself.
pub fn forget_roles(scope: Scope<'_>, files: &Files, world: &World) {
    let Ok(folder) = world.expand_user("~/.aws/cli/cache") else { return };
    let paths = match scope {
        Scope::Of(sign_in) => {
            let mut paths: Vec<PathBuf> =
                names(sign_in, files).into_iter().map(|name| folder.join(name)).collect();
            paths.extend(store::list(&folder).unwrap_or_default().into_iter().filter(|path| is_own(path)));
            paths
        }
        Scope::All => store::list(&folder).unwrap_or_default(),
    };
    for path in paths {
        let Some(entry) = read(&path) else { continue };
        if entry["ProviderType"] == "sso" || is_for(&entry["For"], scope) {
            let _ = store::remove(&path);
        }
    }
}

fn is_own(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"xcred-"))
}

fn read(path: &Path) -> Option<Value> {
    serde_json::from_slice(&store::read_small(path, SMALL).ok()?).ok()
}

/// The names that AWS CLI gives the role credentials of the profiles that use a sign-in (botocore's `SSOCredentialFetcher`).
fn names(sign_in: &SignIn, files: &Files) -> Vec<String> {
    let (shared_key, shared) = match sign_in {
        SignIn::SsoSession(session) => (SSO_SESSION.name, session),
        SignIn::Sso { start_url, .. } => (SSO_START_URL.name, start_url),
        SignIn::Console(_) => return Vec::new(),
    };
    let uses = files.listed().filter_map(|(_, profile)| {
        let text = |key: &str| profile.text(key).map(Cow::into_owned);
        if text(shared_key).as_ref() != Some(shared) {
            return None;
        }
        Some((text(SSO_ACCOUNT_ID.name)?, text(SSO_ROLE_NAME.name)?))
    });
    uses.map(|(account, role)| {
        // Sorted by name, and compact.
        let document = match sign_in {
            SignIn::SsoSession(session) => {
                json!({"accountId": account, "roleName": role, "sessionName": session})
            }
            _ => json!({"accountId": account, "roleName": role, "startUrl": shared}),
        };
        format!("{}.json", hex(&Sha1::digest(document.to_string())))
    })
    .collect()
}

/// Whether xcred's cached credentials were issued for a sign-in: its name is in their key, also where one role assumes
/// another.
fn is_for(key: &Value, scope: Scope<'_>) -> bool {
    match key {
        Value::Object(members) => {
            names_sign_in(members, scope) || members.values().any(|one| is_for(one, scope))
        }
        Value::Array(members) => members.iter().any(|one| is_for(one, scope)),
        _ => false,
    }
}

fn names_sign_in(members: &Map<String, Value>, scope: Scope<'_>) -> bool {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    match scope {
        Scope::All => ["SsoStartUrl", "LoginSession"].iter().any(|name| members.contains_key(*name)),
        Scope::Of(SignIn::SsoSession(session)) => text("SsoSession") == Some(session),
        Scope::Of(SignIn::Sso { start_url, .. }) => {
            text("SsoSession").is_none() && text("SsoStartUrl") == Some(start_url)
        }
        Scope::Of(SignIn::Console(console)) => text("LoginSession") == Some(&console.session),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_chain_of_roles_names_the_sign_in_behind_it() {
        let is_of = |key: &Value, sign_in: &SignIn| is_for(key, Scope::Of(sign_in));
        let corp = SignIn::SsoSession("corp".to_owned());
        let source = json!({"SsoRoleName": "a", "SsoSession": "corp", "SsoStartUrl": "u"});
        let chained = json!({"RoleArn": "r", "Source": {"RoleArn": "q", "Source": source}});
        assert!(is_of(&source, &corp) && is_of(&chained, &corp));
        assert!(!is_of(&json!({"SsoSession": "other"}), &corp) && !is_of(&Value::Null, &corp));
        let legacy = SignIn::Sso { start_url: "u".to_owned(), profile: "p".to_owned() };
        assert!(!is_of(&source, &legacy));
        assert!(is_of(&json!({"SsoSession": null, "SsoStartUrl": "u"}), &legacy));
        let console = json!({"RoleArn": "r", "Source": {"LoginSession": "arn", "SignIn": "a"}});
        for key in [&source, &chained, &console] {
            assert!(is_for(key, Scope::All), "{key}");
        }
        for key in [json!({"RoleArn": "LoginSession"}), json!({"Program": "x \"LoginSession\""}), Value::Null]
        {
            assert!(!is_for(&key, Scope::All), "{key}");
        }
    }
}
