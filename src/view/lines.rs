//! What each SDK makes of each line of a file, and the lines that they read differently.

mod botocore;
mod headers;
mod made;
mod oddity;
mod plain;
mod ruled;

use rustc_hash::FxHashSet;

use crate::finding::{Finding, Reading, Severity};
use crate::ini::lowered;
use crate::origin::Place;
use crate::profile::{File, SectionName};
use crate::sdk::{FileRules, Sdk};
use crate::settings;
use headers::Headers;
use made::Made;
pub(crate) use oddity::Oddity;

/// A line that SDKs read differently, or not as its author meant.
pub struct Difference {
    /// What is odd about it, with what each SDK makes of it.
    pub finding: Finding,
    /// The profile whose section it is in, as far as an SDK reads it.
    pub profile: Option<String>,
    /// Whether the SDKs differ.
    pub differs: bool,
}

/// Programs that read files by the same rules.
struct Reader {
    name: &'static str,
    programs: Vec<&'static str>,
    /// None for botocore's.
    rules: Option<&'static FileRules>,
}

/// botocore first.
fn readers() -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for sdk in Sdk::all() {
        match readers.iter_mut().find(|reader| reader.name == sdk.reader()) {
            Some(reader) => reader.programs.push(sdk.short_title()),
            None => readers.push(Reader {
                name: sdk.reader(),
                programs: vec![sdk.short_title()],
                rules: sdk.ruled.map(|ruled| ruled.files),
            }),
        }
    }
    readers
}

/// The header of a profile whose section replaces another one, if no reader of lines is needed to know it.
pub fn respelled(file: &File<'_>, name: &str) -> Option<Finding> {
    let (effective, other) = file.replaced(&SectionName::Profile(name.to_owned()))?;
    let oddity = Oddity::Respelled { name: name.to_owned(), first: other.line() };
    let keys: Vec<String> = other.entries().map(|entry| lowered(entry.key()).into_owned()).collect();
    let dropped = keys
        .iter()
        .find(|key| settings::variable(key).is_some_and(|row| row.leads && effective.entry(key).is_none()));
    let what = dropped.map_or_else(String::new, |key| format!(", with its `{key}`"));
    let fix = format!("the section on line {} is ignored{what}: join the two", other.line());
    Some(Finding::at(file.header_place(&effective), oddity).fixed_by(Some(fix.into())))
}

/// The odd lines of a file, in their order.
pub fn differences(file: &File<'_>) -> Vec<Difference> {
    let headers = Headers::of(file);
    if headers.mistakes.is_empty() && plain::is_plain(file) { Vec::new() } else { compared(file, headers) }
}

/// The odd lines of a file, without a look at whether it is plain.
fn compared(file: &File<'_>, mut headers: Headers) -> Vec<Difference> {
    let readers = readers();
    let read = |reader: &Reader| match reader.rules {
        Some(rules) => ruled::lines(rules, file),
        None => botocore::lines(file),
    };
    // The finding about the other header says what becomes of them.
    let replaced: FxHashSet<u32> = headers.mistakes.values().filter_map(Oddity::replaced).collect();
    let each: Vec<Vec<Made<'_>>> = readers.iter().map(read).collect();
    let (mut found, mut section, mut profile) = (Vec::new(), None, None);
    for (at, line) in file.document.lines().iter().enumerate() {
        let number = crate::ini::Document::number(at);
        let made: Vec<&Made<'_>> = each.iter().map(|lines| &lines[at]).collect();
        let header = made.iter().find(|made| matches!(made, Made::Header(..) | Made::Inherited));
        if header.is_some() {
            profile = made.iter().find_map(|made| made.profile()).map(str::to_owned);
            section = heading_text(file, line);
        }
        let mut counted = made.iter().filter(|made| ***made != Made::Unread);
        let differs = counted.next().is_some_and(|first| counted.any(|made| !made.is_like(first)));
        let mistake = headers.mistakes.remove(&number);
        let is_replaced = replaced.contains(&number) && Made::is_one_profile(&made);
        if mistake.is_none() && (!differs || is_replaced) {
            continue;
        }
        let key = made.iter().find_map(|made| match made {
            Made::Key { name, .. } => Some(settings::shown_name(&name.to_lowercase()).into()),
            _ => None,
        });
        let is_mistake = mistake.is_some();
        let oddity = mistake.or_else(|| headers.spelled.remove(&number));
        let oddity = oddity.unwrap_or_else(|| oddity::of_line(file, line));
        let place = Place { path: file.path.clone(), line: number, section: section.clone(), key };
        let mut finding = Finding::at(place, oddity);
        let matters = differs && made.iter().any(|made| made.matters());
        let least = if matters { Severity::Warning } else { Severity::Note };
        finding.read_as(readings(&readers, &made), least);
        if is_mistake {
            finding.is_wrong_to_first();
        }
        found.push(Difference { finding, profile: profile.clone(), differs });
    }
    found
}

/// The text between the brackets of a line that looks like a header.
fn heading_text(file: &File<'_>, line: &crate::ini::Line) -> Option<Box<str>> {
    let text = file.document.text(line.span);
    let (_, rest) = text.split_once('[')?;
    let (header, _) = rest.rsplit_once(']')?;
    Some(settings::shown(header.into()).into())
}

fn readings(readers: &[Reader], made: &[&Made<'_>]) -> Vec<Reading> {
    let values = made.iter().map(|made| match made {
        Made::Key { value, .. } | Made::SubKey { value, .. } => &**value,
        _ => "",
    });
    let longest = values.max_by_key(|value| value.len()).unwrap_or_default();
    let readings = readers.iter().zip(made).map(|(reader, made)| Reading {
        reader: reader.name,
        programs: reader.programs.clone(),
        text: made.words(longest),
        is_wrong: matches!(made, Made::Refused(_) | Made::Emptied),
    });
    readings.collect()
}

#[cfg(test)]
mod tests;
