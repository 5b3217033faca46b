//! Sign-ins that are valid, although nothing in the files uses them any more: anyone who can read the cache can use them.

use std::borrow::Cow;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;

use super::cached::{Cached, Members, text};
use super::console_folder;
use super::console_members::ends;
use super::kind::NAMELESS;
use super::sign_out::{is_token, named};
use super::start_url::without_spelling;
use super::token::{self, can_refresh};
use super::token_ends;
use crate::address::redacted;
use crate::profile::Files;
use crate::sdk::Registration;
use crate::settings::{LOGIN_SESSION, SSO_SESSION, SSO_START_URL};
use crate::text::hex;
use crate::world::World;

/// A sign-in that nothing uses.
pub struct Orphan {
    pub path: PathBuf,
    /// The start URL, or the account of the console.
    pub whom: String,
}

/// The start URLs of valid sign-ins without a session, by what their spellings have in common.
pub fn signed_in(world: &World) -> FxHashMap<String, String> {
    let folder = token::folder(&NAMELESS, world).ok();
    let listed = folder.and_then(|folder| named(&folder, 40).ok()).unwrap_or_default();
    let found = listed.into_iter().filter_map(|path| {
        let members = Cached { sign_in: NAMELESS.clone(), path: path.clone() }.read().ok()?;
        let start_url = text(&members, "startUrl")?.to_owned();
        let is_own = path.file_stem()?.to_str()? == hex(&Sha1::digest(&start_url));
        let can_be_named = is_own && is_token(&members) && lasts(&members, world);
        // One that may have a secret isn't repeated.
        let is_open = redacted(&start_url) == start_url;
        (can_be_named && is_open).then_some((without_spelling(&start_url)?, start_url))
    });
    found.collect()
}

/// The sign-ins that are valid or can be refreshed, and that no profile and no session uses.
pub fn orphans(files: &Files, world: &World) -> Vec<Orphan> {
    let used = used(files);
    let unused = |folder: Option<PathBuf>, digits| {
        let mut listed = folder.and_then(|folder| named(&folder, digits).ok()).unwrap_or_default();
        listed.retain(|path| {
            !path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| used.contains(stem))
        });
        listed
    };
    let read = |path: &PathBuf| Cached { sign_in: NAMELESS.clone(), path: path.clone() }.read().ok();
    let wanted = start_urls(files);
    let tokens = unused(token::folder(&NAMELESS, world).ok(), 40).into_iter().filter_map(|path| {
        let members = read(&path)?;
        let start_url = text(&members, "startUrl")?;
        // A profile means it, in another spelling.
        let is_wanted = without_spelling(start_url).is_some_and(|url| wanted.contains(&url));
        let whom = redacted(start_url);
        (!is_wanted && is_token(&members) && lasts(&members, world)).then_some(Orphan { path, whom })
    });
    let consoles = unused(console_folder::folder(&NAMELESS, world).ok(), 64).into_iter().filter_map(|path| {
        let members = read(&path)?;
        let account = members.get("accessToken")?["accountId"].as_str()?.to_owned();
        // Whether it could be refreshed, only the service knows.
        let lasts = ends(&members, world.now()).is_some_and(|ends| !ends.has_passed(world.now()));
        lasts.then(|| Orphan { path, whom: format!("account {account}") })
    });
    tokens.chain(consoles).collect()
}

fn lasts(members: &Members, world: &World) -> bool {
    token_ends::ends(members, world.now()).is_some_and(|ends| !ends.has_passed(world.now()))
        || can_refresh(members, world.now(), Registration::Needed)
}

/// The start URLs of profiles without a session, without their spelling.
fn start_urls(files: &Files) -> FxHashSet<String> {
    let urls = files.listed().filter_map(|(_, profile)| {
        let url = profile.find(SSO_START_URL.name).filter(|_| !profile.has(SSO_SESSION.name))?;
        without_spelling(&url.text()?)
    });
    urls.collect()
}

/// The names of the files of all sign-ins in the files, also where other settings are missing.
fn used(files: &Files) -> FxHashSet<String> {
    let sessions = files.sso_sessions().map(|name| hex(&Sha1::digest(name.as_bytes())));
    let profiles = files.listed().flat_map(|(_, profile)| {
        let text = |key: &str| profile.text(key).map(Cow::into_owned);
        let tokens = [SSO_SESSION.name, SSO_START_URL.name].map(|key| Some(hex(&Sha1::digest(text(key)?))));
        let console = text(LOGIN_SESSION.name).map(|session| hex(&Sha256::digest(session)));
        tokens.into_iter().chain([console]).flatten().collect::<Vec<_>>()
    });
    sessions.chain(profiles).collect()
}
