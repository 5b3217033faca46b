//! The lines of a section: unread keys, and values that are not what they seem to be.

mod known;
mod nested;
mod refused;

use known::{Keys, Known};

use super::files::distinct;
use super::issue::Issue;
use super::scene::{Diagnosis, Remedy, Scene};
use super::{values, variables};
use crate::failure::Hint;
use crate::finding::{Finding, Kind as _};
use crate::ini::{Entry, Section, Value, lowered, same_key};
use crate::origin::Place;
use crate::profile::{File, FileKind, KeyPath, Notice, Repair, SectionName};
use crate::secret::{Care, Secret};
use crate::settings::{self, CA_BUNDLE, Doubt, S3, Variable, WEB_IDENTITY_TOKEN_FILE};
use crate::text::{is_comment, is_unseen, looks_commented, without_quotes};

/// The lines of every section.
pub(super) fn all(scene: &Scene<'_>, found: &mut Vec<Diagnosis>) {
    let mut keys = Keys::default();
    for file in distinct(scene) {
        for (section, heading) in file.headings() {
            // Other sections are other programs'.
            let Some(name) = heading.section().filter(|name| !matches!(name, SectionName::Other(_))) else {
                continue;
            };
            of_section(scene, &file, &section, &name, &mut keys, found);
        }
    }
}

/// The lines of the sections of this name.
pub(super) fn of_sections(scene: &Scene<'_>, name: &SectionName, found: &mut Vec<Diagnosis>) {
    let mut keys = Keys::default();
    for file in distinct(scene) {
        if let Some(section) = file.section(name) {
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
    let line = Line { scene, file, section, name, profile };
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
}

/// Where an entry is.
struct Line<'l, 'f> {
    scene: &'l Scene<'l>,
    file: &'l File<'f>,
    section: &'l Section<'f>,
    name: &'l SectionName,
    profile: Option<String>,
}

impl Line<'_, '_> {
    fn check(&self, entry: &Entry<'_>, keys: &mut Keys, found: &mut Vec<Diagnosis>) {
        let key = lowered(entry.key());
        let report = |finding| self.report(finding);
        let at = |issue| report(Finding::at(self.file.entry_place(self.section, entry), issue));
        if let Some(diagnosis) = self.dotted(entry, &key) {
            return found.push(diagnosis);
        }
        let row = match keys.known(&key) {
            Known::Doubtful(doubt) => {
                let place = self.file.entry_place(self.section, entry);
                let value = entry.text().unwrap_or_default();
                let fix = self.moved_to_profile(&doubt).or_else(|| self.fix(&doubt, &key, &value));
                return found.push(report(Finding::at(place, doubt).fixed_by(fix)));
            }
            Known::Foreign(program) => {
                if let Some(program) = program {
                    found.push(at(Issue::OtherPrograms { key: key.into_owned(), program }));
                } else if let Value::Block(_) = entry.value() {
                    self.nested(entry, &key, found);
                } else if key == S3 {
                    found.extend(self.no_block(entry, key.into_owned(), keys));
                }
                return;
            }
            Known::Setting(row) => row,
        };
        if let SectionName::SsoSession(_) = self.name
            && !row.name.starts_with("sso_")
        {
            return found.push(at(self.unread_in_session(row, &key, entry)));
        }
        if self.file.kind == FileKind::Credentials && !row.in_credentials_file && !row.credential {
            found.push(at(Issue::WrongFile { key: key.to_string() }));
        }
        let is_continued = self.file.document.has_continuations();
        for lost in is_continued.then(|| entry.lost_settings()).into_iter().flatten() {
            let Some(lost_key) = lost.key else { continue };
            let place = Place { line: lost.line, ..self.file.header_place(self.section) };
            let notice = Notice::LostSetting { key: lost_key.to_owned(), of: entry.line() };
            found.push(report(Finding::at(place, notice)));
        }
        if is_continued && self.has_lost_lines(entry) {
            // The value is wrong only because of them.
            return;
        }
        let text = entry.text();
        if text.is_none()
            && let Some(issue) = self.refused(row, &key, None)
        {
            return found.push(at(issue));
        }
        let Some(text) = text else { return self.nested(entry, &key, found) };
        let place = || self.file.entry_place(self.section, entry);
        // The words of a command may be quoted, and have such characters.
        let is_command = *row == settings::CREDENTIAL_PROCESS;
        // Such values are wrong in a way of their own, and some are refused because of it.
        let odd = |issue| {
            let place = self.file.entry_place(self.section, entry);
            report(Finding::at(place, issue).at_least(self.least(row, &key, &text)))
        };
        if let Some(other) = settings::joined(&text).filter(|_| !is_command && !text.contains('\n')) {
            return found.push(odd(Issue::Joined { key: key.to_string(), other: other.name }));
        }
        if let Some(bare) = without_quotes(&text).filter(|_| !is_command) {
            let value = || {
                Remedy::Edit(Repair::Value {
                    kind: self.file.kind,
                    section: self.section.index(),
                    key: key.to_string(),
                    value: Secret::new(bare),
                })
            };
            let repair = self.needs_no_decision(row, entry, bare).then(value);
            let (section, is_repairable) = (self.name.clone(), repair.is_some());
            let issue = Issue::Quoted { section, key: key.to_string(), is_repairable };
            return found.push(Diagnosis { repair, ..odd(issue) });
        }
        if !is_command && looks_commented(&text) {
            return found.push(odd(Issue::Commented { section: self.name.clone(), key: key.to_string() }));
        }
        if text.contains(is_unseen) && !text.contains('\n') {
            let (section, key) = (self.name.clone(), key.to_string());
            return found.push(odd(Issue::UnseenCharacter { section, key }));
        }
        if let Some(issue) = self.refused(row, &key, Some(&text)) {
            return found.push(at(issue));
        }
        if *row == WEB_IDENTITY_TOKEN_FILE || *row == CA_BUNDLE {
            found.extend(match values::path(row, &key, &text) {
                Some(issue) => Some(at(issue)),
                None if text.is_empty() || !self.scene.reads_files => None,
                None if keys.sound.contains(&*text) => None,
                None => {
                    let fault = variables::file(self.scene.world, row, &text, place(), found);
                    if fault.is_none() && *row == CA_BUNDLE {
                        keys.sound.insert(text.into_owned());
                    }
                    fault.map(|fault| Diagnosis { profile: self.profile.clone(), ..fault })
                }
            });
            return;
        }
        if let Some(issue) = self.unlike(row, &key, &text) {
            return found.push(at(issue));
        }
        let doubts = settings::doubts_about(&key, &text).into_iter();
        let doubts = doubts.filter(|doubt| match doubt {
            Doubt::UnknownRegion { .. } => !self.scene.is_another_vendors(self.name),
            // Both halves are judged together.
            Doubt::NotAKeyId | Doubt::NotASecret(_) => false,
            _ => true,
        });
        found.extend(doubts.map(|doubt| {
            let fix = self.fix(&doubt, &key, &text);
            report(Finding::at(place(), doubt).fixed_by(fix))
        }));
    }

    /// The command that does what was probably meant.
    fn fix(&self, doubt: &Doubt, key: &str, value: &str) -> Option<Hint> {
        match doubt {
            Doubt::UnknownKey { similar, .. } => {
                let hint = Hint::from("did you mean ");
                let hint = match self.repeated(key, similar, value) {
                    Some(value) => hint.run(self.name.set(similar, value)),
                    None => hint.say(format!("`{similar}`")),
                };
                Some(hint.say("? ").run(self.name.unset(key)).say(" removes the other"))
            }
            Doubt::EmptyRegion | Doubt::NotABlock { .. } => {
                Some(Hint::from(self.name.unset(key)).say(" removes it"))
            }
            doubt => {
                let set = self.name.set(key, doubt.meant()?);
                Some(Hint::did_you_mean(set))
            }
        }
    }

    /// The value as a command repeats it: `-`, for standard input, in place of a secret. `None` if nothing should be set: there is
    /// nothing to repeat, or the right key has a value, too.
    fn repeated<'v>(&self, key: &str, similar: &str, value: &'v str) -> Option<&'v str> {
        let is_set = KeyPath::parse(similar).is_ok_and(|path| self.section.line_of(path.as_key()).is_some());
        if is_set || value.is_empty() || value.contains(['\n', char::REPLACEMENT_CHARACTER]) {
            return None;
        }
        let is_command = || [similar, key].into_iter().any(settings::is_command);
        let has_arguments = is_command() && settings::without_arguments(value) != value;
        let is_secret = has_arguments || [similar, key].into_iter().any(settings::is_secret);
        Some(if is_secret || settings::masked(value, Care::Great) != value { "-" } else { value })
    }

    /// Whether the value between an entry's quotes is what was meant, so that every reader reads it back and nothing else changes.
    fn needs_no_decision(&self, row: &Variable, entry: &Entry<'_>, bare: &str) -> bool {
        // With more quotes inside, these may not be a pair. What isn't UTF-8 would be replaced.
        let is_odd = |c: char| c.is_control() || ['"', '\'', char::REPLACEMENT_CHARACTER].contains(&c);
        let is_plain = !bare.is_empty() && bare.trim() == bare && !bare.contains(is_odd);
        let has_comment = is_comment(bare) || looks_commented(bare);
        // The quotes may be a part of the name.
        let is_name = || {
            let section: fn(String) -> SectionName = match row {
                row if *row == settings::SOURCE_PROFILE => SectionName::Profile,
                row if *row == settings::SSO_SESSION => SectionName::SsoSession,
                row if *row == settings::SERVICES => SectionName::Services,
                _ => return false,
            };
            entry.text().is_some_and(|text| self.scene.files.find(&section(text.into_owned())).exists())
        };
        // Only one of the repeated lines would be left.
        let is_repeated = || {
            let mut all = self.section.entries().filter(|other| same_key(other.key(), row.name));
            all.nth(1).is_some()
        };
        is_plain && !has_comment && !is_name() && !is_repeated()
    }

    fn report(&self, finding: Finding) -> Diagnosis {
        Diagnosis { profile: self.profile.clone(), ..Diagnosis::new(finding) }
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
