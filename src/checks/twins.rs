//! Profiles whose names differ by the case of letters only.

use rustc_hash::FxHashMap;

use super::issue::Issue;
use super::scene::{Diagnosis, Scene, Subject};
use crate::chain;
use crate::finding::Finding;
use crate::origin::{Origin, Place};
use crate::profile::{File, FileKind, Heading, SectionName};
use crate::settings::{ROLE_ARN, SOURCE_PROFILE};

/// Profiles that are in one file each, with names that differ by case only: most likely one was meant.
pub(super) fn case_twins(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let [config, credentials] = scene.files.both();
    let is_missing =
        |file: &File<'_>, name: &str| file.section(&SectionName::Profile(name.to_owned())).is_none();
    let there = profiles_of(&credentials).filter(|(name, _)| is_missing(&config, name));
    let there: FxHashMap<String, _> = there.map(|found| (found.0.to_lowercase(), found)).collect();
    if there.is_empty() {
        return;
    }
    let here = profiles_of(&config).filter(|(name, _)| is_missing(&credentials, name));
    found.extend(here.filter_map(|own| {
        let is_twin = |twin: &&(String, Place)| {
            may_need_a_twin(scene, &own.0) || is_role_without_twin(scene, &own.0, &twin.0)
        };
        let twin = there.get(&own.0.to_lowercase()).filter(is_twin)?;
        Some(case_twin(&own, twin))
    }));
}

/// Whether a profile of the config file has no credentials, so that they may be its twin's. That nothing but `[default]` is read as
/// it is said of the header.
fn may_need_a_twin(scene: &Scene<'_>, name: &str) -> bool {
    name != "default" && chain::leads(&scene.files.profile(name)).next().is_none()
}

/// Whether a profile of the config file is a role that its twin, which has keys, most likely was to assume. Who names the twin as
/// the source knows that they are two.
fn is_role_without_twin(scene: &Scene<'_>, name: &str, twin: &str) -> bool {
    let profile = scene.files.profile(name);
    name != "default"
        && profile.has(ROLE_ARN.name)
        && profile.text(SOURCE_PROFILE.name).is_none_or(|source| source != twin)
}

/// The case twin of a profile: one of them has no credentials, and they may be the other one's.
pub(super) fn case_twin_of(subject: &Subject<'_>, found: &mut Vec<Diagnosis>) {
    let [config, credentials] = subject.scene.files.both();
    let section = subject.section();
    let (own, own_file, other_file) = match (config.section(&section), credentials.section(&section)) {
        (Some(own), None) => (own, config, credentials),
        (None, Some(own)) => (own, credentials, config),
        _ => return,
    };
    let own = (subject.name.to_string(), own_file.header_place(&own));
    let lowercase = own.0.to_lowercase();
    let mut others = profiles_of(&other_file).filter(|(other, _)| {
        (other.eq_ignore_ascii_case(&own.0) || !other.is_ascii() && other.to_lowercase() == lowercase)
            && own_file.section(&SectionName::Profile(other.clone())).is_none()
    });
    let Some(other) = others.next() else { return };
    let is_here = own_file.kind == FileKind::Config;
    let (here, there) = if is_here { (&own, &other) } else { (&other, &own) };
    // Whoever uses the role has what its author meant.
    let is_role = || !is_here && is_role_without_twin(&subject.scene, &here.0, &there.0);
    if may_need_a_twin(&subject.scene, &here.0) || is_role() {
        found.push(case_twin(here, there));
    }
}

fn profiles_of<'f>(file: &File<'f>) -> impl Iterator<Item = (String, Place)> + use<'f> {
    let file = *file;
    file.headings().filter_map(move |(section, heading)| match heading {
        Heading::Profile(name) => Some((name.into_owned(), file.header_place(&section))),
        _ => None,
    })
}

fn case_twin((name, place): &(String, Place), (other, twin): &(String, Place)) -> Diagnosis {
    let issue =
        Issue::CaseTwin { name: name.clone(), other: other.clone(), place: Origin::File(twin.clone()) };
    let mut shared_by = vec![name.clone(), other.clone()];
    shared_by.sort_unstable();
    Diagnosis { profile: Some(name.clone()), shared_by, ..Diagnosis::new(Finding::at(place.clone(), issue)) }
}
