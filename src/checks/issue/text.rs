//! What each issue says.

use std::fmt;

use super::{Holder, Issue, Program};
use crate::origin::shown;

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Holder::Profile(name) => write!(f, "profile `{name}`"),
            Holder::Environment => f.write_str("the environment"),
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Program::Tilde => f.write_str("`~` is not expanded in `credential_process`"),
            Program::Variable => f.write_str("variables are not expanded in `credential_process`"),
            Program::Assignment(word) => {
                write!(f, "`{word}` is not a program: `credential_process` is not run by a shell")
            }
            Program::NotFound(program) => write!(f, "`credential_process`: `{program}` was not found"),
            Program::NotExecutable(path) => {
                write!(f, "`credential_process`: {} is not executable", shown(path))
            }
            Program::NoInterpreterLine(path) => {
                write!(f, "`credential_process`: {} is a script without a `#!` line", shown(path))
            }
            Program::Unclosed => f.write_str("`credential_process` has an unclosed quote"),
            Program::Nameless => f.write_str("`credential_process` doesn't name a program"),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Issue::Unreadable { problem, .. } => f.write_str(problem),
            Issue::Invalid(fault) => write!(f, "{fault}; AWS CLI and boto3 can't read this file"),
            Issue::EmptyVariable { variable, effect } => write!(f, "{variable} is set but empty: {effect}"),
            Issue::BlankInVariable { variable } => {
                write!(f, "the value of {variable} begins or ends with white space, which is part of it")
            }
            Issue::QuotedVariable { variable } => {
                write!(f, "the quotes around the value of {variable} are part of it")
            }
            Issue::MisspeltVariable { variable, .. } => write!(f, "AWS has no variable {variable}"),
            Issue::NoSuchProfile { name, named_by, .. } => {
                write!(f, "profile `{name}`, named by {named_by}, does not exist")
            }
            Issue::ProfileHidden { profile, named_by } => {
                write!(f, "the keys in the environment override those of `{profile}`, named by {named_by}")
            }
            Issue::RegionDiffers { variable, region, stored, place } => {
                write!(f, "{variable} is `{region}` and overrides `{stored}` in {place}")
            }
            Issue::HalfPair { has, lacks, holder } => write!(f, "{holder} has {has} without {lacks}"),
            Issue::SplitPair { profile, other } => {
                write!(
                    f,
                    "half of the access key of `{profile}` is here and half in {other}: neither is used"
                )
            }
            Issue::Swapped { holder } => {
                write!(f, "the access key ID and the secret access key of {holder} look swapped")
            }
            Issue::NoKeyId { holder } => {
                write!(f, "the access key ID of {holder} looks like a secret or a token")
            }
            Issue::TokenWithLastingKey { holder } => write!(
                f,
                "{holder} has a session token beside a long-term access key (AKIA...): AWS refuses the two together"
            ),
            Issue::TemporaryKeyWithoutToken { holder } => write!(
                f,
                "{holder} has a temporary access key (ASIA...) without a session token: AWS refuses it"
            ),
            Issue::ExpiredKeys { profile, key, day } => {
                write!(f, "the keys of `{profile}` expired on {day}, says `{key}`")
            }
            Issue::Exposed { path, may, mode } => write!(
                f,
                "{} contains credentials, and other users can {may} it (its mode is {mode:03o})",
                shown(path)
            ),
            Issue::HalfRole { profile } => {
                write!(f, "profile `{profile}` has role_arn without source_profile or credential_source")
            }
            Issue::TwoSources { profile } => {
                write!(f, "profile `{profile}` has both source_profile and credential_source")
            }
            Issue::SourceWithoutRole { key, .. } => write!(f, "`{key}` has no effect without role_arn"),
            Issue::NoSuchSource { profile, source, .. } => {
                write!(f, "source profile `{source}` of `{profile}` does not exist")
            }
            Issue::EmptySource { source } => write!(f, "source profile `{source}` has no credentials"),
            Issue::Circle { chain } => {
                let chain: Vec<String> = chain.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "the source profiles form a circle: {}", chain.join(", "))
            }
            Issue::UnusedMfa { .. } => f.write_str(
                "`mfa_serial` is used here only by `xcred keys`, and with the setting `mfa.session`",
            ),
            Issue::MfaAtSource { profile, source, .. } => write!(
                f,
                "`mfa_serial` of `{source}` is not used for the role of `{profile}`, which has none of its own"
            ),
            Issue::SecurityKey => {
                f.write_str("a security key (FIDO) can't be used here: AWS takes a six-digit code only")
            }
            Issue::ChainedDuration { profile, source } => write!(
                f,
                "the role of `{profile}` is assumed by another role (`{source}`), for at most 3600 seconds"
            ),
            Issue::Value { key, expected, .. } => write!(f, "`{key}` should be {expected}"),
            Issue::RelativePath { key, expands: true } => {
                write!(f, "`~` and variables are not expanded in `{key}`")
            }
            Issue::RelativePath { key, .. } => {
                write!(f, "`{key}` is a relative path, which depends on the directory each program runs in")
            }
            Issue::NoSuchFile { key, path } => {
                write!(f, "`{key}` names {}, which does not exist", shown(path))
            }
            Issue::NoSuchSession { profile, session, .. } => {
                write!(f, "sso-session `{session}` of profile `{profile}` does not exist")
            }
            Issue::NoSuchServices { profile, services } => {
                write!(f, "services section `{services}` of profile `{profile}` does not exist")
            }
            Issue::IncompleteSso { profile, missing, .. } => {
                write!(f, "profile `{profile}` is set up for IAM Identity Center without {}", and(missing))
            }
            Issue::IncompleteSession { session, missing } => {
                write!(f, "sso-session `{session}` has no {}", and(missing))
            }
            Issue::SsoConflict { profile, key, other } => {
                write!(f, "`{key}` of profile `{profile}` differs from that of its session in {other}")
            }
            Issue::SignInExpired { what, day, .. } => write!(f, "the sign-in of {what} expired on {day}"),
            Issue::SignInUnusable { what, .. } => {
                write!(f, "the cached sign-in of {what} can't be read: another program may have written it")
            }
            Issue::SignInUnused { path, whom } => {
                let path = shown(path);
                write!(f, "{path}: signed in to {whom}, but no profile and no sso-session uses this sign-in")
            }
            Issue::OtherPrograms { key, program } => {
                write!(f, "`{key}` is a setting of {program}: AWS CLI, the SDKs and xcred don't read it")
            }
            Issue::UnreadNested { key, .. } => write!(f, "no SDK reads `{key}` in a profile"),
            Issue::WrongFile { key, .. } => {
                write!(f, "`{key}` is a setting of the config file; SDKs other than boto3 don't read it here")
            }
            Issue::Quoted { key, .. } => write!(f, "the quotes around the value of `{key}` are part of it"),
            Issue::Commented { key, .. } => {
                write!(f, "the value of `{key}` ends in what looks like a comment, which is part of it")
            }
            Issue::UnseenCharacter { key, .. } => {
                write!(f, "the value of `{key}` has a character that can't be seen")
            }
            Issue::ProcessProfile { program, name } => {
                write!(f, "`credential_process` calls {program} with profile `{name}`, which does not exist")
            }
            Issue::Program(program) => program.fmt(f),
            Issue::BridgeGone { program, .. } => Program::NotFound(program.clone()).fmt(f),
        }
    }
}

/// `a`, `a and b`, `a, b and c`.
fn and(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => words.concat(),
    }
}
