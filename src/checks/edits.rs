//! What is wrong because of an edit.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::issue::CIRCLE;
use super::scene::{Diagnosis, Scene, Subject};
use super::{OF_PROFILE, keys, lines, process, role, sso, worth_a_warning};
use crate::finding::{Aspect, Finding};
use crate::origin::{Origin, Place};
use crate::profile::{self, SectionName};
use crate::settings;

/// What is wrong with the line of a section on which a setting was just written, and the circle that it may close wherever that is
/// seen. What the profile still lacks isn't wrong: it may be set next.
pub fn of_line(scene: Scene<'_>, section: &SectionName, place: &Place) -> Vec<Finding> {
    let scene = Scene { reads_files: true, ..scene };
    let mut found = Vec::new();
    lines::of_sections(&scene, section, &mut found);
    if let SectionName::Profile(name) = section {
        let profile = scene.files.profile(name);
        let subject = Subject::new(scene, Cow::Borrowed(name), profile);
        for check in OF_PROFILE {
            check(&subject, &mut found);
        }
        role::source_of_no_role(&subject, &mut found);
        keys::overridden_by_role(&subject, &mut found);
    }
    found.retain(|diagnosis| scene.suffices(diagnosis));
    let is_place = |found: &Place| (&found.path, found.line) == (&place.path, place.line);
    let row = place.key.as_deref().and_then(settings::variable);
    let takes_part = row.is_some_and(|row| row.credential || row.leads);
    let is_here = |finding: &Finding| {
        let is_of_line = finding.place().and_then(Origin::place).is_some_and(is_place);
        is_of_line && !finding.has(Aspect::Unfinished) || takes_part && finding.code() == CIRCLE
    };
    found.into_iter().map(|diagnosis| diagnosis.finding).filter(is_here).collect()
}

/// The circle of sources or processes that the profile leads to.
pub fn circles(scene: Scene<'_>, name: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let subject = Subject::new(scene, Cow::Borrowed(name), scene.files.profile(name));
    role::role(&subject, &mut found);
    process::command(&subject, &mut found);
    found.into_iter().map(|one| one.finding).filter(|finding| finding.code() == CIRCLE).collect()
}

/// What an edit that removes something breaks: what is wrong with the section afterwards, and with the profiles that refer to
/// it, and was not before.
pub fn broken(before: Scene<'_>, after: Scene<'_>, section: &SectionName) -> Vec<Finding> {
    let SectionName::Profile(name) = section else {
        let of_session = |scene: Scene<'_>| {
            let mut found = Vec::new();
            if let SectionName::SsoSession(name) = section {
                sso::session_named(&scene, name, true, &mut found);
            }
            found
        };
        return added(&of_session(before), of_session(after));
    };
    let mut names = vec![name.clone()];
    names.extend(before.files.references(name).into_iter().map(|reference| reference.user));
    let mut seen = FxHashSet::default();
    names.retain(|name| seen.insert(name.clone()));
    let of_profiles = |scene: Scene<'_>| {
        let mut found = Vec::new();
        for name in &names {
            let subject = Subject::new(scene, Cow::Borrowed(name), scene.files.profile(name));
            for check in OF_PROFILE {
                check(&subject, &mut found);
            }
        }
        found
    };
    added(&of_profiles(before), of_profiles(after))
}

/// The warnings that are new. Lines may have moved.
fn added(before: &[Diagnosis], after: Vec<Diagnosis>) -> Vec<Finding> {
    let what = |one: &Diagnosis| (one.finding.code(), one.profile.clone());
    let known: FxHashSet<_> = before.iter().map(what).collect();
    profile::bounded(worth_a_warning(after.into_iter().filter(|one| !known.contains(&what(one))).collect()))
}
