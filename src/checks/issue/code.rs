//! The code, the severity and the aspects of each issue: a row for each.

use super::{Holder, Issue};
use crate::chain::Expiration;
use crate::finding::Aspect::{
    self, EndsChain, HalfPair, NamesPlace, NeedsAllFiles, OfAnotherProgram, OfCredentials, OfFiles,
    OfReading, OfValue, Refused, Unfinished,
};
use crate::finding::Severity::{self, Error, Note, Warning};
use crate::ini::FaultKind;
use crate::settings::Kind;

/// Profiles that get their credentials from each other.
pub const CIRCLE: &str = "role-loop";

fn fault_code(fault: &FaultKind) -> &'static str {
    match fault {
        FaultKind::NotUtf8 => "not-utf-8",
        FaultKind::Encoding(_) => "encoding",
        FaultKind::ByteOrderMark => "byte-order-mark",
        FaultKind::Stray(_) | FaultKind::NoName | FaultKind::Conflict => "stray-line",
        FaultKind::RepeatedSection { .. } => "repeated-section",
        FaultKind::RepeatedKey { .. } => "repeated-key",
        FaultKind::NestedWithoutEquals => "nested-without-equals",
        FaultKind::LostHeader { .. } => "lost-header",
    }
}

impl Issue {
    /// The code, the severity, and what matters to those who sort findings.
    pub(super) fn row(&self) -> (&'static str, Severity, &'static [Aspect]) {
        match self {
            Issue::Unreadable { .. } => ("unreadable-file", Error, &[NamesPlace]),
            Issue::Interrupted { .. } => ("interrupted-edit", Warning, &[NamesPlace]),
            Issue::Invalid(fault) => (fault_code(fault), Error, &[OfReading]),
            Issue::EmptyVariable { .. } => ("empty-variable", Warning, &[]),
            Issue::BlankInVariable { .. } => ("blank-in-variable", Warning, &[]),
            Issue::QuotedVariable { .. } => ("quoted-variable", Warning, &[]),
            // Other programs for storage have a variable of this name.
            Issue::MisspeltVariable { variable, .. } if variable == "AWS_ENDPOINT" => {
                ("misspelt-variable", Note, &[])
            }
            Issue::MisspeltVariable { .. } => ("misspelt-variable", Warning, &[]),
            Issue::NoSuchProfile { .. } => ("profile-not-found", Error, &[NeedsAllFiles, EndsChain, OfFiles]),
            Issue::ProfileHidden { .. } => ("profile-hidden", Warning, &[OfFiles]),
            Issue::RegionDiffers { .. } => ("region-differs", Note, &[OfFiles]),
            Issue::HalfPair { is_idle: true, holder: Holder::Environment, .. } => {
                ("half-pair", Warning, &[Unfinished, HalfPair])
            }
            Issue::HalfPair { is_idle: true, .. } => {
                ("half-pair", Warning, &[NeedsAllFiles, Unfinished, HalfPair])
            }
            Issue::HalfPair { holder: Holder::Environment, .. } => {
                ("half-pair", Error, &[EndsChain, Unfinished, HalfPair])
            }
            Issue::HalfPair { .. } => ("half-pair", Error, &[NeedsAllFiles, EndsChain, Unfinished, HalfPair]),
            Issue::BlankKey { .. } => ("half-pair", Error, &[]),
            Issue::SplitPair { is_idle, .. } => {
                ("split-pair", if *is_idle { Warning } else { Error }, &[HalfPair])
            }
            Issue::Swapped { .. } => ("swapped-keys", Error, &[OfCredentials]),
            Issue::NoKeyId { .. } => ("misplaced-key", Warning, &[OfCredentials]),
            Issue::OddKeyId { .. } => ("odd-key-id", Warning, &[]),
            Issue::OddSecret { .. } => ("odd-secret", Warning, &[]),
            Issue::OddToken { .. } => ("odd-token", Warning, &[]),
            Issue::TokenWithLastingKey { .. } => ("token-with-long-term-key", Error, &[Unfinished]),
            Issue::TemporaryKeyWithoutToken { .. } => ("temporary-key-without-token", Error, &[Unfinished]),
            Issue::TokenAlone { .. } => ("token-without-key", Warning, &[NeedsAllFiles, Unfinished]),
            // The keys of a role may be there for other profiles, whose source it is.
            Issue::Overridden { .. } => ("overridden-credentials", Note, &[]),
            Issue::OtherKey { .. } => ("other-key", Note, &[]),
            Issue::TokenVariableAlone { .. } => ("token-without-key", Note, &[]),
            Issue::Expiration { fault: Expiration::Passed, .. } => ("expired-variables", Error, &[EndsChain]),
            Issue::Expiration { .. } => ("invalid-expiration", Error, &[EndsChain]),
            Issue::ExpiredKeys { holder: Holder::Profile(_), .. } => ("expired", Warning, &[OfCredentials]),
            Issue::ExpiredKeys { .. } => ("expired", Warning, &[]),
            Issue::Exposed { .. } => ("loose-mode", Warning, &[NamesPlace]),
            Issue::Changeable { .. } => ("writable-by-others", Warning, &[NamesPlace]),
            Issue::Planted { .. } => ("foreign-sign-in", Warning, &[]),
            Issue::CaseTwin { .. } => ("case-twin", Warning, &[]),
            Issue::NotAFile { .. } => ("not-a-file", Warning, &[NamesPlace]),
            Issue::HalfRole { .. } => ("half-role", Error, &[NeedsAllFiles, EndsChain, Unfinished]),
            Issue::TwoSources { .. } => ("two-sources", Error, &[EndsChain, Unfinished]),
            Issue::SourceWithoutRole { .. } => ("source-without-role", Warning, &[NeedsAllFiles, Unfinished]),
            // The chain ends there, even before keys.
            Issue::TokenFileWithoutRole { .. } => {
                ("source-without-role", Error, &[NeedsAllFiles, EndsChain, Unfinished])
            }
            Issue::NoSuchSource { .. } => ("missing-source-profile", Error, &[NeedsAllFiles, EndsChain]),
            Issue::EmptySource { .. } => {
                ("empty-source-profile", Error, &[NeedsAllFiles, EndsChain, Unfinished])
            }
            Issue::Circle { .. } => (CIRCLE, Error, &[EndsChain]),
            // aws-vault and awsume use it.
            Issue::UnusedMfa { .. } => ("mfa-without-role", Note, &[NeedsAllFiles, Unfinished]),
            Issue::MfaAtSource { .. } => ("mfa-at-source", Warning, &[NeedsAllFiles]),
            Issue::SecurityKey => ("security-key", Error, &[]),
            Issue::ChainedDuration { .. } => ("chained-duration", Error, &[NeedsAllFiles]),
            Issue::Value { is_refused: false, .. } => ("invalid-value", Warning, &[]),
            Issue::Refused { form: Kind::Text | Kind::Address, .. } => {
                ("invalid-value", Error, &[OfValue, Refused])
            }
            Issue::Value { .. } | Issue::Unusable { is_line: true, .. } => ("invalid-value", Error, &[]),
            Issue::Refused { .. } => ("unlikely-value", Error, &[OfValue, Refused]),
            Issue::RefusedVariable { .. } => ("invalid-variable", Error, &[OfValue, Refused]),
            Issue::Unusable { .. } => ("invalid-variable", Error, &[]),
            Issue::ValueOfVariable { .. } => ("unlikely-value", Warning, &[OfValue]),
            Issue::RelativePath { expands: true, .. } => ("relative-path", Error, &[EndsChain]),
            Issue::RelativePath { .. } => ("relative-path", Warning, &[]),
            Issue::NoSuchFile { .. } => ("missing-file", Error, &[EndsChain]),
            Issue::NoFileOfVariable { .. } => ("missing-file", Warning, &[]),
            Issue::NoSuchSession { .. } => ("unknown-sso-session", Error, &[NeedsAllFiles, EndsChain]),
            Issue::NoSuchServices { is_ignored: true, .. } => ("unknown-services", Warning, &[NeedsAllFiles]),
            Issue::NoSuchServices { .. } => ("unknown-services", Error, &[NeedsAllFiles]),
            Issue::IncompleteSso { .. } => ("incomplete-sso", Error, &[NeedsAllFiles, EndsChain, Unfinished]),
            // CodeCatalyst is set up so.
            Issue::LoneSession { is_for_tokens: true, .. } => {
                ("incomplete-sso", Note, &[NeedsAllFiles, Unfinished])
            }
            Issue::IdleSession { .. } | Issue::LoneSession { .. } => {
                ("incomplete-sso", Warning, &[NeedsAllFiles, Unfinished])
            }
            Issue::IncompleteSession { .. } => ("incomplete-sso-session", Error, &[EndsChain]),
            Issue::SsoConflict { .. } => ("sso-conflict", Error, &[EndsChain]),
            Issue::SignInExpired { .. } => ("expired-sign-in", Warning, &[EndsChain]),
            Issue::SignInUnusable { .. } => ("unusable-sign-in", Warning, &[EndsChain]),
            Issue::SignInSpelling { .. } => ("start-url-spelling", Warning, &[]),
            Issue::OtherPortal { .. } => ("other-portal", Warning, &[]),
            // xcred and newer SDKs refresh it where it was made.
            Issue::SignInElsewhere { .. } => ("sign-in-region", Note, &[]),
            Issue::SignInUnused { .. } => ("unused-sign-in", Note, &[NamesPlace, NeedsAllFiles]),
            Issue::OtherPrograms { .. } => ("setting-of-another-program", Note, &[OfAnotherProgram]),
            Issue::UnreadNested { .. }
            | Issue::UnreadInServices { .. }
            | Issue::UnreadInSession { .. }
            | Issue::Dotted { .. } => ("unread-setting", Warning, &[]),
            Issue::WrongFile { .. } => ("wrong-file", Note, &[]),
            Issue::Joined { .. } => ("joined-settings", Warning, &[]),
            Issue::Quoted { .. } => ("quoted-value", Warning, &[OfReading]),
            Issue::Commented { .. } => ("comment-in-value", Warning, &[OfReading]),
            Issue::Disguised { .. } => ("disguised-name", Warning, &[OfReading]),
            Issue::UnseenCharacter { .. } => ("unseen-character", Warning, &[]),
            Issue::ForShell { bridge, .. } => {
                ("shell-character", if bridge.is_some() { Warning } else { Note }, &[])
            }
            Issue::ProcessProfile { .. } => ("process-profile", Error, &[NeedsAllFiles]),
            Issue::Program(_) | Issue::BridgeGone { .. } => ("process-cannot-start", Error, &[EndsChain]),
        }
    }
}
