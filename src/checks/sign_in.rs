//! The sign-ins that profiles use, and what is cached of them.

use std::borrow::Cow;
use std::path::PathBuf;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::scene::{Scene, Subject};
use super::walk::sources;
use crate::login::{Console, Kept, SignIn, SsoToken};
use crate::origin::{Located, Origin};
use crate::profile::SectionName;
use crate::settings::{LOGIN_SESSION, SSO_REGION, SSO_SESSION, SSO_START_URL};

/// A sign-in that a profile or a session names.
pub struct KnownSignIn {
    pub sign_in: SignIn,
    /// What is cached, and where; `None` if there is no file.
    pub kept: Option<(PathBuf, Kept)>,
}

impl KnownSignIn {
    /// Whether it has not expired, or can be refreshed.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.kept.as_ref().is_some_and(|(_, kept)| kept.is_usable(now))
    }
}

/// The sign-ins of all sessions, then those of profiles without a session, each once.
pub fn sign_ins(scene: Scene<'_>) -> Vec<KnownSignIn> {
    let sessions = scene.files.sso_sessions().filter_map(|name| kept_for_session(&scene, &name));
    let profiles = scene.files.listed().filter_map(|(name, profile)| {
        let subject = Subject::new(scene, name, profile);
        kept_for_profile(&subject).or_else(|| Some(kept_by_console(&subject, &subject.name)?.0))
    });
    let mut seen = FxHashSet::default();
    let mut known: Vec<KnownSignIn> = sessions.chain(profiles).collect();
    known.retain(|known| {
        let (kind, name) = known.sign_in.identity();
        seen.insert((kind, name.to_owned()))
    });
    known
}

/// The sign-in that a profile, or one behind it, gets its credentials from.
pub fn sign_in_of(scene: Scene<'_>, name: &str) -> Option<KnownSignIn> {
    sources(scene, name).into_iter().find_map(|source| {
        let profile = scene.files.profile(&source);
        let subject = Subject::new(scene, Cow::Owned(source), profile);
        match subject.get(SSO_SESSION.name) {
            Some(session) => kept_for_session(&scene, &session.text),
            // It is refreshed with the settings of the profile that was asked for.
            None => kept_for_profile(&subject).or_else(|| Some(kept_by_console(&subject, name)?.0)),
        }
    })
}

/// The sign-in of a session that has a start URL and a region.
pub(super) fn kept_for_session(scene: &Scene<'_>, name: &str) -> Option<KnownSignIn> {
    let section = scene.files.find(&SectionName::SsoSession(name.to_owned()));
    let [start_url, region] = [&SSO_START_URL, &SSO_REGION].map(|row| section.find(row.name));
    let (start_url, region) = (start_url?, region?);
    let region = Located::new(region.text()?.into_owned(), Origin::File(region.place()));
    Some(of_token(scene, SignIn::SsoSession(name.to_owned()), &start_url.text()?, &region))
}

/// The sign-in of a profile for IAM Identity Center without a session.
pub(super) fn kept_for_profile(subject: &Subject<'_>) -> Option<KnownSignIn> {
    if subject.get(SSO_SESSION.name).is_some() {
        return None;
    }
    let (start_url, region) = (subject.get(SSO_START_URL.name)?, subject.get(SSO_REGION.name)?);
    let profile = subject.owned_name();
    let sign_in = SignIn::Sso { start_url: start_url.text.clone().into_owned(), profile };
    let region = Located::new(region.text.clone().into_owned(), Origin::File(region.place()));
    Some(of_token(&subject.scene, sign_in, &start_url.text, &region))
}

fn of_token(scene: &Scene<'_>, sign_in: SignIn, start_url: &str, region: &Located<String>) -> KnownSignIn {
    let token = SsoToken { sign_in: &sign_in, start_url, region };
    let kept = scene.client(&scene.selection.name.value, |context| token.facts(context));
    KnownSignIn { sign_in, kept: kept.map(|facts| (facts.path, facts.kept)) }
}

/// The console sign-in of a profile, and the region in which it was made, if that is known. `asked` is the profile that it is
/// needed for.
pub(super) fn kept_by_console(subject: &Subject<'_>, asked: &str) -> Option<(KnownSignIn, Option<String>)> {
    let session = subject.get(LOGIN_SESSION.name)?.text.into_owned();
    let console = Console { session, profile: subject.owned_name() };
    let facts = subject.scene.client(asked, |context| console.facts(context));
    let (kept, made_in) = facts.map(|facts| ((facts.path, facts.kept), facts.region)).unzip();
    Some((KnownSignIn { sign_in: SignIn::Console(console), kept }, made_in.flatten()))
}
