//! What each issue says of the files.

use super::{Holder, Issue};
use crate::failure::Hint;
use crate::finding::{Aspect, Kind, Severity};
use crate::settings::{self, ENDPOINT_URL};

impl Kind for Issue {
    fn code(&self) -> &'static str {
        self.row().0
    }

    fn severity(&self) -> Severity {
        self.row().1
    }

    fn has(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::NamesPlace => {
                matches!(
                    self,
                    Issue::Unreadable { .. }
                        | Issue::Interrupted { .. }
                        | Issue::Exposed { .. }
                        | Issue::NotAFile { .. }
                        | Issue::SignInUnused { .. }
                )
            }
            Aspect::NeedsAllFiles => matches!(
                self,
                Issue::NoSuchProfile { .. }
                    | Issue::HalfPair { holder: Holder::Profile(_), .. }
                    | Issue::TokenAlone { .. }
                    | Issue::HalfRole { .. }
                    | Issue::SourceWithoutRole { .. }
                    | Issue::TokenFileWithoutRole { .. }
                    | Issue::NoSuchSource { .. }
                    | Issue::EmptySource { .. }
                    | Issue::UnusedMfa { .. }
                    | Issue::MfaAtSource { .. }
                    | Issue::ChainedDuration { .. }
                    | Issue::NoSuchSession { .. }
                    | Issue::NoSuchServices { .. }
                    | Issue::IncompleteSso { .. }
                    | Issue::IdleSession { .. }
                    | Issue::LoneSession { .. }
                    | Issue::SignInUnused { .. }
                    | Issue::ProcessProfile { .. }
            ),
            Aspect::EndsChain => matches!(
                self,
                Issue::NoSuchProfile { .. }
                    | Issue::HalfPair { is_idle: false, .. }
                    | Issue::Expiration { .. }
                    | Issue::HalfRole { .. }
                    | Issue::TwoSources { .. }
                    | Issue::NoSuchSource { .. }
                    | Issue::EmptySource { .. }
                    | Issue::TokenFileWithoutRole { .. }
                    | Issue::Circle { .. }
                    | Issue::NoSuchSession { .. }
                    | Issue::IncompleteSso { .. }
                    | Issue::IncompleteSession { .. }
                    | Issue::SsoConflict { .. }
                    | Issue::SignInExpired { .. }
                    | Issue::SignInUnusable { .. }
                    | Issue::NoSuchFile { .. }
                    | Issue::Program(_)
                    | Issue::BridgeGone { .. }
            ),
            Aspect::Unfinished => matches!(
                self,
                Issue::HalfPair { .. }
                    | Issue::HalfRole { .. }
                    | Issue::TwoSources { .. }
                    | Issue::SourceWithoutRole { .. }
                    | Issue::TokenFileWithoutRole { .. }
                    | Issue::EmptySource { .. }
                    | Issue::UnusedMfa { .. }
                    | Issue::TemporaryKeyWithoutToken { .. }
                    | Issue::TokenWithLastingKey { .. }
                    | Issue::TokenAlone { .. }
                    | Issue::IncompleteSso { .. }
                    | Issue::IdleSession { .. }
                    | Issue::LoneSession { .. }
            ),
            Aspect::OfReading => {
                matches!(self, Issue::Invalid(_) | Issue::Quoted { .. } | Issue::Commented { .. })
            }
            Aspect::OfNotices => false,
            Aspect::HalfPair => matches!(self, Issue::HalfPair { .. } | Issue::SplitPair { .. }),
            Aspect::OfCredentials => matches!(
                self,
                Issue::ExpiredKeys { holder: Holder::Profile(_), .. }
                    | Issue::NoKeyId { .. }
                    | Issue::Swapped { .. }
            ),
            Aspect::OfFiles => matches!(
                self,
                Issue::ProfileHidden { .. } | Issue::NoSuchProfile { .. } | Issue::RegionDiffers { .. }
            ),
            Aspect::OfAnotherProgram => matches!(self, Issue::OtherPrograms { .. }),
        }
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
