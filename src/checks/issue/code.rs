//! The code and the severity of each issue.

use super::Issue;
use crate::chain::Expiration;
use crate::finding::Severity::{self, Error, Note, Warning};
use crate::ini::FaultKind;
use crate::settings::Kind;

fn fault_code(fault: &FaultKind) -> &'static str {
    match fault {
        FaultKind::NotUtf8 => "not-utf-8",
        FaultKind::Encoding(_) => "encoding",
        FaultKind::ByteOrderMark => "byte-order-mark",
        FaultKind::Stray(_) => "stray-line",
        FaultKind::RepeatedSection { .. } => "repeated-section",
        FaultKind::RepeatedKey { .. } => "repeated-key",
        FaultKind::NestedWithoutEquals => "nested-without-equals",
        FaultKind::LostHeader { .. } => "lost-header",
    }
}

impl Issue {
    /// The code and the severity.
    pub(super) fn row(&self) -> (&'static str, Severity) {
        match self {
            Issue::Unreadable { .. } => ("unreadable-file", Error),
            Issue::Interrupted { .. } => ("interrupted-edit", Warning),
            Issue::Invalid(fault) => (fault_code(fault), Error),
            Issue::EmptyVariable { .. } => ("empty-variable", Warning),
            Issue::BlankInVariable { .. } => ("blank-in-variable", Warning),
            Issue::QuotedVariable { .. } => ("quoted-variable", Warning),
            // Other programs for storage have a variable of this name.
            Issue::MisspeltVariable { variable, .. } if variable == "AWS_ENDPOINT" => {
                ("misspelt-variable", Note)
            }
            Issue::MisspeltVariable { .. } => ("misspelt-variable", Warning),
            Issue::NoSuchProfile { .. } => ("profile-not-found", Error),
            Issue::ProfileHidden { .. } => ("profile-hidden", Warning),
            Issue::RegionDiffers { .. } => ("region-differs", Note),
            Issue::HalfPair { is_idle: true, .. } => ("half-pair", Warning),
            Issue::HalfPair { .. } | Issue::BlankKey { .. } => ("half-pair", Error),
            Issue::SplitPair { is_idle, .. } => ("split-pair", if *is_idle { Warning } else { Error }),
            Issue::Swapped { .. } => ("swapped-keys", Error),
            Issue::NoKeyId { .. } => ("misplaced-key", Warning),
            Issue::OddKeyId { .. } => ("odd-key-id", Warning),
            Issue::OddSecret { .. } => ("odd-secret", Warning),
            Issue::OddToken { .. } => ("odd-token", Warning),
            Issue::TokenWithLastingKey { .. } => ("token-with-long-term-key", Error),
            Issue::TemporaryKeyWithoutToken { .. } => ("temporary-key-without-token", Error),
            Issue::TokenAlone { .. } => ("token-without-key", Warning),
            // The keys of a role may be there for other profiles, whose source it is.
            Issue::Overridden { .. } => ("overridden-credentials", Note),
            Issue::TokenVariableAlone { .. } => ("token-without-key", Note),
            Issue::Expiration { fault: Expiration::Passed, .. } => ("expired-variables", Error),
            Issue::Expiration { .. } => ("invalid-expiration", Error),
            Issue::ExpiredKeys { .. } => ("expired", Warning),
            Issue::Exposed { .. } => ("loose-mode", Warning),
            Issue::Planted { .. } => ("foreign-sign-in", Warning),
            Issue::CaseTwin { .. } => ("case-twin", Warning),
            Issue::NotAFile { .. } => ("not-a-file", Warning),
            Issue::HalfRole { .. } => ("half-role", Error),
            Issue::TwoSources { .. } => ("two-sources", Error),
            Issue::SourceWithoutRole { .. } => ("source-without-role", Warning),
            // The chain ends there, even before keys.
            Issue::TokenFileWithoutRole { .. } => ("source-without-role", Error),
            Issue::NoSuchSource { .. } => ("missing-source-profile", Error),
            Issue::EmptySource { .. } => ("empty-source-profile", Error),
            Issue::Circle { .. } => ("role-loop", Error),
            // aws-vault and awsume use it.
            Issue::UnusedMfa { .. } => ("mfa-without-role", Note),
            Issue::MfaAtSource { .. } => ("mfa-at-source", Warning),
            Issue::SecurityKey => ("security-key", Error),
            Issue::ChainedDuration { .. } => ("chained-duration", Error),
            Issue::Value { is_refused: false, .. } => ("invalid-value", Warning),
            Issue::Value { .. }
            | Issue::Refused { form: Kind::Text | Kind::Address, .. }
            | Issue::Unusable { is_line: true, .. } => ("invalid-value", Error),
            Issue::Refused { .. } => ("unlikely-value", Error),
            Issue::RefusedVariable { .. } | Issue::Unusable { .. } => ("invalid-variable", Error),
            Issue::ValueOfVariable { .. } => ("unlikely-value", Warning),
            Issue::RelativePath { expands: true, .. } => ("relative-path", Error),
            Issue::RelativePath { .. } => ("relative-path", Warning),
            Issue::NoSuchFile { .. } => ("missing-file", Error),
            Issue::NoFileOfVariable { .. } => ("missing-file", Warning),
            Issue::NoSuchSession { .. } => ("unknown-sso-session", Error),
            Issue::NoSuchServices { is_ignored: true, .. } => ("unknown-services", Warning),
            Issue::NoSuchServices { .. } => ("unknown-services", Error),
            Issue::IncompleteSso { .. } => ("incomplete-sso", Error),
            // CodeCatalyst is set up so.
            Issue::LoneSession { is_for_tokens: true, .. } => ("incomplete-sso", Note),
            Issue::IdleSession { .. } | Issue::LoneSession { .. } => ("incomplete-sso", Warning),
            Issue::IncompleteSession { .. } => ("incomplete-sso-session", Error),
            Issue::SsoConflict { .. } => ("sso-conflict", Error),
            Issue::SignInExpired { .. } => ("expired-sign-in", Warning),
            Issue::SignInUnusable { .. } => ("unusable-sign-in", Warning),
            Issue::SignInSpelling { .. } => ("start-url-spelling", Warning),
            Issue::OtherPortal { .. } => ("other-portal", Warning),
            // xcred and newer SDKs refresh it where it was made.
            Issue::SignInElsewhere { .. } => ("sign-in-region", Note),
            Issue::SignInUnused { .. } => ("unused-sign-in", Note),
            Issue::OtherPrograms { .. } => ("setting-of-another-program", Note),
            Issue::UnreadNested { .. }
            | Issue::UnreadInServices { .. }
            | Issue::UnreadInSession { .. }
            | Issue::Dotted { .. } => ("unread-setting", Warning),
            Issue::WrongFile { .. } => ("wrong-file", Note),
            Issue::Joined { .. } => ("joined-settings", Warning),
            Issue::Quoted { .. } => ("quoted-value", Warning),
            Issue::Commented { .. } => ("comment-in-value", Warning),
            Issue::UnseenCharacter { .. } => ("unseen-character", Warning),
            Issue::ForShell { bridge, .. } => {
                ("shell-character", if bridge.is_some() { Warning } else { Note })
            }
            Issue::ProcessProfile { .. } => ("process-profile", Error),
            Issue::Program(_) | Issue::BridgeGone { .. } => ("process-cannot-start", Error),
        }
    }
}
