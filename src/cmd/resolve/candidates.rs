//! The variables and lines that may make a difference.

use super::super::Cx;
use super::answer::Answer;
use super::change::{Change, Entry};
use super::scenario::Scenario;
use crate::effective;
use crate::ini::{self, Document, Kind, Section};
use crate::origin::{Origin, Place};
use crate::profile::{File, FileKind, Heading, SectionName};
use crate::sdk::Sdk;
use crate::secret::Secret;
use crate::text::without_decoration;

/// Where each is, and what is tried.
pub(super) type Candidates = Vec<(Origin, Change)>;

/// At most so many candidates, the least change first. Where there are more, what concerns the profile comes first.
pub(super) fn candidates(scenario: &Scenario<'_>, answers: &[Answer], most: usize, cx: Cx<'_>) -> Candidates {
    let selected = effective::select(cx.world, cx.global.profile.as_deref(), Sdk::default());
    let profile = selected.ok().map(|selection| selection.name.value);
    let profile = profile.as_deref();
    let (mut found, removed) = lines(scenario, profile);
    found.extend(regions(scenario, answers, profile));
    found.extend(region_variables(scenario));
    found.extend(variables(scenario));
    found.extend(removed);
    if found.len() > most {
        found.sort_by_key(|(_, change)| !profile.is_some_and(|name| change.concerns(name)));
        found.truncate(most);
    }
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
fn regions(scenario: &Scenario<'_>, answers: &[Answer], profile: Option<&str>) -> Candidates {
    let Some(profile) = profile else { return Vec::new() };
    let file = scenario.files.file(FileKind::Config);
    let Some(section) = file.section(&SectionName::Profile(profile.to_owned())) else {
        return Vec::new();
    };
    let mut regions: Vec<&str> = answers.iter().filter_map(|answer| answer.region.as_deref()).collect();
    regions.sort_unstable();
    regions.dedup();
    let header = file.header_place(&section);
    let change = |region: &str| Change::Region {
        section_end: section.line(),
        profile: profile.to_owned(),
        region: region.to_owned(),
    };
    regions.into_iter().map(|region| (Origin::File(header.clone()), change(region))).collect()
}

/// The lines of both files that aren't in plain form, in plain form; then each entry of the profile `tried`, removed.
fn lines(scenario: &Scenario<'_>, tried: Option<&str>) -> (Candidates, Candidates) {
    let (mut plain, mut removed) = (Vec::new(), Vec::new());
    for kind in FileKind::BY_PRECEDENCE {
        let file = scenario.files.file(kind);
        for section in file.document.sections() {
            let profile = of_profile(kind, file.document, &section);
            let is_tried = profile.is_some() && profile.as_deref() == tried;
            for entry in section.entries() {
                let with = |value| replaced(&file, &section, &entry, profile.clone(), value);
                plain.extend(plain_value(&file, &entry).map(|value| with(Some(value))));
                removed.extend(is_tried.then(|| with(None)));
            }
        }
        plain.extend(odd_lines(&file));
    }
    (plain, removed)
}

/// The key of an entry, as a plain line has it.
fn plain_key(entry: &ini::Entry<'_>) -> String {
    String::from_utf8_lossy(entry.key()).to_ascii_lowercase()
}

/// The value that an entry has in plain form, unless its line is in that form.
fn plain_value(file: &File<'_>, entry: &ini::Entry<'_>) -> Option<String> {
    let line = String::from_utf8_lossy(file.document.line_bytes(entry.line()));
    let value = without_decoration(&entry.first_text()?).to_owned();
    is_other(&format!("{} = {value}", plain_key(entry)), &line).then_some(value)
}

/// An entry with a plain value in place of its lines, or without them.
fn replaced(
    file: &File<'_>,
    section: &Section<'_>,
    entry: &ini::Entry<'_>,
    profile: Option<String>,
    value: Option<String>,
) -> (Origin, Change) {
    let (place, key) = (file.entry_place(section, entry), plain_key(entry));
    let change = Change::Line {
        kind: file.kind,
        line: entry.line(),
        last: entry.last_line(),
        text: value.as_ref().map(|value| format!("{key} = {value}")),
        place: place.clone(),
        entry: profile.map(|profile| Entry { profile, key, value }),
    };
    (Origin::File(place), change)
}

/// The lines of a file that belong to no section's entries, in plain form, if they aren't.
fn odd_lines(file: &File<'_>) -> Candidates {
    let (kind, document) = (file.kind, file.document);
    let changes = (1..).zip(document.lines()).filter_map(|(number, line)| {
        let text = document.text(line.span).trim().to_owned();
        let place = Place::line(file.path.clone(), number);
        let made = match line.kind {
            Kind::Header { name } => plain_header(kind, &document.text(name)),
            Kind::Continuation { .. } if text.contains('=') => {
                let text = Secret::held(text);
                let change = Change::Unindented { kind, line: number, text, place: place.clone() };
                return Some((Origin::File(place), change));
            }
            Kind::Stray(_) => None,
            _ => return None,
        };
        if made.as_ref() == Some(&text) {
            return None;
        }
        let (line, last, origin) = (number, number, Origin::File(place.clone()));
        Some((origin, Change::Line { kind, line, last, text: made, place, entry: None }))
    });
    changes.collect()
}

/// The name of the profile, if the section is one.
fn of_profile(kind: FileKind, document: &Document, section: &Section<'_>) -> Option<String> {
    match Heading::read(kind, &document.text_of(section)) {
        Heading::Profile(name) => Some(name.into_owned()),
        _ => None,
    }
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
