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

use crate::finding::{Finding, Severity};
use crate::origin::Origin;
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY};
use scene::Patient;

#[cfg(test)]
pub(crate) use issue::Issue;
pub use scene::{Diagnosis, Scene};

type OfScene = fn(&Scene<'_>, &mut Vec<Diagnosis>);
type OfProfile = fn(&Patient<'_>, &mut Vec<Diagnosis>);

static OF_ENVIRONMENT: &[OfScene] = &[
    environment::empty_variables,
    environment::odd_variables,
    environment::keys,
    environment::named_profile,
    environment::region,
];

static OF_FILES: &[OfScene] =
    &[files::unreadable, files::faults, files::headers, files::modes, lines::all, sso::sessions];

static OF_PROFILE: &[OfProfile] = &[keys::pair, keys::expiry, sso::profile, process::command];

/// Everything that is wrong anywhere, the files first, in the order of their lines.
pub fn all(scene: Scene<'_>) -> Vec<Diagnosis> {
    let mut found = Vec::new();
    for check in OF_FILES {
        check(&scene, &mut found);
    }
    for (name, profile) in scene.files.listed() {
        let patient = Patient { scene, name, profile };
        role::role(&patient, &mut found);
        for check in OF_PROFILE {
            check(&patient, &mut found);
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
    for (at, profile) in sources(scene, name).into_iter().enumerate() {
        let patient = Patient::of(scene, Cow::Owned(profile));
        lines::of_sections(&scene, &patient.section(), &mut found);
        if at == 0 || !has_keys(&patient) {
            role::role(&patient, &mut found);
        }
        for check in OF_PROFILE {
            check(&patient, &mut found);
        }
        sso::session_of(&patient, &mut found);
    }
    for check in OF_ENVIRONMENT {
        check(&scene, &mut found);
    }
    files::modes(&scene, &mut found);
    found
}

/// What a command that reads should warn of.
pub fn warnings(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    let found = about(scene, name).into_iter().map(|diagnosis| diagnosis.finding);
    found.filter(|finding| finding.severity() > Severity::Note).collect()
}

/// The profile, and the source profiles behind it. A circle ends where it closes.
pub fn sources(scene: Scene<'_>, name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    while let Some(last) = names.last().map(|last| Patient::of(scene, Cow::Owned(last.clone())))
        && (names.len() == 1 || !has_keys(&last))
        && let Some(next) = last.get("source_profile")
        && !names.iter().any(|seen| *seen == *next.text)
        && names.len() < crate::chain::LIMIT
    {
        names.push(next.text.into_owned());
    }
    names
}

/// A source profile with keys of its own is no role.
fn has_keys(patient: &Patient<'_>) -> bool {
    [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].into_iter().any(|row| patient.profile.has(row.name))
}

#[cfg(test)]
mod tests;
