//! The profiles that xcred made, as the files have them now.

use std::borrow::Cow;

use super::listing::Portal;
use super::mark;
use super::wishes::is_decisive;
use crate::profile::{FileKind, Files, KeyPath, Profile, SectionName};
use crate::settings::{SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, SSO_START_URL};

/// Keys with their values.
pub(super) type Keys = Vec<(KeyPath, String)>;

/// A profile with a mark.
#[derive(Debug)]
pub(super) struct Owned<'f> {
    pub(super) name: String,
    pub(super) profile: Profile<'f>,
    pub(super) account: Option<String>,
    pub(super) role: Option<String>,
}

/// The profiles with a mark for this portal, in file order.
pub(super) fn owned<'f>(files: &'f Files, portal: &Portal) -> Vec<Owned<'f>> {
    let all = files.listed().filter_map(|(name, profile)| {
        let mark = profile.comments().find(|comment| mark::is_mark(comment))?;
        is_of(&profile, mark::session(&mark), portal).then(|| Owned {
            name: name.into_owned(),
            account: text(&profile, SSO_ACCOUNT_ID.name),
            role: text(&profile, SSO_ROLE_NAME.name),
            profile,
        })
    });
    all.collect()
}

/// Whether a profile uses the sign-in. Its keys say so; where they are gone, its mark.
fn is_of(profile: &Profile<'_>, marked: &str, portal: &Portal) -> bool {
    let session = text(profile, SSO_SESSION.name);
    match &portal.session {
        Some(own) => session.map_or(marked == own, |session| session == *own),
        None => {
            let url = text(profile, SSO_START_URL.name);
            session.is_none() && url.map_or(marked == portal.start_url, |url| url == portal.start_url)
        }
    }
}

/// Whether a profile gives access to the same role by the same sign-in.
pub(super) fn is_same(files: &Files, name: &str, portal: &Portal, account: &str, role: &str) -> bool {
    let profile = files.profile(name);
    let session = text(&profile, SSO_SESSION.name);
    let has = |key: &str, value: &str| text(&profile, key).as_deref() == Some(value);
    let url = || match &session {
        Some(session) => {
            let section = files.find(&SectionName::SsoSession(session.clone()));
            text(&section, SSO_START_URL.name)
        }
        None => text(&profile, SSO_START_URL.name),
    };
    let signs_in = session.is_some() && session == portal.session;
    has(SSO_ACCOUNT_ID.name, account)
        && has(SSO_ROLE_NAME.name, role)
        && (signs_in || url().as_deref() == Some(portal.start_url.as_str()))
}

/// The keys of a profile for a role.
pub(super) fn keys(portal: &Portal, account: &str, role: &str) -> Keys {
    let sign_in = match &portal.session {
        Some(session) => vec![(SSO_SESSION.name, session.as_str())],
        None => vec![(SSO_START_URL.name, portal.start_url.as_str()), (SSO_REGION.name, &portal.region)],
    };
    let role = [(SSO_ACCOUNT_ID.name, account), (SSO_ROLE_NAME.name, role)];
    let all = sign_in.into_iter().chain(role);
    all.map(|(key, value)| (KeyPath::plain(key), value.to_owned())).collect()
}

impl Owned<'_> {
    /// Whether it could be the profile of a role: what it says of it isn't something else.
    pub(super) fn may_be(&self, account: &str, role: &str) -> bool {
        self.account.as_deref().is_none_or(|own| own == account)
            && self.role.as_deref().is_none_or(|own| own == role)
    }

    /// Whether it gets its credentials from elsewhere now.
    pub(super) fn is_of_another_kind(&self) -> bool {
        self.profile.entries().any(|(key, _)| is_decisive(&key))
    }

    /// The keys that it needs to work: those that are missing, and those that contradict the session.
    pub(super) fn repairs(&self, portal: &Portal, account: &str, role: &str) -> Keys {
        let mut wrong = keys(portal, account, role);
        wrong.retain(|(key, value)| text(&self.profile, &key.name).as_ref() != Some(value));
        if portal.session.is_some() {
            for (key, value) in [(&SSO_START_URL, &portal.start_url), (&SSO_REGION, &portal.region)] {
                if text(&self.profile, key.name).is_some_and(|found| found != *value) {
                    wrong.push((KeyPath::plain(key.name), value.clone()));
                }
            }
        }
        wrong
    }

    /// Which of these keys the profile doesn't have.
    pub(super) fn missing(&self, keys: &[(KeyPath, String)]) -> Keys {
        let mut missing = keys.to_vec();
        missing.retain(|(key, _)| match &key.nested {
            None => !self.profile.has(&key.name),
            Some(nested) => {
                let block = self.profile.value(&key.name);
                block.is_none_or(|block| {
                    block.value.as_text().is_none() && block.value.nested(nested).is_none()
                })
            }
        });
        missing
    }

    /// Whether somebody has added to it: a comment, or a key or a value that sync doesn't write.
    pub(super) fn is_changed(&self, set: &[(KeyPath, String)]) -> bool {
        let is_own = |key: &str, text: Option<Cow<'_, str>>| {
            let is_set = |(path, value): &(KeyPath, String)| {
                path.name == key && (path.nested.is_some() || text.as_deref() == Some(value))
            };
            key.starts_with("sso_") || set.iter().any(is_set)
        };
        self.profile.comments().any(|comment| !mark::is_mark(&comment))
            || self.profile.entries().any(|(key, found)| !is_own(&key, found.text()))
            || self.profile.places().count() > 1
    }
}

/// The text of a key in the config file.
fn text(profile: &Profile<'_>, key: &str) -> Option<String> {
    Some(profile.find_in(FileKind::Config, key)?.text()?.into_owned())
}
