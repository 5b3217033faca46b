//! A change of the files or variables after which SDKs may agree.

use serde_json::{Value as Json, json};

use crate::failure::{Command, Hint};
use crate::origin::Place;
use crate::profile::FileKind;
use crate::secret::{Secret, is_hidden_key_id, redacted};
use crate::settings::{
    AWS_ACCESS_KEY_ID, CREDENTIAL_SOURCE, EXTERNAL_ID, MFA_SERIAL, OUTPUT, REGION, ROLE_ARN, SOURCE_PROFILE,
    SSO_ACCOUNT_ID, SSO_REGION, SSO_ROLE_NAME, SSO_SESSION, variable,
};

/// A small change.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Unset {
        variable: String,
    },
    Export {
        variable: &'static str,
        value: String,
    },
    /// Lines are replaced by one in plain form, or removed.
    Line {
        kind: FileKind,
        /// Counted from 1.
        line: u32,
        /// The last line of what is replaced.
        last: u32,
        text: Option<String>,
        place: Place,
        /// The profile, the key and the plain value of an entry.
        entry: Option<Entry>,
    },
    /// A line is moved to the left.
    Unindented {
        kind: FileKind,
        line: u32,
        /// The whole line, which may be a secret's.
        text: Secret,
        place: Place,
    },
    /// The profile gets a region.
    Region {
        /// The line behind which it is put.
        section_end: u32,
        profile: String,
        region: String,
    },
}

/// An entry of a profile.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) profile: String,
    pub(super) key: String,
    /// `None` if it is removed.
    pub(super) value: Option<String>,
}

impl Change {
    /// How it is made.
    pub(super) fn hint(&self) -> Hint {
        match self {
            Change::Unset { variable } => Hint::from(Command::new(["unset"]).argument(variable.as_str())),
            Change::Export { variable, value } => {
                Hint::from(Command::new(["export"]).argument(format!("{variable}={value}")))
            }
            Change::Line { kind, entry: Some(Entry { profile, key, value }), place, .. } => {
                let is_credential = variable(key).is_some_and(|row| row.in_credentials_file);
                // The command writes to one of the files only.
                if value.is_some() && is_credential != (*kind == FileKind::Credentials) {
                    return format!("write `{key} = VALUE` in {place}, without quotes or a comment").into();
                }
                let command = match value {
                    None => Command::unset(key.as_str()),
                    // What may be a secret, or have one, is typed and not shown.
                    Some(value) if !may_be_shown(key, value) => Command::set(key.as_str(), "-"),
                    Some(value) => Command::set(key.as_str(), value.as_str()),
                };
                Hint::from(command.profile(profile.as_str()))
            }
            Change::Line { text: Some(text), place, .. } => format!("write `{text}` in {place}").into(),
            Change::Line { text: None, place, .. } => format!("remove {place}").into(),
            Change::Unindented { place, .. } => {
                format!("remove the whitespace at the start of {place}").into()
            }
            Change::Region { profile, region, .. } => {
                let command = Command::set(REGION.name, region.as_str());
                Hint::from(command.profile(profile.as_str()))
            }
        }
    }
}

impl Change {
    /// Whether it is of a line of the profile, of a header with its name, or of a variable.
    pub(super) fn concerns(&self, profile: &str) -> bool {
        match self {
            Change::Line { entry: Some(entry), .. } => entry.profile == profile,
            Change::Line { text, .. } => text.as_ref().is_some_and(|text| text.contains(profile)),
            Change::Unindented { .. } => false,
            Change::Unset { .. } | Change::Export { .. } | Change::Region { .. } => true,
        }
    }

    /// Whether it removes `mfa_serial` or `external_id`: all SDKs may agree then, but a role that demands it refuses them all.
    pub(super) fn removes_proof(&self) -> bool {
        let is_proof = |key: &str| key == MFA_SERIAL.name || key == EXTERNAL_ID.name;
        matches!(self, Change::Line { entry: Some(Entry { key, value: None, .. }), .. } if is_proof(key))
    }

    /// How the change is made, for programs: a command, or what to edit.
    pub(super) fn to_json(&self) -> Json {
        let hint = self.hint();
        match hint.command() {
            Some(command) => {
                let words = command.words();
                let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
                json!({"command": words})
            }
            None => json!({"edit": redacted(&hint.to_string())}),
        }
    }
}

/// Whether a value has no secret: programs have arguments, and addresses passwords.
fn may_be_shown(key: &str, value: &str) -> bool {
    let names = [
        &REGION,
        &OUTPUT,
        &ROLE_ARN,
        &SOURCE_PROFILE,
        &CREDENTIAL_SOURCE,
        &SSO_SESSION,
        &SSO_ACCOUNT_ID,
        &SSO_ROLE_NAME,
        &SSO_REGION,
    ];
    let is_key_id = key == AWS_ACCESS_KEY_ID.name && !is_hidden_key_id(value);
    is_key_id || names.iter().any(|row| row.name == key)
}
