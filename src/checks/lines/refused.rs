//! Values that end the commands that read them.

use super::Line;
use super::known::Keys;
use crate::checks::issue::Issue;
use crate::checks::scene::Diagnosis;
use crate::checks::values;
use crate::failure::Hint;
use crate::finding::{Finding, Severity};
use crate::ini::Entry;
use crate::profile::SectionName;
use crate::settings::{
    self, CREDENTIAL_SOURCE, DURATION_SECONDS, Doubt, ENDPOINT_URL, EXTERNAL_ID, KNOWN_REGIONS, Kind,
    MFA_SERIAL, REGION, ROLE_ARN, ROLE_SESSION_NAME, S3, SSO_REGION, SSO_SESSION_SETTINGS, Variable,
    placeholder,
};

/// The settings that are read of a role only.
static OF_ROLE: [&Variable; 5] =
    [&CREDENTIAL_SOURCE, &DURATION_SECONDS, &EXTERNAL_ID, &MFA_SERIAL, &ROLE_SESSION_NAME];

impl Line<'_, '_> {
    /// A value that ends every command that reads it. A nested block has no text.
    pub(super) fn refused(&self, row: &Variable, key: &str, text: Option<&str>) -> Option<Issue> {
        let issue = values::refused(self.scene, row, self.name, key, text)?;
        // What belongs to a role isn't read without one.
        let is_role = |name: &String| self.scene.files.profile(name).has(ROLE_ARN.name);
        let is_read = !OF_ROLE.contains(&row) || self.profile.as_ref().is_none_or(is_role);
        let is_unused = text.is_some_and(|text| self.scene.never_uses(row, self.profile.as_deref(), text));
        (is_read && !is_unused).then_some(issue)
    }

    /// How much it matters that a value isn't what it seems to be: botocore makes no client with some.
    pub(super) fn least(&self, row: &Variable, key: &str, text: &str) -> Severity {
        let is_region = *row == REGION && self.profile.is_some() && self.scene.sdk.ruled.is_none();
        // Of which values are refused by an SDK with a chain of its own, only those that it checks are known.
        let is_known = self.scene.sdk.ruled.is_none_or(|rules| rules.check_of(row).is_some());
        let is_refused = is_region && !settings::is_label(text)
            || is_known && self.refused(row, key, Some(text)).is_some();
        if is_refused { Severity::Error } else { Severity::Note }
    }

    /// A value of another form than the setting has. Of a role, some are refused before anything is sent.
    pub(super) fn unlike(&self, row: &Variable, key: &str, text: &str) -> Option<Issue> {
        let mut issue = values::check(row, self.name, key, text)?;
        if let Issue::Value { is_refused, .. } = &mut issue {
            let is_role = |name: &String| self.scene.files.profile(name).has(ROLE_ARN.name);
            *is_refused = self.scene.sdk.ruled.is_none()
                && values::is_too_small(row, text)
                && self.profile.as_ref().is_some_and(is_role);
        }
        Some(issue)
    }

    /// A setting in a session of IAM Identity Center, which has none but its own.
    pub(super) fn unread_in_session(&self, row: &Variable, key: &str, entry: &Entry<'_>) -> Issue {
        let is_free = |meant: &&Variable| {
            !self.is_set(meant.name) && self.offered_before(meant.name, entry.line()).is_none()
        };
        let meant = Some(&SSO_REGION).filter(|_| *row == REGION).filter(is_free);
        let value = entry.text().filter(|value| KNOWN_REGIONS.contains(&&**value));
        let meant = meant.and_then(|meant| Some(self.name.set(meant.name, value?.into_owned())));
        Issue::UnreadInSession { key: key.to_owned(), remove: self.name.unset(key), meant }
    }

    /// What to do about a key in a session that is nearly a setting of profiles. Set in the session, too, it would contradict
    /// them.
    pub(super) fn moved_to_profile(&self, doubt: &Doubt) -> Option<Hint> {
        let (SectionName::SsoSession(_), Doubt::UnknownKey { similar, .. }) = (self.name, doubt) else {
            return None;
        };
        let is_of_sessions = SSO_SESSION_SETTINGS.iter().any(|row| row.name == similar);
        let hint = || format!("did you mean `{similar}`? it belongs in a profile: move the line there");
        (!is_of_sessions).then(|| hint().into())
    }

    /// A text in place of a block of nested settings. botocore makes no client where it needs the block, or where that of S3 is
    /// empty.
    pub(super) fn no_block(&self, entry: &Entry<'_>, key: String, keys: &mut Keys) -> Option<Diagnosis> {
        let text = entry.text()?;
        let is_service = matches!(self.name, SectionName::Services(_));
        if is_service && !keys.are_read(self.name, self.scene) {
            return None;
        }
        let place = self.file.entry_place(self.section, entry);
        let finding = if is_service && key != S3 && settings::variable(&key).is_some() {
            // No service has such a name.
            Finding::at(place, Issue::UnreadInServices { key })
        } else if self.scene.sdk.ruled.is_none() && (is_service || text.is_empty()) {
            let address = format!("{key}.{}", ENDPOINT_URL.name);
            let set = (is_service && text.is_empty()).then(|| self.name.set(&address, placeholder(&address)));
            let issue = Issue::Refused { section: self.name.clone(), key, form: Kind::Block, meant: None };
            Finding::at(place, issue).fixed_by(set.map(Hint::from))
        } else if is_service {
            return None;
        } else {
            let doubt = Doubt::NotABlock { key: S3 };
            let fix = self.fix(&doubt, &key, (entry.line(), &text));
            Finding::at(place, doubt).fixed_by(fix)
        };
        Some(self.report(finding))
    }
}
