//! An issue as a kind of finding, and which settings may seem to be missing because of it.

use super::Issue;
use crate::failure::Hint;
use crate::finding::{Aspect, Kind, Severity};
use crate::settings::{self, ENDPOINT_URL, RETRY_MODE};

/// The retry mode that AWS CLI 2 removed.
const LEGACY: &str = "legacy";

impl Kind for Issue {
    fn code(&self) -> &'static str {
        self.row().0
    }

    fn severity(&self) -> Severity {
        self.row().1
    }

    fn notes(&self) -> Vec<String> {
        match self {
            Issue::Refused { key, form: settings::Kind::OneOf(words, _), .. }
                if key == RETRY_MODE.name && !words.contains(&LEGACY) =>
            {
                vec![format!(
                    "AWS CLI 2 fails with `{LEGACY}`, which boto3 and the SDKs for Java and Ruby accept"
                )]
            }
            _ => Vec::new(),
        }
    }

    fn has(&self, aspect: Aspect) -> bool {
        self.row().2.contains(&aspect)
    }

    fn hides(&self, key: &str) -> bool {
        let is_named = |variable: &str| {
            // Which files are read, and which profile of them.
            ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
                .contains(&variable)
                || settings::variable(key).is_some_and(|row| row.environment.contains(&variable))
        };
        match self {
            Issue::Unreadable { .. }
            | Issue::Interrupted { .. }
            | Issue::Invalid(_)
            | Issue::NotAFile { .. }
            | Issue::NoFileOfVariable { .. }
            | Issue::NoSuchProfile { .. }
            | Issue::CaseTwin { .. } => true,
            Issue::EmptyVariable { variable, .. } => is_named(variable),
            Issue::MisspeltVariable { similar, .. } => is_named(similar),
            Issue::Joined { other, .. } => *other == key,
            Issue::NoSuchSession { .. } => key.starts_with("sso_"),
            Issue::NoSuchServices { .. } => key.ends_with(ENDPOINT_URL.name),
            _ => false,
        }
    }

    fn fix(&self) -> Option<Hint> {
        self.hint()
    }
}
