//! The lines of nested blocks.

use super::Line;
use super::misspelt::{is_hidden, repeated};
use crate::checks::issue::Issue;
use crate::checks::scene::Diagnosis;
use crate::checks::values;
use crate::failure::Hint;
use crate::finding::Finding;
use crate::ini::{Cause, Entry, Value};
use crate::origin::Place;
use crate::profile::{KeyPath, Notice, SectionName};
use crate::settings::{self, Doubt, ENDPOINT_URL, S3};
use crate::text::{looks_commented, unquoted};

/// The name that S3 has as a command of AWS CLI, and in no setting.
const S3_COMMANDS: &str = "s3api";

/// Whether the key is a setting where no block is, so that its line is indented by mistake.
fn is_setting(key: &str) -> bool {
    settings::variable(key).is_some() && settings::variable(&format!("{S3}.{key}")).is_none()
}

/// What is meant by a key that seems to be an address, and isn't one.
fn address(key: &str) -> Option<&'static str> {
    let is_meant = key != ENDPOINT_URL.name && key.to_lowercase().contains("endpoint");
    is_meant.then_some(ENDPOINT_URL.name)
}

impl Line<'_, '_> {
    /// A nested setting that is written on a line of its own, with a dot.
    pub(super) fn dotted(&self, entry: &Entry<'_>, key: &str) -> Option<Diagnosis> {
        let (block, nested) = key.split_once('.')?;
        let is_service = matches!(self.name, SectionName::Services(_));
        let is_address = is_service && nested == ENDPOINT_URL.name;
        if !is_address && !KeyPath::is_dotted_line(key) {
            return None;
        }
        let place = self.file.entry_place(self.section, entry);
        let (section, key) = (self.name.clone(), key.to_owned());
        if self.profile.is_some() && nested == ENDPOINT_URL.name {
            let service = if block == S3_COMMANDS { S3 } else { block }.to_owned();
            return Some(self.report(Finding::at(place, Issue::UnreadNested { section, key, service })));
        }
        let text = entry.text().unwrap_or_default();
        let value = match repeated(&key, &key, &text) {
            _ if self.is_set(&key) || self.offered_before(&key, entry.line()).is_some() => None,
            // For standard input.
            Some(_) if is_hidden(&key, &key, &text) => Some("-"),
            value => value,
        };
        let fix = value.map(|value| {
            let set = Hint::from("set it in a block, then remove the line: ");
            set.run(section.set(&key, value))
        });
        Some(self.report(Finding::at(place, Issue::Dotted { key }).fixed_by(fix)))
    }

    /// The lines of a nested block.
    pub(super) fn nested(&self, entry: &Entry<'_>, block: &str, found: &mut Vec<Diagnosis>) {
        let Value::Block(lines) = entry.value() else { return };
        for line in lines {
            let key = format!("{block}.{}", line.key);
            let place = Place {
                line: line.line,
                key: Some(key.clone().into()),
                ..self.file.header_place(self.section)
            };
            let text = line.value.expose();
            // In the section of `services` it is read.
            let is_service = matches!(self.name, SectionName::Services(_));
            let row = if is_service && line.key == ENDPOINT_URL.name {
                Some(&ENDPOINT_URL)
            } else {
                settings::variable(&key).filter(|_| !is_service)
            };
            let refused = row.and_then(|row| self.refused(row, &key, Some(text)));
            let finding = if unquoted(text).is_some() && row.is_some() {
                let (section, is_repairable) = (self.name.clone(), false);
                Finding::at(place, Issue::Quoted { section, key, is_repairable })
            } else if looks_commented(text) && row.is_some() {
                Finding::at(place, Issue::Commented { section: self.name.clone(), key })
            } else if let Some(issue) = refused {
                Finding::at(place, issue)
            } else if let Some(doubt) = row.and_then(|_| settings::doubts_about(&key, text).pop()) {
                let fix = self.fix(&doubt, &key, (line.line, text));
                Finding::at(place, doubt).fixed_by(fix)
            } else if line.key == ENDPOINT_URL.name && self.profile.is_some() {
                let service = if block == S3_COMMANDS { S3 } else { block };
                let (section, service) = (self.name.clone(), service.to_owned());
                Finding::at(place, Issue::UnreadNested { section, key, service })
            } else if line.key == ENDPOINT_URL.name && block == S3_COMMANDS {
                let doubt = Doubt::UnknownKey { key: key.clone(), similar: format!("{S3}.{}", line.key) };
                let fix = self.fix(&doubt, &key, (line.line, text));
                Finding::at(place, doubt).fixed_by(fix)
            } else if let Some(doubt) = values::odd_nested(block, &line.key, text)
                // Only AWS CLI's commands read it.
                && self.scene.sdk.ruled.is_none()
            {
                Finding::at(place, doubt)
            } else if block == S3 && self.profile.is_some() && is_setting(&line.key) {
                let cause = Cause::Indented { of: entry.line() };
                Finding::at(place, Notice::LostSetting { key: line.key.clone(), cause })
            } else if let Some(similar) = address(&line.key)
                .filter(|_| is_service)
                .map(|nested| format!("{block}.{nested}"))
                .or_else(|| values::misspelled_nested(block, &line.key))
            {
                let doubt = Doubt::UnknownKey { key: key.clone(), similar };
                let fix = self.fix(&doubt, &key, (line.line, text));
                Finding::at(place, doubt).fixed_by(fix)
            } else {
                continue;
            };
            found.push(self.report(finding));
        }
    }
}
