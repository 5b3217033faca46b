//! Values with more in them than was meant: another setting, quotes, a comment, a character that can't be seen.

use super::Line;
use crate::checks::issue::Issue;
use crate::checks::scene::{Diagnosis, Remedy};
use crate::finding::Finding;
use crate::ini::{Entry, same_key};
use crate::profile::{Repair, SectionName};
use crate::secret::Secret;
use crate::settings::{self, CREDENTIAL_PROCESS, Variable};
use crate::text::{is_comment, is_unseen, looks_commented, without_quotes};

impl Line<'_, '_> {
    /// A value with more in it than was meant. It is wrong in a way of its own, and may be refused because of it.
    pub(super) fn decorated(
        &self,
        row: &Variable,
        key: &str,
        text: &str,
        entry: &Entry<'_>,
    ) -> Option<Diagnosis> {
        let odd = |issue| {
            let place = self.file.entry_place(self.section, entry);
            self.report(Finding::at(place, issue).at_least(self.least(row, key, text)))
        };
        let (section, is_one_line) = (|| self.name.clone(), || !text.contains('\n'));
        // The words of a command may be quoted, and have such characters.
        if *row != CREDENTIAL_PROCESS {
            if let Some(other) = settings::joined(text).filter(|_| is_one_line()) {
                return Some(odd(Issue::Joined { key: key.to_owned(), other: other.name }));
            }
            if let Some(bare) = without_quotes(text) {
                let repair = self.needs_no_decision(row, entry, bare).then(|| self.replacement(key, bare));
                let is_repairable = repair.is_some();
                let quoted = odd(Issue::Quoted { section: section(), key: key.to_owned(), is_repairable });
                return Some(Diagnosis { repair, ..quoted });
            }
            if looks_commented(text) {
                return Some(odd(Issue::Commented { section: section(), key: key.to_owned() }));
            }
        }
        let has_unseen = text.contains(is_unseen) && is_one_line();
        has_unseen.then(|| odd(Issue::UnseenCharacter { section: section(), key: key.to_owned() }))
    }

    /// Writes another value in place of the one that the section has.
    fn replacement(&self, key: &str, value: &str) -> Remedy {
        Remedy::Edit(Repair::Value {
            kind: self.file.kind,
            section: self.section.index(),
            key: key.to_owned(),
            value: Secret::new(value),
        })
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
}
