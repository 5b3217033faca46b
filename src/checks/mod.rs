//! What is wrong with the files, the environment and the caches, or not as its author meant: one list, from which
//! `doctor`, the warnings of other commands and the help of errors are taken.
//!
//! A check is a function and a row of one of the tables here. It looks and says; nothing is run, sent or changed.

mod disguised;
mod edits;
mod environment;
mod files;
mod issue;
mod judged;
mod keys;
mod lines;
mod process;
mod readings;
mod role;
mod scene;
mod sign_in;
mod sources;
mod sso;
mod twins;
mod values;
mod variables;
mod walk;

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::failure::{Command, Hint};
use crate::finding::{Aspect, Finding, Severity};
use crate::profile::{self, Profile, SectionName};
use crate::settings::{
    AWS_ACCESS_KEY_ID, CREDENTIAL_PROCESS, LOGIN_SESSION, ROLE_ARN, SERVICES, SSO_ACCOUNT_ID, SSO_ROLE_NAME,
    SSO_SESSION, Variable, WEB_IDENTITY_TOKEN_FILE,
};
pub use walk::sources;

use scene::Subject;
use sources::Sources;
use walk::walk;

pub use edits::{broken, circles, of_line};
pub use files::exposed;
#[cfg(test)]
pub(crate) use issue::Issue;
pub use issue::{CIRCLE, MEANT_LITERALLY};
pub use keys::left_behind;
pub use process::bridged;
pub use scene::{Diagnosis, Remedy, Scene};
pub use sign_in::{KnownSignIn, sign_in_of, sign_ins};
pub use sso::{elsewhere_than, relative_folder};

type OfScene = fn(&Scene<'_>, &mut Vec<Diagnosis>);
type OfProfile = fn(&Subject<'_>, &mut Vec<Diagnosis>);

static OF_ENVIRONMENT: &[OfScene] = &[
    files::taken_for_missing,
    environment::empty_variables,
    environment::odd_variables,
    environment::keys,
    environment::named_profile,
    environment::unlikely_region,
    environment::region,
];

/// For those who ask what is wrong: they read files that other commands need for a request only.
static OF_REQUESTS: &[OfScene] = &[variables::credentials, variables::requests];

static OF_FILES: &[OfScene] = &[
    files::unreadable,
    files::interrupted,
    files::faults,
    files::encodings,
    files::headers,
    disguised::names,
    twins::case_twins,
    files::modes,
    files::changeable,
    lines::all,
    sso::sessions,
    sso::spellings,
    sso::orphans,
    variables::container,
    // It looks at what was found by the others.
    readings::lines,
];

static OF_PROFILE: &[OfProfile] = &[
    role::role,
    keys::pair,
    keys::expiry,
    keys::overridden,
    sso::services,
    sso::profile,
    sso::console,
    process::command,
];

/// Everything that is wrong anywhere, the files first, in the order of their lines.
pub fn all(scene: Scene<'_>) -> Vec<Diagnosis> {
    let scene = Scene { reads_files: true, ..scene };
    let mut found = Vec::new();
    for check in OF_FILES {
        check(&scene, &mut found);
    }
    for (name, profile) in scene.files.listed() {
        let subject = Subject::new(scene, name, profile);
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
    }
    once_each(&mut found);
    readings::pairs(&scene, &mut found);
    // Stable: findings of one line keep the order of the tables.
    found.sort_by(|one, other| rank(one).cmp(&rank(other)));
    for check in OF_ENVIRONMENT.iter().chain(OF_REQUESTS) {
        check(&scene, &mut found);
    }
    files::missing(&scene, &mut found);
    judged::narrow(&scene, &mut found);
    sift(&scene, &mut found);
    found
}

/// Leaves what can be known, and each finding once: a profile may be its own source, and one file both.
fn sift(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut known = FxHashSet::default();
    found.retain(|Diagnosis { profile, finding, .. }| {
        let place = finding.place().map(|place| format!("{place:?}"));
        known.insert((profile.clone(), finding.code(), place, finding.to_string()))
    });
    found.retain(|diagnosis| scene.suffices(diagnosis));
}

/// Leaves one of the findings that several profiles share: that of the first profile among them.
fn once_each(found: &mut Vec<Diagnosis>) {
    let mut kept: FxHashSet<Vec<String>> = FxHashSet::default();
    let mut repeated: FxHashSet<usize> = FxHashSet::default();
    let is_member = |one: &Diagnosis| one.profile.as_ref().is_some_and(|name| one.shared_by.contains(name));
    for members in [true, false] {
        for (at, one) in found.iter().enumerate() {
            let is_shared = !one.shared_by.is_empty() && is_member(one) == members;
            if is_shared && !kept.insert(one.shared_by.clone()) {
                repeated.insert(at);
            }
        }
    }
    let mut at = 0..;
    found.retain(|_| at.next().is_none_or(|at| !repeated.contains(&at)));
}

fn rank(diagnosis: &Diagnosis) -> Option<(&std::path::Path, u32)> {
    let place = diagnosis.finding.place()?.place()?;
    Some((&place.path, place.line))
}

/// Files that a variable names and that are read as empty: they are missing, or not files.
pub fn about_paths(scene: Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    files::taken_for_missing(&scene, &mut found);
    files::missing(&scene, &mut found);
    worth_a_warning(found)
}

/// What a reader of the list of profiles should know: text in another encoding, and headers that aren't read.
pub fn about_headers(scene: Scene<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    files::encodings(&scene, &mut found);
    files::headers(&scene, &mut found);
    profile::bounded(worth_a_warning(found))
}

/// What is wrong with one profile, with those that it gets its credentials from, with its session, and with the environment.
fn about_settings(scene: Scene<'_>, name: &str) -> Vec<Diagnosis> {
    let (mut found, mut shared) = (Vec::new(), Vec::new());
    for (name, is_end) in walk(scene, name) {
        readings::replaced(&scene, &name, &mut found);
        let profile = scene.files.profile(&name);
        let subject = Subject { is_settled: is_end, ..Subject::new(scene, Cow::Owned(name), profile) };
        lines::of_sections(&scene, &subject.section(), &mut found);
        let named = |row: &Variable, section: fn(String) -> SectionName| {
            Some(section(subject.get(row.name)?.text.into_owned()))
        };
        let named = [named(&SERVICES, SectionName::Services), named(&SSO_SESSION, SectionName::SsoSession)];
        for named in named.into_iter().flatten() {
            // Profiles share them.
            if !shared.contains(&named) {
                lines::of_sections(&scene, &named, &mut found);
                shared.push(named);
            }
        }
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
        files::lookalikes_of(&subject, &mut found);
        twins::case_twin_of(&subject, &mut found);
        sso::session_of(&subject, &mut found);
        sso::spelling_of(&subject, &mut found);
    }
    for check in OF_ENVIRONMENT {
        check(&scene, &mut found);
    }
    // With keys in the environment there are often no files on purpose.
    let has_keys = scene.world.non_empty("AWS_ACCESS_KEY_ID").is_some() && !scene.selection.is_named();
    if !has_keys {
        files::missing(&scene, &mut found);
    }
    judged::narrow(&scene, &mut found);
    sift(&scene, &mut found);
    found
}

/// Looks at many profiles, one after the other.
pub struct Judge<'s> {
    scene: Scene<'s>,
    sources: Sources<'s>,
}

impl<'s> Judge<'s> {
    pub fn new(scene: Scene<'s>) -> Judge<'s> {
        Judge { scene, sources: Sources::of(scene.files) }
    }

    /// Whether a profile's own settings can't be right.
    pub fn is_broken(&mut self, name: Cow<'s, str>, profile: Profile<'s>) -> bool {
        let is_settled = self.sources.settle(&profile);
        let subject = Subject { is_settled, is_judged: true, ..Subject::new(self.scene, name, profile) };
        let mut found = Vec::new();
        OF_PROFILE.iter().any(|check| {
            check(&subject, &mut found);
            let mut certain = found.iter().filter(|diagnosis| self.scene.suffices(diagnosis));
            certain.any(|diagnosis| diagnosis.finding.severity() == Severity::Error)
        })
    }
}

/// What the value of a setting should be, unless it is.
pub fn unlike(row: &Variable, text: &str) -> Option<&'static str> {
    values::unlike(row, text).map(|(expected, _)| expected)
}

/// What a command that reads should warn of.
pub fn warnings(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    let mut found = about_settings(scene, name);
    files::modes(&scene, &mut found);
    let known = found.len();
    files::changeable(&scene, &mut found);
    // Once is enough: `doctor` has all.
    found.truncate(known + 1);
    worth_a_warning(found)
}

/// The [`warnings`] without those about the modes of files.
pub fn warnings_of_settings(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    worth_a_warning(about_settings(scene, name))
}

/// What is not worth a warning, but may explain an error: why a program fails, and a setting that only another program reads.
/// Where there are no credentials, most likely that was meant to lead to some.
pub fn explanations(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    lines::of_sections(&scene, &SectionName::Profile(name.to_owned()), &mut found);
    let mut findings = found.into_iter().map(|diagnosis| diagnosis.finding);
    let of_another = findings.find(|finding| finding.has(Aspect::OfAnotherProgram));
    // granted has the settings of IAM Identity Center under names of its own.
    let profile = scene.files.profile(name);
    let is_granted = || profile.keys().iter().any(|key| key.starts_with("granted_sso_"));
    let configure = || Command::xcred(["configure", "sso"]).profile(name);
    let of_another = of_another.map(|finding| {
        finding.fixed_by(is_granted().then(|| Hint::from("set it up for AWS: ").run(configure())))
    });
    let mut found = Vec::new();
    process::command(&Subject::new(scene, Cow::Borrowed(name), profile), &mut found);
    let of_program = found.into_iter().map(|diagnosis| diagnosis.finding);
    of_another.into_iter().chain(of_program.filter(|finding| finding.severity() == Severity::Note)).collect()
}

/// Whether a finding may be why a profile has no credentials.
pub fn hides_credentials(finding: &Finding) -> bool {
    const LEADS: [&Variable; 8] = [
        &ROLE_ARN,
        &WEB_IDENTITY_TOKEN_FILE,
        &SSO_SESSION,
        &SSO_ACCOUNT_ID,
        &SSO_ROLE_NAME,
        &LOGIN_SESSION,
        &AWS_ACCESS_KEY_ID,
        &CREDENTIAL_PROCESS,
    ];
    finding.has(Aspect::OfAnotherProgram) || LEADS.iter().any(|row| finding.hides(row.name))
}

fn worth_a_warning(found: Vec<Diagnosis>) -> Vec<Finding> {
    let found = found.into_iter().map(|diagnosis| diagnosis.finding);
    found.filter(|finding| finding.severity() > Severity::Note).collect()
}

#[cfg(test)]
mod tests;
