//! The variables and lines that may make a difference.

use super::super::Cx;
use super::answer::Answer;
use super::change::{Change, Entry};
use super::scenario::Scenario;
use crate::effective;
use crate::ini::{Document, Kind, Section};
use crate::origin::{Origin, Place};
use crate::profile::{FileKind, Heading};
use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::text::without_decoration;

/// Where each is, and what is tried.
pub(super) type Candidates = Vec<(Origin, Change)>;

/// All candidates, the least change first.
pub(super) fn candidates(scenario: &Scenario<'_>, answers: &[Answer], cx: Cx<'_>) -> Candidates {
    let (mut found, removed) = lines(scenario, cx);
    found.extend(regions(scenario, answers, cx));
    found.extend(region_variables(scenario));
    found.extend(variables(scenario));
    found.extend(removed);
    found
}

fn variables(scenario: &Scenario<'_>) -> Candidates {
    let is_read = |name: &str| name.starts_with("AWS_") || name == "SECRET_ACCESS_KEY";
    let names = scenario.world.variables().map(|(name, _)| name).filter(|name| is_read(name));
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort();
    let change = |variable: String| {
        (Origin::Environment { variable: variable.clone().into() }, Change::Unset { variable })
    };
    names.into_iter().map(change).collect()
}

/// The two variables of the region, each with the value of the other.
fn region_variables(scenario: &Scenario<'_>) -> Candidates {
    let [one, other] = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let pairs = [(one, other), (other, one)].into_iter();
    let changes = pairs.filter_map(|(variable, from)| {
        let value = scenario.world.non_empty(from)?.to_owned();
        Some((Origin::environment(variable), Change::Export { variable, value }))
    });
    changes.collect()
}

/// The regions of other SDKs, for the profile in the config file.
fn regions(scenario: &Scenario<'_>, answers: &[Answer], cx: Cx<'_>) -> Candidates {
    let Ok(selection) = effective::select(cx.world, cx.global.profile.as_deref(), Sdk::default()) else {
        return Vec::new();
    };
    let profile = selection.name.value;
    let file = scenario.files.file(FileKind::Config);
    let Some(section) = file.section(&crate::profile::SectionName::Profile(profile.clone())) else {
        return Vec::new();
    };
    let mut regions: Vec<&str> = answers.iter().filter_map(|answer| answer.region.as_deref()).collect();
    regions.sort_unstable();
    regions.dedup();
    let header = file.header_place(&section);
    let change = |region: &str| Change::Region {
        section_end: section.line(),
        profile: profile.clone(),
        region: region.to_owned(),
    };
    regions.into_iter().map(|region| (Origin::File(header.clone()), change(region))).collect()
}

/// The lines of both files that aren't in plain form, in plain form; then each entry of a profile, removed.
fn lines(scenario: &Scenario<'_>, cx: Cx<'_>) -> (Candidates, Candidates) {
    let mut plain = Vec::new();
    let mut removed = Vec::new();
    for kind in FileKind::BY_PRECEDENCE {
        let file = scenario.files.file(kind);
        let document = file.document;
        for section in document.sections() {
            let name = of_profile(kind, document, &section);
            for entry in section.entries() {
                let place = file.entry_place(&section, &entry);
                let lines = (entry.line(), entry.last_line());
                let text = String::from_utf8_lossy(document.line_bytes(entry.line())).into_owned();
                let key = String::from_utf8_lossy(entry.key()).to_ascii_lowercase();
                let value = entry.first_text().map(|value| without_decoration(&value).to_owned());
                let made = value.as_ref().map(|value| format!("{key} = {value}"));
                let entry = |value: Option<String>| {
                    name.clone().map(|profile| Entry { profile, key: key.clone(), value })
                };
                let change = |text, entry| Change::Line {
                    kind,
                    line: lines.0,
                    last: lines.1,
                    text,
                    place: place.clone(),
                    entry,
                };
                if let Some(made) = made.filter(|made| is_other(made, &text)) {
                    plain.push((Origin::File(place.clone()), change(Some(made), entry(value))));
                }
                if name.as_deref().is_some_and(|name| is_of_interest(name, cx)) {
                    removed.push((Origin::File(place.clone()), change(None, entry(None))));
                }
            }
        }
        for (number, line) in (1..).zip(document.lines()) {
            let text = document.text(line.span).trim().to_owned();
            let made = match line.kind {
                Kind::Header { name } => plain_header(kind, &document.text(name)),
                Kind::Continuation { .. } if text.contains('=') => {
                    let place = Place::line(file.path.clone(), number);
                    let text = Secret::held(text);
                    let change = Change::Unindented { kind, line: number, text, place: place.clone() };
                    plain.push((Origin::File(place), change));
                    continue;
                }
                Kind::Stray(_) => None,
                _ => continue,
            };
            if made.as_ref() != Some(&text) {
                let place = Place::line(file.path.clone(), number);
                let change = Change::Line {
                    kind,
                    line: number,
                    last: number,
                    text: made,
                    place: place.clone(),
                    entry: None,
                };
                plain.push((Origin::File(place), change));
            }
        }
    }
    (plain, removed)
}

/// The name of the profile, if the section is one.
fn of_profile(kind: FileKind, document: &Document, section: &Section<'_>) -> Option<String> {
    match Heading::read(kind, &document.text_of(section)) {
        Heading::Profile(name) => Some(name.into_owned()),
        _ => None,
    }
}

/// Whether the entries of a profile are tried one by one.
fn is_of_interest(name: &str, cx: Cx<'_>) -> bool {
    let selected = effective::select(cx.world, cx.global.profile.as_deref(), Sdk::default());
    selected.is_ok_and(|selection| selection.name.value == name)
}

/// Whether a line has another form.
fn is_other(made: &str, line: &str) -> bool {
    let without_blanks = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect::<String>();
    without_blanks(made) != without_blanks(line.trim_end()) || line.starts_with([' ', '\t'])
}

/// A header in the form that every SDK reads.
fn plain_header(kind: FileKind, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(match (kind, words.as_slice()) {
        (FileKind::Config, ["profile", name]) if name.trim_matches(['"', '\'']) == "default" => {
            "[default]".to_owned()
        }
        (FileKind::Config, [prefix, name]) => {
            format!("[{} {}]", prefix.to_lowercase(), name.trim_matches(['"', '\'']))
        }
        (FileKind::Config, ["default"]) => "[default]".to_owned(),
        (FileKind::Config, [name]) => format!("[profile {}]", name.strip_prefix("profile.").unwrap_or(name)),
        (FileKind::Credentials, ["profile", name] | [name]) => format!("[{name}]"),
        _ => return Some(format!("[{text}]")),
    })
}
