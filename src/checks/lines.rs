//! The lines of a section: unread keys, and values that are not what they seem to be.

mod decorated;
mod known;
mod misspelt;
mod nested;
mod refused;

use std::borrow::Cow;
use std::cell::RefCell;

use known::{Keys, Known, Offered};

use super::issue::Issue;
use super::scene::{Diagnosis, Scene};
use super::{judged, values, variables};
use crate::finding::Finding;
use crate::ini::{Entry, Section, Value, lowered};
use crate::origin::Place;
use crate::profile::{File, FileKind, Notice, SectionName};
use crate::settings::{self, CA_BUNDLE, Doubt, S3, Variable, WEB_IDENTITY_TOKEN_FILE};

/// The lines of every section.
pub(super) fn all(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut keys = Keys::default();
    for file in scene.files.both() {
        for (section, heading) in file.headings() {
            // Other sections are other programs'.
            let Some(name) = heading.section().filter(|name| !matches!(name, SectionName::Other(_))) else {
                continue;
            };
            if scene.files.is_of_config(file.kind, name.name()) {
                continue;
            }
            // Nothing of a section is read that another one has replaced.
            let is_replaced =
                || file.section(&name).is_some_and(|effective| effective.index() != section.index());
            if file.kind == FileKind::Credentials || !is_replaced() {
                of_section(scene, &file, &section, &name, &mut keys, found);
            }
        }
    }
}

/// The lines of the sections of this name.
pub(super) fn of_sections(scene: &Scene<'_>, name: &SectionName, found: &mut Vec<Diagnosis>) {
    let mut keys = Keys::default();
    for file in scene.files.both() {
        if let Some(section) =
            file.section(name).filter(|_| !scene.files.is_of_config(file.kind, name.name()))
        {
            // The file's check reports them all; who uses one section hears of those that it swallowed.
            swallowed(&file, &section, name, found);
            of_section(scene, &file, &section, name, &mut keys, found);
        }
    }
}

/// The headers that are read as a part of the section.
fn swallowed(file: &File<'_>, section: &Section<'_>, name: &SectionName, found: &mut Vec<Diagnosis>) {
    let profile = name.profile();
    let lost = file.lost(section.lost_headers()).into_iter();
    found.extend(lost.map(|lost| Diagnosis { profile: profile.map(str::to_owned), ..Diagnosis::new(lost) }));
}

fn of_section<'f>(
    scene: &Scene<'_>,
    file: &File<'f>,
    section: &Section<'f>,
    name: &SectionName,
    keys: &mut Keys,
    found: &mut Vec<Diagnosis>,
) {
    let profile = name.profile().map(str::to_owned);
    let offered = RefCell::new(std::mem::take(&mut keys.offered));
    let line = Line { scene, file, section, name, profile, offered: &offered };
    for entry in section.entries() {
        if let SectionName::Services(_) = name {
            // A service's name is any word.
            let key = lowered(entry.key());
            if let Some(diagnosis) = line.dotted(&entry, &key) {
                found.push(diagnosis);
                continue;
            }
            line.nested(&entry, &key, found);
            found.extend(line.no_block(&entry, key.into_owned(), keys));
            continue;
        }
        line.check(&entry, keys, found);
    }
    keys.offered = offered.into_inner();
}

/// Where an entry is.
struct Line<'l, 'f> {
    scene: &'l Scene<'l>,
    file: &'l File<'f>,
    section: &'l Section<'f>,
    name: &'l SectionName,
    profile: Option<String>,
    offered: &'l RefCell<Offered>,
}

impl Line<'_, '_> {
    fn check(&self, entry: &Entry<'_>, keys: &mut Keys, found: &mut Vec<Diagnosis>) {
        let key = lowered(entry.key());
        if let Some(diagnosis) = self.dotted(entry, &key) {
            return found.push(diagnosis);
        }
        if let Some(diagnosis) = self.statement(entry, &key) {
            return found.push(diagnosis);
        }
        match keys.known(&key) {
            Known::Setting(row) => self.setting(row, &key, entry, keys, found),
            Known::Doubtful(doubt) => {
                let value = entry.text().unwrap_or_default();
                found.push(self.doubtful(doubt, &key, &value, entry));
            }
            Known::Foreign(Some(program)) => {
                found.push(self.at(entry, Issue::OtherPrograms { key: key.into_owned(), program }));
            }
            Known::Foreign(None) => match entry.value() {
                Value::Block(_) => self.nested(entry, &key, found),
                Value::Text(_) if key == S3 => found.extend(self.no_block(entry, key.into_owned(), keys)),
                Value::Text(_) => {}
            },
        }
    }

    /// A line with a setting of AWS.
    fn setting(
        &self,
        row: &Variable,
        key: &str,
        entry: &Entry<'_>,
        keys: &mut Keys,
        found: &mut Vec<Diagnosis>,
    ) {
        if let SectionName::SsoSession(_) = self.name
            && !row.name.starts_with("sso_")
        {
            return found.push(self.at(entry, self.unread_in_session(row, key, entry)));
        }
        if self.file.kind == FileKind::Credentials && !row.in_credentials_file && !row.credential {
            found.push(self.at(entry, Issue::WrongFile { key: key.to_owned() }));
        }
        if self.file.document.has_continuations() {
            found.extend(self.lost_settings(entry));
            if self.has_lost_lines(entry) {
                // The value is wrong only because of them.
                return;
            }
        }
        if judged::is_unread(self.scene.sdk, row) {
            return;
        }
        let Some(text) = entry.text() else {
            return match self.refused(row, key, None) {
                Some(issue) => found.push(self.at(entry, issue)),
                None => self.nested(entry, key, found),
            };
        };
        if let Some(diagnosis) = self.decorated(row, key, &text, entry) {
            found.push(diagnosis);
        } else if let Some(issue) = self.refused(row, key, Some(&text)) {
            found.push(self.at(entry, issue));
        } else if *row == WEB_IDENTITY_TOKEN_FILE || *row == CA_BUNDLE {
            let diagnosis = self.file_named(row, key, text, entry, keys, found);
            found.extend(diagnosis);
        } else if let Some(issue) = self.unlike(row, key, &text) {
            found.push(self.at(entry, issue));
        } else {
            // It has no quotes and no comment.
            let doubt = settings::doubt_of(row, &text).filter(|doubt| match doubt {
                Doubt::UnknownRegion { .. } => !self.scene.is_another_vendors(self.name),
                // Both halves are judged together.
                Doubt::NotAKeyId | Doubt::NotASecret(_) => false,
                _ => true,
            });
            found.extend(doubt.map(|doubt| self.doubtful(doubt, key, &text, entry)));
        }
    }

    /// A file that the value names.
    fn file_named(
        &self,
        row: &Variable,
        key: &str,
        text: Cow<'_, str>,
        entry: &Entry<'_>,
        keys: &mut Keys,
        found: &[Diagnosis],
    ) -> Option<Diagnosis> {
        if let Some(issue) = values::path(row, key, &text) {
            return Some(self.at(entry, issue));
        }
        if text.is_empty() || !self.scene.reads_files || keys.sound.contains(&*text) {
            return None;
        }
        let place = self.file.entry_place(self.section, entry);
        let fault = variables::file(self.scene.world, row, &text, place, found);
        if fault.is_none() && *row == CA_BUNDLE {
            keys.sound.insert(text.into_owned());
        }
        fault.map(|fault| Diagnosis { profile: self.profile.clone(), ..fault })
    }

    /// A line that is probably meant otherwise.
    fn doubtful(&self, doubt: Doubt, key: &str, value: &str, entry: &Entry<'_>) -> Diagnosis {
        let fix = self.moved_to_profile(&doubt).or_else(|| self.fix(&doubt, key, (entry.line(), value)));
        self.report(Finding::at(self.file.entry_place(self.section, entry), doubt).fixed_by(fix))
    }

    fn report(&self, finding: Finding) -> Diagnosis {
        Diagnosis { profile: self.profile.clone(), ..Diagnosis::new(finding) }
    }

    fn at(&self, entry: &Entry<'_>, issue: Issue) -> Diagnosis {
        self.report(Finding::at(self.file.entry_place(self.section, entry), issue))
    }

    /// The settings that are read as a part of the entry's value.
    fn lost_settings(&self, entry: &Entry<'_>) -> impl Iterator<Item = Diagnosis> {
        entry.lost_settings().filter_map(|lost| {
            let place = Place { line: lost.line, ..self.file.header_place(self.section) };
            let notice = Notice::LostSetting { key: lost.key?.to_owned(), cause: lost.cause };
            Some(self.report(Finding::at(place, notice)))
        })
    }

    /// Whether settings or headers are a part of the entry's value.
    fn has_lost_lines(&self, entry: &Entry<'_>) -> bool {
        let breaks = entry.text().map_or(0, |text| text.matches('\n').count());
        let end = entry.line() + u32::try_from(breaks).unwrap_or(u32::MAX);
        let is_within = |line: u32| line > entry.line() && line <= end;
        entry.lost_settings().next().is_some()
            || self.file.document.lost_headers().iter().any(|lost| is_within(lost.line))
    }
}
