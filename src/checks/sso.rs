//! IAM Identity Center: settings that are missing or contradict, and sign-ins that have expired.

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::files::open_to_others;
use super::issue::Issue;
use super::scene::{Diagnosis, Remedy, Scene, Set, Subject};
use super::sign_in::{KnownSignIn, kept_by_console, kept_for_profile, kept_for_session};
use crate::chain::{self, Provider};
use crate::failure::Explain as _;
use crate::finding::Finding;
use crate::login::{self, Kept, start_url};
use crate::origin::Origin;
use crate::profile::{Files, Profile, SectionName};
use crate::settings::{
    self, ACCOUNT_SCOPE, LOGIN_SESSION, REGION, ROLE_ARN, SERVICES, SSO_ACCOUNT_ID, SSO_REGION,
    SSO_REGISTRATION_SCOPES, SSO_ROLE_NAME, SSO_SESSION, SSO_SESSION_SETTINGS, SSO_START_URL,
};
use crate::store::{self, Planted};
use crate::text::nearest;
use crate::world::World;

/// The section of endpoints that a profile names.
pub(super) fn services(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let Some(services) = subject.get(SERVICES.name) else { return };
    let section = SectionName::Services(services.text.to_string());
    if !subject.scene.files.find(&section).exists() {
        let header = subject.header_meant(&section, found);
        let is_ignored = subject.scene.ignores_addresses(&subject.section());
        let (profile, services_name) = (subject.name.to_string(), services.text.to_string());
        let similar = subject
            .may_search(found)
            .then(|| nearest(&services.text, subject.scene.files.siblings(&section)));
        let similar = similar.flatten().map(Cow::into_owned);
        let issue = Issue::NoSuchServices { profile, services: services_name, similar, header, is_ignored };
        found.push(subject.report(services.place(), issue));
    }
}

/// What a profile for IAM Identity Center lacks, and its session.
pub(super) fn profile(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let scene = &subject.scene;
    let profile = || subject.owned_name();
    let rows = [&SSO_SESSION, &SSO_ACCOUNT_ID, &SSO_ROLE_NAME];
    let has = |row: &&settings::Variable| subject.profile.has(row.name);
    // What a session could have, too, asks for nothing beside other credentials, which most often are those of a role.
    let is_alone = || chain::leads(&subject.profile).next().is_none();
    let has_shared = || !has(&&ROLE_ARN) && SSO_SESSION_SETTINGS.iter().any(has) && is_alone();
    if !rows.iter().any(has) && !has_shared() {
        return;
    }
    // The header of a session in the credentials file has a finding of its own.
    if matches!(SectionName::of_header(&subject.name), Some(SectionName::SsoSession(_))) {
        return;
    }
    let [session, account, role] = rows.map(|row| subject.get(row.name));
    let [start_url, region, scopes] = SSO_SESSION_SETTINGS.map(|row| subject.get(row.name));
    let mut all = [&session, &account, &role, &start_url, &region, &scopes].into_iter().flatten();
    let Some(first) = all.next() else { return };
    let place = first.place();
    let section = session.as_ref().map(|session| SectionName::SsoSession(session.text.clone().into_owned()));
    let behind = section.as_ref().map(|section| scene.files.find(section));
    if let (Some(session), Some(section)) = (&session, &section)
        && behind.as_ref().is_some_and(|behind| !behind.exists())
    {
        let names = || scene.files.sso_sessions();
        let similar = subject.may_search(found).then(|| nearest(&session.text, names())).flatten();
        let (session_name, similar) = (session.text.to_string(), similar.map(Cow::into_owned));
        let header = subject.header_meant(section, found);
        let issue = Issue::NoSuchSession { profile: profile(), session: session_name, similar, header };
        return found.push(subject.report(session.place(), issue));
    }
    if let (Some(session), None, None) = (&session, &account, &role) {
        found.extend(alone(subject, session, behind.as_ref()));
        return;
    }
    let in_session = |key: &str| behind.as_ref().is_some_and(|behind| behind.has(key));
    let missing: Vec<&'static str> = [
        (SSO_ACCOUNT_ID.name, account.is_some() || in_session(SSO_ACCOUNT_ID.name)),
        (SSO_ROLE_NAME.name, role.is_some() || in_session(SSO_ROLE_NAME.name)),
        // A session that lacks them has a finding of its own.
        (SSO_START_URL.name, start_url.is_some() || session.is_some()),
        (SSO_REGION.name, region.is_some() || session.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, is_set)| (!is_set).then_some(name))
    .collect();
    if !missing.is_empty() {
        let session = session.as_ref().map(|session| session.text.clone().into_owned());
        let issue = Issue::IncompleteSso { profile: profile(), session, missing };
        found.push(subject.report_of(Provider::Sso, place, issue));
    }
    if let (Some(session), Some(behind)) = (&session, &behind) {
        found.extend(conflicts(subject, &session.text, behind));
    }
    if let Some(kept) = kept_for_profile(subject) {
        let is_used = subject.comes_before(Provider::Sso).is_none();
        let diagnoses = cached(scene, &kept, is_used, format!("profile `{}`", subject.name));
        found.extend(diagnoses.map(|diagnosis| Diagnosis { profile: Some(profile()), ..diagnosis }));
    }
}

/// A session without an account and a role, which leads to no credentials. One that is incomplete has a finding of its own.
fn alone(subject: &Subject<'_>, session: &Set<'_>, behind: Option<&Profile<'_>>) -> Option<Diagnosis> {
    let behind = behind.filter(|behind| behind.has(SSO_START_URL.name) && behind.has(SSO_REGION.name))?;
    let profile = subject.owned_name();
    let issue = match chain::leads(&subject.profile).next() {
        Some((_, used, _)) => Issue::IdleSession { profile, used },
        None => {
            let scopes = behind.text(SSO_REGISTRATION_SCOPES.name).unwrap_or_default();
            let is_for_tokens = settings::scopes(&scopes).iter().any(|scope| scope != ACCOUNT_SCOPE);
            Issue::LoneSession { profile, is_for_tokens }
        }
    };
    Some(subject.report(session.place(), issue))
}

/// The settings that have one value in the profile and another one in its session.
fn conflicts(subject: &Subject<'_>, session: &str, behind: &Profile<'_>) -> Vec<Diagnosis> {
    let conflict = |key: String| {
        let (own, theirs) = (subject.profile.find(&key)?, behind.find(&key)?);
        let texts = (own.text(), theirs.text());
        if texts.0 == texts.1 {
            return None;
        }
        let (profile, session, other) =
            (subject.owned_name(), session.to_owned(), Origin::File(theirs.place()));
        let issue = Issue::SsoConflict { profile, session, key, other };
        Some(subject.report_of(Provider::Sso, own.place(), issue))
    };
    // By the profile's keys, not the session's: many profiles may share a session with many lines.
    subject.profile.keys().into_iter().filter_map(conflict).collect()
}

/// A console sign-in. Expired credentials aren't a finding: they are refreshed. Beside other credentials that botocore prefers,
/// it doesn't matter what the sign-in is good for: `xcred login` is not for it then.
pub(super) fn console(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if subject.profile.has(LOGIN_SESSION.name) {
        found.extend(relative_folder(subject.scene.world).map(Diagnosis::new));
    }
    let Some((known, made_in)) = kept_by_console(subject, &subject.name) else { return };
    let is_used = subject.comes_before(Provider::Login).is_none();
    let made_in = made_in.filter(|_| is_used);
    let elsewhere = made_in.and_then(|made_in| elsewhere_than(subject.scene.files, &subject.name, &made_in));
    let diagnoses = cached(&subject.scene, &known, is_used, format!("profile `{}`", subject.name));
    let diagnoses = diagnoses.chain(elsewhere.map(Diagnosis::new));
    let profile = || Some(subject.owned_name());
    found.extend(diagnoses.map(|diagnosis| Diagnosis { profile: profile(), ..diagnosis }));
}

/// The folder of console sign-ins, if it depends on the one that each program runs in.
pub fn relative_folder(world: &World) -> Option<Finding> {
    let variable = login::FOLDER.to_owned();
    let issue = if world.variable(&variable) == Some("") {
        Issue::EmptyVariable { variable, effect: "the folder of console sign-ins is the current one" }
    } else {
        Issue::RelativePath { key: variable, expands: false }
    };
    login::is_relative(world).then(|| Finding::at(Origin::environment(login::FOLDER), issue))
}

/// A profile with another region than that in which its console sign-in was made.
pub fn elsewhere_than(files: &Files, profile: &str, made_in: &str) -> Option<Finding> {
    let own = files.profile(profile).find(REGION.name)?;
    let region = own.text().filter(|region| !region.is_empty() && **region != *made_in)?.into_owned();
    let issue = Issue::SignInElsewhere { profile: profile.to_owned(), region, made_in: made_in.to_owned() };
    Some(Finding::at(Origin::File(own.place()), issue))
}

/// The session of a profile. Its sign-in doesn't matter where botocore uses other credentials.
pub(super) fn session_of(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    if let Some(session) = subject.get(SSO_SESSION.name) {
        let is_used = subject.comes_before(Provider::Sso).is_none();
        session_named(&subject.scene, &session.text, is_used, found);
    }
}

/// All sessions.
pub(super) fn sessions(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for name in scene.files.sso_sessions() {
        session_named(scene, &name, true, found);
    }
}

/// Profiles whose start URL is that of a sign-in in another spelling: tokens are cached by the exact text.
pub(super) fn spellings(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut signed_in = None;
    for (name, profile) in scene.files.listed() {
        spelling(&Subject::new(*scene, name, profile), &mut signed_in, found);
    }
}

pub(super) fn spelling_of(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    spelling(subject, &mut None, found);
}

fn spelling(
    subject: &Subject<'_>,
    signed_in: &mut Option<FxHashMap<String, String>>,
    found: &mut Vec<Diagnosis>,
) {
    if !subject.profile.has(SSO_START_URL.name) {
        return;
    }
    let (Some(known), Some(url)) = (kept_for_profile(subject), subject.get(SSO_START_URL.name)) else {
        return;
    };
    if known.kept.is_some() {
        return;
    }
    let signed_in = signed_in.get_or_insert_with(|| login::signed_in(subject.scene.world));
    let meant = start_url::without_spelling(&url.text).and_then(|url| signed_in.get(&url));
    found.extend(meant.map(|meant| {
        let profile = subject.owned_name();
        subject.report(url.place(), Issue::SignInSpelling { profile, meant: meant.clone() })
    }));
}

/// Sign-ins that nothing uses any more.
pub(super) fn orphans(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    found.extend(login::orphans(scene.files, scene.world).into_iter().map(|orphan| {
        let origin = Origin::Cache { path: orphan.path.clone() };
        let issue = Issue::SignInUnused { path: orphan.path, whom: orphan.whom };
        Diagnosis::new(Finding::at(origin, issue))
    }));
}

/// A session. `is_used` is whether it matters if its sign-in can be used.
pub(super) fn session_named(scene: &Scene<'_>, name: &str, is_used: bool, found: &mut Vec<Diagnosis>) {
    let section = scene.files.find(&SectionName::SsoSession(name.to_owned()));
    let Some(place) = section.places().next() else { return };
    let [start_url, region] = [&SSO_START_URL, &SSO_REGION].map(|row| section.find(row.name));
    let missing: Vec<&'static str> = [(&start_url, SSO_START_URL.name), (&region, SSO_REGION.name)]
        .into_iter()
        .filter_map(|(value, name)| value.is_none().then_some(name))
        .collect();
    if !missing.is_empty() {
        let issue = Issue::IncompleteSession { session: name.to_owned(), missing };
        return found.push(Diagnosis::new(Finding::at(place, issue)));
    }
    if let Some(kept) = kept_for_session(scene, name) {
        found.extend(cached(scene, &kept, is_used, format!("session `{name}`")));
    }
}

/// What is wrong with a cached sign-in. A missing one is not a finding. `is_used` is whether it matters what it is good for.
fn cached(
    scene: &Scene<'_>,
    known: &KnownSignIn,
    is_used: bool,
    what: String,
) -> impl Iterator<Item = Diagnosis> {
    let open = known.kept.as_ref().and_then(|(path, _)| open_to_others(path));
    let planted = known.kept.as_ref().and_then(|(path, _)| planted(path));
    let used = is_used.then(|| [other_portal(known, &what), unusable(scene, known, what)]);
    let [other, unusable] = used.unwrap_or_default();
    unusable.into_iter().chain(open).chain(planted).chain(other)
}

/// Botocore uses such a file, too.
fn planted(path: &Path) -> Option<Diagnosis> {
    let Planted { path, mode } = store::planted(path)?;
    let repair = mode.filter(|_| store::is_own(&path)).map(|_| Remedy::Close(path.clone()));
    let origin = Origin::Cache { path: path.clone() };
    Some(Diagnosis { repair, ..Diagnosis::new(Finding::at(origin, Issue::Planted { path, mode })) })
}

/// A sign-in that was made before the start URL was changed. Its token is used, as botocore uses it.
fn other_portal(known: &KnownSignIn, what: &str) -> Option<Diagnosis> {
    let (path, Kept::Until { other_portal: Some(found), .. }) = known.kept.as_ref()? else { return None };
    let (what, found, command) = (what.to_owned(), found.clone(), known.sign_in.command());
    let origin = Origin::Cache { path: path.clone() };
    Some(Diagnosis::new(Finding::at(origin, Issue::OtherPortal { what, found, command })))
}

fn unusable(scene: &Scene<'_>, known: &KnownSignIn, what: String) -> Option<Diagnosis> {
    let command = known.sign_in.command();
    let (path, kept) = known.kept.as_ref()?;
    let issue = match kept {
        kept if kept.is_usable(scene.world.now()) => return None,
        Kept::Until { at, .. } => Issue::SignInExpired { what, day: at.as_ref()?.day(), command },
        Kept::Unusable(error) => Issue::SignInUnusable { what, reason: error.reason(), help: error.help() },
    };
    Some(Diagnosis::new(Finding::at(Origin::Cache { path: path.clone() }, issue)))
}
