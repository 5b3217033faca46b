//! Lines that SDKs read differently: what each makes of them is added to what else is found there.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files::{distinct, is_prefix};
use super::keys::ends_at_half;
use super::scene::{Diagnosis, Scene};
use crate::chain::{self, Provider};
use crate::finding::{Aspect, Reading, Severity};
use crate::ini::FaultKind;
use crate::ini::dialect::is_identifier;
use crate::origin::Place;
use crate::profile::{Files, SectionName};
use crate::sdk::{Flow, Problem, Sdk};
use crate::settings::{AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY};
use crate::view::{self, View};

/// The differences in the lines of each file. Of several findings for one line the first one gets them.
pub(super) fn lines(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    for file in distinct(scene) {
        let differences = view::differences(&file);
        if differences.is_empty() {
            continue;
        }
        let mut reported: FxHashMap<u32, usize> = FxHashMap::default();
        for (at, diagnosis) in found.iter().enumerate() {
            if let Some(Place { path, line, .. }) = place(diagnosis)
                && is_same(path, file.path)
                && diagnosis.finding.has(Aspect::OfReading)
            {
                reported.entry(*line).or_insert(at);
            }
        }
        // Headers that another program may have written, and lines that are faults because of another one.
        let unread = scene.files.unread_headers(&file).into_iter().filter(|header| !is_prefix(header.name()));
        let mut others: FxHashSet<u32> = unread.map(|header| header.place.line).collect();
        others.extend(file.document.faults().iter().map(|fault| fault.line));
        // In another encoding no line is what it seems to be to any of them.
        let is_encoded =
            matches!(file.document.faults(), [one, ..] if matches!(one.kind, FaultKind::Encoding(_)));
        for view::Difference { finding, profile, differs } in differences {
            let line = finding.line().unwrap_or_default();
            match reported.get(&line) {
                Some(at) if differs => found[*at].finding.adopt(finding),
                Some(_) => {}
                None if is_encoded || others.contains(&line) || is_half(scene.files, line) => {}
                None => found.push(Diagnosis { profile, ..Diagnosis::new(finding) }),
            }
        }
    }
}

/// Whether the line is the header of one half of a profile, whose other half is in the same file, because that is both. An SDK that
/// also reads them as one in the config file gets the same.
fn is_half(files: &Files, line: u32) -> bool {
    let [config, credentials] = files.both();
    let section = config.document.section_on(line).filter(|section| section.line() == line);
    let header = section.map(|section| config.document.text_of(&section));
    let name = header.as_ref().and_then(|header| header.strip_prefix("profile "));
    let is_there = |name: &str| credentials.section(&SectionName::Profile(name.to_owned())).is_some();
    files.is_one_file() && name.is_some_and(|name| is_identifier(name.as_bytes()) && is_there(name))
}

/// That another section takes the place of the profile's.
pub(super) fn replaced(scene: &Scene<'_>, name: &str, found: &mut Vec<Diagnosis>) {
    let [config, _] = scene.files.both();
    found.extend(view::respelled(&config, name).map(Diagnosis::new));
}

fn place(diagnosis: &Diagnosis) -> Option<&Place> {
    diagnosis.finding.place()?.place()
}

fn is_same(one: &Arc<Path>, other: &Arc<Path>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// What each SDK makes of half a pair of access keys: some of them look for the other half in the other file.
pub(super) fn pairs(scene: &Scene<'_>, found: &mut [Diagnosis]) {
    let mut views: Vec<(Sdk, View)> = Vec::new();
    for diagnosis in found {
        let (Some(name), Some(half)) = (&diagnosis.profile, place(diagnosis)) else { continue };
        if !diagnosis.finding.has(Aspect::HalfPair) {
            continue;
        }
        if views.is_empty() {
            let ruled = Sdk::all().iter().filter_map(|sdk| Some((*sdk, sdk.ruled?)));
            views.extend(ruled.map(|(sdk, rules)| (sdk, View::read(scene.world, rules.files))));
        }
        let botocore = Sdk::all().iter().filter(|sdk| sdk.ruled.is_none());
        let mut readings = vec![Reading {
            reader: Sdk::default().reader(),
            programs: botocore.map(|sdk| sdk.short_title()).collect(),
            text: (if ends_at_half(&scene.files.profile(name), name) { ERROR } else { IGNORED }).to_owned(),
            is_wrong: true,
        }];
        readings.extend(views.iter().map(|(sdk, view)| {
            let (text, is_wrong) = match half_to(*sdk, view, name, half) {
                Half::Pair(text) => (text, false),
                Half::Wrong(text) => (text.to_owned(), true),
            };
            Reading { reader: sdk.reader(), programs: vec![sdk.short_title()], text, is_wrong }
        }));
        if readings.iter().any(|reading| reading.text != readings[0].text) {
            diagnosis.finding.read_as(readings, Severity::Note);
        }
    }
}

const ERROR: &str = "half a pair is an error";
const IGNORED: &str = "half a pair is ignored";

/// What an SDK makes of half a pair.
enum Half {
    /// It finds the other half.
    Pair(String),
    Wrong(&'static str),
}

fn half_to(sdk: Sdk, view: &View, name: &str, half: &Place) -> Half {
    let Some(section) = view.profile(name) else { return Half::Wrong("the section is ignored") };
    if section.torn().is_some() {
        return Half::Wrong(ERROR);
    }
    let pair = [&AWS_ACCESS_KEY_ID, &AWS_SECRET_ACCESS_KEY].map(|row| section.text(row.name));
    if let [Some(id), Some(secret)] = pair {
        let is_half = |place: &Place| (&place.path, place.line) == (&half.path, half.line);
        let other =
            [id.origin, secret.origin].into_iter().find(|origin| !origin.place().is_some_and(is_half));
        return Half::Pair(other.map_or_else(|| "a pair".to_owned(), |other| format!("a pair with {other}")));
    }
    let is_ignored = sdk.ruled.is_some_and(|rules| {
        let comes_first = |provider| provider != Provider::SharedCredentialsFile;
        matches!((rules.flow)(Problem::HalfPair), Flow::Skip | Flow::Next)
            || chain::lead(rules, view, section).is_some_and(comes_first)
    });
    Half::Wrong(if is_ignored { IGNORED } else { ERROR })
}
