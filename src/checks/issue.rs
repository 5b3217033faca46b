//! What can be wrong: the text, code, severity and fix of each issue.

use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;

use crate::failure::{Command, Hint};
use crate::finding::{Kind, Severity};
use crate::ini::FaultKind;
use crate::origin::{Origin, shown};
use crate::profile::SectionName;

/// What is wrong. No variant has a secret.
#[derive(Debug)]
pub(crate) enum Issue {
    Unreadable(String),
    /// A line that makes the file invalid.
    Invalid(FaultKind),
    EmptyVariable {
        variable: String,
        effect: &'static str,
    },
    BlankInVariable {
        variable: String,
    },
    QuotedVariable {
        variable: String,
    },
    MisspeltVariable {
        variable: String,
        similar: &'static str,
    },
    NoSuchProfile {
        name: String,
        named_by: Origin,
        similar: Option<String>,
    },
    ProfileHidden {
        profile: String,
        named_by: Origin,
    },
    RegionDiffers {
        variable: &'static str,
        region: String,
        stored: String,
        place: Origin,
    },
    HalfPair {
        has: &'static str,
        lacks: &'static str,
        holder: Holder,
    },
    SplitPair {
        profile: String,
        other: Origin,
    },
    Swapped {
        holder: Holder,
    },
    NoKeyId {
        holder: Holder,
    },
    TokenWithLastingKey {
        holder: Holder,
    },
    TemporaryKeyWithoutToken {
        holder: Holder,
    },
    ExpiredKeys {
        profile: String,
        key: String,
        day: Date,
    },
    Exposed {
        path: PathBuf,
        may: &'static str,
        mode: u32,
    },
    HalfRole {
        profile: String,
    },
    TwoSources {
        profile: String,
    },
    SourceWithoutRole {
        profile: String,
        key: &'static str,
    },
    NoSuchSource {
        profile: String,
        source: String,
        similar: Option<String>,
    },
    EmptySource {
        source: String,
    },
    Circle {
        chain: Vec<String>,
    },
    UnusedMfa {
        profile: String,
    },
    MfaAtSource {
        profile: String,
        source: String,
        serial: String,
    },
    SecurityKey,
    ChainedDuration {
        profile: String,
        source: String,
    },
    Value {
        section: SectionName,
        key: String,
        expected: &'static str,
    },
    RelativePath {
        key: String,
        expands: bool,
    },
    NoSuchFile {
        key: String,
        path: PathBuf,
    },
    NoSuchSession {
        profile: String,
        session: String,
        similar: Option<String>,
    },
    NoSuchServices {
        profile: String,
        services: String,
    },
    IncompleteSso {
        profile: String,
        session: Option<String>,
        missing: Vec<&'static str>,
    },
    IncompleteSession {
        session: String,
        missing: Vec<&'static str>,
    },
    SsoConflict {
        profile: String,
        key: &'static str,
        other: Origin,
    },
    SignInExpired {
        what: String,
        day: Date,
        command: Command,
    },
    SignInUnusable {
        what: String,
        command: Command,
    },
    OtherPrograms {
        key: String,
        program: &'static str,
    },
    UnreadNested {
        section: SectionName,
        key: String,
        service: String,
    },
    WrongFile {
        key: String,
    },
    UnseenCharacter {
        section: SectionName,
        key: String,
    },
    ProcessProfile {
        program: String,
        name: String,
    },
    Program(Program),
}

/// Who has a pair of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    Profile(String),
    Environment,
}

/// Why a `credential_process` can't start, or not as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Tilde,
    Variable,
    Assignment(String),
    NotFound(String),
    NotExecutable(PathBuf),
    NoInterpreterLine(PathBuf),
    Unclosed,
}

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
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Issue::Unreadable(problem) => f.write_str(problem),
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
            Issue::UnusedMfa { .. } => f.write_str("`mfa_serial` has no effect here: only roles ask for MFA"),
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
            Issue::OtherPrograms { key, program } => {
                write!(f, "`{key}` is a setting of {program}: AWS CLI, the SDKs and xcred don't read it")
            }
            Issue::UnreadNested { key, .. } => write!(f, "no SDK reads `{key}` in a profile"),
            Issue::WrongFile { key, .. } => {
                write!(f, "`{key}` is a setting of the config file; SDKs other than boto3 don't read it here")
            }
            Issue::UnseenCharacter { key, .. } => {
                write!(f, "the value of `{key}` has a character that can't be seen")
            }
            Issue::ProcessProfile { program, name } => {
                write!(f, "`credential_process` calls {program} with profile `{name}`, which does not exist")
            }
            Issue::Program(program) => program.fmt(f),
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

fn meant(similar: Option<&String>) -> Option<Hint> {
    similar.map(|similar| format!("did you mean `{similar}`?").into())
}

/// `xcred VERB KEY... --profile NAME`.
fn on(verb: &'static str, key: &str, profile: &str) -> Command {
    Command::xcred([verb]).argument(key).profile(profile)
}

fn on_section(verb: &'static str, key: &str, section: &SectionName) -> Command {
    let command = Command::xcred([verb]);
    match section {
        SectionName::Profile(name) => command.argument(key).profile(name.clone()),
        SectionName::SsoSession(name) => command.argument(key).option("--sso-session", name.clone()),
        SectionName::Services(name) => command.argument(key).option("--services", name.clone()),
        SectionName::Other(name) => command.argument(format!("{name}.{key}")),
    }
}

impl Kind for Issue {
    fn code(&self) -> &'static str {
        match self {
            Issue::Unreadable(_) => "unreadable-file",
            Issue::Invalid(fault) => match fault {
                FaultKind::NotUtf8 => "not-utf-8",
                FaultKind::Encoding(_) => "encoding",
                FaultKind::ByteOrderMark => "byte-order-mark",
                FaultKind::Stray(_) => "stray-line",
                FaultKind::RepeatedSection { .. } => "repeated-section",
                FaultKind::RepeatedKey { .. } => "repeated-key",
                FaultKind::NestedWithoutEquals => "nested-without-equals",
                FaultKind::LostHeader { .. } => "lost-header",
            },
            Issue::EmptyVariable { .. } => "empty-variable",
            Issue::BlankInVariable { .. } => "blank-in-variable",
            Issue::QuotedVariable { .. } => "quoted-variable",
            Issue::MisspeltVariable { .. } => "misspelt-variable",
            Issue::NoSuchProfile { .. } => "profile-not-found",
            Issue::ProfileHidden { .. } => "profile-hidden",
            Issue::RegionDiffers { .. } => "region-differs",
            Issue::HalfPair { .. } => "half-pair",
            Issue::SplitPair { .. } => "split-pair",
            Issue::Swapped { .. } => "swapped-keys",
            Issue::NoKeyId { .. } => "misplaced-key",
            Issue::TokenWithLastingKey { .. } => "token-with-long-term-key",
            Issue::TemporaryKeyWithoutToken { .. } => "temporary-key-without-token",
            Issue::ExpiredKeys { .. } => "expired",
            Issue::Exposed { .. } => "loose-mode",
            Issue::HalfRole { .. } => "half-role",
            Issue::TwoSources { .. } => "two-sources",
            Issue::SourceWithoutRole { .. } => "source-without-role",
            Issue::NoSuchSource { .. } => "missing-source-profile",
            Issue::EmptySource { .. } => "empty-source-profile",
            Issue::Circle { .. } => "role-loop",
            Issue::UnusedMfa { .. } => "mfa-without-role",
            Issue::MfaAtSource { .. } => "mfa-at-source",
            Issue::SecurityKey => "security-key",
            Issue::ChainedDuration { .. } => "chained-duration",
            Issue::Value { .. } => "invalid-value",
            Issue::RelativePath { .. } => "relative-path",
            Issue::NoSuchFile { .. } => "missing-file",
            Issue::NoSuchSession { .. } => "unknown-sso-session",
            Issue::NoSuchServices { .. } => "unknown-services",
            Issue::IncompleteSso { .. } => "incomplete-sso",
            Issue::IncompleteSession { .. } => "incomplete-sso-session",
            Issue::SsoConflict { .. } => "sso-conflict",
            Issue::SignInExpired { .. } => "expired-sign-in",
            Issue::SignInUnusable { .. } => "unusable-sign-in",
            Issue::OtherPrograms { .. } => "setting-of-another-program",
            Issue::UnreadNested { .. } => "unread-setting",
            Issue::WrongFile { .. } => "wrong-file",
            Issue::UnseenCharacter { .. } => "unseen-character",
            Issue::ProcessProfile { .. } => "process-profile",
            Issue::Program(_) => "process-cannot-start",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Issue::Unreadable(_)
            | Issue::Invalid(_)
            | Issue::NoSuchProfile { .. }
            | Issue::HalfPair { .. }
            | Issue::SplitPair { .. }
            | Issue::Swapped { .. }
            | Issue::TokenWithLastingKey { .. }
            | Issue::TemporaryKeyWithoutToken { .. }
            | Issue::HalfRole { .. }
            | Issue::TwoSources { .. }
            | Issue::NoSuchSource { .. }
            | Issue::EmptySource { .. }
            | Issue::Circle { .. }
            | Issue::SecurityKey
            | Issue::ChainedDuration { .. }
            | Issue::NoSuchSession { .. }
            | Issue::IncompleteSso { .. }
            | Issue::IncompleteSession { .. }
            | Issue::SsoConflict { .. }
            | Issue::ProcessProfile { .. }
            | Issue::Program(_) => Severity::Error,
            Issue::RegionDiffers { .. } | Issue::WrongFile { .. } | Issue::OtherPrograms { .. } => {
                Severity::Note
            }
            _ => Severity::Warning,
        }
    }

    fn names_place(&self) -> bool {
        matches!(self, Issue::Unreadable(_))
    }

    fn fix(&self) -> Option<Hint> {
        match self {
            Issue::Unreadable(_) | Issue::RegionDiffers { .. } | Issue::SplitPair { .. } => None,
            Issue::Invalid(fault) => Some(fault.help().into_owned().into()),
            Issue::EmptyVariable { variable, .. } => {
                Some(format!("unset {variable}, or give it a value").into())
            }
            Issue::BlankInVariable { variable } | Issue::QuotedVariable { variable } => {
                Some(format!("set {variable} again without them").into())
            }
            Issue::MisspeltVariable { similar, .. } => Some(format!("did you mean {similar}?").into()),
            Issue::NoSuchProfile { similar, .. } => meant(similar.as_ref())
                .or_else(|| Some(Hint::from("see ").run(Command::xcred(["list-profiles"])))),
            Issue::ProfileHidden { profile, .. } => {
                let hint = Hint::from("unset AWS_ACCESS_KEY_ID, or name the profile: ");
                Some(hint.run(Command::xcred(["resolve"]).profile(profile.clone())))
            }
            Issue::HalfPair { holder, .. } | Issue::Swapped { holder } | Issue::NoKeyId { holder } => {
                Some(match holder {
                    Holder::Profile(name) => Hint::from("enter both again: ")
                        .run(Command::xcred(["configure"]).profile(name.clone())),
                    Holder::Environment => {
                        "set AWS_ACCESS_KEY_ID to the ID, and AWS_SECRET_ACCESS_KEY to the secret".into()
                    }
                })
            }
            Issue::TokenWithLastingKey { holder: Holder::Profile(name) } => {
                Some(on("unset", "aws_session_token", name).into())
            }
            Issue::TokenWithLastingKey { .. } => Some("unset AWS_SESSION_TOKEN".into()),
            Issue::TemporaryKeyWithoutToken { holder: Holder::Profile(name) } => {
                Some(on("set", "aws_session_token", name).argument("-").into())
            }
            Issue::TemporaryKeyWithoutToken { .. } => Some("set AWS_SESSION_TOKEN too".into()),
            Issue::ExpiredKeys { .. } => Some("sign in again".into()),
            Issue::Exposed { path, .. } => Some(Command::new(["chmod", "600"]).argument(path).into()),
            Issue::HalfRole { profile } => {
                let command = on("set", "source_profile", profile).argument("NAME");
                Some(command.into())
            }
            Issue::TwoSources { profile } => Some(on("unset", "credential_source", profile).into()),
            Issue::SourceWithoutRole { profile, .. } => {
                Some(on("set", "role_arn", profile).argument("ARN").into())
            }
            Issue::NoSuchSource { profile, similar: Some(similar), .. } => {
                Some(on("set", "source_profile", profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSource { source, .. } | Issue::EmptySource { source } => {
                Some(Command::xcred(["configure"]).profile(source.clone()).into())
            }
            Issue::Circle { .. } => Some("give one of them credentials of its own".into()),
            Issue::UnusedMfa { profile } => Some(on("unset", "mfa_serial", profile).into()),
            Issue::MfaAtSource { profile, serial, .. } => {
                Some(on("set", "mfa_serial", profile).argument(serial.clone()).into())
            }
            Issue::SecurityKey => Some("register an authenticator app as well, and name that device".into()),
            Issue::ChainedDuration { profile, .. } => {
                Some(on("set", "duration_seconds", profile).argument("3600").into())
            }
            Issue::Value { section, key, .. } => {
                Some(on_section("set", key, section).argument("VALUE").into())
            }
            Issue::RelativePath { .. } => Some("give the absolute path".into()),
            Issue::NoSuchFile { .. } => None,
            Issue::NoSuchSession { profile, similar: Some(similar), .. } => {
                Some(on("set", "sso_session", profile).argument(similar.clone()).into())
            }
            Issue::NoSuchSession { session, .. } => {
                Some(Command::xcred(["configure", "sso-session"]).option("--name", session.clone()).into())
            }
            Issue::NoSuchServices { profile, .. } => Some(on("unset", "services", profile).into()),
            Issue::IncompleteSso { profile, session, missing } => {
                let in_session = |key: &str| matches!(key, "sso_region" | "sso_start_url");
                let key = missing.first()?;
                Some(match session {
                    Some(session) if in_session(key) => {
                        let section = SectionName::SsoSession(session.clone());
                        on_section("set", key, &section).argument("VALUE").into()
                    }
                    _ => on("set", key, profile).argument("VALUE").into(),
                })
            }
            Issue::IncompleteSession { session, missing } => {
                let section = SectionName::SsoSession(session.clone());
                Some(on_section("set", missing.first()?, &section).argument("VALUE").into())
            }
            Issue::SsoConflict { profile, key, .. } => Some(on("unset", key, profile).into()),
            Issue::SignInExpired { command, .. } | Issue::SignInUnusable { command, .. } => {
                Some(command.clone().into())
            }
            Issue::OtherPrograms { .. } => None,
            Issue::UnreadNested { section, service, .. } => {
                let hint = Hint::from(format!(
                    "put `{service} =` with an indented `endpoint_url` into a `[services NAME]` section, then "
                ));
                Some(hint.run(on_section("set", "services", section).argument("NAME")))
            }
            Issue::WrongFile { .. } => None,
            Issue::UnseenCharacter { section, key } => {
                Some(on_section("set", key, section).argument("VALUE").into())
            }
            Issue::ProcessProfile { .. } => Some(Hint::from("see ").run(Command::xcred(["list-profiles"]))),
            Issue::Program(Program::Tilde | Program::Variable) => Some("give the absolute path".into()),
            Issue::Program(Program::Assignment(_)) => Some("write `env NAME=VALUE PROGRAM`".into()),
            Issue::Program(Program::NotFound(_)) => {
                Some("install it, or name it with its whole path; a path with a space needs quotes".into())
            }
            Issue::Program(Program::NotExecutable(path)) => {
                Some(Command::new(["chmod", "+x"]).argument(path).into())
            }
            Issue::Program(Program::NoInterpreterLine(_)) => {
                Some("begin it with a line such as `#!/bin/sh`".into())
            }
            Issue::Program(Program::Unclosed) => Some("close the quote".into()),
        }
    }
}

#[cfg(test)]
mod examples;
