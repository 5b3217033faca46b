//! What is wrong with the files, the environment and the caches, or not as its author meant: one list, from which
//! `doctor`, the warnings of other commands and the help of errors are taken.
//!
//! A check is a function and a row of one of the tables here. It looks and says; nothing is run, sent or changed.

mod environment;
mod files;
mod issue;
mod keys;
mod lines;
mod process;
mod role;
mod scene;
mod sso;
mod values;

use std::borrow::Cow;

use crate::chain::{Next, Sources};
use crate::finding::{Finding, Severity};
use crate::origin::{Origin, Place};
use crate::profile::SectionName;
use crate::settings::SOURCE_PROFILE;
use scene::Subject;

pub use files::exposed;
#[cfg(test)]
pub(crate) use issue::Issue;
pub use process::located;
pub use scene::{Diagnosis, Scene};
pub use values::{OUTPUT_FORMATS, is_role_arn, is_session_duration, is_session_name};

type OfScene = fn(&Scene<'_>, &mut Vec<Diagnosis>);
type OfProfile = fn(&Subject<'_>, &mut Vec<Diagnosis>);

static OF_ENVIRONMENT: &[OfScene] = &[
    environment::empty_variables,
    environment::odd_variables,
    environment::keys,
    environment::named_profile,
    environment::region,
];

static OF_FILES: &[OfScene] =
    &[files::unreadable, files::faults, files::headers, files::modes, lines::all, sso::sessions];

static OF_PROFILE: &[OfProfile] = &[role::role, keys::pair, keys::expiry, sso::profile, process::command];

/// Everything that is wrong anywhere, the files first, in the order of their lines.
pub fn all(scene: Scene<'_>) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for check in OF_FILES {
        check(&scene, &mut found);
    }
    for (name, profile) in scene.files.listed() {
        let subject = Subject { scene, name, profile, is_end: false };
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
    }
    // Stable: findings of one line keep the order of the tables.
    found.sort_by(|one, other| rank(one).cmp(&rank(other)));
    for check in OF_ENVIRONMENT {
        check(&scene, &mut found);
    }
    found
}

fn rank(diagnosis: &Diagnosis) -> Option<(&std::path::Path, u32)> {
    match diagnosis.finding.place() {
        Some(Origin::File(place)) => Some((&place.path, place.line)),
        _ => None,
    }
}

/// What is wrong with one profile, with those that it gets its credentials from, with its session, and with the
/// environment.
pub fn about(scene: Scene<'_>, name: &str) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for (name, is_end) in walk(scene, name) {
        let profile = scene.files.profile(&name);
        let subject = Subject { scene, name: Cow::Owned(name), profile, is_end };
        lines::of_sections(&scene, &subject.section(), &mut found);
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
        sso::session_of(&subject, &mut found);
    }
    for check in OF_ENVIRONMENT {
        check(&scene, &mut found);
    }
    files::modes(&scene, &mut found);
    found
}

/// What is wrong with the line of a section on which a setting was just written. What the profile still lacks isn't:
/// it may be set next.
pub fn of_line(scene: Scene<'_>, section: &SectionName, place: &Place) -> Vec<Finding> {
    let mut found = Vec::new();
    lines::of_sections(&scene, section, &mut found);
    if let SectionName::Profile(name) = section {
        let profile = scene.files.profile(name);
        let subject = Subject { scene, name: Cow::Borrowed(name), profile, is_end: false };
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
        role::source_of_no_role(&subject, &mut found);
    }
    let is_here = |finding: &Finding| match finding.place() {
        Some(Origin::File(found)) => (&found.path, found.line) == (&place.path, place.line),
        _ => false,
    };
    let found = found.into_iter().map(|diagnosis| diagnosis.finding);
    found.filter(|finding| is_here(finding) && !UNFINISHED.contains(&finding.code())).collect()
}

/// The codes of what is wrong only until other settings follow.
const UNFINISHED: [&str; 9] = [
    "half-pair",
    "half-role",
    "two-sources",
    "source-without-role",
    "empty-source-profile",
    "mfa-without-role",
    "temporary-key-without-token",
    "token-with-long-term-key",
    "incomplete-sso",
];

/// What a command that reads should warn of.
pub fn warnings(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    let found = about(scene, name).into_iter().map(|diagnosis| diagnosis.finding);
    found.filter(|finding| finding.severity() > Severity::Note).collect()
}

/// The profile, and the source profiles behind it.
pub fn sources(scene: Scene<'_>, name: &str) -> Vec<String> {
    walk(scene, name).into_iter().map(|(name, _)| name).collect()
}

/// The same, each with whether it is the source where the walk ends: it needs no role. A circle ends where it closes.
fn walk(scene: Scene<'_>, name: &str) -> Vec<(String, bool)> {
    let mut names = vec![(name.to_owned(), false)];
    let mut walk = Sources::from(scene.files, name);
    let source = |name: &str| scene.files.profile(name).find(SOURCE_PROFILE.name)?.text();
    let mut next = source(name);
    while let Some(name) = next.take() {
        match walk.enter(&name) {
            Ok(Next::Role) => next = source(&name),
            Ok(Next::End) => {}
            Err(_) => break,
        }
        names.push((name.into_owned(), next.is_none()));
    }
    names
}

#[cfg(test)]
mod tests;
